"""An organisation's presets in the window, and the About dialog with its question for a newer version."""

import json
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from pnm_launcher import site_file, updates
from pnm_launcher.gui import about, about_desk
from pnm_launcher.gui.app import Program
from pnm_launcher.meetings import Meeting
from pnm_launcher.updates import Release

WAIT = 15_000
RECORDING = "metadata.room_features.recording_features.is_allow"
SITE = {
    "format": "pnm-launcher site", "version": 1,
    "servers": [{"id": "school", "name": "Our school", "address": "https://meet.school.example", "api_key": "key"}],
    "meetings": [{"id": "staff", "title": "Staff room", "server": "school", "join": {"room_id": "staff"}}],
    "fixed": {f"create.{RECORDING}": False}, "updates": "https://downloads.school.example/x.json",
}  # fmt: skip


@pytest.fixture
def managed(qtbot, tmp_path, monkeypatch):
    """A function that starts the program with a site file."""
    started = []

    def start(text: str) -> Program:
        path = tmp_path / "site.json"
        path.write_text(text)
        monkeypatch.setattr(site_file, "path", lambda: path)
        made = Program(QApplication.instance())
        started.append(made)
        made.window.show()
        made.furnish()
        return made

    yield start
    for made in started:
        made.window.close()
        made.window.deleteLater()


def test_presets_are_in_the_list_at_the_first_start(managed):
    program = managed(json.dumps(SITE))
    library = program.furniture.library
    assert [meeting.title for meeting in library.book.meetings] == ["Staff room"]
    assert [server.name for server in library.book.servers] == ["Our school"]
    assert program.furniture.shelf.meeting().title == "Staff room"
    assert library.book.meetings[0].user_name


def test_a_fixed_value_is_put_back_and_said(managed):
    program = managed(json.dumps(SITE))
    mine = Meeting("m", "Mine", "site-school", {"room_id": "a"}, {RECORDING: True})
    program.furniture.shelf.put(mine)
    assert program.furniture.library.book.meeting("m").create[RECORDING] is False
    assert "Your organisation has set this: Recording." in program.window.banner.text()


def test_what_is_saved_is_what_the_organisation_says(managed, qtbot):
    program = managed(json.dumps(SITE))
    qtbot.waitUntil(lambda: not program.furniture.library.unsaved, timeout=WAIT)
    saved = json.loads(program.furniture.library._path.read_text())
    assert [meeting["id"] for meeting in saved["meetings"]] == ["site-staff"]


def test_a_faulty_site_file_is_said_and_the_program_goes_on(managed):
    program = managed(json.dumps({**SITE, "api_secret": "hunter2"}))
    assert "The settings of your organisation cannot be used" in program.window.banner.text()
    assert "hunter2" not in program.window.banner.text()
    assert program.furniture.library.book.meetings == ()


def test_about_says_versions_and_how_old_the_engine_is(program, qtbot):
    dialog = program.furniture.about.show()
    names = dict(dialog._facts)
    assert names["Version"].endswith("(source)")
    assert "security fixes up to" in names["Web engine"]
    assert not dialog.look.isVisibleTo(dialog)
    dialog.reject()


def test_old_fixes_are_called_old():
    built = datetime.now(UTC)
    days = about.engine_days(built)
    assert days is not None
    old = dict(about.facts(datetime(2036, 1, 1, tzinfo=UTC)))["Age of the fixes"]
    assert "look for a newer version" in old


def test_about_is_reached_by_a_button_with_a_name(program, qtbot):
    program.furniture.about.open_button.click()
    qtbot.waitUntil(lambda: any(isinstance(each, about.AboutDialog) for each in QApplication.topLevelWidgets()))


def release(version: str) -> Release:
    return Release(version, ("The list can be sorted.",), "https://a.example/")


def test_a_newer_version_is_shown_in_about_with_its_changes(managed, qtbot, monkeypatch):
    program = managed(json.dumps(SITE))
    monkeypatch.setattr(about, "_newest", lambda address: release("99.0"))
    dialog = program.furniture.about.show()
    assert dialog.look.isVisibleTo(dialog)
    dialog.look.click()
    qtbot.waitUntil(lambda: "99.0" in dialog.news.text(), timeout=WAIT)
    assert "The list can be sorted." in dialog.news.text()
    assert dialog.get.isVisibleTo(dialog)
    dialog.reject()


def test_the_window_tells_of_a_new_version_once(managed, qtbot, monkeypatch):
    program = managed(json.dumps(SITE))
    monkeypatch.setattr(about_desk, "_newest", lambda address: release("99.0"))
    program.furniture.about.ask()
    qtbot.waitUntil(lambda: "99.0" in program.window.banner.text(), timeout=WAIT)
    program.window.banner.hide()
    program.furniture.about._told(release("99.0"))
    assert program.window.banner.text() == ""


def test_without_an_address_nobody_is_asked(program):
    assert program.furniture.about.address == ""
    assert updates.form() == "source"
