"""Each design parameter paints what it paints in the real client, in light mode only, with the real fall-backs."""

import pytest
from page_visit import Visit

COLOR = "rgb(18, 52, 86)"
OTHER = "rgb(200, 100, 50)"
PRIMARY, SECONDARY = ".landing-entrance .primary-button", ".landing-entrance .secondary-button"

ON_LANDING: dict[str, list[tuple[str, str]]] = {
    "primary_color": [(PRIMARY, "backgroundColor")],
    "primary_btn_bg_color": [(PRIMARY, "backgroundColor")],
    "secondary_color": [(SECONDARY, "backgroundColor")],
    "secondary_btn_bg_color": [(SECONDARY, "backgroundColor")],
}
IN_ROOM: dict[str, list[tuple[str, str]]] = {
    "primary_color": [
        (".avatar.bg-primary-color", "backgroundColor"),
        (".menu-icon.text-primary-color", "color"),
        (".speaker-pill .primaryColor", "color"),
        (".lock-badge.primaryColor", "color"),
        (".excalidraw .tool[aria-pressed=true]", "color"),
    ],
    "secondary_color": [
        (".unread-badge.bg-secondary-color", "backgroundColor"),
        (".speaker-pill .secondaryColor", "color"),
        (".excalidraw .tool[aria-pressed=true]", "backgroundColor"),
    ],
    "background_color": [("#main-area", "backgroundColor")],
    "header_bg_color": [("#main-header", "backgroundColor")],
    "footer_bg_color": [("#main-footer", "backgroundColor")],
    "footer_icon_bg_color": [
        ("[data-lock=microphone] .footer-icon-bg", "backgroundColor"),
        (".footer-icon.active .footer-icon-bg", "backgroundColor"),
    ],
    "footer_icon_color": [
        ("[data-lock=microphone] .footer-icon-bg", "color"),
        ("[data-lock=webcam].locked .footer-icon-bg", "color"),
    ],
    "side_panel_bg_color": [
        ("[data-panel=participants]", "backgroundColor"),
        ("[data-panel=chat]", "backgroundColor"),
        (".message-form", "backgroundColor"),
        (".notice-box", "backgroundColor"),
    ],
    "right_side_bg_color": [("[data-panel=participants]", "backgroundColor")],
}
NEVER = [
    ("#plugNmeet-app", "backgroundColor"),
    (".end-call", "backgroundColor"),
    (".chat-avatar", "backgroundColor"),
    (".send-button", "backgroundColor"),
    ("#main-header", "borderBottomColor"),
    (".theme-switch", "backgroundColor"),
]


def furnish(visit: Visit) -> None:
    """Make the page show all that a design may paint: a message, a speaker, a lock, an unread badge, the whiteboard."""
    visit.enter()
    visit.click_text("[role=menuitem]", "Show example people")
    visit.click("[data-lock=whiteboard]")
    visit.wait_for("[data-lock=chat] .unread-badge")
    visit.wait_for(".excalidraw .tool[aria-pressed=true]")


@pytest.fixture
def furnished(visit: Visit) -> Visit:
    visit.stub.meeting.locked = ("webcam",)
    return visit


@pytest.mark.parametrize("parameter", sorted({*ON_LANDING, *IN_ROOM}))
def test_colour_paints_its_places_in_light_and_none_in_dark(furnished: Visit, parameter: str) -> None:
    landing, room = ON_LANDING.get(parameter, []), IN_ROOM.get(parameter, [])
    furnished.open()
    furnished.wait_page("landing")
    plain = furnished.styles(landing)
    furnish(furnished)
    plain += furnished.styles(room)
    never = furnished.styles(NEVER)
    furnished.dark()
    dark = furnished.styles(room)
    assert None not in [*plain, *dark, *never]
    assert COLOR not in plain
    furnished.click(".theme-switch")  # back to light, for the next visit

    furnished.open({parameter: COLOR})
    furnished.wait_page("landing")
    painted = furnished.styles(landing)
    furnish(furnished)
    painted += furnished.styles(room)
    assert painted == [COLOR] * len(plain)
    assert furnished.styles(NEVER) == never
    furnished.dark()
    assert furnished.styles(room) == dark


def test_default_colours_are_the_real_clients(furnished: Visit) -> None:
    furnished.open()
    furnished.wait_page("landing")
    assert furnished.styles([(PRIMARY, "backgroundColor"), (PRIMARY, "color"), (SECONDARY, "backgroundColor")]) == [
        "rgb(0, 161, 242)",
        "rgb(255, 255, 255)",
        "rgb(250, 252, 255)",
    ]
    furnish(furnished)
    places = [
        ("#plugNmeet-app", "backgroundColor"),
        ("#main-header", "backgroundColor"),
        ("#main-footer", "backgroundColor"),
        ("[data-panel=participants]", "backgroundColor"),
        (".avatar.bg-primary-color", "backgroundColor"),
        (".unread-badge.bg-secondary-color", "backgroundColor"),
        (".end-call", "backgroundColor"),
    ]
    assert furnished.styles(places) == [
        "rgb(240, 246, 252)",
        "rgb(255, 255, 255)",
        "rgb(250, 252, 255)",
        "rgb(250, 252, 255)",
        "rgb(0, 77, 144)",
        "rgb(36, 174, 247)",
        "rgb(250, 50, 50)",
    ]
    furnished.dark()
    assert furnished.styles(places) == [
        "rgb(0, 18, 34)",
        "rgb(1, 16, 43)",
        "rgb(1, 16, 43)",
        "rgb(1, 16, 43)",
        "rgb(0, 77, 144)",
        "rgb(36, 174, 247)",
        "rgb(250, 50, 50)",
    ]


@pytest.mark.parametrize(
    ("design", "selector", "background", "text"),
    [
        ({"primary_btn_bg_color": COLOR, "primary_color": OTHER}, PRIMARY, COLOR, "rgb(255, 255, 255)"),
        ({"primary_btn_text_color": OTHER}, PRIMARY, "rgb(0, 161, 242)", "rgb(255, 255, 255)"),
        ({"primary_btn_text_color": OTHER, "primary_color": COLOR}, PRIMARY, COLOR, OTHER),
        ({"primary_btn_text_color": OTHER, "primary_btn_bg_color": COLOR}, PRIMARY, COLOR, OTHER),
        ({"secondary_btn_bg_color": COLOR, "secondary_color": OTHER}, SECONDARY, COLOR, "rgb(0, 0, 0)"),
        ({"secondary_btn_text_color": OTHER}, SECONDARY, "rgb(250, 252, 255)", "rgb(0, 0, 0)"),
        ({"secondary_btn_text_color": OTHER, "secondary_color": COLOR}, SECONDARY, COLOR, OTHER),
        ({"secondary_btn_text_color": OTHER, "secondary_btn_bg_color": COLOR}, SECONDARY, COLOR, OTHER),
    ],
)
def test_buttons_fall_back_as_in_the_real_client(
    visit: Visit, design: dict[str, str], selector: str, background: str, text: str
) -> None:
    visit.open(design)
    visit.wait_page("landing")
    assert visit.styles([(selector, "backgroundColor"), (selector, "color")]) == [background, text]


@pytest.mark.parametrize(
    ("design", "selector", "background", "text"),
    [
        ({}, PRIMARY, "rgb(255, 255, 255)", "rgb(12, 19, 26)"),
        ({}, SECONDARY, "rgb(0, 161, 242)", "rgb(255, 255, 255)"),
        ({"primary_color": COLOR}, PRIMARY, COLOR, "rgb(12, 19, 26)"),
        ({"secondary_color": COLOR}, SECONDARY, COLOR, "rgb(255, 255, 255)"),
        ({"primary_btn_bg_color": COLOR, "primary_btn_text_color": OTHER}, PRIMARY, COLOR, OTHER),
    ],
)
def test_design_wins_over_hover_as_in_the_real_client(
    visit: Visit, design: dict[str, str], selector: str, background: str, text: str
) -> None:
    visit.open(design)
    visit.wait_page("landing")
    visit.point_at(selector)
    visit.wait_js(f"document.querySelector('{selector}').matches(':hover')")
    assert visit.styles([(selector, "backgroundColor"), (selector, "color")]) == [background, text]


def test_image_beats_background_colour(visit: Visit) -> None:
    visit.open({"background_image": "/logo.svg", "background_color": COLOR})
    visit.enter()
    names = ["backgroundImage", "backgroundSize", "backgroundRepeat", "backgroundPosition", "backgroundColor"]
    image, *others = visit.styles([("#main-area", name) for name in names])
    assert image is not None
    assert image.endswith('/logo.svg")')
    assert others == ["cover", "no-repeat", "50% 50%", "rgba(0, 0, 0, 0)"]
    visit.dark()
    assert visit.style("#main-area", "backgroundImage") == "none"


def test_new_panel_colour_beats_its_old_name(visit: Visit) -> None:
    visit.open({"side_panel_bg_color": COLOR, "right_side_bg_color": OTHER})
    visit.enter()
    assert visit.style("[data-panel=participants]", "backgroundColor") == COLOR


def test_custom_css_comes_before_the_rules_and_stays_in_dark(visit: Visit) -> None:
    visit.open({"custom_css_url": "/custom.css", "header_bg_color": COLOR})
    visit.enter()
    last = visit.js("[...document.head.children].slice(-2).map((one) => one.id || one.getAttribute('href'))")
    assert last == ["/custom.css", "plugNmeetCustomization"]
    visit.wait(lambda: visit.style("#main-footer", "color") == "rgb(4, 5, 6)")
    assert visit.style("#main-header", "backgroundColor") == COLOR
    visit.dark()
    assert visit.style("#main-header", "backgroundColor") == "rgb(1, 2, 3)"


def test_logo_is_shown_in_light_and_dark(visit: Visit) -> None:
    logo = visit.stub.url("").replace("/?", "/logo.svg")
    visit.open({"custom_logo": logo})
    visit.enter()
    for dark in (False, True):
        visit.dark(dark)
        assert visit.js("document.querySelector('.header-logo img').src") == logo
    visit.wait_js("document.querySelector('.header-logo img').naturalWidth === 60")


@pytest.mark.parametrize("logo", ["/logo.svg", "data:image/png;base64,AA", 5, {"a": 1}])
def test_logo_that_is_no_web_address_is_ignored(visit: Visit, logo: object) -> None:
    visit.open({"custom_logo": logo})
    visit.enter()
    assert visit.js("document.querySelectorAll('.header-logo svg').length") == 1


def test_confirmation_has_close_as_its_primary_button(visit: Visit) -> None:
    visit.open({"primary_btn_bg_color": COLOR})
    visit.enter()
    visit.click(".end-call")
    visit.wait_for("dialog[open]")
    assert visit.text("dialog .primary-button") == "Close"
    assert visit.style("dialog .primary-button", "backgroundColor") == COLOR
    assert visit.style("dialog .danger-button", "backgroundColor") == "rgb(250, 50, 50)"
