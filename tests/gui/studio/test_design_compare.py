"""Two designs side by side in the real web engine: one set of choices, the values that differ, and the end of it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from meeting_pages import Pages, serving
from practice_school import spoken_name, visible
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import isValid

from pnm_launcher.design.audit import audit
from pnm_launcher.errors import PracticeFailed
from pnm_launcher.gui.meeting import engine, meeting_profile
from pnm_launcher.gui.studio.design_compare import CompareDialog
from pnm_launcher.schema import DESIGN

RED = {"header_bg_color": "#c81e5a", "footer_bg_color": "#112233", "side_panel_bg_color": "#ffeeee"}
BLUE = {"header_bg_color": "#1234ff", "footer_bg_color": "#112233", "primary_color": "#0b3d66"}
PICTURE = ("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
           "<rect width='40' height='20' fill='#00ff00'/></svg>")  # fmt: skip


class Compared:
    """The dialog on the screen, and both its previews loaded."""

    def __init__(self, qtbot, program, left=("Red", RED), right=("Blue", BLUE), *, wait=True, practice=None):
        self.qtbot, self.program = qtbot, program
        parts = program.furniture
        self.dialog = CompareDialog(program.window, left, right, jobs=parts.jobs,
                                    practice=practice or parts.connections.practice)  # fmt: skip
        self.sides = (self.dialog.left, self.dialog.right)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)
        if wait:
            qtbot.waitUntil(lambda: all(view and view.isVisible() for view in self.views), timeout=40_000)
            self.wait_js("Math.abs(innerWidth - 1280) < 8", True, True)
            for view in self.views:
                self.js(view, "requestAnimationFrame(() => (window.painted = true)), 1")
            self.wait_js("window.painted", True, True)

    @property
    def views(self):
        return [side.preview.view for side in self.sides]

    def js(self, view, code):
        answers = []
        view.page().runJavaScript(f"JSON.stringify({code}) ?? 'null'", answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        assert answers[0], f"an error: {code}"
        return json.loads(answers[0])

    def wait_js(self, code, *wanted):
        deadline = time.monotonic() + 15
        while (got := [self.js(view, code) for view in self.views]) != list(wanted) and time.monotonic() < deadline:
            self.qtbot.wait(20)
        assert got == list(wanted), code

    def rows(self):
        model = self.dialog.table.model()
        return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]

    def current(self):
        return self.dialog.table.currentIndex().siblingAtColumn(0).data()


@pytest.fixture
def compared(qtbot, program):
    return Compared(qtbot, program)


def style(selector, name):
    return f"getComputedStyle(document.querySelector({json.dumps(selector)}))[{json.dumps(name)}]"


HEADER = style("#main-header", "backgroundColor")


def test_each_side_shows_its_own_design_and_one_choice_changes_both(compared):
    choices = compared.dialog.choices
    compared.wait_js(HEADER, "rgb(200, 30, 90)", "rgb(18, 52, 255)")
    choices.screens.set_index(0)
    compared.wait_js("document.querySelector('[data-page]').dataset.page", "landing", "landing")
    choices.screens.set_index(1)
    choices.directions.set_index(1)
    compared.wait_js("document.documentElement.dir", "rtl", "rtl")
    choices.sizes.set_index(1)
    compared.wait_js("Math.abs(innerWidth - 390) < 8", True, True)
    choices.themes.set_index(1)
    compared.wait_js("document.body.classList.contains('dark')", True, True)
    dark = compared.js(compared.views[0], HEADER)
    assert dark not in ("rgb(200, 30, 90)", "rgb(18, 52, 255)")
    compared.wait_js(HEADER, dark, dark)


def test_there_is_one_set_of_choices_and_no_way_into_a_practice_room(compared):
    names = [each.objectName() for each in visible(QPushButton, compared.dialog)]
    assert "preview" not in names
    assert [each.text() for each in visible(QPushButton, compared.dialog)].count("Dark") == 1


def test_both_previews_are_seen_at_the_same_size(compared):
    left, right = (side.preview.stage for side in compared.sides)
    assert left.screen_area().size() == right.screen_area().size()
    assert left.mapTo(compared.dialog, QPoint()).y() == right.mapTo(compared.dialog, QPoint()).y()
    assert left.screen_area().width() > 300


def test_the_values_that_differ_are_listed_and_all_of_them_on_demand(compared):
    assert compared.rows() == [
        ["Primary", "not set", "#0b3d66"],
        ["Header", "#c81e5a", "#1234ff"],
        ["Side panels", "#ffeeee", "not set"],
    ]
    assert compared.dialog.counted.text() == "3 parameters differ"
    model = compared.dialog.table.model()
    swatches = [model.index(1, column).data(Qt.ItemDataRole.DecorationRole).pixmap(16, 16).toImage()
                for column in (1, 2)]  # fmt: skip
    assert [each.pixelColor(each.rect().center()).name() for each in swatches] == ["#c81e5a", "#1234ff"]
    compared.dialog.every.setChecked(True)
    assert len(compared.rows()) == len(list(DESIGN))
    assert ["Footer", "#112233", "#112233"] in compared.rows()
    compared.dialog.every.setChecked(False)
    assert len(compared.rows()) == 3


def test_the_contrast_of_each_is_the_audits(compared):
    for side in compared.sides:
        findings = audit(side.design)
        failing = sum(not each.passes and not each.own for each in findings)
        assert failing > 1
        words = f"Contrast: {failing} of {len(findings)} pairs fail"
        compared.qtbot.waitUntil(lambda side=side, words=words: side.verdict.text() == words, timeout=20_000)


def test_the_chosen_row_is_outlined_in_both_previews(compared):
    compared.dialog.table.choose("header_bg_color")
    compared.wait_js("document.querySelectorAll('.preview-painted').length", 1, 1)
    compared.wait_js("document.querySelector('.preview-painted').getBoundingClientRect().top", 0, 0)


def test_a_click_in_a_preview_chooses_the_row_also_of_an_equal_value(compared):
    def click(selector):
        view = compared.views[1]
        left, top, width, height = compared.js(view, "(({x, y, width, height}) => [x, y, width, height])"
            f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())")  # fmt: skip
        zoom = view.zoomFactor()
        place = QPoint(round((left + width * 0.3) * zoom), round((top + height / 2) * zoom))
        QTest.mouseClick(view.focusProxy(), Qt.MouseButton.LeftButton, pos=place)

    click("#main-header")
    compared.qtbot.waitUntil(lambda: compared.current() == "Header", timeout=10_000)
    assert len(compared.rows()) == 3
    click("#main-footer")
    compared.qtbot.waitUntil(lambda: compared.current() == "Footer", timeout=10_000)
    assert compared.dialog.every.isChecked()


def test_equal_designs_say_so(qtbot, program):
    compared = Compared(qtbot, program, ("One", RED), ("Other", dict(RED)), wait=False)
    assert compared.rows() == []
    assert compared.dialog.counted.text() == "Both designs have the same values."


def test_nothing_is_loaded_from_either_design_before_the_user_agrees_to_it(qtbot, program):
    svg = (200, {"Content-Type": "image/svg+xml"}, PICTURE)
    with serving(Pages({"/left.svg": svg, "/right.svg": svg})) as pages:
        designs = [{"custom_logo": f"{pages.foreign}/{name}.svg"} for name in ("left", "right")]
        compared = Compared(qtbot, program, ("Left", designs[0]), ("Right", designs[1]))
        compared.wait_js("document.querySelector('.header-logo').textContent", "Logo", "Logo")
        for view in compared.views:
            compared.js(view, f"fetch('{pages.foreign}/x').catch(() => (window.blocked = true)), 1")
        compared.wait_js("window.blocked", True, True)
        assert pages.paths() == []
        compared.dialog.left.preview.load.click()
        compared.wait_js("document.querySelector('.header-logo img')?.naturalWidth ?? 0", 40, 0)
        assert set(pages.paths()) == {"/left.svg"}


def test_what_may_not_reach_a_style_sheet_does_not(qtbot, program):
    bad = {"header_bg_color": "red} body{display:none} x{", "unknown": "1", "footer_bg_color": "#123456"}
    compared = Compared(qtbot, program, ("A\u202e\n" + "x" * 10_000, bad), ("Blue", BLUE))
    assert compared.dialog.left.design == {"footer_bg_color": "#123456"}
    assert len(compared.dialog.left.name.text()) <= 60
    assert "\u202e" not in compared.dialog.left.name.text()
    compared.wait_js(style("#main-footer", "backgroundColor"), "rgb(18, 52, 86)", "rgb(17, 34, 51)")
    compared.wait_js(style("body", "display") + " === 'none'", False, False)


def test_everything_has_a_name_and_is_reached_by_tab(compared):
    dialog = compared.dialog
    dialog.activateWindow()
    compared.qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    reached = set()
    for _ in range(40):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert {dialog.table, dialog.every, dialog.close_button} <= reached
    assert [each for each in reached if not (spoken_name(each) or each.accessibleName())] == []
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# --- when it cannot be shown, and its end ------------------------------------------------------------------------


def test_without_the_web_engine_the_values_are_compared_all_the_same(qtbot, program, monkeypatch):
    monkeypatch.setattr(engine, "unavailable_reason", lambda: "the program was started as root")
    compared = Compared(qtbot, program, wait=False)
    for side in compared.sides:
        qtbot.waitUntil(lambda side=side: "started as root" in side.preview.stage._words.text())
        assert not side.preview.stage.step.isVisible()
    assert len(compared.rows()) == 3


def test_a_practice_server_that_does_not_start_is_told_and_tried_again(qtbot, program):
    works = []

    def practice():
        if not works:
            raise PracticeFailed(reason="no port is free")
        return program.furniture.connections.practice()

    compared = Compared(qtbot, program, wait=False, practice=practice)
    for side in compared.sides:
        qtbot.waitUntil(side.preview.stage.step.isVisible, timeout=10_000)
        assert side.preview.stage._words.text()
    works.append(1)
    for side in compared.sides:
        side.preview.stage.step.click()
    qtbot.waitUntil(lambda: all(view and view.isVisible() for view in compared.views), timeout=40_000)
    compared.wait_js(HEADER, "rgb(200, 30, 90)", "rgb(18, 52, 255)")


def test_closing_ends_pages_before_their_profiles(compared):
    ended = []
    before = set(meeting_profile._alive)
    for number, view in enumerate(compared.views):
        view.page().destroyed.connect(lambda _=None, number=number: ended.append(f"page {number}"))
        profile = view.profile_of_its_own
        assert profile in before
        profile.destroyed.connect(lambda _=None, number=number: ended.append(f"profile {number}"))
    views = compared.views
    compared.dialog.finished.connect(compared.dialog.deleteLater)
    compared.dialog.reject()
    assert not any(isValid(view) for view in views)
    compared.qtbot.waitUntil(lambda: len(ended) == 4, timeout=10_000)
    assert sorted(ended[:2]) == ["page 0", "page 1"]
    assert len(meeting_profile._alive) == len(before) - 2


def test_closing_while_the_previews_are_prepared_is_quiet(qtbot, program):
    compared = Compared(qtbot, program, wait=False)
    compared.dialog.reject()
    qtbot.wait(300)  # what was under way would be delivered now
    assert compared.views == [None, None]


@pytest.mark.parametrize("leave", ["program.window.close()", "QApplication.exit(0)"])
def test_the_program_ends_in_order_with_the_comparison_open(tmp_path, leave):
    script = tmp_path / "close.py"
    script.write_text(f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pnm_launcher.gui.app import main
from pnm_launcher.gui.studio.design_compare import CompareDialog
from pnm_launcher.gui.studio.design_library import DesignLibrary
from pnm_launcher.meetings import Design

ended = []

def first(program):
    parts = program.furniture
    parts.library.apply(lambda book: book.with_design(Design("a", "Red", {RED!r})))
    library = DesignLibrary(program.window, parts.library, {BLUE!r}, title="Maths", jobs=parts.jobs,
                            practice=parts.connections.practice)
    library.open()
    library.details.compare.click()
    made, = library.findChildren(CompareDialog)
    timer = QTimer(made, interval=50)

    def look():
        views = [side.preview.view for side in (made.left, made.right)]
        if all(view and view.isVisible() for view in views):
            timer.stop()
            ended.append("shown")
            for view in views:
                view.page().destroyed.connect(lambda _=None: ended.append("page"))
                view.profile_of_its_own.destroyed.connect(lambda _=None: ended.append("profile"))
            {leave}

    timer.timeout.connect(look)
    timer.start()

code = main(first)
print(*ended, flush=True)
sys.exit(code)
""")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=90, check=False,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["shown", "page", "page", "profile", "profile"]
    assert "Release of profile" not in done.stderr
    assert "Traceback" not in done.stderr
