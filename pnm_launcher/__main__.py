"""Starts the program: the command line with arguments, the window without."""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .design.shots import Shot, Taken


def main() -> int:
    """Run the program; returns the window's exit code, and never returns from the command line."""
    if sys.argv[1:]:
        from .cli import main as command_line

        _leave(command_line(take=_take_pictures))
    from .gui.app import main as window  # the command line never loads Qt

    return window()


def _take_pictures(values: "Mapping[str, str]", shots: "Sequence[Shot]", *, loads: bool) -> "Taken":
    from .gui.unseen import take_pictures  # only these commands load Qt

    return take_pictures(values, shots, loads=loads)


def _leave(code: int) -> None:
    """End at once, with everything written.

    Taking the interpreter apart takes 20 ms, and a thread that still waits for a hung keyring would be in its way.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever reads it may have gone
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
