"""Starts the program: the command line with arguments, the window without."""

import sys


def main() -> int:
    """Run the program; returns its exit code."""
    if sys.argv[1:]:
        from .cli import main as command_line

        return command_line()
    from .gui.app import main as window  # the command line never loads Qt

    return window()


if __name__ == "__main__":
    sys.exit(main())
