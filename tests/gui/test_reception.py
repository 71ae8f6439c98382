"""A second start, a link or a meeting file comes to the running window, and nothing happens before the user agrees."""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hostile_openings import FILES, GOOD, LINKS
from PySide6.QtWidgets import QFileDialog

from pnm_launcher import running
from pnm_launcher.gui.reception import Reception
from pnm_launcher.invitations import read
from pnm_launcher.meetings import PRACTICE, Server

WAIT = 15_000


@pytest.fixture
def reception(program, qtbot):
    made = Reception(program)
    made.begin("")
    return made


def opened(tmp_path: Path, **changes: object) -> str:
    path = tmp_path / "meeting.pnm"
    path.write_text(json.dumps({**GOOD, **changes}))
    return str(path)


def second_start(qtbot, *arguments: str, cwd: Path | None = None, **environment: str) -> None:
    """Start the program again, as the system would, and wait for its end."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-m", "pnm_launcher", *arguments], cwd=cwd,
                               env={**os.environ, "PYTHONPATH": str(root), **environment})  # fmt: skip
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=WAIT)
    assert process.returncode == 0


def test_a_second_start_brings_the_window_to_the_front_and_ends(program, reception, qtbot):
    program.window.showMinimized()
    second_start(qtbot)
    qtbot.waitUntil(lambda: not program.window.isMinimized(), timeout=WAIT)
    assert reception.dialog is None


@pytest.mark.parametrize("name", ["XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"])
def test_a_second_start_hands_on_the_desktops_leave_to_come_to_the_front(reception, qtbot, monkeypatch, name):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    second_start(qtbot, **{name: "gnome-shell/launcher_TIME1"})
    qtbot.waitUntil(lambda: os.environ["XDG_ACTIVATION_TOKEN"] == "gnome-shell/launcher_TIME1", timeout=WAIT)


def test_a_file_opened_a_second_time_is_shown_in_the_running_window(program, reception, qtbot, tmp_path):
    path = Path(opened(tmp_path))
    second_start(qtbot, "open", "--", path.name, cwd=tmp_path)
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=WAIT)
    assert program.furniture.library.book.meetings == ()


@pytest.mark.parametrize("link", ["matrix:r/team:hs.test?via=a.org", "MATRIX:r/team:hs.test",
                                  "https://matrix.to/#/%23team:hs.test"])  # fmt: skip
def test_a_link_to_a_chat_room_alone_is_asked_about_in_the_running_window(program, reception, qtbot, link):
    second_start(qtbot, link)
    links = program.furniture.chats.links
    qtbot.waitUntil(lambda: links.dialog is not None, timeout=WAIT)
    assert links.dialog.room.text() == "#team:hs.test"
    assert program.furniture.library.book.meetings == ()
    links.dialog.reject()


def test_a_link_to_a_meeting_alone_is_asked_about_in_the_running_window(program, reception, qtbot):
    second_start(qtbot, "pnm-launcher:meeting?server=practice&room=one")
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=WAIT)
    assert reception.dialog.invitation.room_id == "one"
    assert program.furniture.library.book.meetings == ()


ROOM = "matrix:r/team:hs.test"


@pytest.mark.parametrize(
    "arguments",
    [(ROOM, ROOM), (ROOM, "--json"), (ROOM, "--help"), ("--verbose", ROOM), (f"{ROOM}\n",), (f"{ROOM}\n--help",),
     (f"{ROOM}\r",), (f"{ROOM}\t",), (f"{ROOM}\u202e",), (f"{ROOM}\udcff",), (f" {ROOM}",), (f"-{ROOM}",), ("matrix",),
     ("https://matrix.to/",), ("https://matrix.to.example/#/x",), ("http://matrix.to/#/x",), ("pnm-launcher",),
     ("file:///etc/passwd",), ("meeting.pnm",), ("open", ROOM), ("--", ROOM)],
    ids=ascii,
)  # fmt: skip
def test_anything_but_one_clean_link_is_for_the_command_line_and_never_reaches_the_window(arguments):
    from pnm_launcher.__main__ import _opened

    assert _opened(list(arguments)) is None


def test_what_is_no_clean_link_ends_as_wrong_usage(program, reception, qtbot):
    heard = []
    reception.doorbell.rung.connect(lambda *what: heard.append(what))
    root = Path(__file__).parents[2]
    for arguments in ((ROOM, ROOM), (ROOM, "--json"), (f"{ROOM}\n",)):
        ended = subprocess.run([sys.executable, "-m", "pnm_launcher", *arguments], capture_output=True, check=False,
                               env={**os.environ, "PYTHONPATH": str(root)}, timeout=60)  # fmt: skip
        assert ended.returncode == 2, ended
    second_start(qtbot)
    assert heard == [("", str(Path.cwd()))]


def test_the_links_that_are_taken_alone_are_those_that_the_window_knows():
    from pnm_launcher import __main__, product
    from pnm_launcher.matrix.room_address import MATRIX_TO

    assert set(__main__._LINKS) == {"matrix:", MATRIX_TO, f"{product.SCHEME}:"}


def test_only_after_the_answer_the_meeting_is_in_the_list(program, reception, qtbot, tmp_path):
    program.furniture.library.apply(lambda book: book.with_server(Server("s1", "Ours", GOOD["server"]["address"], "k")))
    reception.receive(opened(tmp_path))
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=WAIT)
    dialog = reception.dialog
    assert dialog.cancel.hasFocus() or not dialog.isActiveWindow()
    assert program.furniture.library.book.meetings == ()
    dialog.add.click()
    (meeting,) = program.furniture.library.book.meetings
    assert (meeting.title, meeting.server, meeting.room_id) == ("Maths 9b", "s1", "maths-9b")
    assert meeting.join["user_info.is_admin"] is False
    assert program.furniture.shelf.meeting() == meeting
    assert not program.furniture.joining.under_way


def test_cancel_leaves_everything_as_it_was(program, reception, qtbot, tmp_path):
    before = program.furniture.library.book
    reception.receive(opened(tmp_path))
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=WAIT)
    reception.dialog.reject()
    qtbot.waitUntil(lambda: reception.dialog is None, timeout=WAIT)
    assert program.furniture.library.book == before


def test_a_meeting_on_an_unknown_server_says_what_to_do_and_keeps_no_server(program, reception, qtbot, tmp_path):
    reception.receive(opened(tmp_path))
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=WAIT)
    reception.dialog.add.click()
    assert GOOD["server"]["address"] in program.window.banner.text()
    assert program.furniture.library.book.meetings[0].server == ""
    assert program.furniture.library.book.servers == ()


def test_a_room_that_is_in_the_list_already_is_offered(program, reception, qtbot):
    program.furniture.desk.try_it_now()
    program.furniture.joining.cancel()
    (mine,) = program.furniture.library.book.meetings
    reception.receive(f"pnm-launcher:meeting?server={PRACTICE}&room={mine.room_id}&title=Other")
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=WAIT)
    assert reception.dialog.show_mine.isVisibleTo(reception.dialog)
    reception.dialog.show_mine.click()
    assert program.furniture.library.book.meetings == (mine,)


def test_several_openings_wait_for_each_other_and_none_is_asked_about_twice(program, reception, qtbot, monkeypatch):
    read, taken = [], reception._read
    monkeypatch.setattr(reception, "_read", lambda invitation: (read.append(invitation), taken(invitation)))
    for number, room in enumerate(("one", "one", "two", "two", "three"), start=1):
        reception.receive(f"pnm-launcher:meeting?server=practice&room={room}")
        qtbot.waitUntil(lambda number=number: len(read) == number, timeout=WAIT)
    titles = []
    while reception.dialog is not None:
        shown = reception.dialog
        titles.append(shown.invitation.room_id)
        shown.reject()
        qtbot.waitUntil(lambda shown=shown: reception.dialog is not shown, timeout=WAIT)
    assert titles == ["one", "two", "three"]


def test_nothing_hostile_does_anything_but_say_no(program, reception, qtbot, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(program.window.banner, "show_error", said.append)
    before = program.furniture.library.book
    for number, data in enumerate(FILES):
        (tmp_path / f"{number}.pnm").write_bytes(data)
        reception.receive(f"{number}.pnm", str(tmp_path))
    for text in LINKS:
        reception.receive(text, str(tmp_path))
    qtbot.waitUntil(lambda: len(said) == len(FILES) + len(LINKS), timeout=60_000)
    assert program.furniture.library.book == before
    assert reception.dialog is None
    assert not program.furniture.joining.under_way


@pytest.mark.parametrize(
    "sent",
    [b"", b"\n", b"x\n", b"{}\n", b"[]\n", b'{"open": 1, "folder": "", "token": ""}\n', b"[" * 15_000 + b"\n",
     b'{"open": "a\\u0000", "folder": "", "token": ""}\n', b'{"open": "", "folder": "", "token": "a\\nb"}\n',
     b"x" * 100_000, b"\xff\n", b'{"open": "x"}\n'],
    ids=lambda sent: ascii(sent[:40]),
)  # fmt: skip
def test_noise_at_the_socket_is_answered_with_nothing(program, reception, qtbot, sent):
    heard = []
    reception.doorbell.rung.connect(lambda *what: heard.append(what))
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(running.meeting_point())
        line.setblocking(False)
        with suppress(BlockingIOError, BrokenPipeError, ConnectionResetError):
            line.sendall(sent)
        if not sent.endswith(b"\n") and len(sent) < running.LONGEST:
            line.shutdown(socket.SHUT_WR)
        answer = []

        def ended() -> bool:
            try:
                answer.append(line.recv(10))
            except BlockingIOError:
                return False
            except ConnectionResetError:
                answer.append(b"")
            return answer[-1] == b""

        qtbot.waitUntil(ended, timeout=WAIT)
    assert heard == []
    assert answer == [b""]
    second_start(qtbot)
    assert heard == [("", str(Path.cwd()))]


def test_the_socket_is_for_this_user_only(reception):
    about = Path(running.meeting_point()).stat()
    assert about.st_mode & 0o077 == 0
    assert about.st_uid == os.getuid()


def test_a_socket_left_by_a_crash_is_taken_over(program, qtbot, tmp_path):
    point = Path(running.meeting_point())
    point.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(point))
    assert point.exists()
    assert running.hand_over("") is False
    reception = Reception(program)
    reception.begin("")
    second_start(qtbot)


def test_another_folder_of_meetings_has_a_window_of_its_own(reception, monkeypatch, tmp_path):
    monkeypatch.setenv("PNM_LAUNCHER_HOME", str(tmp_path / "other"))
    assert running.hand_over("") is False


def test_when_the_window_closes_the_next_start_is_a_window_again(program, reception, qtbot):
    program.window.close()
    assert not Path(running.meeting_point()).exists()
    assert running.hand_over("") is False


def test_a_meeting_is_saved_as_a_file_that_can_be_opened(program, reception, qtbot, tmp_path):
    reception.receive(opened(tmp_path))
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=WAIT)
    reception.dialog.add.click()
    (meeting,) = program.furniture.library.book.meetings
    program.furniture.library.apply(lambda book: book.with_server(Server("s1", "Ours", GOOD["server"]["address"], "k")))
    program.furniture.desk._move(meeting.id, "s1")
    program.furniture.shelf.list.handed_on.emit(meeting.id)
    (dialog,) = program.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "out.pnm"))
    qtbot.waitUntil(lambda: "out.pnm" in program.window.banner.text(), timeout=WAIT)
    dialog.reject()
    assert read(str(tmp_path / "out.pnm")).room_id == "maths-9b"
    assert "api_key" not in (tmp_path / "out.pnm").read_text()


def test_on_windows_each_user_and_each_folder_has_a_pipe_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("USERDOMAIN", "SCHOOL")
    monkeypatch.setenv("USERNAME", "anna")
    stick, other = str(tmp_path / "stick"), str(tmp_path / "other")
    names = [running.pipe_name(home) for home in (None, stick, other)]
    assert names[0] == r"\\.\pipe\pnm-launcher-SCHOOL-anna"
    assert len(set(names)) == 3
    assert all(name.count("\\") == 4 and len(name) < 256 for name in names)
    monkeypatch.chdir(tmp_path)
    assert running.pipe_name("stick") == names[1]
    monkeypatch.setenv("USERNAME", "ben")
    assert running.pipe_name(stick) not in names
