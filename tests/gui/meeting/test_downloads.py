"""Files from a meeting."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meeting_pages import HELLO
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pnm_launcher.gui.meeting.downloads import safe_name

_State = QWebEngineDownloadRequest.DownloadState
BLOB = HELLO + (
    "<script>function save(name, text = 'notes') { const link = document.createElement('a');"
    "link.href = URL.createObjectURL(new Blob([text])); link.download = name; link.click() }</script>"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The user's folder for downloads: `QStandardPaths` reads the file of the desktop."""
    home = tmp_path / "home"
    (home / "Downloads").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    return home / "Downloads"


@pytest.fixture
def saving(pages, open_meeting, folder):
    pages.answers["/"] = BLOB
    return open_meeting().loaded()


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_file_is_saved_where_the_user_wants_it(saving, folder, outside):
    saving.js("(save('notes.md'), 1)")
    dialog = saving.dialog(QFileDialog)
    assert Path(dialog.selectedFiles()[0]) == folder / "notes.md"
    dialog.accept()
    saving.qtbot.waitUntil(lambda: files(folder) == ["notes.md"], timeout=10_000)
    assert (folder / "notes.md").read_text() == "notes"
    saving.qtbot.waitUntil(lambda: bool(saving.window.strips.shown()), timeout=10_000)
    strip = saving.window.strips.shown()[0]
    assert strip.text == "“notes.md” was saved."
    strip.answers()["Show the folder"].click()
    assert outside.urls == [f"file://{folder}"]


@pytest.fixture
def big(pages, open_meeting, folder):
    """A meeting with a file that comes in two halves, and the requests for it."""
    pages.answers["/halves"] = (200, {"Content-Disposition": "attachment; filename=big.bin"}, "x" * 2_000_000)
    pages.answers["/"] = HELLO + "<a id=link href='/halves'>big</a>"
    meeting = open_meeting().loaded()
    meeting.downloads = []
    meeting.window.page.profile().downloadRequested.connect(meeting.downloads.append)
    meeting.click("#link")
    return meeting


def test_a_cancelled_file_leaves_nothing_behind(big, folder):
    big.dialog(QFileDialog).reject()
    [download] = big.downloads
    big.qtbot.waitUntil(lambda: download.state() == _State.DownloadCancelled, timeout=5_000)
    big.qtbot.waitUntil(lambda: files(folder) == [], timeout=5_000)
    assert big.window.curtain.isHidden(), "the meeting goes on"


@pytest.mark.parametrize("answer_first", [True, False])
def test_a_big_file_is_whole_whether_it_or_the_answer_comes_first(big, pages, folder, answer_first):
    dialog = big.dialog(QFileDialog)
    [download] = big.downloads
    if answer_first:
        dialog.accept()
        assert not (folder / "big.bin").exists(), "half a file is not shown as a file"
        pages.hold.set()
    else:
        pages.hold.set()
        big.qtbot.waitUntil(lambda: download.state() == _State.DownloadCompleted, timeout=10_000)
        dialog.accept()
    big.qtbot.waitUntil(lambda: files(folder) == ["big.bin"], timeout=20_000)
    assert (folder / "big.bin").stat().st_size == 2_000_000


def test_a_place_that_cannot_be_written_to_is_said(saving, folder, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    saving.js("(save('notes.md'), 1)")
    dialog = saving.dialog(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(locked / "notes.md"))
    dialog.accept()
    saving.qtbot.waitUntil(lambda: bool(saving.window.strips.shown()), timeout=10_000)
    strip = saving.window.strips.shown()[0]
    assert strip.text == "“notes.md” could not be saved."
    assert list(strip.answers()) == ["Close"]
    assert files(folder) == files(locked) == []


def test_files_are_asked_about_one_at_a_time_and_a_flood_is_cut(saving, folder):
    saving.js("(Array.from({length: 50}, (_, n) => save(`file-${n}.txt`)), 1)")
    saved = 0
    while True:
        dialog = saving.dialog(QFileDialog)
        assert len(saving.dialogs(QFileDialog)) == 1
        dialog.accept()
        saved += 1
        saving.qtbot.wait(150)
        if not saving.dialogs(QFileDialog):
            break
        assert saved < 10
    assert saved <= 6
    saving.qtbot.waitUntil(lambda: len(files(folder)) == saved, timeout=10_000)


def test_a_file_behind_a_new_window_leaves_no_empty_window(pages, open_meeting, folder):
    pages.answers["/file"] = (200, {"Content-Disposition": 'attachment; filename="homework.pdf"'}, "pdf")
    pages.answers["/"] = HELLO + "<a id=link href='/file' target=_blank>homework</a>"
    meeting = open_meeting().loaded()
    meeting.click("#link")
    meeting.dialog(QFileDialog).accept()
    meeting.qtbot.waitUntil(lambda: files(folder) == ["homework.pdf"], timeout=10_000)
    meeting.qtbot.wait(500)
    assert not meeting.rooms()
    assert (folder / "homework.pdf").read_text() == "pdf"


def test_closing_the_meeting_ends_what_was_asked(saving, folder):
    saving.js("(save('notes.md'), 1)")
    saving.dialog(QFileDialog)
    saving.close()
    saving.qtbot.waitUntil(lambda: files(folder) == [], timeout=5_000)
    assert not saving.dialogs(QFileDialog)


@pytest.mark.parametrize(
    ("suggested", "safe"),
    [
        ("notes.md", "notes.md"),
        ("../../evil.sh", "_.._evil.sh"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\Windows\\x.exe", "C__Windows_x.exe"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        (" .bashrc ", "bashrc"),
        ("CON", "_CON"),
        ("aux.txt", "_aux.txt"),
        ("a\nb\tc.txt", "a b c.txt"),
        ("...", "download"),
        ("", "download"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(suggested, safe):
    assert safe_name(suggested) == safe


@given(st.text())
def test_any_name_names_one_file_in_the_folder(suggested):
    name = safe_name(suggested)
    assert name == os.path.basename(name)  # noqa: PTH119 - the plain text, not a path
    assert 0 < len(name) <= 120
    assert name.isprintable()
    assert not name.startswith(".")
    assert not set('/\\:*?"<>|') & set(name)
