"""Handing a design over: every way with its text, what is not in it, the length of the address, copying and saving."""

import json
import threading

import pytest
from practice_school import activate, dialog, spoken_name, visible
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from pnm_launcher.address import parse_address
from pnm_launcher.design.dark import dark_css
from pnm_launcher.design.handover import WAYS, WHERE
from pnm_launcher.design.length import join_length, without_defaults
from pnm_launcher.design.surfaces import SURFACES, export_design
from pnm_launcher.gui.studio import design_export
from pnm_launcher.gui.studio.design_export import ExportDialog
from pnm_launcher.gui.studio.design_import import ImportDialog
from pnm_launcher.gui.theme import LIGHT
from pnm_launcher.kinds import Color
from pnm_launcher.schema import DESIGN

PAGE = parse_address("https://school.example/pnm")
FULL = {row.path: f"#{n:02x}66c2" if isinstance(row.kind, Color) else f"https://cdn.example.org/{row.path}?v={n}"
        for n, row in enumerate(DESIGN)}  # fmt: skip
SPARE = {"primary_color": "#8e24aa", "header_bg_color": "#ffffff", "primary_btn_bg_color": "#8e24aa",
         "custom_logo": "https://cdn.example.org/logo.png"}  # fmt: skip


@pytest.fixture
def show(qtbot, jobs, home):
    """Opens the dialog over a window; what the design shall lose is in `took`."""

    def opened(values=FULL, *, name="Our school", page=PAGE) -> ExportDialog:
        made = ExportDialog(home, values, name=name, page=page, jobs=jobs)
        made.took = []
        made.taken.connect(made.took.append)
        made.open()
        qtbot.waitExposed(made)
        return made

    return opened


def choose(qtbot, shown: ExportDialog, way: str) -> str:
    """Choose a way, and wait for its text."""
    shown.ways.setCurrentRow(list(WAYS).index(way))
    name = f"The design as text: {WAYS[way]}"
    qtbot.waitUntil(lambda: shown.text.accessibleName() == name and shown.copy.isEnabled(), timeout=15_000)
    return shown.text.toPlainText()


def trim(qtbot, shown: ExportDialog, way: str = "url") -> str:
    """Leave out what changes nothing, and wait for the shorter text."""
    before = choose(qtbot, shown, way)
    qtbot.waitUntil(shown.length.trim.isEnabled, timeout=15_000)
    shown.length.trim.click()
    qtbot.waitUntil(lambda: shown.text.toPlainText() != before, timeout=15_000)
    return shown.text.toPlainText()


class TestTheText:
    @pytest.mark.parametrize("surface", SURFACES)
    def test_is_that_of_the_surface(self, qtbot, show, surface):
        shown = show()
        assert choose(qtbot, shown, surface) == export_design(FULL, surface, page=PAGE, name="Our school").text
        assert shown.text.isReadOnly()
        assert shown.where.text() == WHERE[surface]

    def test_of_dark_mode_is_a_style_sheet(self, qtbot, show):
        shown = show()
        assert choose(qtbot, shown, "dark") == dark_css(FULL)
        assert "at the end of that file" in shown.missing.text()

    @pytest.mark.parametrize("surface", SURFACES)
    def test_gives_the_same_design_when_it_is_taken_in_again(self, qtbot, show, jobs, home, surface):
        text = choose(qtbot, show(), surface)
        lost = {loss.path for loss in export_design(FULL, surface).lost}
        took = []
        importing = ImportDialog(home, {"primary_color": "#123456"}, jobs=jobs)
        importing.taken.connect(took.append)
        importing.open()
        importing.text.setPlainText(text)
        qtbot.waitUntil(importing.take.isEnabled, timeout=15_000)
        assert importing.surface.currentText() == f"{SURFACES[surface]} (recognised)"
        importing.take.click()
        assert took == [{path: value for path, value in FULL.items() if path not in lost}]

    def test_says_what_is_not_in_it_and_why(self, qtbot, show):
        shown = show()
        choose(qtbot, shown, "file")
        assert not shown.missing.isVisible()
        choose(qtbot, shown, "wordpress")
        assert shown.missing.isVisible()
        said = shown.missing.text().splitlines()
        assert "Not in it: Primary button. The form has no field for it: the buttons take the primary colour." in said
        assert any("Side panels" in line and "Footer icon" in line for line in said)

    def test_of_a_form_that_takes_nothing_cannot_be_copied(self, qtbot, show):
        shown = show({"footer_icon_color": "#ffffff"})
        choose(qtbot, shown, "file")
        shown.ways.setCurrentRow(list(WAYS).index("lti"))
        qtbot.waitUntil(lambda: "has no field for anything" in shown.missing.text(), timeout=15_000)
        assert not shown.copy.isEnabled()
        assert not shown.save.isEnabled()
        assert "has no field for anything" in shown.copy.accessibleDescription()

    def test_cannot_be_copied_before_it_is_there(self, qtbot, show):
        shown = show()
        choose(qtbot, shown, "link")
        shown.ways.setCurrentRow(2)
        assert not shown.copy.isEnabled()
        assert not shown.save.isEnabled()
        qtbot.waitUntil(shown.copy.isEnabled, timeout=15_000)

    def test_of_the_last_choice_counts_however_late_an_earlier_one_comes(self, qtbot, show, monkeypatch):
        late, came = threading.Event(), []
        real, shows = design_export.hand_over, ExportDialog._show
        monkeypatch.setattr(design_export, "hand_over", lambda values, way, **more: (
            way == "dark" and late.wait(15), real(values, way, **more))[1])  # fmt: skip
        monkeypatch.setattr(ExportDialog, "_show", lambda *given: (came.append(given[2].text), shows(*given)))
        shown = show()
        shown.ways.setCurrentRow(list(WAYS).index("dark"))
        choose(qtbot, shown, "config")
        late.set()
        qtbot.waitUntil(lambda: any("body.dark" in text for text in came), timeout=15_000)
        assert shown.text.toPlainText().startswith("window.plugNmeetConfig")

    def test_without_a_server_is_a_part_of_an_address_and_says_so(self, qtbot, show):
        shown = show(page=None)
        assert choose(qtbot, shown, "url").startswith("&custom_design=")
        assert "No server is chosen" in shown.missing.text()

    def test_is_written_outside_the_thread_of_the_windows(self, qtbot, show, monkeypatch):
        threads = []
        for name in ("hand_over", "without_defaults", "write_whole"):
            real = getattr(design_export, name)
            monkeypatch.setattr(design_export, name, lambda *given, real=real, **more: (
                threads.append(threading.current_thread()), real(*given, **more))[1])  # fmt: skip
        shown = show()
        choose(qtbot, shown, "dark")
        qtbot.waitUntil(lambda: len(threads) >= 3, timeout=15_000)
        assert threading.main_thread() not in threads

    def test_of_a_value_that_is_not_acceptable_is_not_made(self, qtbot, show):
        shown = show({"primary_color": "red} body{", "custom_logo": "https://cdn.example.org/logo.png"})
        qtbot.waitUntil(lambda: "Write a colour" in shown.said.text(), timeout=15_000)
        for row in range(len(WAYS)):
            shown.ways.setCurrentRow(row)
            qtbot.waitUntil(lambda: "Write a colour" in shown.said.text(), timeout=15_000)
            assert shown.text.toPlainText() == ""
            assert not shown.copy.isEnabled()

    def test_of_an_empty_design_does_not_exist(self, show):
        shown = show({})
        words = [each.text() for each in visible(QLabel, shown)]
        assert words[0] == "There is nothing to hand over yet"
        assert not shown.copy.isVisible()
        assert shown.close_button.isVisible()


class TestTheLength:
    def test_is_told_for_what_ends_up_in_an_address(self, qtbot, show):
        shown = show()
        for way in WAYS:
            choose(qtbot, shown, way)
            assert shown.length.isVisible() is (way in ("link", "url"))

    def test_is_that_of_the_join_address(self, qtbot, show):
        shown = show()
        choose(qtbot, shown, "url")
        length = join_length(PAGE, FULL)
        assert shown.length.words.text() == (
            f"The join address is short enough. It has {length.url} characters; the page's largest request needs about "
            f"{length.headers_estimate} of 4096 bytes."
        )

    @pytest.mark.parametrize(("logo", "picture", "verdict", "tone"), [
        (0, 0, "is short enough", "ok"), (1_600, 0, "is long", "warning"), (1_600, 900, "is too long", "danger"),
    ])  # fmt: skip
    def test_has_a_verdict_and_a_colour(self, qtbot, show, logo, picture, verdict, tone):
        addresses = {"custom_logo": logo, "background_image": picture}
        shown = show({path: "https://cdn.example.org/" + "x" * length for path, length in addresses.items()})
        choose(qtbot, shown, "url")
        assert f"The join address {verdict}" in shown.length.words.text()
        bar = shown.length.bar.grab().toImage()
        assert bar.pixelColor(20, bar.height() // 2) == QColor(LIGHT[tone])
        filled = bar.pixelColor(bar.width() - 20, bar.height() // 2) == QColor(LIGHT[tone])
        assert filled is (tone == "danger")

    def test_names_what_changes_nothing_and_leaves_it_out(self, qtbot, show):
        shown = show(SPARE)
        before = choose(qtbot, shown, "url")
        qtbot.waitUntil(shown.length.trim.isEnabled, timeout=15_000)
        assert shown.length.spare.text() == "Meetings look the same without: Header, Primary button."
        words = shown.length.words.text()
        assert trim(qtbot, shown) == export_design(without_defaults(SPARE), "url", page=PAGE).text
        qtbot.waitUntil(lambda: shown.length.words.text() != words, timeout=15_000)
        assert choose(qtbot, shown, "link") == export_design(without_defaults(SPARE), "link").text
        shown.length.trim.click()
        qtbot.waitUntil(lambda: "header_bg_color" in shown.text.toPlainText(), timeout=15_000)
        assert choose(qtbot, shown, "url") == before
        assert shown.took == []

    def test_leaves_the_other_ways_as_they_are(self, qtbot, show):
        shown = show(SPARE)
        trim(qtbot, shown)
        assert json.loads(choose(qtbot, shown, "file"))["values"] == SPARE

    def test_can_be_shortened_in_the_design_itself_as_a_second_step(self, qtbot, show):
        shown = show(SPARE)
        choose(qtbot, shown, "url")
        assert not shown.length.remove.isVisible()
        trim(qtbot, shown)
        assert shown.took == []
        shown.length.remove.click()
        assert shown.took == [{"header_bg_color": "", "primary_btn_bg_color": ""}]
        assert shown.said.text() == "Removed from the design. “Undo” brings it back."
        assert not shown.length.remove.isVisible()
        assert not shown.length.trim.isEnabled()
        assert json.loads(choose(qtbot, shown, "file"))["values"] == without_defaults(SPARE)

    def test_of_a_design_in_which_everything_counts_cannot_be_shortened(self, qtbot, show):
        shown = show({"primary_color": "#8e24aa"})
        choose(qtbot, shown, "url")
        qtbot.waitUntil(lambda: shown.length.spare.text().startswith("Every value changes"), timeout=15_000)
        assert not shown.length.trim.isEnabled()

    def test_is_not_shortened_to_no_design_at_all(self, qtbot, show):
        """An address without a design shows the server's own."""
        shown = show({"header_bg_color": "#ffffff"})
        choose(qtbot, shown, "url")
        qtbot.waitUntil(lambda: "server's own" in shown.length.spare.text(), timeout=15_000)
        assert not shown.length.trim.isEnabled()


class TestCopyAndSave:
    @pytest.mark.parametrize("way", WAYS)
    def test_copies_what_is_shown(self, qtbot, show, way):
        shown = show()
        text = choose(qtbot, shown, way)
        qtbot.mouseClick(shown.copy, Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == text
        assert shown.said.text() == "Copied."
        shown.ways.setCurrentRow((shown.ways.currentRow() + 1) % len(WAYS))
        assert shown.said.text() == ""

    @pytest.mark.parametrize(("way", "name"), [
        ("file", "Our-school.json"), ("config", "Our-school-config.js"), ("dark", "Our-school-dark.css"),
        ("moodle", "Our-school-moodle.txt"), ("link", "Our-school-link.json"),
    ])  # fmt: skip
    def test_saves_under_the_right_name(self, qtbot, show, tmp_path, way, name):
        shown = show()
        text = choose(qtbot, shown, way)
        shown.save.click()
        chooser = dialog(qtbot, QFileDialog, shown)
        line = chooser.findChild(QLineEdit)
        assert line.text() == name
        line.setText(str(tmp_path / name.partition(".")[0]))  # the suffix is added
        chooser.accept()
        qtbot.waitUntil(lambda: shown.said.text() == f"Saved as “{name}”.", timeout=15_000)
        assert (tmp_path / name).read_text(encoding="utf-8").rstrip("\n") == text.rstrip("\n")
        assert [each.name for each in tmp_path.iterdir() if each.suffix == ".tmp"] == []

    def test_that_fails_says_why_and_what_to_do_and_can_be_tried_again(self, qtbot, show, tmp_path):
        shown = show()
        text = choose(qtbot, shown, "file")
        shown._save_as(text, str(tmp_path / "no folder" / "design.json"))
        qtbot.waitUntil(lambda: bool(shown.said.text()), timeout=15_000)
        assert shown.said.text() == (
            "“design.json” could not be written: No such file or directory. Choose another folder, or free some space, "
            "then try again."
        )
        assert shown.said.property("look") == "problem"
        shown._save_as(text, str(tmp_path / "design.json"))
        qtbot.waitUntil(lambda: shown.said.text() == "Saved as “design.json”.", timeout=15_000)
        assert shown.said.property("look") == "muted"

    def test_saves_what_was_shown_when_it_was_asked_for(self, qtbot, show, tmp_path):
        shown = show()
        text = choose(qtbot, shown, "file")
        shown.save.click()
        chooser = dialog(qtbot, QFileDialog, shown)
        choose(qtbot, shown, "config")
        chooser.findChild(QLineEdit).setText(str(tmp_path / "design.json"))
        chooser.accept()
        qtbot.waitUntil((tmp_path / "design.json").exists, timeout=15_000)
        assert json.loads((tmp_path / "design.json").read_text(encoding="utf-8")) == json.loads(text)


class TestKeyboard:
    def test_everything_is_reached_without_the_mouse(self, qtbot, show):
        shown = show(SPARE)
        activate(qtbot, shown)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is shown.ways, timeout=10_000)
        qtbot.waitUntil(shown.length.trim.isEnabled, timeout=15_000)
        QTest.keyClick(shown.ways, Qt.Key.Key_Down)
        assert shown.way() == "url"
        qtbot.waitUntil(shown.copy.isEnabled, timeout=15_000)
        passed = []
        while QApplication.focusWidget() is not shown.copy and len(passed) < 20:
            passed.append(QApplication.focusWidget())
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert passed == [shown.ways, shown.text, shown.length.trim, shown.close_button, shown.save]
        QTest.keyClick(shown.copy, Qt.Key.Key_Space)
        assert "custom_design" in QGuiApplication.clipboard().text()
        QTest.keyClick(shown.copy, Qt.Key.Key_Escape)
        assert not shown.isVisible()

    def test_every_control_has_a_name(self, qtbot, show):
        shown = show(SPARE)
        trim(qtbot, shown)
        controls = [each for each in visible(QWidget, shown) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert len(controls) >= 7
        assert [each for each in controls if not spoken_name(each)] == []

    def test_the_close_button_of_an_empty_design_has_the_keyboard(self, qtbot, show):
        shown = show({})
        activate(qtbot, shown)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is shown.close_button, timeout=10_000)
        QTest.keyClick(shown.close_button, Qt.Key.Key_Return)
        assert not shown.isVisible()
