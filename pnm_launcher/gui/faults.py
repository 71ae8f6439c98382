"""The words of a fault in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .texts import translate

if TYPE_CHECKING:
    from pnm_launcher.errors import LauncherError


def sentence(error: LauncherError) -> str:
    """What happened, translated before the details are filled in."""
    template = getattr(error, "template", error.sentence)
    return translate(template).format_map(error.details)


def next_step(error: LauncherError) -> str:
    return translate(error.hint).format_map(error.details)
