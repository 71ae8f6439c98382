"""Reads the bytes of a saved file as one JSON object, whatever was written into it."""

import json
from math import isfinite
from typing import Any, Final

from .texts import tr

LARGEST: Final = 1024 * 1024
"""Bytes. A larger file is not read, and none is written."""
_DEEPEST: Final = 40
_LONGEST_NUMBER: Final = 300


class NotABook(Exception):
    """The whole content is unusable; the message says why, marked for translation."""


def parse(data: bytes) -> dict[str, Any]:
    """The object in a file; numbers no program can hold become texts. Raises `NotABook`."""
    if len(data) > LARGEST:
        raise NotABook(tr("the file is larger than 1 MiB"))
    if not data.strip(b"\0 \t\r\n"):
        raise NotABook(tr("the file is empty"))
    try:
        content = json.loads(data, parse_int=_whole, parse_float=_number, parse_constant=str)
    except (ValueError, RecursionError):
        content = None
    if content is None or _depth(content) > _DEEPEST:
        raise NotABook(tr("the file is damaged"))
    if not isinstance(content, dict):
        raise NotABook(tr("the file holds something else"))
    return content


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


def _number(text: str) -> float | str:
    return value if isfinite(value := float(text)) else text


def _depth(content: object) -> int:
    """How many lists and objects stand in one another; counted without recursion."""
    depth, level = 0, [content]
    while level and depth <= _DEEPEST:
        inner = [list(item.values()) if isinstance(item, dict) else item for item in level
                 if isinstance(item, dict | list)]  # fmt: skip
        depth, level = depth + bool(inner), [item for items in inner for item in items]
    return depth
