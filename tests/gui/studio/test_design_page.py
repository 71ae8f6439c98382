"""The Design page with its preview in the real web engine: what each parameter shows, and what must never get there."""

import json
import time
from collections import Counter

import pytest
from meeting_pages import Pages, serving
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pnm_launcher.design.audit import audit
from pnm_launcher.design.vision import KINDS, simulate
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.studio import prompt_frames
from pnm_launcher.gui.studio.contrast_reading import reading_of
from pnm_launcher.meetings import PRACTICE, Meeting
from pnm_launcher.schema import DESIGN

JOIN = {"room_id": "maths-9b", "user_info.name": "Ana Martín", "user_info.user_id": "ana"}
MEETING = Meeting("m1", "Maths 9b", PRACTICE, JOIN)
RED, BLUE = "#c81e5a", "#1234ff"
PAINTS = {
    "primary_color": ("room", ".avatar", "backgroundColor"),
    "secondary_color": ("room", ".unread-badge", "backgroundColor"),
    "background_color": ("room", "#main-area", "backgroundColor"),
    "header_bg_color": ("room", "#main-header", "backgroundColor"),
    "footer_bg_color": ("room", "#main-footer", "backgroundColor"),
    "footer_icon_bg_color": ("room", ".footer-middle .footer-icon-bg", "backgroundColor"),
    "footer_icon_color": ("room", ".footer-middle .footer-icon-bg", "color"),
    "side_panel_bg_color": ("chat", "[data-panel=chat]", "backgroundColor"),
    "primary_btn_bg_color": ("landing", ".primary-button", "backgroundColor"),
    "secondary_btn_bg_color": ("landing", ".secondary-button", "backgroundColor"),
}
TEXTS = {
    "primary_btn_text_color": ("primary_color", ".primary-button"),
    "secondary_btn_text_color": ("secondary_color", ".secondary-button"),
}
SCREENS = ("landing", "room", "chat", "menus", "waiting", "buttons", "ended")
HOSTILE = ["red} body{background:url(//evil.example)} x{", "url(https://evil.example/x)", "#12", "expression(1)",
           "var(--x)", "red;background:blue", "</style><script>fetch('//evil.example')</script>"]  # fmt: skip
PICTURE = ("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
           "<rect width='40' height='20' fill='#00ff00'/></svg>")  # fmt: skip


def css(color: str) -> str:
    red, green, blue, _ = QColor(color).getRgb()
    return f"rgb({red}, {green}, {blue})"


class Studio:
    """The program with the Design page on the screen, and its preview loaded."""

    def __init__(self, qtbot, program, meeting=MEETING):
        self.qtbot, self.program = qtbot, program
        program.window.resize(1280, 800)
        self.shelf, self.form = program.furniture.shelf, program.furniture.form
        self.shelf.put(meeting)
        self.form.show_page(2)
        self.page = self.form.page(2)
        self.preview = self.page.preview
        qtbot.waitUntil(lambda: self.preview.view is not None and self.preview.view.isVisible(), timeout=30_000)
        self.wait_js("Math.abs(innerWidth - 1280) < 8", True)
        self.js("requestAnimationFrame(() => (window.painted = true)), 1")
        self.wait_js("window.painted", True)

    @property
    def view(self):
        return self.preview.view

    def js(self, code):
        answers = []
        self.view.page().runJavaScript(f"JSON.stringify({code}) ?? 'null'", answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        assert answers[0], f"an error: {code}"
        return json.loads(answers[0])

    def wait_js(self, code, wanted):
        deadline = time.monotonic() + 10
        while (got := self.js(code)) != wanted and time.monotonic() < deadline:
            self.qtbot.wait(20)
        assert got == wanted, code

    def editor(self, path):
        return next(form.editor(path) for form in self.page._forms if form.has(path))

    def type(self, path, text):
        editor = self.editor(path)
        (editor.line() if hasattr(editor, "line") else editor).setText(text)

    def style(self, selector, name):
        return f"getComputedStyle(document.querySelector({json.dumps(selector)}))[{json.dumps(name)}]"

    def show(self, screen):
        self.preview.choices.screens.set_index(SCREENS.index(screen))
        page = "room" if screen in ("room", "chat", "menus") else screen
        self.wait_js("document.querySelector('[data-page]').dataset.page", page)

    def place(self, selector):
        """A point of the view's window inside an element, near its start, where no text is."""
        left, top, width, height = self.js(
            f"(({{x, y, width, height}}) => [x, y, width, height])"
            f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        )
        zoom = self.view.zoomFactor()
        return QPoint(round((left + min(width / 2, 16)) * zoom), round((top + height / 2) * zoom))

    def pixel(self, place):
        corner = self.view.mapTo(self.program.window, QPoint(0, 0))
        picture = self.program.window.screen().grabWindow(self.program.window.winId())
        return picture.toImage().pixelColor((corner + place) * picture.devicePixelRatio()).name()

    def wait_pixel(self, place, color):
        self.qtbot.waitUntil(lambda: self.pixel(place) == color, timeout=10_000)

    def colors(self, selector):
        """The colours on the screen where an element is, each as often as it is there."""
        x, y, width, height = self.js(
            f"(({{x, y, width, height}}) => [x, y, width, height])"
            f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        )
        zoom, corner = self.view.zoomFactor(), self.view.mapTo(self.program.window, QPoint(0, 0))
        picture = self.program.window.screen().grabWindow(self.program.window.winId()).toImage()
        left, top = round(corner.x() + x * zoom), round(corner.y() + y * zoom)
        return Counter(
            picture.pixelColor(column, line).name()
            for column in range(left, left + round(width * zoom))
            for line in range(top, top + round(height * zoom))
        )

    def click(self, selector):
        QTest.mouseClick(self.view.focusProxy(), Qt.MouseButton.LeftButton, pos=self.place(selector))

    def note(self):
        return self.preview._note.text()


@pytest.fixture
def studio(qtbot, program):
    return Studio(qtbot, program)


# --- what is painted ----------------------------------------------------------------------------------------------


def test_every_parameter_is_tested_here():
    others = {"background_image", "custom_logo", "custom_css_url"}
    assert {field.path for field in DESIGN} == {*PAINTS, *TEXTS, *others}


def test_each_colour_shows_at_once_and_only_in_light(studio):
    for path, (screen, selector, name) in PAINTS.items():
        studio.show(screen)
        before = studio.js(studio.style(selector, name))
        assert before != css(RED)
        studio.qtbot.waitUntil(lambda place=selector: RED not in studio.colors(place), timeout=10_000)
        drawn = studio.colors(selector)
        studio.type(path, RED)
        studio.wait_js(studio.style(selector, name), css(RED))
        if name == "backgroundColor":
            studio.qtbot.waitUntil(lambda place=selector: RED in studio.colors(place), timeout=10_000)
        else:  # lines thinner than a pixel are mixed with what is below them
            studio.qtbot.waitUntil(lambda place=selector, old=drawn: studio.colors(place) != old, timeout=10_000)
        studio.preview.choices.themes.set_index(1)
        studio.wait_js("document.body.classList.contains('dark')", True)
        assert studio.js(studio.style(selector, name)) != css(RED)
        studio.preview.choices.themes.set_index(0)
        studio.type(path, "")
        studio.wait_js(studio.style(selector, name), before)


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("header_bg_color", ".theme-switch"),
        ("footer_bg_color", "#main-footer"),
        ("side_panel_bg_color", "[data-panel=participants]"),
    ],
)
def test_a_colour_reaches_the_screen(studio, path, selector):
    place = studio.place(selector)
    if path == "header_bg_color":
        place.setX(round(studio.view.width() * 0.3))
    if path == "footer_bg_color":
        place.setX(round(studio.view.width() * 0.25))
    if path == "side_panel_bg_color":
        place.setY(round(studio.view.height() * 0.8))
    assert studio.pixel(place) != BLUE
    studio.type(path, BLUE)
    studio.wait_pixel(place, BLUE)


@pytest.mark.parametrize("path", TEXTS)
def test_a_button_text_needs_a_ground_and_falls_back_as_in_the_client(studio, path):
    ground, selector = TEXTS[path]
    studio.show("landing")
    before = studio.js(studio.style(selector, "color"))
    studio.type(path, RED)
    studio.wait_js("preview && 1", 1)
    assert studio.js(studio.style(selector, "color")) == before
    studio.type(ground, BLUE)
    studio.wait_js(studio.style(selector, "color"), css(RED))
    assert studio.js(studio.style(selector, "backgroundColor")) == css(BLUE)
    studio.type(path.replace("text", "bg"), "#00aa00")
    studio.wait_js(studio.style(selector, "backgroundColor"), css("#00aa00"))


def test_dark_shows_the_truth_and_says_it(studio):
    studio.type("header_bg_color", RED)
    studio.wait_js(studio.style("#main-header", "backgroundColor"), css(RED))
    studio.preview.choices.themes.set_index(1)
    studio.wait_js(studio.style("#main-header", "backgroundColor"), "rgb(1, 16, 43)")
    assert "logo and the style sheet" in studio.note()


def test_all_screens_are_there_in_both_directions_and_on_a_phone(studio):
    for screen in SCREENS:
        studio.show(screen)
    studio.preview.choices.directions.set_index(1)
    studio.wait_js("document.documentElement.dir", "rtl")
    studio.preview.choices.sizes.set_index(1)
    studio.wait_js("Math.abs(innerWidth - 390) < 6", True)
    studio.show("room")
    studio.wait_js("document.querySelector('.side-panels').hidden", True)


def test_the_preview_shows_what_colour_blind_people_see(studio):
    studio.type("header_bg_color", "#ff0000")
    place = studio.place(".header-title")
    place.setX(round(studio.view.width() * 0.3))
    studio.wait_pixel(place, "#ff0000")
    for index, (kind, _) in enumerate(KINDS, 1):
        studio.preview.choices.visions.setCurrentIndex(index)
        assert studio.preview.choices.vision == kind
        wanted = simulate("#ff0000", kind)
        studio.qtbot.waitUntil(lambda want=wanted: _near(studio.pixel(place), want), timeout=10_000)
    studio.preview.choices.visions.setCurrentIndex(0)
    studio.wait_pixel(place, "#ff0000")


def _near(color, wanted):
    return all(abs(one - other) <= 3 for one, other in zip(bytes.fromhex(color[1:]), bytes.fromhex(wanted[1:]),
                                                           strict=True))  # fmt: skip


def test_buttons_are_shown_under_the_pointer_without_a_pointer(studio):
    studio.show("buttons")
    hover = ".primary-button.shown-hover"
    assert studio.js(studio.style(hover, "backgroundColor")) == "rgb(255, 255, 255)"
    studio.type("primary_color", RED)
    studio.wait_js(studio.style(hover, "backgroundColor"), css(RED))
    assert studio.js(studio.style(hover, "color")) == "rgb(12, 19, 26)"  # the trap of the real client


def test_the_preview_is_drawn_without_the_pause_that_qt_makes(studio, monkeypatch):
    hastened = []

    class Post:
        @staticmethod
        def postEvent(receiver, event):
            hastened.append(event.timerId())
            QCoreApplication.postEvent(receiver, event)

    monkeypatch.setattr(prompt_frames, "QCoreApplication", Post)
    studio.type("header_bg_color", RED)
    studio.wait_js(studio.style("#main-header", "backgroundColor"), css(RED))
    studio.qtbot.waitUntil(lambda: bool(hastened), timeout=5_000)
    studio.qtbot.wait(300)
    before = len(hastened)
    studio.js("(document.body.style.opacity = 0.99), 1")  # not told by us
    studio.qtbot.wait(300)
    assert len(hastened) == before


# --- from the preview to the field and back -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "path"),
    [
        ("#main-footer", "footer_bg_color"),
        ("[data-lock=reactions] svg", "footer_icon_color"),
        (".avatar", "primary_color"),
        (".header-logo", "custom_logo"),
        ("[data-panel=participants] h2", "side_panel_bg_color"),
    ],
)
def test_a_click_on_a_region_goes_to_the_field_that_paints_it(studio, selector, path):
    studio.program.window.activateWindow()
    studio.qtbot.waitUntil(studio.program.window.isActiveWindow, timeout=5_000)
    studio.click(selector)
    editor = studio.editor(path)
    studio.qtbot.waitUntil(lambda: QApplication.focusWidget() in (editor, editor.focusProxy()), timeout=5_000)
    studio.qtbot.waitUntil(lambda: not editor.visibleRegion().isEmpty())


def test_a_second_click_goes_to_the_next_parameter_of_the_place(studio):
    studio.show("landing")
    picked = []
    studio.preview.picked.connect(picked.append)
    for count in (1, 2, 3):
        studio.click(".primary-button")
        studio.qtbot.waitUntil(lambda count=count: len(picked) == count, timeout=5_000)
    assert picked == ["primary_btn_bg_color", "primary_btn_text_color", "primary_color"]


def test_what_no_parameter_reaches_says_so(studio):
    studio.click(".end-call")
    studio.qtbot.waitUntil(lambda: "No parameter" in studio.note(), timeout=5_000)


def test_the_field_with_the_keyboard_is_outlined_in_the_preview(studio):
    studio.program.window.activateWindow()
    studio.page.focus_field("header_bg_color")
    studio.wait_js("document.querySelectorAll('.preview-painted').length", 1)
    studio.wait_js("document.querySelector('.preview-painted').getBoundingClientRect().top", 0)
    studio.page.focus_field("primary_btn_bg_color")
    studio.wait_js("document.querySelectorAll('.preview-painted').length", 0)
    studio.qtbot.waitUntil(lambda: "paints nothing on this screen" in studio.note())
    studio.show("landing")
    studio.wait_js("document.querySelectorAll('.preview-painted').length", 1)


def test_the_preview_takes_neither_keys_nor_presses_its_own_buttons(studio):
    studio.click("[data-lock=chat]")
    studio.wait_js("location.hash.includes('pick')", True)
    assert studio.js("document.querySelector('[data-panel=participants]').hidden") is False
    assert not studio.view.isAncestorOf(QApplication.focusWidget())


# --- what must not get there ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_colour_never_reaches_the_page(studio, text):
    studio.type("header_bg_color", RED)
    studio.wait_js(studio.style("#main-header", "backgroundColor"), css(RED))
    studio.type("header_bg_color", text)
    studio.type("footer_bg_color", BLUE)
    studio.wait_js(studio.style("#main-footer", "backgroundColor"), css(BLUE))
    assert studio.js(studio.style("#main-header", "backgroundColor")) == css(RED)  # the last one that was good
    sheet = studio.js("document.getElementById('plugNmeetCustomization').textContent")
    assert f" {text} " not in sheet
    assert "evil" not in sheet
    problems = [each.text() for each in studio.page.findChildren(QLabel) if each.property("look") == "problem"]
    assert len(problems) == 1


def test_nothing_is_loaded_from_a_design_before_the_user_agrees(studio):
    svg = (200, {"Content-Type": "image/svg+xml"}, PICTURE)
    sheet = (200, {"Content-Type": "text/css"}, "#main-footer{opacity:.5}")
    with serving(Pages({"/logo.svg": svg, "/back.svg": svg, "/own.css": sheet})) as pages:
        design = {"custom_logo": f"{pages.foreign}/logo.svg", "background_image": f"{pages.foreign}/back.svg",
                  "custom_css_url": f"{pages.foreign}/own.css", "background_color": RED}  # fmt: skip
        studio.shelf.put(Meeting("m2", "From a stranger", PRACTICE, JOIN, design=design))
        studio.wait_js("document.querySelector('.header-logo').textContent", "Logo")
        assert "repeating-linear-gradient" in studio.js(studio.style("#main-area", "backgroundImage"))
        studio.js(f"fetch('{pages.foreign}/logo.svg').catch(() => (window.blocked = true)), 1")
        studio.wait_js("window.blocked", True)  # not even by a script of the page
        assert pages.paths() == []
        studio.qtbot.waitUntil(studio.preview.load.isVisible)
        studio.preview.load.click()
        studio.wait_js(studio.style("#main-footer", "opacity"), "0.5")
        studio.wait_js("document.querySelector('.header-logo img')?.naturalWidth", 40)
        assert sorted(set(pages.paths())) == ["/back.svg", "/logo.svg", "/own.css"]
        assert not studio.preview.load.isVisible()
        studio.type("custom_logo", f"{pages.foreign}/other.svg")  # a new address is a new question
        studio.wait_js("document.querySelector('.header-logo').textContent", "Logo")
        assert "/other.svg" not in pages.paths()


def test_the_preview_knows_no_token_and_stays_where_it_is(studio):
    address = studio.js("location.href")
    assert studio.js("document.cookie") == ""
    assert address.partition("#")[0].endswith("/assets/preview.html")
    studio.js("(location.href = '/?access_token=x'), 1")
    studio.qtbot.wait(300)
    assert studio.js("location.href").partition("#")[0] == address.partition("#")[0]


# --- its life -------------------------------------------------------------------------------------------------------


def test_the_web_engine_is_used_only_when_the_page_is_shown(qtbot, program):
    program.furniture.shelf.put(MEETING)
    page = program.furniture.form.page(2)
    qtbot.wait(200)
    assert page.preview.view is None


def test_another_meeting_shows_its_own_design_and_nothing_of_the_last(studio):
    studio.type("header_bg_color", RED)
    studio.wait_js(studio.style("#main-header", "backgroundColor"), css(RED))
    studio.shelf.put(Meeting("m2", "Staff room", PRACTICE, JOIN, design={"footer_bg_color": BLUE}))
    studio.wait_js(studio.style("#main-footer", "backgroundColor"), css(BLUE))
    assert studio.js(studio.style("#main-header", "backgroundColor")) == "rgb(255, 255, 255)"
    studio.wait_js("document.querySelector('.header-title').textContent", "Staff room")


def test_a_crashed_preview_can_be_shown_again(studio):
    studio.type("header_bg_color", RED)
    studio.wait_js(studio.style("#main-header", "backgroundColor"), css(RED))
    studio.view._crashed()
    studio.qtbot.waitUntil(lambda: studio.view is None)
    studio.preview.stage.step.click()
    studio.qtbot.waitUntil(lambda: studio.view is not None and studio.view.isVisible(), timeout=10_000)
    studio.wait_js(studio.style("#main-header", "backgroundColor"), css(RED))


def test_without_the_web_engine_a_sentence_leads_to_the_practice_room(qtbot, program, monkeypatch):
    monkeypatch.setattr(engine, "unavailable_reason", lambda: "the program was started as root")
    program.furniture.shelf.put(MEETING)
    program.furniture.form.show_page(2)
    preview = program.furniture.form.page(2).preview
    qtbot.waitUntil(preview.stage.step.isVisible)
    assert "started as root" in preview.stage._words.text()
    asked = []
    preview.practice_requested.connect(lambda: asked.append(1))
    preview.stage.step.click()
    assert asked == [1]
    assert preview.view is None


# --- the contrast ---------------------------------------------------------------------------------------------------


@pytest.fixture
def high(studio):
    """A window with room for the findings below the preview."""
    studio.program.window.resize(1280, 1040)
    studio.qtbot.waitUntil(lambda: studio.page.height() > 740)
    return studio


def test_the_findings_leave_the_room_to_the_preview_where_there_is_little(studio):
    contrast, stage = studio.page.contrast, studio.preview.stage
    studio.type("header_bg_color", "#0b3d66")
    studio.qtbot.waitUntil(lambda: "pairs fail" in contrast.summary.text(), timeout=20_000)
    assert [each.text() for each in contrast.findChildren(QLabel) if each.isVisible()] == [contrast.summary.text()]
    assert contrast._all.isVisible()
    assert stage.screen_area().width() >= stage.width() - 4, "the preview is as wide as its place"
    contrast.every.click()
    assert contrast.table.isVisible()


def test_failing_pairs_are_counted_named_and_mended(high):
    studio, contrast = high, high.page.contrast
    studio.type("header_bg_color", "#0b3d66")

    def words():
        return [each.text() for each in contrast.findChildren(QLabel) if each.isVisible()]

    studio.qtbot.waitUntil(lambda: "Meeting title on the header" in words(), timeout=20_000)
    assert "1.67 : 1" in words()
    assert "of 30 pairs fail" in contrast.summary.text()
    before = contrast.summary.text()
    contrast._all.click()
    studio.qtbot.waitUntil(lambda: contrast.summary.text() not in (before,), timeout=20_000)
    assert studio.editor("header_bg_color").value() != "#0b3d66"
    studio.wait_js(studio.style("#main-header", "backgroundColor"), css(studio.editor("header_bg_color").value()))


def test_what_fails_is_put_down_to_the_design_or_to_the_client():
    empty = reading_of({})
    assert not empty.spoilt
    assert {each.pair for each in empty.inherited} >= {"square", "badge", "primary"}
    assert {each.pair for each in empty.own} == {"signal", "panel_muted", "form_hint"}
    design = {"header_bg_color": "#c62828"}
    reading = reading_of(design)
    assert {each.pair for each in reading.spoilt} == {"title", "header_glyphs"}
    assert {each.pair for each in reading.inherited} == {each.pair for each in empty.inherited}
    failing = {each.pair for each in audit(design) if not each.passes}
    assert failing == {each.pair for part in (reading.spoilt, reading.inherited, reading.own) for each in part}
    assert [each.ratio for each in reading.spoilt] == sorted(each.ratio for each in reading.spoilt)


def test_an_empty_design_is_not_blamed_for_the_clients_own_look(high):
    studio, contrast = high, high.page.contrast
    studio.qtbot.waitUntil(lambda: "5 pairs fail" in contrast._inherited.text(), timeout=20_000)
    assert contrast.summary.text() == "Contrast: no colours set yet"
    assert "Pairs that reach AAA: " in contrast._grades.text()
    assert "3 fail in plugNmeet itself" in contrast._grades.text()
    assert not [each for each in contrast.findChildren(QLabel) if each.property("look") == "bad" and each.isVisible()]
    contrast._mend_inherited.click()
    studio.qtbot.waitUntil(lambda: contrast.summary.text() == "Contrast: your colours can be read", timeout=20_000)
    assert not contrast._inherited.isVisible()
    assert not contrast._mend_inherited.isVisible()
    assert studio.page.design()


def test_all_pairs_are_shown_with_sample_ratio_and_level(studio):
    contrast, table = studio.page.contrast, studio.page.contrast.table
    studio.type("header_bg_color", "#c62828")
    studio.qtbot.waitUntil(lambda: "2 of 30" in contrast.summary.text(), timeout=20_000)
    assert not table.isVisible()
    contrast.every.click()
    assert table.isVisible()
    findings = audit({"header_bg_color": "#c62828"})
    assert table.rowCount() == len(findings) == 30
    for row, found in enumerate(findings):
        texts = [table.item(row, column).text() for column in (0, 2, 3)]
        assert texts == [found.label, f"{found.shown_ratio} : 1", found.grade]
        sample = table.item(row, 1)
        assert (sample.foreground().color().name(), sample.background().color().name()) == (
            found.foreground, found.background)  # fmt: skip
        assert (table.cellWidget(row, 4) is not None) == (not found.passes and not found.own)
    contrast.every.click()
    assert not table.isVisible()


def test_a_pair_is_framed_and_a_click_goes_to_what_paints_it(studio):
    studio.program.window.activateWindow()
    contrast, table = studio.page.contrast, studio.page.contrast.table
    studio.qtbot.waitUntil(lambda: bool(contrast._reading.pairs), timeout=20_000)
    contrast.every.click()
    rows = {table._id(row): row for row in range(table.rowCount())}
    table.setCurrentCell(rows["panel_label"], 0)
    studio.wait_js("document.querySelectorAll('.preview-painted').length", 1)
    assert studio.preview.choices.shown_screen == "chat"
    table.scrollToItem(table.item(rows["bell"], 0))
    place = table.visualItemRect(table.item(rows["bell"], 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = studio.editor("header_bg_color")
    studio.qtbot.waitUntil(lambda: QApplication.focusWidget() in (editor, editor.focusProxy()), timeout=5_000)
    bell = "document.querySelector('.header-button.bell').getBoundingClientRect().left"
    framed = "document.querySelector('.preview-painted')?.getBoundingClientRect().left"
    studio.wait_js(f"Math.abs({bell} - {framed}) < 2", True)
    for row in range(table.rowCount()):
        studio.preview.outline("")
        studio.wait_js("document.querySelectorAll('.preview-painted').length", 0)
        table.setCurrentCell(row, 0)
        studio.wait_js("document.querySelectorAll('.preview-painted').length > 0", True)


def test_a_pair_is_mended_from_its_row(studio):
    contrast, table = studio.page.contrast, studio.page.contrast.table
    studio.type("header_bg_color", "#c62828")
    studio.qtbot.waitUntil(lambda: "2 of 30" in contrast.summary.text(), timeout=20_000)
    contrast.every.click()
    row = next(row for row in range(30) if table._id(row) == "title")
    table.cellWidget(row, 4).click()
    studio.qtbot.waitUntil(lambda: table.item(row, 3).text() in ("AA", "AAA"), timeout=20_000)


def test_a_narrow_window_shows_the_preview_above_the_fields(studio):
    studio.program.window.resize(760, 700)
    studio.qtbot.waitUntil(lambda: studio.page.width() < 600)
    fields, stage = studio.page._fields, studio.preview.stage
    studio.qtbot.waitUntil(lambda: fields.y() > stage.mapTo(studio.page, QPoint()).y())
    assert studio.preview.choices.screens.isVisible() is False
    studio.qtbot.waitUntil(lambda: stage.screen_area().width() > 300)
