"""The design being edited shows in the running meeting: without a new join, a new token or any call to the server."""

import json
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton
from test_design_page import PAINTS

from pnm_launcher.design.client_css import client_css
from pnm_launcher.errors import InvalidValue
from pnm_launcher.meetings import Meeting
from pnm_launcher.schema import DESIGN

RED, BLUE = "#c81e5a", "#1234ff"
FIRST = {"header_bg_color": BLUE}


def css(color):
    red, green, blue, _ = QColor(color).getRgb()
    return f"rgb({red}, {green}, {blue})"


class Live:
    """A meeting that is open in its window, in the room, with the Design page beside it."""

    def __init__(self, qtbot, school, design):
        self.qtbot, self.school, parts = qtbot, school, school.program.furniture
        self.parts = parts
        meeting = Meeting("live", "Maths 9b", school.server.id, school.meeting.join, design=design)
        parts.library.apply(lambda book: book.with_meeting(meeting))
        parts.shelf.choose("live")
        parts.form.show_page(2)
        self.page = parts.form.page(2)
        school.start_room()
        school.window.join.click()
        qtbot.waitUntil(lambda: self.window is not None and self.window.loaded, timeout=20_000)
        self.enter()
        self.calls = list(self.api_calls())

    def enter(self):
        """From the practice room's landing page into the room."""
        self.wait_js("Boolean(document.querySelector('.landing-entrance .secondary-button'))", True)
        self.js("document.querySelector('.landing-entrance .secondary-button').click(), 1")
        self.wait_js("Boolean(document.querySelector('#main-header'))", True)

    @property
    def window(self):
        return self.parts.opening.window("live")

    def api_calls(self):
        return [path for path in self.school.counter.paths if path.startswith("/auth/room/") and "isRoom" not in path
                and "getActive" not in path]  # fmt: skip

    def js(self, code):
        answers = []
        self.window.page.runJavaScript(f"JSON.stringify({code}) ?? 'null'", answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0])

    def wait_js(self, code, wanted):
        deadline = time.monotonic() + 10
        while (got := self.js(code)) != wanted and time.monotonic() < deadline:
            self.qtbot.wait(20)
        assert got == wanted, code

    def type(self, path, text):
        editor = next(form.editor(path) for form in self.page._forms if form.has(path))
        (editor.line() if hasattr(editor, "line") else editor).setText(text)

    def wait_style(self, selector, name, wanted):
        self.wait_js(f"getComputedStyle(document.querySelector({json.dumps(selector)})).{name}", wanted)


@pytest.fixture
def live(qtbot, school):
    return Live(qtbot, school, FIRST)


def test_every_colour_shows_in_the_open_meeting_and_goes_back_without_a_call(live):
    live.qtbot.waitUntil(live.page.live.tick.isVisible)
    assert live.page.live.tick.text() == "Live in “Maths 9b”"
    live.type("header_bg_color", RED)
    live.qtbot.wait(200)
    live.wait_style("#main-header", "backgroundColor", css(BLUE))  # not before it is wanted
    live.page.live.tick.setChecked(True)
    live.wait_style("#main-header", "backgroundColor", css(RED))
    for path, (screen, selector, name) in PAINTS.items():
        if screen == "room" and path != "secondary_color":
            live.type(path, RED)
            live.wait_style(selector, name, css(RED))
    live.page.live.tick.setChecked(False)
    live.wait_style("#main-header", "backgroundColor", css(BLUE))
    live.wait_style("#main-footer", "backgroundColor", "rgb(250, 252, 255)")
    assert live.api_calls() == live.calls


def test_a_logo_and_a_style_sheet_change_too_once_they_are_agreed_to(live):
    live.js("(document.querySelector('.header-logo').innerHTML = '<img>', 1)")
    live.page.live.tick.setChecked(True)
    live.type("custom_css_url", "https://localhost:1/own.css")
    live.type("custom_logo", "https://localhost:1/logo.png")
    live.qtbot.wait(200)
    sheets = "[...document.head.querySelectorAll('link')].filter((one) => one.href.endsWith('own.css')).length"
    assert live.js(sheets) == 0  # nothing is loaded unasked, here neither
    live.page.preview.load.click()
    live.wait_js(sheets, 1)
    live.wait_js("document.querySelector('#main-header img').src", "https://localhost:1/logo.png")
    live.page.live.tick.setChecked(False)
    live.wait_js(sheets, 0)


def test_a_meeting_that_began_without_a_design_says_so_and_offers_to_enter_again(qtbot, school):
    live = Live(qtbot, school, {})
    live.page.live.tick.setChecked(True)
    button = live.page.findChild(QPushButton, "live-rejoin")
    qtbot.waitUntil(button.isVisible, timeout=5_000)
    assert "without a design" in live.page.live.note.text()
    assert not live.page.live.tick.isChecked()


def test_the_offer_goes_with_the_window(live):
    live.qtbot.waitUntil(live.page.live.tick.isVisible)
    live.window.close()
    live.qtbot.waitUntil(lambda: not live.page.live.tick.isVisible())


def test_a_hostile_value_is_refused_before_it_reaches_the_meeting(live):
    with pytest.raises(InvalidValue):
        live.window.restyle({"header_bg_color": "red} body{background:url(//x)} x{"}, bool)


def test_the_rules_are_those_of_the_page(live):
    """`client_css` against `design.js`, for each parameter alone and for all together."""
    code = "import {designCss} from '/assets/design.js'; window.rules = designCss"
    live.js(
        f"document.head.append(Object.assign(document.createElement('script'), {{type: 'module', text: `{code}`}}))"
    )
    live.wait_js("typeof rules", "function")
    values = {field.path: "https://x.example/a.png" if "color" not in field.path else RED for field in DESIGN}
    designs = [{name: value} for name, value in values.items()]
    designs += [values, {name: value for name, value in values.items() if name != "background_image"}]
    for design in designs:
        assert client_css(design) == live.js(f"rules({json.dumps(design)})"), design


# --- a page that treats a design as the real client does --------------------------------------------------------------


CLIENT_PAGE = (Path(__file__).parent / "client_page.html").read_text("utf-8")
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>"
FILES = {
    "/": ("text/html", CLIENT_PAGE),
    "/own.css": ("text/css", "#main-area { opacity: 0.5 }"),
    "/first.css": ("text/css", "#main-area { opacity: 0.75 }"),
    "/logo.svg": ("image/svg+xml", PICTURE),
    "/first-logo.svg": ("image/svg+xml", PICTURE),
    "/logo-of-the-client.svg": ("image/svg+xml", PICTURE),
    "/back.svg": ("image/svg+xml", PICTURE),
}
GREEN = "#0a7d32"
WATCHED = ("isRoomActive", "getActiveRoomInfo")
"""What the launcher asks all the time to know whether the shown meeting runs."""


class ClientRoom(Live):
    """The same with another page, on the same server, which still counts every call."""

    def __init__(self, qtbot, school, design):
        practice = school.counter._application

        def application(environ, start_response):
            kind, text = FILES.get(environ["PATH_INFO"], ("", ""))
            if not kind:
                return practice(environ, start_response)
            body = text.encode()
            start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
            return [body]

        school.counter._application = application
        self.origin = f"http://localhost:{school.practice.address.rpartition(':')[2].rstrip('/')}"
        super().__init__(qtbot, school, {name: self.local(value) for name, value in design.items()})

    def enter(self):
        self.wait_js("Object.isFrozen(window.plugNmeetConfig)", True)

    def local(self, value):
        return self.origin + value if value.startswith("/") else value

    def api_calls(self):
        return [path for path in self.school.counter.paths if path not in FILES and not path.endswith(WATCHED)]

    def page_state(self):
        return self.js(
            "{css: document.getElementById('plugNmeetCustomization').textContent, config: plugNmeetConfig,"
            "frozen: Object.isFrozen(plugNmeetConfig), logo: document.querySelector('header img').src,"
            "sheets: [...document.querySelectorAll('link[rel=stylesheet]')].map((one) => one.href),"
            "last: document.head.lastElementChild.id}"
        )


EVERYTHING = {
    "primary_color": (".bg-primary-color", "backgroundColor"),
    "secondary_color": (".bg-secondary-color", "backgroundColor"),
    "background_color": ("#main-area", "backgroundColor"),
    "background_image": ("#main-area", "backgroundImage"),
    "header_bg_color": ("#main-header", "backgroundColor"),
    "footer_bg_color": ("#main-footer", "backgroundColor"),
    "footer_icon_bg_color": (".footer-icon-bg", "backgroundColor"),
    "footer_icon_color": (".footer-icon-bg", "color"),
    "side_panel_bg_color": (".side-panel-bg-color", "backgroundColor"),
    "primary_btn_bg_color": (".primary-button", "backgroundColor"),
    "primary_btn_text_color": (".primary-button", "color"),
    "secondary_btn_bg_color": (".secondary-button", "backgroundColor"),
    "secondary_btn_text_color": (".secondary-button", "color"),
    "custom_css_url": ("#main-area", "opacity"),
    "custom_logo": ("", ""),
}
ADDRESSES = {"background_image": "/back.svg", "custom_css_url": "/own.css", "custom_logo": "/logo.svg"}
FIRSTS = [FIRST, {**FIRST, "custom_css_url": "/first.css", "custom_logo": "/first-logo.svg"}]


@pytest.mark.parametrize("first", FIRSTS, ids=["colours only", "with addresses"])
def test_every_parameter_changes_in_the_clients_page_and_goes_back_without_any_call(qtbot, school, first):
    assert EVERYTHING.keys() == {field.path for field in DESIGN}
    live = ClientRoom(qtbot, school, first)
    before = live.page_state()
    live.page.live.tick.setChecked(True)
    for path, (selector, name) in EVERYTHING.items():
        value = live.local(ADDRESSES.get(path, GREEN))
        live.type(path, value)
        if path in ADDRESSES:
            qtbot.waitUntil(live.page.preview.load.isVisible, timeout=10_000)
            live.page.preview.load.click()
        if path == "custom_logo":
            live.wait_js("document.querySelector('header img').src", value)
        else:
            wanted = {"background_image": f'url("{value}")', "custom_css_url": "0.5"}.get(path, css(GREEN))
            live.wait_style(selector, name, wanted)
    after = live.page_state()
    assert after["sheets"] == [live.local("/own.css")]
    assert after["last"] == "plugNmeetCustomization"  # the rules still come after the style sheet
    live.page.live.tick.setChecked(False)
    live.wait_js("document.getElementById('plugNmeetCustomization').textContent", before["css"])
    live.wait_js("document.querySelector('header img').src", before["logo"])
    assert live.page_state() == before
    live.wait_style("#main-header", "backgroundColor", css(BLUE))
    live.wait_style(".primary-button", "backgroundColor", "rgb(0, 161, 242)")
    assert live.api_calls() == live.calls
    assert live.calls.count("/auth/room/getJoinToken") == 1


def test_rules_that_were_inserted_without_a_text_come_back_too(qtbot, school):
    live = ClientRoom(qtbot, school, FIRST)
    live.js(
        "((style) => { const rules = [...style.sheet.cssRules].map((one) => one.cssText); style.textContent = '';"
        " for (const rule of rules) style.sheet.insertRule(rule);"
        "})(document.getElementById('plugNmeetCustomization')), 1"
    )
    live.wait_style("#main-header", "backgroundColor", css(BLUE))
    live.page.live.tick.setChecked(True)
    live.type("header_bg_color", GREEN)
    live.wait_style("#main-header", "backgroundColor", css(GREEN))
    live.page.live.tick.setChecked(False)
    live.wait_style("#main-header", "backgroundColor", css(BLUE))
    assert live.api_calls() == live.calls


def test_a_clients_page_without_the_element_says_so_and_stays_as_it_is(qtbot, school):
    live = ClientRoom(qtbot, school, {})
    html = live.js("document.documentElement.outerHTML")
    live.type("header_bg_color", GREEN)
    live.page.live.tick.setChecked(True)
    qtbot.waitUntil(live.page.findChild(QPushButton, "live-rejoin").isVisible, timeout=10_000)
    assert live.js("document.documentElement.outerHTML") == html
    assert live.api_calls() == live.calls
