"""Taking a design in: what is recognised, shown and taken, what is refused, and the key that is nowhere afterwards."""

import json
import os
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from practice_school import activate, dialog, spoken_name, visible
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from pnm_launcher import log
from pnm_launcher.design.settle import LARGEST
from pnm_launcher.design.surfaces import SURFACES, export_design
from pnm_launcher.gui.studio import design_import
from pnm_launcher.gui.studio.design_import import ImportDialog

INJECTIONS = json.loads((Path(__file__).parents[2] / "data" / "injections.json").read_text(encoding="utf-8"))
CANARY = "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.CANARY-signature"
NOW = {"primary_color": "#0a66c2", "header_bg_color": "#ffffff", "footer_bg_color": "#00346b80"}
GIVEN = {"primary_color": "#8e24aa", "header_bg_color": "#ffffff", "custom_logo": "https://cdn.example.org/logo.png"}
ADDRESS = f"https://meet.example.org/?access_token={CANARY}&custom_design=" + quote(json.dumps(GIVEN))


@pytest.fixture
def show(qtbot, jobs, home):
    """Opens the dialog over a window, for a design; what is taken is in `took`."""

    def opened(current=NOW) -> ImportDialog:
        made = ImportDialog(home, current, jobs=jobs)
        made.took = []
        made.taken.connect(made.took.append)
        made.open()
        qtbot.waitExposed(made)
        return made

    return opened


def give(qtbot, shown: ImportDialog, text: str) -> None:
    """Put a text in, and wait until it was read."""
    shown.text.setPlainText(text)
    settle(qtbot, shown)


def settle(qtbot, shown: ImportDialog) -> None:
    qtbot.waitUntil(lambda: shown._reading is not None and not shown._pause.isActive(), timeout=15_000)


def words(shown: QWidget) -> str:
    """All that stands in the dialog's labels."""
    return "\n".join(each.text() for each in visible(QLabel, shown))


def rows(shown: ImportDialog) -> dict[str, str]:
    """The words of each row of changes, by the parameter's name."""
    grid = shown.findings.changes.layout()
    cells = [[grid.itemAtPosition(line, column) for column in (2, 3)] for line in range(grid.rowCount())]
    return {name.widget().text(): change.widget().text() for name, change in cells if name and change}


class TestWhatIsShown:
    def test_before_anything_is_given_it_says_what_to_do(self, show):
        shown = show()
        assert not shown.take.isEnabled()
        assert shown.reason.text() == "Paste or open a design first."
        assert "appears here" in shown.findings.summary.text()

    @pytest.mark.parametrize("surface", SURFACES)
    def test_every_surface_is_recognised_while_typing(self, qtbot, show, surface):
        shown = show({})
        give(qtbot, shown, export_design(GIVEN, surface).text)
        assert shown.surface.currentText() == f"{SURFACES[surface]} (recognised)"
        assert shown.take.isEnabled()

    def test_values_stand_beside_the_present_ones(self, qtbot, show):
        shown = show()
        give(qtbot, shown, json.dumps(GIVEN))
        assert rows(shown) == {
            "Primary": "#0a66c2 → #8e24aa",
            "Logo": "new: https://cdn.example.org/logo.png",
            "Header": "#ffffff, as it is",
        }
        assert shown.findings.summary.text() == "3 values were found."
        assert list(rows(shown))[-1] == "Header", "what stays comes last"
        looks = {each.text(): each.property("look") for each in shown.findings.changes.findChildren(QLabel)}
        assert (looks["Primary"], looks["Header"]) == ("strong", "muted")

    def test_a_replaced_design_shows_what_is_cleared(self, qtbot, show):
        shown = show()
        give(qtbot, shown, json.dumps(GIVEN))
        assert "Footer" not in rows(shown)
        shown.choice.set_index(1)
        assert rows(shown)["Footer"] == "#00346b80 → not set"

    def test_notes_say_what_was_left_out(self, qtbot, show):
        shown = show()
        give(qtbot, shown, '{"right_side_bg_color": "red", "left_side_bg_color": "red", "nonsense": "x"}')
        notes = shown.findings.notes.text()
        assert shown.findings.notice.isVisible()
        assert "right_side_bg_color is an old name" in notes
        assert "left_side_bg_color" in notes
        assert "nonsense" in notes
        assert rows(shown) == {"Side panels": "new: #ff0000"}

    def test_a_text_that_cannot_be_read_says_why(self, qtbot, show):
        shown = show()
        give(qtbot, shown, "primary_color = red\nhello")
        assert shown.findings.summary.text() == "Line 2 is not written as name = value."
        assert not shown.take.isEnabled()
        assert rows(shown) == {}

    def test_a_wrong_guess_can_be_put_right(self, qtbot, show):
        shown = show()
        give(qtbot, shown, "{primary_color: 'red'}")
        shown.surface.setCurrentIndex(shown.surface.findData("link"))
        settle(qtbot, shown)
        assert "not correct JSON" in shown.findings.summary.text()
        shown.surface.setCurrentIndex(shown.surface.findData("config"))
        settle(qtbot, shown)
        assert rows(shown) == {"Primary": "#0a66c2 → #ff0000"}

    def test_a_very_long_address_is_shortened_but_taken_whole(self, qtbot, show):
        shown = show({})
        logo = "https://cdn.example.org/" + "x" * 1_500 + "/logo.png"
        width = shown.width()
        give(qtbot, shown, json.dumps({"custom_logo": logo}))
        assert "…" in rows(shown)["Logo"]
        assert shown.width() == width
        shown.take.click()
        assert shown.took == [{"custom_logo": logo}]

    @pytest.mark.parametrize(("text", "reason"), [
        ("", "Paste or open a design first."),
        ('{"header_bg_color": "#FFF"}', "The design has these values already."),
        ('{"header_bg_color": "url(x)"}', "No value can be used: see the reasons above."),
        ('{"nonsense": "x"}', "There is nothing in it that a design can use."),
        ("{}", "There is nothing in it that a design can use."),
        ("hello", "This text cannot be read: see the reason above."),
    ])  # fmt: skip
    def test_while_there_is_nothing_to_take_the_button_says_why(self, qtbot, show, text, reason):
        shown = show()
        give(qtbot, shown, json.dumps(GIVEN))
        assert shown.take.isEnabled()
        assert shown.reason.text() == ""
        shown.text.setPlainText(text)
        assert not shown.take.isEnabled(), "at once, before the new text was read"
        qtbot.waitUntil(lambda: shown.reason.text() == reason, timeout=15_000)
        assert not shown.take.isEnabled()
        described = QAccessible.queryAccessibleInterface(shown.take).text(QAccessible.Text.Description)
        assert described == reason

    def test_the_last_text_counts_however_late_an_earlier_answer_comes(self, qtbot, show):
        shown = show()
        give(qtbot, shown, '{"primary_color": "red"}')
        reading, asked = shown._reading, shown._asked
        give(qtbot, shown, '{"primary_color": "blue"}')
        shown._show(asked, reading)
        shown.take.click()
        assert shown.took == [{"primary_color": "#0000ff"}]

    def test_a_text_is_examined_outside_the_thread_of_the_windows(self, qtbot, show, monkeypatch):
        threads = []
        real = design_import.examine_design
        monkeypatch.setattr(design_import, "examine_design",
                            lambda *given: (threads.append(threading.current_thread()), real(*given))[1])  # fmt: skip
        give(qtbot, show(), json.dumps(GIVEN))
        assert threads
        assert threading.main_thread() not in threads


class TestWhatIsTaken:
    def test_only_what_it_names(self, qtbot, show):
        shown = show()
        give(qtbot, shown, json.dumps(GIVEN))
        shown.take.click()
        assert shown.took == [{"primary_color": "#8e24aa", "custom_logo": "https://cdn.example.org/logo.png"}]
        assert not shown.isVisible()

    def test_the_whole_design(self, qtbot, show):
        shown = show()
        give(qtbot, shown, json.dumps(GIVEN))
        shown.choice.set_index(1)
        shown.take.click()
        (taken,) = shown.took
        assert taken["footer_bg_color"] == ""
        assert {path: value for path, value in {**NOW, **taken}.items() if value} == GIVEN

    def test_the_same_values_may_still_replace_a_larger_design(self, qtbot, show):
        shown = show()
        give(qtbot, shown, '{"header_bg_color": "#fff"}')
        assert not shown.take.isEnabled()
        shown.choice.set_index(1)
        assert shown.take.isEnabled()
        shown.take.click()
        assert shown.took == [{"footer_bg_color": "", "primary_color": ""}]

    def test_no_hostile_value_is_taken_however_it_is_written(self, qtbot, show):
        shown = show({})
        shown._pause.setInterval(0)
        for hostile in INJECTIONS:
            values = {"primary_color": "#0a66c2", "footer_bg_color": hostile, "custom_logo": hostile}
            config = f"designCustomization: {{primary_color: '#0a66c2', custom_logo: '{hostile}'}}"
            form = f"primary_color = #0a66c2\nfooter_color = {hostile}"
            for text in (json.dumps(values), config, form, hostile):
                give(qtbot, shown, text)
                assert shown.changes() in ({}, {"primary_color": "#0a66c2"}), text
                assert shown.take.isEnabled() is bool(shown.changes())
        assert len(INJECTIONS) >= 200

    def test_the_rest_can_be_taken_where_a_value_was_refused(self, qtbot, show):
        shown = show({})
        give(qtbot, shown, '{"primary_color": "red", "footer_bg_color": "red} body{", "custom_logo": "javascript:x"}')
        assert shown.findings.summary.text() == "1 value was found, and 2 were refused."
        assert shown.findings.refused.text() == (
            "✕ Footer: Write a colour, for example #0a66c2 or rgb(10, 102, 194).\n"
            "✕ Logo: Use a complete address that begins with https://."
        )
        assert rows(shown) == {"Primary": "new: #ff0000"}
        shown.take.click()
        assert shown.took == [{"primary_color": "#ff0000"}]

    def test_nothing_when_it_is_left(self, qtbot, show):
        for leave in (lambda each: each.cancel.click(), lambda each: qtbot.keyClick(each, Qt.Key.Key_Escape),
                      lambda each: each.close()):  # fmt: skip
            shown = show()
            give(qtbot, shown, json.dumps(GIVEN))
            leave(shown)
            assert not shown.isVisible()
            assert shown.took == []


class TestKeys:
    """A pasted join address holds a key to a meeting."""

    def test_are_said_to_be_dropped(self, qtbot, show):
        shown = show()
        give(qtbot, shown, ADDRESS)
        assert "held a key to a meeting (access_token). It was dropped" in shown.findings.notes.text()
        assert "CANARY" not in words(shown)

    @pytest.mark.parametrize("leave", ["take", "cancel"])
    def test_are_nowhere_afterwards(self, qtbot, show, caplog, leave):
        shown = show()
        QGuiApplication.clipboard().setText(ADDRESS)
        shown.source.paste.click()
        settle(qtbot, shown)
        assert "CANARY" in shown.text.toPlainText()
        assert "CANARY" not in shown.windowTitle() + shown.text.accessibleName() + shown.text.accessibleDescription()
        getattr(shown, leave).click()
        texts = [shown.windowTitle()]
        for each in (shown, *shown.findChildren(QWidget)):
            texts += [each.toolTip(), each.statusTip(), each.whatsThis(), each.accessibleName(),
                      each.accessibleDescription(), each.windowTitle()]  # fmt: skip
            if isinstance(each, QPlainTextEdit):
                each.undo()
                texts.append(each.toPlainText())
            elif callable(getattr(each, "text", None)):
                texts.append(each.text())
        assert len(texts) > 100
        assert "CANARY" not in "\n".join(texts)
        assert not shown.text.document().isUndoAvailable()
        assert not shown.text.document().isRedoAvailable()
        assert "CANARY" not in str(shown.took) + caplog.text + "\n".join(log.recent())
        assert shown._reading is None

    def test_cannot_be_brought_back_by_an_answer_that_comes_late(self, qtbot, show, tmp_path):
        (tmp_path / "link.txt").write_text(ADDRESS)
        shown = show()
        shown.text.setPlainText(ADDRESS)
        shown._read()
        shown.source.open_file(tmp_path / "link.txt")
        shown.reject()
        qtbot.wait(500)  # the answers have come
        assert shown.text.toPlainText() == ""
        assert shown._reading is None

    def test_are_forgotten_where_the_address_cannot_be_read(self, qtbot, show):
        shown = show()
        give(qtbot, shown, ADDRESS.replace("custom_design", "other"))
        assert "custom_design is missing" in shown.findings.summary.text()
        assert "CANARY" not in words(shown)
        shown.reject()
        assert shown.text.toPlainText() == ""


class TestSources:
    def test_a_file_is_shown_and_read(self, qtbot, show, tmp_path):
        (tmp_path / "design.json").write_bytes(json.dumps(GIVEN).encode("utf-16"))
        shown = show()
        shown.source.open_file(tmp_path / "design.json")
        qtbot.waitUntil(lambda: shown.take.isEnabled(), timeout=15_000)
        assert json.loads(shown.text.toPlainText()) == GIVEN

    def test_a_file_is_chosen_without_stopping_the_program(self, qtbot, show, tmp_path):
        (tmp_path / "design.json").write_text(json.dumps(GIVEN))
        shown = show()
        shown.source.file.click()
        chooser = dialog(qtbot, QFileDialog, shown)
        chooser.findChild(QLineEdit).setText(str(tmp_path / "design.json"))
        chooser.accept()
        qtbot.waitUntil(lambda: shown.take.isEnabled(), timeout=15_000)

    @pytest.mark.parametrize(("content", "said"), [
        (None, "The file could not be read: No such file or directory. Check that it is there"),
        (b"x" * (4 * LARGEST + 1), "This is larger than any design, and was not read."),
        (b"x" * (LARGEST + 1), "This is larger than any design, and was not read."),
        (b"\x89PNG\x80", "This is no text in UTF-8."),
    ])  # fmt: skip
    def test_a_file_that_cannot_be_read_says_why_and_loses_nothing(self, qtbot, show, tmp_path, content, said):
        file = tmp_path / "design.json"
        if content is not None:
            file.write_bytes(content)
        shown = show()
        give(qtbot, shown, json.dumps(GIVEN))
        shown.source.open_file(file)
        qtbot.waitUntil(lambda: said in words(shown), timeout=15_000)
        assert json.loads(shown.text.toPlainText()) == GIVEN
        assert shown.take.isEnabled()
        give(qtbot, shown, "{}")
        assert said not in words(shown)

    def test_a_pipe_is_not_waited_for(self, qtbot, show, tmp_path):
        os.mkfifo(tmp_path / "pipe.json")
        shown = show()
        shown.source.open_file(tmp_path / "pipe.json")
        qtbot.waitUntil(lambda: "it is no ordinary file" in words(shown), timeout=15_000)

    @pytest.mark.parametrize("place", ["dialog", "text"])
    def test_a_file_can_be_dropped(self, qtbot, show, tmp_path, place):
        (tmp_path / "design.json").write_text(json.dumps(GIVEN))
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "design.json"))])
        shown = show()
        drop(shown if place == "dialog" else shown.text.viewport(), mime)
        qtbot.waitUntil(lambda: shown.take.isEnabled(), timeout=15_000)
        assert "file:" not in shown.text.toPlainText()

    def test_a_text_can_be_dropped_anywhere(self, qtbot, show):
        mime = QMimeData()
        mime.setText(json.dumps(GIVEN))
        shown = show()
        drop(shown, mime)
        settle(qtbot, shown)
        assert shown.take.isEnabled()

    def test_the_clipboard_replaces_what_was_there(self, qtbot, show):
        shown = show()
        give(qtbot, shown, "something else")
        QGuiApplication.clipboard().setText(json.dumps(GIVEN))
        qtbot.mouseClick(shown.source.paste, Qt.MouseButton.LeftButton)
        settle(qtbot, shown)
        assert json.loads(shown.text.toPlainText()) == GIVEN

    def test_what_the_clipboard_or_a_file_replaced_comes_back_with_undo(self, qtbot, show, tmp_path):
        (tmp_path / "design.json").write_text("{}")
        shown = show()
        QTest.keyClicks(shown.text, "typed by hand")
        QGuiApplication.clipboard().setText(json.dumps(GIVEN))
        shown.source.paste.click()
        shown.source.open_file(tmp_path / "design.json")
        qtbot.waitUntil(lambda: shown.text.toPlainText() == "{}", timeout=15_000)
        shown.text.undo()
        assert json.loads(shown.text.toPlainText()) == GIVEN
        shown.text.undo()
        assert shown.text.toPlainText() == "typed by hand"

    def test_a_huge_clipboard_is_refused_and_loses_nothing(self, qtbot, show):
        shown = show()
        give(qtbot, shown, json.dumps(GIVEN))
        QGuiApplication.clipboard().setText("x" * (LARGEST + 1))
        shown.source.paste.click()
        assert "larger than any design" in words(shown)
        shown.text.paste()
        assert json.loads(shown.text.toPlainText()) == GIVEN

    def test_three_hundred_lines_are_read(self, qtbot, show):
        shown = show()
        size = shown.size()
        lines = [f"  // line {number}: nothing of a design" for number in range(300)]
        give(qtbot, shown, "\n".join(["window.plugNmeetConfig = {", "  serverUrl: 'https://meet.example.org',", *lines,
                                      "  designCustomization: {primary_color: 'red'},", "};"]))  # fmt: skip
        assert shown.surface.currentText() == "config.js of the server (recognised)"
        assert shown.changes() == {"primary_color": "#ff0000"}
        give(qtbot, shown, "\n".join(["# Moodle", *["# comment"] * 300, "primary_color = red", "customLogo = "]))
        assert shown.surface.currentText() == "Moodle form (recognised)"
        assert shown.changes() == {"primary_color": "#ff0000"}
        assert shown.size() == size


def drop(widget: QWidget, mime: QMimeData) -> None:
    how = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPointF(5, 5), *how)):
        QApplication.sendEvent(widget, event)
        assert event.isAccepted()


class TestKeyboard:
    def test_a_design_is_typed_and_taken_without_the_mouse(self, qtbot, show):
        shown = show()
        activate(qtbot, shown)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is shown.text, timeout=10_000)
        QTest.keyClicks(shown.text, "primary_color = red")
        settle(qtbot, shown)
        passed = []
        while QApplication.focusWidget() is not shown.take and len(passed) < 20:
            passed.append(QApplication.focusWidget())
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert {shown.text, shown.source.paste, shown.source.file, shown.surface, shown.findings, shown.cancel} <= set(
            passed
        )
        QTest.keyClick(shown.take, Qt.Key.Key_Space)
        assert shown.took == [{"primary_color": "#ff0000"}]

    def test_every_control_has_a_name(self, show):
        shown = show()
        controls = [each for each in visible(QWidget, shown) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert len(controls) >= 7
        assert [each for each in controls if not spoken_name(each)] == []
