"""The dialog for the sign-off sheet, with the real engine; and the sheet itself in a browser."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from shiboken6 import delete

from pnm_launcher.design.shots import SHEET, Shot
from pnm_launcher.errors import PracticeFailed
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.studio.design_sheet import SheetDialog
from pnm_launcher.gui.studio.preview_view import PreviewView
from pnm_launcher.meetings import Server

VALUES = {"header_bg_color": "#c81e5a", "primary_color": "#1234ff"}
WAIT = 60_000


@pytest.fixture
def make(qtbot, program, practice):
    jobs, made = Jobs(), []
    broken = []
    jobs.unhandled.connect(broken.append)

    def open_dialog(values=VALUES, name="Our school", practice_of=None):
        here = Server("practice", "Practice", practice.address, practice.api_key)
        dialog = SheetDialog(program.window, values, name=name, note="From the logo",
                             practice=practice_of or (lambda: here), jobs=jobs)  # fmt: skip
        dialog.open()
        made.append(dialog)
        return dialog

    yield open_dialog
    for dialog in made:
        dialog.reject()
    no_pages(qtbot)
    jobs.close()
    assert broken == []


def no_pages(qtbot):
    qtbot.waitUntil(lambda: not [each for each in QApplication.allWidgets() if type(each) is PreviewView], timeout=WAIT)


def ready(qtbot, dialog):
    qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT)
    return dialog


def test_the_sheet_is_saved_and_shown(make, qtbot, tmp_path, monkeypatch):
    dialog = make()
    assert not dialog.save.isEnabled()
    ready(qtbot, dialog)
    assert dialog.pictures.status.text() == f"All {len(SHEET)} pictures are taken."
    assert not dialog.show_it.isVisible()
    file = tmp_path / "Our school.html"
    dialog.write_sheet(file)
    qtbot.waitUntil(dialog.show_it.isVisible, timeout=WAIT)
    text = file.read_text("utf-8")
    assert text.count("data:image/png;base64,") == len(SHEET)
    assert "From the logo" in text
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) or True)
    dialog.show_it.click()
    assert shown == [str(file)]


def test_save_as_suggests_a_harmless_name_and_does_not_block(make, qtbot, tmp_path):
    dialog = ready(qtbot, make(name="a/b: <c>"))
    dialog.save.click()
    (asking,) = dialog.findChildren(QFileDialog)
    assert Path(asking.selectedFiles()[0]).name == "a_b_ _c_.html"
    assert asking.defaultSuffix() == "html"
    asking.setDirectory(str(tmp_path))
    asking.selectFile("chosen")
    asking.accept()
    qtbot.waitUntil(dialog.show_it.isVisible, timeout=WAIT)
    assert (tmp_path / "chosen.html").is_file()


def test_pictures_replace_others_only_when_asked(make, qtbot, tmp_path):
    dialog = ready(qtbot, make())
    mine = tmp_path / Shot("room").file_name
    mine.write_bytes(b"old")
    (tmp_path / "other.png").write_bytes(b"other")
    dialog._ask_about(tmp_path)
    (question,) = dialog.findChildren(QMessageBox)
    assert question.text() == "Replace the pictures there (1)?"
    question.reject()
    assert mine.read_bytes() == b"old"
    dialog._ask_about(tmp_path)
    question = next(each for each in dialog.findChildren(QMessageBox) if each.isVisible())
    next(each for each in question.findChildren(QPushButton) if each.text() == "Replace").click()
    qtbot.waitUntil(dialog.show_it.isVisible, timeout=WAIT)
    assert {path.name for path in tmp_path.glob("*.png")} == {"other.png", *(shot.file_name for shot in SHEET)}
    assert mine.read_bytes() == dialog.pictures.files[Shot("room")]
    assert (tmp_path / "other.png").read_bytes() == b"other"


def test_what_cannot_be_written_is_said_and_nothing_is_lost(make, qtbot, tmp_path):
    dialog = ready(qtbot, make())
    dialog.write_sheet(tmp_path / "no folder" / "x.html")
    qtbot.waitUntil(dialog.banner.isVisible, timeout=WAIT)
    assert "“x.html” could not be written" in dialog.banner.text()
    assert dialog.save.isEnabled()
    dialog.write_sheet(tmp_path / "x.html")
    qtbot.waitUntil(dialog.show_it.isVisible, timeout=WAIT)
    assert not dialog.banner.isVisible()
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["x.html"]


def test_escape_stops_everything_at_any_moment(make, qtbot):
    dialog = make()
    qtbot.waitUntil(lambda: len(dialog.pictures.files) > 1, timeout=WAIT)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    no_pages(qtbot)
    count = len(dialog.pictures.files)
    qtbot.wait(300)
    assert len(dialog.pictures.files) == count < len(SHEET)
    make().reject()  # before there is any page
    qtbot.wait(300)
    no_pages(qtbot)


def test_a_deleted_dialog_leaves_no_page(make, qtbot, program, practice):
    jobs = Jobs()
    here = Server("practice", "Practice", practice.address, practice.api_key)
    dialog = SheetDialog(program.window, VALUES, name="", note="", practice=lambda: here, jobs=jobs)
    pictures = dialog.pictures
    qtbot.waitUntil(lambda: len(pictures.files) > 0, timeout=WAIT)
    dialog.deleteLater()
    no_pages(qtbot)
    jobs.close()


def test_addresses_are_loaded_only_when_ticked(make, qtbot):
    dialog = ready(qtbot, make(values=VALUES | {"custom_logo": "https://localhost:9/logo.png"}))
    assert dialog.load.isVisible()
    assert not dialog.load.isChecked()
    before = dialog.pictures.files[Shot("room")]
    dialog.load.click()
    assert not dialog.save.isEnabled()
    ready(qtbot, dialog)
    assert "Not in the pictures, because loading failed: Logo." in dialog.pictures.status.text()
    assert dialog.pictures.files[Shot("room")] != before
    assert not make().load.isVisible()


def test_a_practice_server_that_does_not_start_can_be_tried_again(make, qtbot, practice):
    tries = []

    def start():
        tries.append(1)
        if len(tries) == 1:
            raise PracticeFailed(reason="no port")
        return Server("practice", "Practice", practice.address, practice.api_key)

    dialog = make(practice_of=start)
    qtbot.waitUntil(dialog.banner.isVisible, timeout=WAIT)
    assert "no port" in dialog.banner.text()
    next(each for each in dialog.banner.findChildren(QPushButton) if each.text() == "Try again").click()
    ready(qtbot, dialog)
    assert not dialog.banner.isVisible()


def test_without_the_web_engine_a_sentence_says_what_to_do(make, qtbot, monkeypatch):
    monkeypatch.setattr(engine, "unavailable_reason", lambda: "the program was started as root")
    dialog = make()
    assert "Pictures of a design cannot be taken here: the program was started as root." in dialog.banner.text()
    assert "ordinary user" in dialog.banner.text()
    assert not dialog.save.isEnabled()
    assert dialog.cancel.text() == "Close"


def test_everything_has_a_name_for_a_screen_reader(make, qtbot):
    dialog = ready(qtbot, make())
    assert dialog.pictures.picture.accessibleName()
    assert dialog.pictures.progress.accessibleName()
    assert all(each.text() for each in dialog.findChildren(QPushButton) if each.isVisible())


# --- the file in a browser --------------------------------------------------------------------------------------------


class Listening(QWebEnginePage):
    def __init__(self):
        super().__init__()
        self.said = []

    def javaScriptConsoleMessage(self, level, message, line, source):
        self.said.append(message)


def test_a_browser_shows_it_with_its_style_and_nothing_runs(make, qtbot, tmp_path):
    name = "</title><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    dialog = ready(qtbot, make(name=name))
    file = tmp_path / "sheet.html"
    dialog.write_sheet(file)
    qtbot.waitUntil(dialog.show_it.isVisible, timeout=WAIT)
    page = Listening()
    with qtbot.waitSignal(page.loadFinished, timeout=WAIT) as loaded:
        page.load(QUrl.fromLocalFile(str(file)))
    assert loaded.args == [True]
    facts = []
    ask = (
        "JSON.stringify((([h1]) => [h1.textContent, getComputedStyle(h1).fontSize, document.scripts.length,"
        "[...document.images].every((each) => each.naturalWidth > 300)])(document.getElementsByTagName('h1')))"
    )
    page.runJavaScript(ask, 1, facts.append)
    qtbot.waitUntil(lambda: bool(facts), timeout=WAIT)
    assert json.loads(facts[0]) == [name, "34px", 0, True]
    assert page.title().startswith("</title><script>")
    assert page.said == []
    delete(page)
