"""The page “Chat room” with a real homeserver: looking before joining, joining, asking, invitations, and why not."""

import json
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import QPushButton
from synapse_server import PASSWORD

from pnm_launcher.gui.matrix.sign_in_dialog import SignInDialog
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix.tokens import Tokens, TokenStore
from pnm_launcher.meetings import Meeting

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # keyring leaves it to the collector
HOSTILE = "\u202e<b>Join</b> us\nnow " + "very long " * 60


def rule(name: str) -> dict[str, object]:
    return {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": name}}


def public(host, alias: str, **settings) -> RoomAddress:
    room_id = host.make_room(preset="public_chat", **settings)
    return RoomAddress(host.alias(room_id, alias), ("hs.test",))


def requests_since(caplog, start: int) -> list[str]:
    return [record.getMessage() for record in caplog.records[start:] if record.name == "pnm_launcher.session"]


def test_sign_in_paste_a_link_see_join_and_open(user, host, ana, programs, tmp_path):
    programs.know("matrix")
    room = public(host, "#maths:hs.test", name="Mathematics 10b", topic="Homework and dates")
    user.sign_in(ana)
    user.look_at(room.matrix_to, "Join the chat")
    assert (user.card.name.text(), user.card.topic.text()) == ("Mathematics 10b", "Homework and dates")
    assert user.card.facts.text() == "1 member · Anybody may join · Not encrypted"
    assert host.membership(host_room(host, room), ana.id) == "", "looking is not joining"
    user.click(user.card.main)
    user.until(lambda: user.main() == "Open the chat")
    assert host.membership(host_room(host, room), ana.id) == "join"
    user.until(lambda: user.card.opener.count() == 4)
    user.click(user.card.main)
    user.until(lambda: programs.opened() == ["matrix:r/maths:hs.test?via=hs.test"])
    assert user.meeting.matrix.room == "matrix:r/maths:hs.test?via=hs.test"
    assert user.meeting.matrix.account == user.account.id
    user.until(lambda: not user.parts.library.unsaved)
    assert "#maths" not in json.dumps([each.account for each in user.book.matrix_accounts])


def host_room(host, address: RoomAddress) -> str:
    return host.call("GET", f"v3/directory/room/{quote(address.room, safe='')}")["room_id"]


def test_the_chosen_program_is_remembered(user, host, ana, programs, browser):
    programs.know("matrix")
    room = public(host, "#remember:hs.test")
    user.sign_in(ana)
    user.look_at(room.room, "Join the chat")
    user.click(user.card.main)
    user.until(lambda: user.main() == "Open the chat" and user.card.opener.count() == 4)
    user.card.opener.setCurrentIndex(3)
    user.card.opener.activated.emit(3)
    user.click(user.card.main)
    user.until(lambda: len(browser) == 1)
    assert browser[0].startswith("https://matrix.to/#/%23remember%3Ahs.test")
    user.click(user.window.findChild(QPushButton, "chat"))
    user.until(lambda: len(browser) == 2)
    assert programs.opened() == []


def test_texts_of_the_room_are_plain_and_cut(user, host, ana):
    room = public(host, "#hostile:hs.test", name=HOSTILE[:200], topic=HOSTILE)
    user.sign_in(ana)
    user.look_at(room.room, "Join the chat")
    for text, most in ((user.card.name.text(), 120), (user.card.topic.text(), 280)):
        assert text.startswith("<b>Join</b> us")
        assert not set("\u202e\n") & set(text)
        assert len(text) <= most


@pytest.mark.parametrize("text", ["#no server", "@ana:hs.test", "http://matrix.to/#/#a:hs.test", "!", "matrix:u/x:y",
                                  "#a:hs.test?via=a b", "https://matrix.to@evil.test/#/#a:hs.test"])  # fmt: skip
def test_what_is_no_room_is_told_beside_the_field_and_never_sent(user, ana, qtbot, caplog, text):
    caplog.set_level("INFO")
    user.sign_in(ana)
    user.until(lambda: "Nobody is waiting for your answer." in user.words())
    start = len(caplog.records)
    user.paste(text)
    qtbot.wait(1_500)
    assert user.page.fields.problem.text()
    assert user.meeting.matrix is None
    assert requests_since(caplog, start) == []


def test_typing_asks_once_after_a_pause_and_the_newest_wins(user, host, ana, caplog):
    caplog.set_level("INFO")
    public(host, "#first:hs.test", name="First")
    public(host, "#second:hs.test", name="Second")
    user.sign_in(ana)
    user.until(lambda: "Nobody is waiting for your answer." in user.words())
    start = len(caplog.records)
    user.type(user.page.fields.room, "#first:hs.test", milliseconds=20)
    user.paste("#second:hs.test")
    user.until(lambda: user.main() == "Join the chat")
    assert user.card.name.text() == "Second"
    asked = requests_since(caplog, start)
    wanted = ("versions", "directory/room/%23second%3Ahs.test", "room_summary")
    assert len(asked) == len(wanted), asked
    assert all(part in each for part, each in zip(wanted, asked, strict=True)), asked


def test_what_was_typed_stays_when_another_meeting_was_looked_at(user, ana):
    user.sign_in(ana)
    user.paste("#half-an-address")
    user.parts.shelf.put(Meeting("other", "Other", "s1", user.meeting.join))
    assert user.page.fields.typed() == ""
    user.parts.shelf.choose("algebra")
    assert user.page.fields.typed() == "#half-an-address"
    assert user.page.fields.problem.text()


def test_servers_of_a_link_have_a_field_of_their_own(user, ana):
    user.sign_in(ana)
    assert not user.page.fields.via.isVisible()
    user.paste("!" + "x" * 43)
    assert user.page.fields.via.isVisible(), "this room cannot be found without"
    user.paste("https://matrix.to/#/!x:hs.test?via=one.test&via=two.test:8448")
    assert user.page.fields.via.text() == "one.test, two.test:8448"
    user.type(user.page.fields.via, "one.test, no server!")
    assert user.page.fields.via_problem.text() == "“server!” is not the name of a server."
    user.type(user.page.fields.via, "three.test")
    assert user.meeting.matrix.room == "matrix:roomid/x:hs.test?via=three.test"


def test_asking_to_join_with_a_reason_and_coming_in(user, host, ana):
    room_id = host.make_room(name="Knock", state=[rule("knock")])
    user.sign_in(ana)
    user.look_at(room_id, "Ask to join")
    user.type(user.card.reason, "I teach in 10b")
    user.click(user.card.main)
    user.until(lambda: user.main() == "Waiting for an answer")
    assert not user.card.main.isEnabled()
    event = host.call("GET", f"v3/rooms/{quote(room_id)}/state/m.room.member/{quote(ana.id)}")
    assert (event["membership"], event["reason"]) == ("knock", "I teach in 10b")
    user.until(lambda: "You have asked to join." in user.words(user.page.invites))
    host.invite(room_id, ana.id)
    user.press("Refresh", user.page.invites)
    user.until(lambda: user.page.invites.title.text() == "Invitations (1)")
    user.press("Accept", user.page.invites)
    user.until(lambda: user.main() == "Open the chat")
    assert host.membership(room_id, ana.id) == "join"


def test_a_request_to_join_is_taken_back(user, host, ana):
    room_id = host.make_room(name="Knock", state=[rule("knock")])
    user.sign_in(ana)
    user.look_at(room_id, "Ask to join")
    user.click(user.card.main)
    user.until(lambda: user.main() == "Waiting for an answer")
    user.click(user.card.leave)
    user.until(lambda: user.main() == "Ask to join")
    assert host.membership(room_id, ana.id) == "leave"


def test_invitations_are_accepted_and_declined(user, host, ana):
    yes, no = (host.make_room(name=name, topic="For the staff") for name in ("Staff room", "Other room"))
    for each in (yes, no):
        host.invite(each, ana.id)
    user.sign_in(ana)
    user.until(lambda: user.page.invites.title.text() == "Invitations (2)")
    rows = {each.accept.accessibleName(): each for each in user.page.invites.rows}
    assert set(rows) == {"Accept: Staff room", "Accept: Other room"}
    assert f"From {host.id}" in user.words(user.page.invites)
    user.click(rows["Accept: Staff room"].accept)
    user.until(lambda: user.main() == "Open the chat")
    assert user.meeting.matrix.room == RoomAddress(yes).uri, "a card without a room gets this one"
    user.until(lambda: user.page.invites.title.text() == "Invitations (1)")
    user.click(user.page.invites.rows[0].decline)
    user.until(lambda: user.page.invites.title.text() == "Invitations")
    assert (host.membership(yes, ana.id), host.membership(no, ana.id)) == ("join", "leave")


def test_a_room_for_invited_people_says_what_to_do(user, host, ana):
    room_id = host.make_room(name="Closed", state=[
        rule("invite"), {"type": "m.room.history_visibility", "state_key": "",
                         "content": {"history_visibility": "world_readable"}}])  # fmt: skip
    user.sign_in(ana)
    user.look_at(room_id, "Only with an invitation")
    assert not user.card.main.isEnabled()
    assert ana.id in user.card.advice.text()


def test_a_room_that_cannot_be_seen_is_told(user, host, ana):
    room_id = host.make_room(name="Secret")
    user.sign_in(ana)
    user.paste(room_id)
    user.until(lambda: user.card.banner.text())
    assert user.card.banner.text().startswith("There is no room with this address, or you may not see it.")
    user.press("Join all the same", user.card)
    user.until(lambda: "does not let you in without an invitation" in user.card.banner.text())


def test_banned_people_are_told_so(user, host, ana):
    room = public(host, "#ban:hs.test", name="Ban")
    user.sign_in(ana)
    user.look_at(room.room, "Join the chat")
    host.call("POST", f"v3/rooms/{quote(host_room(host, room))}/ban", {"user_id": ana.id})
    user.click(user.card.main)
    user.until(lambda: user.card.banner.text())
    assert user.card.banner.text().startswith("You were banned from this room.")


def test_a_room_is_left(user, host, ana):
    room = public(host, "#leave:hs.test", name="Leave")
    user.sign_in(ana)
    user.look_at(room.room, "Join the chat")
    user.click(user.card.main)
    user.until(lambda: user.main() == "Open the chat")
    user.click(user.card.leave)
    user.until(lambda: user.main() == "Join the chat")
    assert host.membership(host_room(host, room), ana.id) == "leave"


def test_a_rate_limit_is_counted_down_and_tried_again_once(user, strict_homeserver):
    ana, host = strict_homeserver.person("ana"), strict_homeserver.person("host")
    rooms = [public(host, f"#limit{number}:hs.test") for number in range(3)]
    for each in rooms[:2]:  # what may be done at once
        ana.call("POST", f"v3/join/{quote(each.room, safe='')}", {}, ok=False)
    user.sign_in(ana)
    user.look_at(rooms[2].room, "Join the chat")
    told = []
    user.click(user.card.main)
    user.until(lambda: told.append(user.card.status.text()) or user.main() == "Open the chat")
    waits = {each for each in told if each.startswith("The server asks to wait. It is tried again in")}
    assert len(waits) >= 2, set(told)


def test_waiting_for_a_rate_limit_is_cancelled(user, strict_homeserver, qtbot):
    ana, host = strict_homeserver.person("ana"), strict_homeserver.person("host")
    rooms = [public(host, f"#stop{number}:hs.test") for number in range(4)]
    user.sign_in(ana)
    user.look_at(rooms[3].room, "Join the chat")
    for each in rooms[:3]:
        ana.call("POST", f"v3/join/{quote(each.room, safe='')}", {}, ok=False)
    user.click(user.card.main)
    user.until(lambda: "It is tried again in" in user.card.status.text())
    user.press("Cancel", user.card)
    assert user.main() == "Join the chat"
    assert user.card.status.text() == ""


@pytest.mark.parametrize("soft", [True, False])
def test_signed_out_elsewhere_asks_to_sign_in_again_and_keeps_what_was_typed(user, strict_homeserver, soft):
    ana, host = strict_homeserver.person("ana"), strict_homeserver.person("host")
    room = public(host, f"#again{soft}:hs.test".lower(), name="Again")
    user.sign_in(ana)
    store = TokenStore(KeyringSecrets())
    tokens = store.load(user.account)
    if soft:  # it has expired, and cannot be renewed
        store.save(user.account, Tokens(tokens.origin, tokens.access))
        user.qtbot.wait(1_200)
    else:
        ana.call("POST", "v3/logout/all", {})
    user.paste(room.room)
    user.until(lambda: user.card.banner.text())
    assert ("has expired" in user.card.banner.text()) == soft
    device = user.account.device_id
    user.press("Sign in again", user.card)
    signing_in = user.dialog(SignInDialog)
    user.until(lambda: signing_in.ways is not None)
    user.type(signing_in.ways.password, PASSWORD)
    user.press("Sign in", signing_in)
    user.until(lambda: user.main() == "Join the chat")
    assert user.page.fields.typed() == room.room
    assert [each.device_id for each in user.book.matrix_accounts] == [device]


def test_an_upgraded_room_leads_to_its_successor(user, host, ana):
    room = public(host, "#old:hs.test", name="Old")
    user.sign_in(ana)
    old = host_room(host, room)
    new = host.call("POST", f"v3/rooms/{quote(old)}/upgrade", {"new_version": "11"})["replacement_room"]
    user.look_at(old, "Join the chat")
    user.click(user.card.main)
    user.until(user.card.successor.isVisible)
    assert "This room has moved" in user.card.advice.text()
    user.click(user.card.successor)
    user.until(lambda: user.main() == "Join the chat")
    assert user.meeting.matrix.room == RoomAddress(new, ("hs.test",)).uri


class TestSignedInvitation:
    def signed(self, host, mxid: str) -> str:
        signatures = {"hs.test": {"ed25519:a_x": "A" * 86}}
        return json.dumps({"sender": host.id, "mxid": mxid, "token": "abc", "signatures": signatures})

    def test_from_a_file_goes_to_the_server_with_the_join(self, user, host, ana, tmp_path):
        room_id = host.make_room(
            state=[
                rule("invite"),
                {
                    "type": "m.room.history_visibility",
                    "state_key": "",
                    "content": {"history_visibility": "world_readable"},
                },
            ]
        )
        user.sign_in(ana)
        user.look_at(room_id, "Only with an invitation")
        path = tmp_path / "invitation.json"
        path.write_text(self.signed(host, ana.id))
        user.press("I have a signed invitation (JSON)")
        user.page.signed.load(path, user.parts.jobs)
        user.until(lambda: user.page.signed.text.toPlainText())
        user.until(lambda: user.main() == "Join the chat")
        user.click(user.card.main)
        user.until(lambda: "does not let you in without an invitation" in user.card.banner.text())

    def test_for_somebody_else_is_told_and_nothing_is_sent(self, user, host, ana, caplog):
        caplog.set_level("INFO")
        room = public(host, "#signed:hs.test")
        user.sign_in(ana)
        user.look_at(room.room, "Join the chat")
        user.press("I have a signed invitation (JSON)")
        user.page.signed.text.setPlainText(self.signed(host, "@other:hs.test"))
        start = len(caplog.records)
        user.click(user.card.main)
        assert "This invitation is for @other:hs.test" in user.page.signed.problem.text()
        assert not any("join" in each for each in requests_since(caplog, start))

    def test_a_file_that_is_none_is_told(self, user, host, ana, tmp_path):
        user.sign_in(ana)
        path = tmp_path / "picture.json"
        path.write_bytes(b"\xff\xfe\x00" * 100)
        user.page.signed.load(path, user.parts.jobs)
        user.until(lambda: user.page.signed.problem.isVisible())
