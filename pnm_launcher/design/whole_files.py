"""Writes a file whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pnm_launcher.errors import LauncherError
from pnm_launcher.paths import when_free
from pnm_launcher.texts import tr


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
