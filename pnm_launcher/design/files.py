"""Designs in files: read with a limit, and under names that every system takes."""

import codecs
import os
import re
import stat
from pathlib import Path
from typing import Final

from pnm_launcher.errors import InvalidValue, LauncherError
from pnm_launcher.texts import tr

from .settle import LARGEST

LARGEST_FILE: Final = 4 * LARGEST
"""Bytes: the longest design in the longest encoding."""
_LONGEST_NAME: Final = 60
_ENDINGS: Final = {
    "link": "-link.json",
    "url": "-address.txt",
    "config": "-config.js",
    "file": ".json",
    "dark": "-dark.css",
}
_DEVICES: Final = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")


class DesignUnreadable(LauncherError):
    sentence = tr("The file could not be read: {reason}.")
    hint = tr("Check that it is there and that you may open it, or copy its text and paste it.")
    exit_code = 2


def read_design(path: Path) -> str:
    """A file's text, in UTF-8 or in UTF-16 with a mark in front, as programs of Windows write it.

    Raises `DesignUnreadable`, or `InvalidValue` for the field `design` where this is no text or larger than any design.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise DesignUnreadable(reason=tr("it is no ordinary file"))
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise DesignUnreadable(reason=_reason(error)) from None
    return text_of(data)


def text_of(data: bytes) -> str:
    """The text of a file of which at most a byte more than `LARGEST_FILE` was read; raises `InvalidValue`."""
    if len(data) > LARGEST_FILE:
        raise InvalidValue("design", tr("This is larger than any design, and was not read."))
    try:
        return data.decode("utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidValue("design", tr("This is no text in UTF-8.")) from None


def file_name(design: str, form: str) -> str:
    """The suggested name of a file with a design of that name, for a `handover.Way`."""
    stem = re.sub(r"[^\w.-]+", "-", design[:_LONGEST_NAME]).strip(" .-_")
    if not stem or _DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"design-{stem}".rstrip("-")
    return stem + _ENDINGS.get(form, f"-{form}.txt")


def _without_waiting(file: str, flags: int) -> int:
    """Open even a pipe at once, where the system can."""
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
