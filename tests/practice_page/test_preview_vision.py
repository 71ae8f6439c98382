"""The preview as colour-blind people see it: the same colours as the core simulates, in the same places."""

import random
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from page_server import Stub
from preview_visit import Preview, rgb

from pnm_launcher.design.vision import KINDS, lens, simulate

RANDOM = random.Random(5)
GROUNDS = {
    "header_bg_color": ("#main-header", None),
    "footer_bg_color": ("#main-footer", None),
    "side_panel_bg_color": ("[data-panel=participants]", None),
    "background_color": ("#main-area", (4, 100)),
    "footer_icon_bg_color": ("[data-lock=reactions] .footer-icon-bg", None),
}
DESIGNS = [
    dict(zip(GROUNDS, ("#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff"), strict=True)),
    dict(zip(GROUNDS, ("#c62828", "#2e7d32", "#b3e5fc", "#ffe0b2", "#ffee58"), strict=True)),
    dict(zip(GROUNDS, ("#05030a", "#140a02", "#021408", "#0c131a", "#ffffff"), strict=True)),
    *({name: f"#{RANDOM.randrange(1 << 24):06x}" for name in GROUNDS} for _ in range(3)),
]
SELECTORS = {name: selector for name, (selector, _) in GROUNDS.items()}


@pytest.fixture
def preview(qapp: object, stub: Stub) -> Iterator[Preview]:
    preview = Preview(stub)
    yield preview
    preview.close()


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_every_pixel_is_what_the_core_simulates(preview: Preview, kind: str) -> None:
    preview.tell("vision", asdict(lens(kind)))
    for design in DESIGNS:
        preview.tell("design", design)
        picture = preview.picture(SELECTORS)
        for name, color in design.items():
            wanted = rgb(simulate(color, kind))
            assert picture.ground(name, GROUNDS[name][1]) == pytest.approx(wanted, abs=3), (name, color)


def test_nothing_moves_and_all_colours_come_back(preview: Preview) -> None:
    preview.tell("design", DESIGNS[0])
    before = preview.places({name: "." + name for name in ("tile", "avatar", "speaker-pill", "end-call")} | SELECTORS)
    plain = preview.picture(SELECTORS)
    for kind, _ in KINDS:
        preview.tell("vision", asdict(lens(kind)))
        size = preview.visit.js("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert size == [1280, 760]
        assert preview.places({name: "." + name for name in before if "_" not in name} | SELECTORS) == before
    preview.tell("vision", None)
    again = preview.picture(SELECTORS)
    assert again.image.copy(0, 8, 1280, 752) == plain.image.copy(0, 8, 1280, 752)  # below the mark


def test_the_frames_keep_their_colour(preview: Preview) -> None:
    preview.tell("vision", asdict(lens("achromatopsia")))
    preview.tell("outline", "side_panel_bg_color")
    picture = preview.picture(SELECTORS | {"frame": ".preview-painted"})
    assert picture.ground("frame", (1, 300)) == rgb("#e0218a")
    assert picture.ground("side_panel_bg_color") == rgb(simulate("#fafcff", "achromatopsia"))
