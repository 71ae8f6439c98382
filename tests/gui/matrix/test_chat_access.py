"""Keyboard, screen readers, large type, long translations and right-to-left writing, on the page and in the dialogs."""

import pytest
from chat_user import SCHOOL
from practice_school import dialog, spoken_name
from PySide6.QtWidgets import QWidget
from test_accessibility import controls, cut, leaf, looks, settled

from pnm_launcher.address import parse_address
from pnm_launcher.gui.matrix.accounts_dialog import AccountsDialog
from pnm_launcher.gui.matrix.link_dialog import LinkDialog
from pnm_launcher.gui.matrix.room_facts import Seen
from pnm_launcher.gui.matrix.sign_in_dialog import SignInDialog
from pnm_launcher.gui.matrix.signing_in import Found
from pnm_launcher.matrix.announcement import AnnouncedMeeting
from pnm_launcher.matrix.discovery import Homeserver
from pnm_launcher.matrix.login import LoginWays
from pnm_launcher.matrix.oauth import DeviceFlow
from pnm_launcher.matrix.oauth_server import AuthServer
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix.rooms import Invite, RoomSummary
from pnm_launcher.matrix.versions import Versions
from pnm_launcher.matrix_saved import MatrixAccount, MatrixRoom
from pnm_launcher.meetings import Meeting

assert looks  # the fixture

ANA = MatrixAccount("a1", "https://localhost:1", "@ana:hs.test")
ROOM = RoomAddress("#team:hs.test", ("hs.test",))
TOPIC = "Homework and dates for everybody in 10b, and what else there is to say."
INVITES = (Invite("!i:hs.test", "Staff room", "Only for us", inviter="@host:hs.test"),
           Invite("!k:hs.test", "Parents", knocked=True))  # fmt: skip
ENDPOINT = parse_address("https://auth.hs.test/x")
WINDOWS = ("empty", "preview", "knock", "joined", "ways", "code", "accounts", "link")


def summary(**values: object) -> RoomSummary:
    return RoomSummary("!x:hs.test", "Team of the whole school", TOPIC, members=12, encrypted=False, **values)


def shown(qtbot, program, name: str) -> QWidget:
    """The page or dialog, as it is when a server has answered; nothing is asked of any."""
    parts, window = program.furniture, program.window
    window.resize(1280, 800)
    chats = parts.chats
    meeting = Meeting("m1", "Algebra 10b", SCHOOL.id, {"room_id": "algebra-10b"})
    parts.library.apply(lambda book: book.with_server(SCHOOL).with_meeting(meeting))
    if name in ("ways", "code"):
        made = chats.accounts.sign_in(None)
        found = Found(Homeserver(ENDPOINT, Versions((1, 15))), LoginWays(True, True, True, (("x", "School"),)),
                      AuthServer(ENDPOINT, ENDPOINT, ENDPOINT, ENDPOINT))  # fmt: skip
        made._show_ways(found)
        if name == "code":
            page = "https://auth.hs.test/link?code=WDJB-MJHT"
            made._show_code(DeviceFlow("WDJB-MJHT", page, 900, 5, found.oauth, "x", "y"))
        return settled(qtbot, dialog(qtbot, SignInDialog, window))
    if name == "link":
        chats.links.receive(ROOM.uri)
        return settled(qtbot, dialog(qtbot, LinkDialog, window))
    if name == "accounts":
        parts.library.apply(lambda book: book.with_matrix_account(ANA))
        made = chats.accounts.open()
        made.show_state(ANA.id, False)
        return settled(qtbot, dialog(qtbot, AccountsDialog, window))
    if name != "empty":
        room = MatrixRoom(ANA.id, ROOM.uri)
        parts.library.apply(lambda book: book.with_matrix_account(ANA))
        parts.shelf.put(Meeting("m1", "Algebra 10b", SCHOOL.id, {"room_id": "algebra-10b"}, matrix=room))
    chats.show_page()
    page = parts.form.page(5)
    if name != "empty":
        desk = chats._page
        desk.visit._pause.stop()
        desk.invites.listing.stop()
        page.invites.show_invites(INVITES)
        facts = {"preview": {"join_rule": "public"}, "knock": {"join_rule": "knock"},
                 "joined": {"join_rule": "invite", "membership": "join"}}  # fmt: skip
        announced = AnnouncedMeeting(SCHOOL.address, "physics") if name == "joined" else None
        page.room.show_seen(Seen(ANA, ROOM, summary(**facts[name]), ROOM if announced else None, announced))
        desk._seen(page.room.seen)
    return settled(qtbot, window)


@pytest.mark.parametrize("name", WINDOWS)
def test_every_control_has_a_name_of_its_own(qtbot, program, name):
    names = [spoken_name(each) for each in controls(shown(qtbot, program, name))]
    assert all(each.strip() for each in names)
    assert {each for each in names if names.count(each) > 1} <= {"Close"}


def told_as_cut(window: QWidget) -> list[str]:
    return [told for each in window.findChildren(QWidget) if each.isVisible() and (told := cut(each))]


@pytest.mark.parametrize("name", WINDOWS)
def test_no_text_is_cut_and_nothing_overlaps(qtbot, looks, program, name):
    window = shown(qtbot, program, name)
    qtbot.waitUntil(lambda: told_as_cut(window) == [], timeout=10_000)
    for parent in [window, *window.findChildren(QWidget)]:
        inside = [each for each in parent.children() if isinstance(each, leaf()) and each.isVisible()]
        for number, one in enumerate(inside):
            for other in inside[number + 1 :]:
                apart = not one.geometry().adjusted(1, 1, -1, -1).intersects(other.geometry().adjusted(1, 1, -1, -1))
                assert apart, (one, getattr(one, "text", str)(), other, getattr(other, "text", str)())


@pytest.mark.parametrize("name", ["ways", "accounts", "link"])
def test_the_dialogs_have_titles_and_close_with_escape(qtbot, program, name):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    window = shown(qtbot, program, name)
    assert window.windowTitle()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
