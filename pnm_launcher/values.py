"""What a field can hold, and what a file may have put there. Light, because saved meetings are read before the window
is painted, and the table of fields only afterwards."""

from collections.abc import Mapping

Value = bool | int | str | tuple[str, ...] | Mapping[str, str]
Values = Mapping[str, Value]
"""Sparse: only what the user set, keyed by the field's path."""


def to_value(data: object) -> Value | None:
    """A value read from JSON as the table holds it, or None if no kind could hold it."""
    if isinstance(data, list) and all(isinstance(item, str) for item in data):
        return tuple(data)
    if isinstance(data, dict) and all(isinstance(item, str) for item in data.values()):
        return dict(data)
    return data if isinstance(data, bool | int | str) else None
