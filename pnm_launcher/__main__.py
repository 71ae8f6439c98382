"""Starts the program: the command line with arguments, the window without or with something to open."""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from .running import hand_over

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .design.shots import Shot, Taken
    from .gui.app import Program


def main() -> int:
    """Run the program; returns the window's exit code, and never returns from the command line."""
    _have_streams()
    _leave_no_core()
    opened = _opened(sys.argv[1:])
    if opened is None:
        from .cli import main as command_line

        _leave(command_line(take=_take_pictures))
    elif hand_over(opened):
        return 0
    from .gui.app import main as window  # the command line never loads Qt

    return window(lambda program: _receive(program, opened or ""))


def _have_streams() -> None:
    """Windows gives a program without a console no streams at all; what is written goes nowhere then."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - stays open


def _leave_no_core() -> None:
    """Let no crash write the memory to the disk, with the secrets in it; the web engine's processes inherit this.

    A limit of one byte also holds where the system hands crashes to a program, which a limit of none does not (core(5),
    Linux `fs/coredump.c`).
    """
    with suppress(ImportError, OSError, ValueError):  # Windows has no such files
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0 if hard == 0 else 1, hard))


_LINKS = ("matrix:", "https://matrix.to/#/", "pnm-launcher:")
"""No command and no option begins like this."""


def _opened(arguments: list[str]) -> str | None:
    """The link or file of `open -- LINK-OR-FILE`, or one link alone; "" for a window alone, None for the command line.

    Whatever stands behind `--` is never read as an option.
    """
    if not arguments or arguments in (["open"], ["open", "--"]):
        return ""
    if len(arguments) == 1 and arguments[0].lower().startswith(_LINKS) and arguments[0].isprintable():
        return arguments[0]
    return arguments[2] if len(arguments) == 3 and arguments[:2] == ["open", "--"] else None


def _receive(program: "Program", opened: str) -> None:
    from .gui.reception import Reception  # not needed before the first paint

    Reception(program).begin(opened)


def _take_pictures(values: "Mapping[str, str]", shots: "Sequence[Shot]", *, loads: bool) -> "Taken":
    from .gui.studio.unseen import take_pictures  # only these commands load Qt

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
