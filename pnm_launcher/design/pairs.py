"""The pairs of colours that a person has to tell apart in a meeting, and how well they must be told apart."""

from dataclasses import dataclass
from typing import Final, Literal

from pnm_launcher.texts import tr

NEEDED: Final = {"text": 4.5, "glyph": 3.0}
"""WCAG 2.2 level AA: 1.4.3 for texts of the size they have here, 1.4.11 for what is no text."""
BEST: Final = {"text": 7.0, "glyph": 4.5}
"""Level AAA for texts; WCAG knows none for what is no text, where this program asks as much as for texts."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`front` and `ground` are regions. `own` is true of a pair that fails in the client itself and that no design
    parameter mends without making something else unreadable: a style sheet of one's own can."""

    id: str
    label: str
    front: str
    ground: str
    kind: Literal["text", "glyph"] = "text"
    own: bool = False


PAIRS: Final = (
    Pair("title", tr("Meeting title on the header"), "header_title", "header"),
    Pair("bell", tr("Bell on the header"), "header_bell", "header", "glyph"),
    Pair("header_glyphs", tr("Volume and menu on the header"), "header_glyphs", "header", "glyph"),
    Pair("signal", tr("Sign of the connection on the header"), "header_signal", "header", "glyph", own=True),
    Pair("menu_icon", tr("Icons of the menu"), "menu_icon", "menu", "glyph"),
    Pair("menu_icon_hover", tr("Icons of the menu below the pointer"), "menu_icon", "menu_hover", "glyph"),
    Pair("room_text", tr("Text on the room background"), "room_text", "main_area"),
    Pair("pill_name", tr("Name of who speaks"), "pill_name", "pill"),
    Pair("pill_mic", tr("Microphone beside that name"), "pill_mic", "pill", "glyph"),
    Pair("primary_spot", tr("Primary colour on the page"), "primary_spot", "page", "glyph"),
    Pair("secondary_spot", tr("Secondary colour on the page"), "secondary_spot", "page", "glyph"),
    Pair("square", tr("Squares of the icons on the footer"), "square", "footer", "glyph"),
    Pair("footer_glyph", tr("Footer icons on their squares"), "footer_glyph", "square", "glyph"),
    Pair("footer_glyph_active", tr("Footer icons in use on their squares"), "footer_glyph", "square_active", "glyph"),
    Pair("locked_glyph", tr("Locked footer icons on their squares"), "locked_glyph", "square", "glyph"),
    Pair("lock_sign", tr("Small lock on a footer icon"), "lock_sign", "square", "glyph"),
    Pair("end_call", tr("Sign on the red button"), "end_call_glyph", "end_call", "glyph"),
    Pair("badge", tr("Number of unread messages"), "badge_text", "badge"),
    Pair("initials", tr("Initials beside a name"), "initials", "avatar"),
    Pair("panel_title", tr("Title of a side panel"), "panel_title", "panel"),
    Pair("panel_names", tr("Names on the side panel"), "panel_names", "panel"),
    Pair("panel_label", tr("“To:” above the chat"), "panel_label", "panel"),
    Pair("panel_close", tr("Cross that closes a panel"), "panel_close", "panel", "glyph"),
    Pair("panel_muted", tr("Times and notices on the side panel"), "panel_muted", "panel", own=True),
    Pair("form_text", tr("Typed message"), "form_text", "form"),
    Pair("form_hint", tr("Hint in the empty message field"), "form_hint", "form", own=True),
    Pair("primary", tr("Text of the primary button"), "primary_text", "primary_button"),
    Pair("primary_hover", tr("Primary button below the pointer"), "primary_hover_text", "primary_hover"),
    Pair("secondary", tr("Text of the secondary button"), "secondary_text", "secondary_button"),
    Pair("secondary_hover", tr("Secondary button below the pointer"), "secondary_hover_text", "secondary_hover"),
)
PAIR: Final = {pair.id: pair for pair in PAIRS}
