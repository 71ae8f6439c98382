"""Writes a file whole or not at all, with patience where another program is using it."""

import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from .errors import LauncherError
from .texts import tr

_PATIENCE: Final = 1.0 if sys.platform == "win32" else 0.0
"""Seconds. Windows lets nobody replace or rename a file while another program reads it (a virus scanner, a backup,
another of our programs), and nobody open it at that very moment. Other systems know no such wait."""
_PAUSE: Final = 0.02
_T = TypeVar("_T")


class NotWritten(LauncherError):
    sentence = tr("“{name}” could not be written: {reason}.")
    hint = tr("Choose another folder, or free some space, then try again.")


def write_whole(path: Path, content: bytes) -> None:
    """Write beside it first, then put it in its place, whatever was there; raises `NotWritten` with the old one intact.

    A symbolic link stays, and its target is written.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        when_free(lambda: temporary.replace(target))
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise NotWritten(name=path.name, reason=error.strerror or type(error).__name__) from None


def when_free(step: Callable[[], _T], patience: float = _PATIENCE) -> _T:
    """Take one step with a file, again and again while another program is in its way; raises what it last raised."""
    late = time.monotonic() + patience
    while True:
        try:
            return step()
        except PermissionError:
            if time.monotonic() >= late:
                raise
        time.sleep(_PAUSE)
