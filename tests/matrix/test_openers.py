"""Where a room can be opened after it was joined."""

import os
import stat
from pathlib import Path

import pytest

from pnm_launcher.matrix.openers import installed_schemes, open_room, openers
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix.room_faults import NoOpener

ROOM = RoomAddress("#pub/we?ird:hs.test", ("a.org", "b.org:8448"))
PLACE = "#/room/%23pub%2Fwe%3Fird%3Ahs.test?via=a.org&via=b.org%3A8448"


def test_a_browser_can_always_open_a_room():
    found = openers(ROOM, ())
    assert [(each.kind, each.is_web) for each in found] == [("element-web", True), ("matrix.to", True)]
    assert found[0].address == f"https://app.element.io/{PLACE}"
    assert found[1].address == ROOM.matrix_to


def test_programs_of_this_computer_come_first():
    found = openers(ROOM, ("element", "matrix"))
    assert [each.kind for each in found] == ["element-desktop", "matrix", "element-web", "matrix.to"]
    assert found[0].address == f"element://vector/webapp/{PLACE}"
    assert found[1].address == ROOM.uri
    newer = openers(ROOM, ("element", "io.element.desktop"))
    assert newer[0].address == f"io.element.desktop:/vector/webapp/{PLACE}"
    assert [each.kind for each in newer].count("element-desktop") == 1


def test_an_organisations_own_element_takes_the_place_of_the_public_one():
    found = openers(RoomAddress("!x:hs.test"), (), "https://chat.example.org/element")
    assert found[0].address == "https://chat.example.org/element/#/room/%21x%3Ahs.test"
    assert "organisation" in found[0].name


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """A folder in front of the PATH, to put the desktop's commands into."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    def add(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IEXEC)

    return add


def test_the_desktop_tells_what_is_installed(commands):
    commands("xdg-mime", '[ "$1 $2 $3" = "query default x-scheme-handler/matrix" ] && echo nheko.desktop')
    assert installed_schemes("linux") == {"matrix"}
    commands("xdg-mime", "echo element.desktop")
    assert installed_schemes("linux") == {"matrix", "element", "io.element.desktop"}
    commands("xdg-mime", "echo; exit 0")
    assert installed_schemes("linux") == set()
    commands("xdg-mime", "echo x.desktop; exit 3")
    assert installed_schemes("linux") == set()


def test_without_the_desktops_tools_nothing_is_installed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_schemes("linux") == set()


def test_element_on_a_mac_is_found_by_its_folder(monkeypatch):
    assert installed_schemes("darwin") == set()
    monkeypatch.setattr(Path, "exists", lambda path: str(path) == "/Applications/Element.app")
    assert installed_schemes("darwin") == {"element"}


def test_a_room_is_handed_to_its_program(commands, tmp_path):
    commands("xdg-open", f'echo "$1" >> {tmp_path}/opened')
    desktop = openers(ROOM, ("element",))[0]
    open_room(desktop)
    assert (tmp_path / "opened").read_text() == desktop.address + "\n"
    seen: list[str] = []
    open_room(openers(ROOM, ())[0], lambda address: not seen.append(address))
    assert seen == [f"https://app.element.io/{PLACE}"]


def test_a_program_that_cannot_be_started_is_told(commands):
    commands("xdg-open", "exit 3")
    with pytest.raises(NoOpener):
        open_room(openers(ROOM, ("element",))[0])
    with pytest.raises(NoOpener):
        open_room(openers(ROOM, ())[0], lambda address: False)
