"""The table of regions, the dark starter and the practice room agree, in the real web engine."""

import json

import pytest
from page_visit import Visit

from pnm_launcher.colors import to_hex
from pnm_launcher.design.dark import dark_colors, dark_css
from pnm_launcher.design.palette import from_color
from pnm_launcher.design.regions import REGIONS, painted, region

LANDING = ("card", "primary_button", "primary_text", "secondary_button", "secondary_text")
PEOPLE = ("avatar", "initials", "panel_names")
"""Seen in the list of people; the other parts of panels are looked at in the chat."""
NOT_READ = (
    "primary_hover", "primary_hover_text", "secondary_hover", "secondary_hover_text", "menu_hover",  # not at rest
    "room_text", "primary_spot", "secondary_spot",  # the practice room shows none
    "form_hint", "tile", "speaking", "end_call_glyph",  # a pseudo-element, borders, a stroke
)  # fmt: skip
PLACES = {
    "square": "[data-lock=microphone] .footer-icon-bg",
    "footer_glyph": "[data-lock=microphone] .footer-icon-bg",
    "header_glyphs": ".header-button.volume",
    "tool": ".excalidraw .tool[aria-pressed=true]",
    "tool_ground": ".excalidraw .tool[aria-pressed=true]",
    "panel": "[data-panel=chat]",
}
"""Where the region's own selector finds other states of it too."""
ROOM = [place.id for place in REGIONS if place.property != "picture" and place.id not in (*LANDING, *PEOPLE, *NOT_READ)]
DESIGNS = {
    "nothing": {},
    "a whole design": from_color("#8e24aa"),
    "fall-backs": {"primary_color": "#123456", "secondary_color": "#c8643280", "right_side_bg_color": "#ffeecc"},
    "texts without their buttons": {"primary_btn_text_color": "#123456", "secondary_btn_text_color": "#654321"},
}


def read(visit: Visit, ids: list[str]) -> dict[str, str]:
    found = {}
    for id in ids:
        place = region(id)
        name = "backgroundColor" if place.property == "background" else "color"
        color = visit.style(PLACES.get(id, place.selector), name)
        assert color is not None, f"{id}: nothing found at {place.selector}"
        found[id] = to_hex(color)
    return found


def enter(visit: Visit, design: dict[str, str]) -> None:
    visit.stub.meeting.locked = ("webcam",)
    visit.open(design)
    visit.wait_page("landing")


def furnish(visit: Visit) -> None:
    visit.enter()
    visit.click_text("[role=menuitem]", "Show example people")
    visit.click("[data-lock=whiteboard]")
    visit.wait_for("[data-lock=chat] .unread-badge")
    visit.wait_for(".excalidraw .tool[aria-pressed=true]")


def read_room(visit: Visit, dark: bool) -> dict[str, str]:
    """Every region of the room, in two steps: the list of people with unread messages, then the chat."""
    visit.dark(dark)
    found = read(visit, [*PEOPLE, "badge", "badge_text"])
    visit.click("[data-lock=chat]")
    visit.wait_for("[data-panel=chat]")
    return found | read(visit, [id for id in ROOM if id not in found])


@pytest.mark.parametrize("name", DESIGNS)
def test_the_table_says_what_the_page_paints_in_light(visit: Visit, name: str) -> None:
    design = DESIGNS[name]
    enter(visit, design)
    found = read(visit, list(LANDING))
    furnish(visit)
    found |= read_room(visit, dark=False)
    assert found == {id: painted(id, design) for id in found}


@pytest.mark.parametrize("name", ["nothing", "a whole design"])
def test_the_table_says_what_the_page_paints_in_dark(visit: Visit, name: str) -> None:
    enter(visit, DESIGNS[name])
    furnish(visit)
    found = read_room(visit, dark=True)
    assert found == {id: painted(id, DESIGNS[name], dark=True) for id in found}


@pytest.mark.parametrize("name", ["a whole design", "fall-backs"])
def test_the_dark_starter_paints_what_it_promises_in_dark_and_nothing_in_light(visit: Visit, name: str) -> None:
    design = DESIGNS[name]
    enter(visit, design)
    css = json.dumps(dark_css(design))
    visit.js(
        f"(() => {{ const style = document.createElement('style'); style.textContent = {css};"
        "document.querySelector('#plugNmeetCustomization').before(style); return true })()"
    )
    assert read(visit, list(LANDING)) == {id: painted(id, design) for id in LANDING}
    furnish(visit)
    found = read_room(visit, dark=True)
    promised = dark_colors(design)
    assert len(promised.keys() & found.keys()) >= 8
    assert found == {id: promised.get(id, region(id).dark) for id in found}
