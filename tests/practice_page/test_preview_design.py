"""Every design parameter, alone and with those it interplays with: what it paints in the preview, and what it leaves.

The expected colours are written down from the measured facts about client 2.4.1. Each case looks at every place of the
table on every screen, in light and in dark, by computed style, and by pixels on each screen where it changes anything:
what a case does not name must keep the client's own colour.
"""

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest
from page_server import Stub
from page_visit import Visit
from preview_visit import Picture, Preview, rgb

WHITE: Final = "#ffffff"


class Place(NamedTuple):
    """A ground (background) or an ink (colour of texts and strokes) with the client's own colours.

    `spot` is where to look, counted from the place's corner; else the most frequent colour counts. `shown` is what the
    eye gets where that is not the computed style: "light dark".
    """

    screen: str
    selector: str
    kind: str
    light: str
    dark: str
    spot: tuple[float, float] | None = None
    shown: str = ""


def ground(screen: str, selector: str, colors: str, spot: tuple[float, float] | None = None, shown: str = "") -> Place:
    light, _, dark = colors.partition(" ")
    return Place(screen, selector, "ground", light, dark or light, spot, shown)


def ink(screen: str, selector: str, colors: str) -> Place:
    light, _, dark = colors.partition(" ")
    return Place(screen, selector, "ink", light, dark or light)


def button(look: str, state: str, colors: str, text: str) -> dict[str, Place]:
    """A text button on the screen with all of them; what is not available is drawn at 60 %, so its style is read."""
    selector = {"rest": ":first-child > .{}", "hover": ":nth-child(2) > .{}", "focus": ":nth-child(3) > .{}",
                "disabled": ":nth-child(4) > .{}"}[state].format(f"{look}-button")  # fmt: skip
    kinds = ("style ground", "style ink") if state == "disabled" else ("ground", "ink")
    return {
        f"{look} {state}": Place("buttons", f".states > {selector}", kinds[0], colors, colors),
        f"{look} {state} text": Place("buttons", f".states > {selector}", kinds[1], text, text),
    }


PLACES: Final = {
    "root": Place("room", "#plugNmeet-app", "style ground", "#f0f6fc", "#001222"),
    "header": ground("room", "#main-header", "#ffffff #01102b"),
    "header line": Place("room", "#main-header", "style line", "#d3e5f7", "#233240"),
    "title": ink("room", ".header-title", "#0c131a #ffffff"),
    "bell": ink("room", ".header-button.bell", "#0c131a #ffffff"),
    "volume": ink("room", ".header-button.volume", "#364153 #ffffff"),
    "theme switch": ground("room", ".theme-switch", "#d3e5f7 #4d6680", (34, 3)),
    "main area": ground("room", "#main-area", "#00000000", (6, 100), "#f0f6fc #001222"),
    "tile": ground("room", ".tile", "#000000"),
    "who speaks": ground("room", ".tile.speaking", "#000000", (2, 200), "#00a1f2 #00a1f2"),
    "pill": ground("room", ".speaker-pill", "#ffffff #233240"),
    "pill name": ink("room", ".speaker-pill .primaryColor", "#000000 #ffffff"),
    "pill microphone": ink("room", ".speaker-pill .secondaryColor", "#000000 #ffffff"),
    "footer": ground("room", "#main-footer", "#fafcff #01102b"),
    "square": ground("room", "[data-lock=reactions] .footer-icon-bg", "#ffffff #233240"),
    "square line": Place("room", "[data-lock=reactions] .footer-icon-bg", "style line", "#c2daf2", "#4d6680"),
    "glyph": ink("room", "[data-lock=reactions] .footer-icon-bg", "#0c131a #ffffff"),
    "pressed square": ground("room", ".footer-icon.active .footer-icon-bg", "#f3f4f6 #4d6680"),
    "pressed glyph": ink("room", ".footer-icon.active .footer-icon-bg", "#0c131a #ffffff"),
    "locked square": ground("room", "[data-lock=screen_sharing] .footer-icon-bg", "#ffffff #233240"),
    "locked glyph": ink("room", "[data-lock=screen_sharing] .footer-icon-bg", "#fa3232"),
    "lock": ink("room", "[data-lock=screen_sharing] .lock-badge", "#fa3232"),
    "badge": ground("room", "[data-lock=chat] .unread-badge", "#24aef7"),
    "bell's badge": ground("room", ".bell .unread-badge", "#24aef7"),
    "end": ground("room", ".end-call", "#fa3232"),
    "panel": ground("room", "[data-panel=participants]", "#fafcff #01102b"),
    "panel title": ink("room", "[data-panel=participants] h2", "#0c131a #ffffff"),
    "names": ink("room", ".participant-name", "#233240 #ffffff"),
    "search": ground("room", ".search-field", "#ffffff #01102b", (60, 4)),
    "avatar": ground("room", ".avatar", "#004d90"),
    "initials": ink("room", ".avatar", WHITE),
    "notifications": Place("room", ".notice-box", "style ground", "#fafcff", "#01102b"),
    "chat": ground("chat", "[data-panel=chat]", "#fafcff #01102b", (4, 300)),
    "message form": ground("chat", ".message-form", "#ffffff #001222", (4, 10)),
    "chat avatar": ground("chat", ".chat-avatar", "#006699"),
    "bubble": ground("chat", ".message:not(.mine) > div", "#f0f6fc #233240"),
    "header menu": ground("menus", ".menu.down[role=menu]", "#ffffff #01102b"),
    "header menu icon": ink("menus", ".menu.down[role=menu] .menu-icon", "#004d90 #00a1f2"),
    "footer menu": ground("menus", ".menu.up.wide", "#ffffff #01102b"),
    "footer menu icon": ink("menus", ".menu.up.wide .menu-icon", "#006699 #00a1f2"),
    "landing": ground("landing", ".landing-page", "#e1edfa #01102b", (20, 20)),
    "landing card": ground("landing", ".landing-card", "#f0f6fc #001222", (-40, -20)),
    "landing device": ink("landing", ".landing-device", "#0c131a #ffffff"),
    "landing plus": ground("landing", ".plus-badge", "#009959"),
    "join": ground("landing", ".landing-entrance .primary-button", "#00a1f2", (30, 20)),
    "join text": ink("landing", ".landing-entrance .primary-button", WHITE),
    "join line": Place("landing", ".landing-entrance .primary-button", "style line", "#0088cc", "#0088cc"),
    "listen": ground("landing", ".landing-entrance .secondary-button", "#fafcff", (30, 20)),
    "listen text": ink("landing", ".landing-entrance .secondary-button", "#000000"),
    "listen line": Place("landing", ".landing-entrance .secondary-button", "style line", "#c2daf2", "#c2daf2"),
    **button("primary", "rest", "#00a1f2", WHITE),
    **button("primary", "hover", WHITE, "#0c131a"),
    **button("primary", "focus", "#00a1f2", WHITE),
    **button("primary", "disabled", "#00a1f2", WHITE),
    **button("secondary", "rest", "#fafcff", "#000000"),
    **button("secondary", "hover", "#00a1f2", WHITE),
    **button("secondary", "focus", "#fafcff", "#000000"),
    **button("secondary", "disabled", "#fafcff", "#000000"),
    "square under the pointer": ground("buttons", ".shown-hover .footer-icon-bg", "#f3f4f6 #4d6680"),
    "waiting": ground("waiting", ".message-card", "#f0f6fc #01102b"),
    "waiting page": ground("waiting", ".message-page", "#e1edfa #01102b"),
    "ended": ground("ended", ".message-card", "#f0f6fc #01102b"),
}
SCREENS: Final = tuple(dict.fromkeys(place.screen for place in PLACES.values()))

# The colours of the pictures of the real client.
P, S, ROOM, HEADER, FOOTER = "#8e24aa", "#ff9800", "#ffe0b2", "#c62828", "#2e7d32"
SQUARE, GLYPH, PANEL = "#ffee58", "#1a237e", "#b3e5fc"
P_GROUND, P_TEXT, S_GROUND, S_TEXT = "#d81b60", "#fffde7", "#00897b", "#f3e5f5"
DARK_TEXT = "#0c131a"  # of a primary button below the pointer


def primary(fill: str, text: str = WHITE, hover_text: str = DARK_TEXT) -> dict[str, str]:
    """All primary buttons; the ground of a design stays below the pointer, the client's text does not."""
    rest = {"join": fill, "join text": text}
    for state in ("rest", "focus", "disabled"):
        rest |= {f"primary {state}": fill, f"primary {state} text": text}
    return rest | {"primary hover": fill, "primary hover text": hover_text}


def secondary(fill: str, text: str = "#000000", hover_text: str = WHITE) -> dict[str, str]:
    rest = {"listen": fill, "listen text": text}
    for state in ("rest", "focus", "disabled"):
        rest |= {f"secondary {state}": fill, f"secondary {state} text": text}
    return rest | {"secondary hover": fill, "secondary hover text": hover_text}


def squares(fill: str) -> dict[str, str]:
    """The states of the footer's squares vanish."""
    return dict.fromkeys(("square", "pressed square", "locked square", "square under the pointer"), fill)


ACCENT: Final = dict.fromkeys(("avatar", "header menu icon", "pill name", "lock"), P)
SPOTS: Final = dict.fromkeys(("badge", "bell's badge", "pill microphone"), S)
GLYPHS: Final = dict.fromkeys(("glyph", "pressed glyph", "locked glyph"), GLYPH)
PANELS: Final = dict.fromkeys(("panel", "notifications", "chat", "message form"), PANEL)
WHOLE: Final = {
    "primary_color": P, "secondary_color": S, "background_color": ROOM, "header_bg_color": HEADER,
    "footer_bg_color": FOOTER, "footer_icon_bg_color": SQUARE, "footer_icon_color": GLYPH,
    "side_panel_bg_color": PANEL, "primary_btn_bg_color": P_GROUND, "primary_btn_text_color": P_TEXT,
    "secondary_btn_bg_color": S_GROUND, "secondary_btn_text_color": S_TEXT,
}  # fmt: skip
ALL_OF_IT: Final = {
    **ACCENT, **SPOTS, **GLYPHS, **PANELS, **squares(SQUARE), "main area": ROOM, "header": HEADER, "footer": FOOTER,
    **primary(P_GROUND, P_TEXT, P_TEXT), **secondary(S_GROUND, S_TEXT, S_TEXT),
}  # fmt: skip

CASES: Final[dict[str, tuple[dict[str, object], dict[str, str]]]] = {
    "no design": ({}, {}),
    "primary": ({"primary_color": P}, {**ACCENT, **primary(P)}),
    "primary, button": (
        {"primary_color": P, "primary_btn_bg_color": P_GROUND}, {**ACCENT, **primary(P_GROUND)}),
    "primary, button text": (
        {"primary_color": P, "primary_btn_text_color": P_TEXT}, {**ACCENT, **primary(P, P_TEXT, P_TEXT)}),
    "primary, button, button text": (
        {"primary_color": P, "primary_btn_bg_color": P_GROUND, "primary_btn_text_color": P_TEXT},
        {**ACCENT, **primary(P_GROUND, P_TEXT, P_TEXT)}),
    "primary button": ({"primary_btn_bg_color": P_GROUND}, primary(P_GROUND)),
    "primary button and text": (
        {"primary_btn_bg_color": P_GROUND, "primary_btn_text_color": P_TEXT}, primary(P_GROUND, P_TEXT, P_TEXT)),
    "primary button text needs a ground": ({"primary_btn_text_color": P_TEXT}, {}),
    "primary button text and secondary": (
        {"primary_btn_text_color": P_TEXT, "secondary_color": S}, {**SPOTS, **secondary(S)}),
    "secondary": ({"secondary_color": S}, {**SPOTS, **secondary(S)}),
    "secondary, button": (
        {"secondary_color": S, "secondary_btn_bg_color": S_GROUND}, {**SPOTS, **secondary(S_GROUND)}),
    "secondary, button text": (
        {"secondary_color": S, "secondary_btn_text_color": S_TEXT}, {**SPOTS, **secondary(S, S_TEXT, S_TEXT)}),
    "secondary, button, button text": (
        {"secondary_color": S, "secondary_btn_bg_color": S_GROUND, "secondary_btn_text_color": S_TEXT},
        {**SPOTS, **secondary(S_GROUND, S_TEXT, S_TEXT)}),
    "secondary button": ({"secondary_btn_bg_color": S_GROUND}, secondary(S_GROUND)),
    "secondary button and text": (
        {"secondary_btn_bg_color": S_GROUND, "secondary_btn_text_color": S_TEXT},
        secondary(S_GROUND, S_TEXT, S_TEXT)),
    "secondary button text needs a ground": ({"secondary_btn_text_color": S_TEXT}, {}),
    "primary and secondary": (
        {"primary_color": P, "secondary_color": S}, {**ACCENT, **SPOTS, **primary(P), **secondary(S)}),
    "room background": ({"background_color": ROOM}, {"main area": ROOM}),
    "header": ({"header_bg_color": HEADER}, {"header": HEADER}),
    "footer": ({"footer_bg_color": FOOTER}, {"footer": FOOTER}),
    "squares": ({"footer_icon_bg_color": SQUARE}, squares(SQUARE)),
    "glyphs": ({"footer_icon_color": GLYPH}, GLYPHS),
    "squares and glyphs": ({"footer_icon_bg_color": SQUARE, "footer_icon_color": GLYPH}, {**squares(SQUARE), **GLYPHS}),
    "glyphs and the primary lock": (
        {"footer_icon_color": GLYPH, "primary_color": P}, {**GLYPHS, **ACCENT, **primary(P)}),
    "panel": ({"side_panel_bg_color": PANEL}, PANELS),
    "panel by its old name": ({"right_side_bg_color": PANEL}, PANELS),
    "panel by both names": ({"right_side_bg_color": ROOM, "side_panel_bg_color": PANEL}, PANELS),
    "panel by its old name, the new one empty": ({"right_side_bg_color": PANEL, "side_panel_bg_color": ""}, PANELS),
    "everything": (WHOLE, ALL_OF_IT),
    "empty texts": (dict.fromkeys(WHOLE, ""), {}),
    "unknown and old names": ({"left_side_bg_color": P, "column_camera_position": P, "foo": P}, {}),
    "no colours": ({"header_bg_color": "notacolor", "footer_bg_color": "#12", "side_panel_bg_color": 12,
                    "primary_btn_bg_color": {"a": 1}, "background_color": FOOTER}, {"main area": FOOTER}),
    "css colours of other kinds": (
        {"header_bg_color": "rgb(198,40,40)", "footer_bg_color": "hsl(123, 46%, 34%)", "background_color": "teal",
         "side_panel_bg_color": "#abc"},
        {"header": "#c62828", "footer": "#2f7f33", "main area": "#008080", **dict.fromkeys(PANELS, "#aabbcc")}),
}  # fmt: skip

_READ: Final = """((places) => Object.fromEntries(Object.entries(places).map(([name, [selector, property]]) => {
  const one = document.querySelector(selector);
  return [name, one && getComputedStyle(one)[property]];
})))"""
_PROPERTY: Final = {"ground": "backgroundColor", "ink": "color", "line": "borderBottomColor"}


@pytest.fixture
def preview(qapp: object, stub: Stub) -> Iterator[Preview]:
    preview = Preview(stub)
    yield preview
    preview.close()


def test_every_parameter_is_in_a_case_alone_and_with_all_others() -> None:
    alone = {name for design, _ in CASES.values() if len(design) == 1 for name in design}
    assert alone == {*WHOLE, "right_side_bg_color"}
    assert len(WHOLE) == 12  # the colours of the fifteen; the three addresses have tests of their own


@pytest.mark.parametrize("name", CASES)
def test_a_design_paints_what_it_paints_in_the_client_and_nothing_else(preview: Preview, name: str) -> None:
    design, expected = CASES[name]
    assert expected.keys() <= PLACES.keys()
    preview.tell("design", design)
    for screen in SCREENS:
        preview.tell("show", screen)
        for dark in (False, True):
            preview.tell("theme", "dark" if dark else "light")
            painted = not design or any(PLACES[place].screen == screen for place in expected)
            look_at(preview, screen, {} if dark else expected, dark=dark, painted=painted)


def look_at(
    preview: Preview, screen: str, expected: dict[str, str], *, dark: bool = False, painted: bool = True
) -> None:
    """Compare every place of a screen, first what the engine computed, then what it painted."""
    places = {name: place for name, place in PLACES.items() if place.screen == screen}
    own = {name: place.dark if dark else place.light for name, place in places.items()}
    wanted = {name: expected.get(name, color) for name, color in own.items()}
    assert styles(preview, places) == {name: css(color) for name, color in wanted.items()}
    if not painted:
        return
    drawn = {name: place for name, place in places.items() if not place.kind.startswith("style")}
    picture = preview.picture({name: place.selector for name, place in drawn.items()})
    faults = {name: seen for name, place in drawn.items() if (seen := fault(picture, name, place, wanted[name], dark))}
    assert faults == {}


def styles(preview: Preview, places: dict[str, Place]) -> dict[str, str]:
    asked = {name: (place.selector, _PROPERTY[place.kind.split()[-1]]) for name, place in places.items()}
    found: dict[str, str] = preview.visit.js(f"{_READ}({json.dumps(asked)})")
    return found


def fault(picture: Picture, name: str, place: Place, color: str, dark: bool) -> str:
    """What is wrong with the pixels of a place, or ""."""
    if name not in picture.places:
        return "not shown"
    if place.kind == "ink":
        return "" if picture.ink(name, color) else f"no pixel of {color} on {picture.ground(name)}"
    unchanged = color == (place.dark if dark else place.light)
    wanted = rgb(place.shown.split()[dark] if place.shown and unchanged else color)
    found = picture.ground(name, place.spot)
    return "" if max(abs(one - other) for one, other in zip(found, wanted, strict=True)) <= 1 else f"{found}"


def css(color: str) -> str:
    red, green, blue = rgb(color)
    return f"rgb({red}, {green}, {blue})" if len(color) == 7 else f"rgba({red}, {green}, {blue}, 0)"


# --- alpha, addresses, directions, states -----------------------------------------------------------------------------


ROOT = "#f0f6fc"


@pytest.mark.parametrize(
    ("parameter", "place", "below"),
    [
        ("header_bg_color", "header", ROOT), ("footer_bg_color", "footer", ROOT),
        ("background_color", "main area", ROOT),
        ("side_panel_bg_color", "panel", ROOT), ("primary_btn_bg_color", "join", "#f0f6fc"),
        ("footer_icon_bg_color", "square", "#fafcff"), ("primary_color", "avatar", "#fafcff"),
        ("secondary_color", "bell's badge", WHITE),
    ],
)  # fmt: skip
def test_what_is_half_transparent_lets_shine_through_what_is_below(
    preview: Preview, parameter: str, place: str, below: str
) -> None:
    preview.tell("design", {parameter: "#c6282880"})
    preview.tell("show", PLACES[place].screen)
    mixed = [
        round(front * 128 / 255 + back * 127 / 255) for front, back in zip(rgb("#c62828"), rgb(below), strict=True)
    ]
    picture = preview.picture({place: PLACES[place].selector})
    spot = (1, 8) if place == "bell's badge" else PLACES[place].spot
    assert picture.ground(place, spot) == pytest.approx(mixed, abs=2)


def test_a_picture_beats_the_colour_and_is_centred_cut_and_not_repeated(preview: Preview, stub: Stub) -> None:
    picture = stub.url("").replace("/?", "/logo.svg")  # red, as wide as two of its heights
    preview.tell("design", {"background_image": picture, "background_color": ROOM}, True)
    preview.tell("show", "room")
    names = ["backgroundSize", "backgroundRepeat", "backgroundPosition", "backgroundColor"]
    assert preview.visit.styles([("#main-area", name) for name in names]) == [
        "cover", "no-repeat", "50% 50%", "rgba(0, 0, 0, 0)",
    ]  # fmt: skip
    wait_ground(preview, "main area", (255, 0, 0))
    preview.tell("theme", "dark")
    wait_ground(preview, "main area", rgb("#001222"))
    for screen, place in (("landing", "landing"), ("waiting", "waiting page"), ("ended", "ended")):
        preview.tell("theme", "light")
        preview.tell("show", screen)
        wait_ground(preview, place, rgb(PLACES[place].light))


def test_a_picture_that_is_not_there_leaves_the_root(preview: Preview, stub: Stub) -> None:
    missing = stub.url("").replace("/?", "/none.png")
    preview.tell("design", {"background_image": missing, "background_color": ROOM}, True)
    wait_ground(preview, "main area", rgb(ROOT))


def test_the_logo_is_the_same_in_light_and_dark_and_must_be_a_web_address(preview: Preview, stub: Stub) -> None:
    preview.tell("design", {"custom_logo": stub.url("").replace("/?", "/logo.svg")}, True)
    preview.visit.wait_js("document.querySelector('.header-logo img')?.naturalWidth === 60")
    for theme in ("light", "dark"):
        preview.tell("theme", theme)
        assert preview.picture({"logo": ".header-logo img"}).ground("logo") == (255, 0, 0)
    for value in ("/logo.svg", "data:image/png;base64,AA", "ftp://localhost/logo.svg", 5, ""):
        preview.tell("design", {"custom_logo": value}, True)
        assert preview.visit.js("document.querySelectorAll('.header-logo svg').length") == 1, value
    preview.tell("show", "landing")
    assert preview.visit.js("document.querySelectorAll('.header-logo').length") == 0


def test_the_style_sheet_counts_in_both_themes_and_loses_against_a_parameter(preview: Preview, stub: Stub) -> None:
    sheet = stub.url("").replace("/?", "/custom.css")
    preview.tell("design", {"custom_css_url": sheet}, True)
    wait_ground(preview, "header", (1, 2, 3))
    last = preview.visit.js("[...document.head.children].slice(-2).map((one) => one.id || one.href)")
    assert last == [sheet, "plugNmeetCustomization"]
    preview.tell("design", {"custom_css_url": sheet, "header_bg_color": HEADER}, True)
    wait_ground(preview, "header", rgb(HEADER))
    preview.tell("theme", "dark")
    wait_ground(preview, "header", (1, 2, 3))


def wait_ground(preview: Preview, place: str, color: tuple[int, int, int]) -> None:
    """Until a place has a colour: what comes from an address is painted when it is there."""
    where = PLACES[place]
    preview.visit.wait(lambda: preview.picture({place: where.selector}).ground(place, where.spot) == color, place)


@pytest.mark.parametrize("screen", ["room", "chat", "buttons"])
def test_a_design_paints_the_same_where_one_reads_from_right_to_left(preview: Preview, screen: str) -> None:
    preview.tell("direction", "rtl")
    preview.tell("design", WHOLE)
    preview.tell("show", screen)
    look_at(preview, screen, ALL_OF_IT)
    if screen == "room":
        places = preview.places({name: PLACES[name].selector for name in ("panel", "theme switch", "end")})
        assert places["panel"][0] == 0
        assert places["theme switch"][0] > 1000
        assert places["end"][0] < 100


def test_the_whiteboard_takes_its_accent_from_both_colours(visit: Visit) -> None:
    visit.open({"primary_color": P, "secondary_color": S})
    visit.enter()
    visit.click("[data-lock=whiteboard]")
    visit.wait_for(".excalidraw .tool[aria-pressed=true]")
    tool = ".excalidraw .tool[aria-pressed=true]"
    names = ("--color-primary", "--color-primary-darker", "--color-primary-darkest", "--color-primary-light")
    read = [visit.js(f"getComputedStyle(document.querySelector('.excalidraw')).getPropertyValue('{n}')") for n in names]
    assert read == [P, P, P, S]
    assert visit.styles([(tool, "color"), (tool, "backgroundColor")]) == [css(P), css(S)]
    left, top, width, height = visit.js(
        f"(({{left, top, width, height}}) => [left, top, width, height])(document.querySelector('{tool}')"
        ".getBoundingClientRect())"
    )

    def painted() -> bool:
        picture = Picture(visit.view.grab().toImage(), {"tool": [left, top, width, height]})
        return picture.ground("tool") == rgb(S) and picture.ink("tool", P)

    visit.wait(painted, "the tool in both colours")
    visit.dark()
    assert css(P) not in visit.styles([(tool, "color"), (tool, "backgroundColor")])


@pytest.mark.parametrize("look", ["primary", "secondary"])
def test_the_pointer_does_what_the_screen_of_buttons_shows(preview: Preview, look: str) -> None:
    for design in ({}, {f"{look}_color": P}, {f"{look}_btn_bg_color": P, f"{look}_btn_text_color": S}):
        preview.tell("design", design)
        preview.tell("show", "buttons")
        shown = preview.visit.styles([(f".shown-hover.{look}-button", name) for name in ("backgroundColor", "color")])
        preview.tell("show", "landing")
        button = f".landing-entrance .{look}-button"
        preview.visit.point_at(button)
        preview.visit.wait_js(f"document.querySelector('{button}').matches(':hover')")
        assert preview.visit.styles([(button, name) for name in ("backgroundColor", "color")]) == shown, design
