"""What the preview says of a place is true of its pixels: who paints it, and that nobody does."""

import json
from collections.abc import Iterator

import pytest
from page_server import Stub
from preview_visit import PHONE, SIZE, Preview
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

SCREENS = ("landing", "room", "chat", "menus", "waiting", "buttons", "ended")
COLORS = (
    "primary_color", "secondary_color", "background_color", "header_bg_color", "footer_bg_color",
    "footer_icon_bg_color", "footer_icon_color", "side_panel_bg_color", "primary_btn_bg_color",
    "primary_btn_text_color", "secondary_btn_bg_color", "secondary_btn_text_color",
)  # fmt: skip
GROUNDS = {"primary_btn_text_color": "primary_btn_bg_color", "secondary_btn_text_color": "secondary_btn_bg_color"}
"""Without a ground the colour of a text paints nothing."""
LOUD, GROUND = "#ff00ff", "#00ff00"
STEP = 6
CORNERS = 0.02
"""The share of spots that may lie in the corner of a box whose round shape lets its surroundings be seen."""
_SAID = """((spots) => spots.map(([x, y]) => {
  const found = regions.regionOf(document.elementFromPoint(x, y), design);
  return found.parameters;
}))"""

Spot = tuple[int, int]


BUTTONS = {"primary_color", "secondary_color", "primary_btn_bg_color", "primary_btn_text_color",
           "secondary_btn_bg_color", "secondary_btn_text_color"}  # fmt: skip
ROOM = {name for name in COLORS if "btn" not in name}
EXPECTED = {
    "landing": BUTTONS, "room": ROOM, "chat": ROOM, "menus": ROOM, "waiting": set(),
    "buttons": BUTTONS | {"footer_bg_color", "footer_icon_bg_color", "footer_icon_color"}, "ended": set(),
}  # fmt: skip
"""What can be seen there, of a wide screen; a phone shows less."""


WAYS = [*((screen, SIZE, "ltr") for screen in SCREENS), ("room", PHONE, "ltr"), ("landing", PHONE, "ltr"),
        ("room", SIZE, "rtl"), ("chat", SIZE, "rtl")]  # fmt: skip


@pytest.fixture
def preview(request: pytest.FixtureRequest, qapp: object, stub: Stub) -> Iterator[Preview]:
    screen, size, way = getattr(request, "param", (SCREENS[0], SIZE, "ltr"))
    preview = Preview(stub, QSize(size))
    module = "import(location.origin + '/assets/preview-regions.js')"
    preview.visit.js(f"({module}.then((all) => (window.regions = all)), 1)")
    preview.visit.wait_js("window.regions")
    preview.tell("direction", way)
    preview.tell("show", screen)
    yield preview
    preview.close()


def changed(before: QImage, after: QImage) -> list[Spot]:
    """The spots of a grid that do not look as before; the corner with the mark is left out."""
    images = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (before, after)]
    old, new = (memoryview(bytes(image.constBits())).cast("I") for image in images)
    width, half = before.width(), STEP // 2
    return [
        (half + STEP * place, y)
        for y in range(9, before.height(), STEP)
        for place, (one, other) in enumerate(
            zip(*(pixels[y * width + half : (y + 1) * width : STEP] for pixels in (old, new)), strict=True)
        )
        if one != other
    ]


def said(preview: Preview, spots: list[Spot], design: dict[str, str]) -> list[list[str]]:
    preview.visit.js(f"(window.design = {json.dumps(design)}, 1)")
    found: list[list[str]] = preview.visit.js(f"{_SAID}({json.dumps(spots)})")
    return found


@pytest.mark.parametrize("preview", WAYS, indirect=True, ids=lambda way: f"{way[0]} {way[1].width()} {way[2]}")
def test_what_a_parameter_changes_is_said_to_be_painted_by_it_and_framed(
    preview: Preview, request: pytest.FixtureRequest
) -> None:
    screen, size, _ = request.node.callspec.params["preview"]
    painting = set()
    for name in COLORS:
        ground = {GROUNDS[name]: GROUND} if name in GROUNDS else {}
        preview.tell("design", ground)
        before = preview.picture({}).image
        preview.tell("design", {**ground, name: LOUD})
        after = preview.picture({}).image
        if not (spots := changed(before, after)):
            continue
        painting.add(name)
        spots = [spot for spot in spots if after.pixelColor(*spot).name() == LOUD]  # not what shines through an edge
        spoken = said(preview, spots, {name: LOUD})
        wrong = [(spot, names) for spot, names in zip(spots, spoken, strict=True) if name not in names]
        assert len(wrong) <= len(spots) * CORNERS, f"{name}: {len(wrong)} of {len(spots)} spots: {wrong[:9]}"
        assert unframed(preview, name, spots) == []
    assert painting == EXPECTED[screen] if size == SIZE else painting <= EXPECTED[screen]


def unframed(preview: Preview, name: str, spots: list[Spot]) -> list[Spot]:
    preview.tell("outline", name)
    frames: list[list[float]] = preview.visit.js(
        "[...document.querySelectorAll('.preview-painted')].map((one) => one.getBoundingClientRect())"
        ".map(({left, top, right, bottom}) => [left, top, right, bottom])"
    )
    preview.tell("outline", None)
    return [
        (x, y)
        for x, y in spots
        if not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in frames)
    ]


@pytest.mark.parametrize("preview", WAYS[:7], indirect=True, ids=lambda way: str(way[0]))
def test_in_the_dark_nothing_changes_and_no_colour_is_said_to(preview: Preview) -> None:
    preview.tell("theme", "dark")
    before = preview.picture({}).image
    design = dict.fromkeys(COLORS, LOUD)
    preview.tell("design", design)
    assert changed(before, preview.picture({}).image) == []
    spots = [(x, y) for x in range(5, before.width(), 40) for y in range(9, before.height(), 40)]
    assert {name for names in said(preview, spots, design) for name in names} <= {"custom_logo"}
