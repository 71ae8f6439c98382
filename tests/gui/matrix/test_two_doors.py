"""A card with two doors: the chat beside the video meeting, what a room announces, and links to rooms."""

import json
from dataclasses import replace
from urllib.parse import quote

import pytest
from chat_user import JOIN, SCHOOL
from practice_school import button, visible
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from pnm_launcher.gui.form.meeting_form import CHAT
from pnm_launcher.gui.matrix.link_dialog import LinkDialog
from pnm_launcher.gui.matrix.sign_in_dialog import SignInDialog
from pnm_launcher.gui.reception import Reception
from pnm_launcher.matrix.announcement import EVENT_TYPE
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.meetings import Server

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # keyring leaves it to the collector
ENCRYPTED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


def public(host, alias: str, **settings) -> tuple[str, RoomAddress]:
    room_id = host.make_room(preset="public_chat", **settings)
    return room_id, RoomAddress(host.alias(room_id, alias))


def moderated_by(host, person, room_id: str) -> None:
    """The person may change the room's state."""
    levels = host.call("GET", f"v3/rooms/{quote(room_id)}/state/m.room.power_levels")
    levels["users"][person.id] = 50
    host.call("PUT", f"v3/rooms/{quote(room_id)}/state/m.room.power_levels/", levels)


def announced(host, room_id: str) -> dict[str, str]:
    return host.call("GET", f"v3/rooms/{quote(room_id)}/state/{EVENT_TYPE}/", ok=False)


def messages(host, room_id: str) -> list[str]:
    found = host.call("GET", f"v3/rooms/{quote(room_id)}/messages?dir=b&limit=20")["chunk"]
    return [each["content"]["body"] for each in found if each["type"] == "m.room.message"]


@pytest.fixture
def chat(user):
    return user.window.findChild(QPushButton, "chat")


@pytest.fixture
def reception(program, user):
    made = Reception(program)
    made.begin("")
    return made


def joined(user, host, ana, alias: str, **settings) -> str:
    """In the room, with it in the card."""
    room_id, room = public(host, alias, **settings)
    user.sign_in(ana)
    user.look_at(room.room, "Join the chat")
    user.click(user.card.main)
    user.until(lambda: user.main() == "Open the chat")
    return room_id


# --- the doors -------------------------------------------------------------------------------------------------------


def test_a_meeting_without_a_room_has_one_door(user, chat):
    assert not chat.isVisible()
    assert user.window.join.isVisible()


def test_the_chat_beside_join_enters_the_room_and_opens_it(user, host, ana, chat, programs):
    programs.know("matrix")
    room_id, room = public(host, "#beside:hs.test")
    user.has_room(ana, room.uri)
    assert chat.isVisible()
    assert user.window.join.isVisible()
    user.click(chat)
    user.until(lambda: programs.opened() == ["matrix:r/beside:hs.test"])
    assert host.membership(room_id, ana.id) == "join"
    user.until(lambda: user.window.status() == "The chat room was opened with: Your Matrix app")
    assert user.window.join.isEnabled()


def test_with_a_chat_alone_join_means_the_chat(user, host, ana, chat, programs):
    programs.know("matrix")
    room_id, room = public(host, "#alone:hs.test")
    user.has_room(ana, room.uri)
    user.go_to_chat()
    user.click(user.page.chat_only)
    assert user.meeting.server == ""
    assert not chat.isVisible()
    assert not user.window.in_browser.isVisible()
    assert user.window.status() == "Ready. Join enters the chat room and opens it."
    user.click(user.window.join)
    user.until(lambda: programs.opened() == ["matrix:r/alone:hs.test"])
    assert host.membership(room_id, ana.id) == "join"
    user.click(user.page.chat_only)
    assert user.meeting.server == SCHOOL.id
    assert chat.isVisible()


def test_what_takes_more_than_a_click_is_shown_on_the_page(user, host, ana, chat, programs):
    rule = {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}}
    room_id = host.make_room(name="Knock", state=[rule])
    user.has_room(ana, RoomAddress(room_id).uri)
    user.parts.form.show_page(0)
    user.click(chat)
    user.until(lambda: user.main() == "Ask to join")
    assert host.membership(room_id, ana.id) == ""
    assert programs.opened() == []


def test_a_card_without_an_account_asks_for_one(user, ana, chat):
    user.has_room(ana, "matrix:r/x:hs.test")
    meeting = user.meeting
    user.parts.shelf.put(replace(meeting, matrix=replace(meeting.matrix, account="")))
    user.parts.form.show_page(0)
    user.click(chat)
    assert user.window.banner.text().startswith("Choose the account for this chat room")
    assert user.page.isVisible()


def test_signed_out_the_chat_asks_to_sign_in_and_goes_on(user, host, ana, chat, programs):
    from synapse_server import PASSWORD

    programs.know("matrix")
    _, room = public(host, "#goon:hs.test")
    user.has_room(ana, room.uri)
    user.parts.chats.tokens.sign_out(user.account)
    user.parts.form.show_page(0)
    user.click(chat)
    user.until(lambda: user.window.banner.text())
    user.press("Sign in again", user.window.banner)
    signing_in = user.dialog(SignInDialog)
    user.until(lambda: signing_in.ways is not None)
    user.type(signing_in.ways.password, PASSWORD)
    user.press("Sign in", signing_in)
    user.until(lambda: programs.opened() == ["matrix:r/goon:hs.test"])


# --- the meeting of a room -------------------------------------------------------------------------------------------


def test_a_meeting_is_announced_after_a_question_and_without_any_key(user, host, ana):
    room_id = joined(user, host, ana, "#announce:hs.test", name="Announce")
    moderated_by(host, ana, room_id)
    user.press("Announce this meeting…")
    question = user.dialog(QMessageBox)
    assert question.text() == "Announce this meeting in “Announce”?"
    assert "algebra-10b" in question.informativeText()
    assert "server" not in announced(host, room_id)
    user.press("Announce", question)
    user.until(lambda: "The room announces this meeting." in user.page.video.news.text())
    assert announced(host, room_id) == {"server": SCHOOL.address, "room_id": "algebra-10b"}
    user.press("Announce nothing…")
    user.press("Announce nothing", user.dialog(QMessageBox))
    user.until(lambda: announced(host, room_id) == {})


def test_ordinary_members_cannot_announce_and_are_told(user, host, ana):
    room_id = joined(user, host, ana, "#ordinary:hs.test")
    user.press("Announce this meeting…")
    user.press("Announce", user.dialog(QMessageBox))
    user.until(lambda: "Your role in this room does not allow this." in user.card.banner.text())
    assert "server" not in announced(host, room_id)


def test_no_to_the_question_writes_nothing(user, host, ana):
    room_id = joined(user, host, ana, "#no:hs.test")
    moderated_by(host, ana, room_id)
    for each in ("Announce this meeting…", "Post an invitation…"):
        user.press(each)
        question = user.dialog(QMessageBox)
        user.press("Cancel", question)
        user.until(lambda: not visible(QMessageBox, user.window))
    assert "server" not in announced(host, room_id)
    assert messages(host, room_id) == []


def test_an_invitation_is_posted_after_a_question(user, host, ana):
    room_id = joined(user, host, ana, "#post:hs.test", name="Post")
    user.press("Post an invitation…")
    question = user.dialog(QMessageBox)
    assert "pnm-launcher:meeting?server=https://meet.school.example&room=algebra-10b" in question.informativeText()
    user.press("Post", question)
    user.until(lambda: user.card.status.text() == "The invitation was posted.")
    (text,) = messages(host, room_id)
    assert text.startswith("Video meeting “Algebra 10b”: room algebra-10b on https://meet.school.example")


def test_nothing_is_posted_in_an_encrypted_room(user, host, ana):
    joined(user, host, ana, "#secret:hs.test", state=[ENCRYPTED])
    assert not user.page.video.post.isVisible()
    assert "This room is encrypted" in user.page.video.note.text()
    user.press("Copy the invitation")
    assert "room=algebra-10b" in QApplication.clipboard().text()


def test_a_meeting_on_this_computer_is_not_announced(user, host, ana):
    server = Server("local", "Local", "http://localhost:9", "k")
    user.parts.library.apply(lambda book: book.with_server(server))
    joined(user, host, ana, "#local:hs.test")
    user.parts.shelf.put(replace(user.meeting, server="local"))
    assert not user.page.video.announce.isVisible()
    assert not user.page.video.post.isVisible()


@pytest.mark.parametrize(("server", "offered"), [(SCHOOL.address, True), ("https://evil.example", False)])
def test_a_rooms_meeting_is_offered_only_on_ones_own_server_and_undone(user, host, ana, server, offered):
    content = {"server": server, "room_id": "physics"}
    state = [{"type": EVENT_TYPE, "state_key": "", "content": content}]
    joined(user, host, ana, "#has-meeting:hs.test" if offered else "#evil:hs.test", state=state)
    assert user.page.video.adopt.isVisible() == offered
    assert user.meeting.room_id == "algebra-10b", "nothing happens by itself"
    assert all(each.address != "https://evil.example" for each in user.book.servers)
    if offered:
        assert user.page.video.news.text() == "This room has a meeting: physics on Schule am See."
        user.press("Use that meeting")
        assert user.meeting.room_id == "physics"
        assert user.meeting.user_name == JOIN["user_info.name"]
        user.press("Undo")
        assert user.meeting.room_id == "algebra-10b"


def test_the_meeting_of_a_room_is_offered_to_a_card_without_one(user, host, ana, browser):
    content = {"server": SCHOOL.address, "room_id": "physics"}
    state = [{"type": EVENT_TYPE, "state_key": "", "content": content}]
    _, room = public(host, "#offer:hs.test", state=state)
    user.has_room(ana, room.uri)
    user.parts.shelf.put(replace(user.meeting, server=""))
    user.click(user.window.join)
    user.until(lambda: "This room has a meeting: physics on Schule am See." in user.window.banner.text())
    user.press("Use that meeting", user.window.banner)
    assert (user.meeting.server, user.meeting.room_id) == (SCHOOL.id, "physics")


# --- links -----------------------------------------------------------------------------------------------------------


def sent(caplog) -> list[str]:
    found = [record.getMessage() for record in caplog.records if record.name == "pnm_launcher.session"]
    return [each for each in found if "summary" in each or "join" in each or "directory" in each]


@pytest.mark.parametrize("link", ["matrix:r/link:hs.test?action=join&via=hs.test",
                                  "https://matrix.to/#/%23link%3Ahs.test?via=hs.test"])  # fmt: skip
def test_a_link_asks_first_and_is_then_looked_at_not_joined(user, host, ana, reception, caplog, link, homeserver):
    caplog.set_level("INFO")
    alias = f"#link{'m' if link.startswith('matrix') else 't'}:hs.test"
    room_id, _ = public(host, alias, name="Linked")
    user.sign_in(ana)
    before = user.book.meetings
    reception.receive(link.replace("link", alias[1:6], 1) if link.startswith("matrix") else
                      link.replace("%23link", f"%23{alias[1:6]}"))  # fmt: skip
    question = user.dialog(LinkDialog)
    assert question.room.text() == alias
    assert user.book.meetings == before
    assert sent(caplog) == []
    user.press("Add and look", question)
    user.until(lambda: user.main() == "Join the chat")
    assert user.card.name.text() == "Linked"
    assert (user.meeting.server, user.meeting.matrix.account) == ("", user.account.id)
    assert host.membership(room_id, ana.id) == ""
    reception.receive(link.replace("link", alias[1:6], 1) if link.startswith("matrix") else
                      link.replace("%23link", f"%23{alias[1:6]}"))  # fmt: skip
    assert button(user.dialog(LinkDialog), "Show the one I have").isVisible()


def test_cancel_leaves_everything_as_it_was(user, reception, caplog):
    caplog.set_level("INFO")
    before = user.book
    reception.receive("matrix:r/link:hs.test?action=join")
    user.press("Cancel", user.dialog(LinkDialog))
    assert user.book == before
    assert sent(caplog) == []


@pytest.mark.parametrize(
    "link", ["matrix:u/ana:hs.test", "https://matrix.to/#/@ana:hs.test", "matrix:", "matrix:r/../x"]
)
def test_a_link_that_leads_to_no_room_is_told(user, reception, link):
    reception.receive(link)
    assert user.window.banner.text()
    assert not visible(LinkDialog, user.window)


def drop(window, data: QMimeData) -> bool:
    """Whether it was taken."""
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    return True


def test_a_link_dropped_on_the_window_asks_first_and_other_things_are_not_taken(user):
    link, other = QMimeData(), QMimeData()
    link.setUrls([QUrl("https://matrix.to/#/%23dropped%3Ahs.test")])
    other.setText("https://example.org/")
    assert not drop(user.window, other)
    assert drop(user.window, link)
    assert user.dialog(LinkDialog).room.text() == "#dropped:hs.test"
    assert len(user.book.meetings) == 1


def test_the_page_is_the_sixth_and_the_saved_room_is_in_the_list(user, ana):
    user.has_room(ana, "matrix:r/listed:hs.test")
    assert user.parts.form.page(CHAT) is user.page
    user.until(lambda: not user.parts.library.unsaved)
    texts = json.dumps(user.words(), ensure_ascii=False)
    assert "meet.school.example · algebra-10b and #listed:hs.test" in texts
