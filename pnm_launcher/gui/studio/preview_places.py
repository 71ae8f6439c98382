"""On which screen of the preview a pair of colours of the audit is seen, and where."""

from typing import Final

_SCREENS: Final = {
    "menu_icon": "menus",
    "panel_label": "chat",
    "panel_muted": "chat",
    "form_text": "chat",
    "form_hint": "chat",
    "primary_text": "buttons",
    "primary_hover_text": "buttons",
    "secondary_text": "buttons",
    "secondary_hover_text": "buttons",
}
"""By the region in front; all others are seen in the room."""


def shown_at(pair: str) -> tuple[str, str]:
    """The screen, by its name in `preview.js`, and a selector of what is in front."""
    from pnm_launcher.design.pairs import PAIR  # loads what reads colours
    from pnm_launcher.design.regions import region

    front = PAIR[pair].front
    return _SCREENS.get(front, "room"), region(front).selector.replace(":hover", ".shown-hover")
