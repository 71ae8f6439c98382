"""The words of a fault in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .texts import translate

if TYPE_CHECKING:
    from pnm_launcher.errors import LauncherError


def sentence(error: LauncherError) -> str:
    """What happened, with its details, as far as they are in our own words."""
    return translate(str(error))


def next_step(error: LauncherError) -> str:
    return translate(error.next_step)
