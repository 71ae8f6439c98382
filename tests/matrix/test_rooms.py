"""Rooms of a real homeserver: looking, entering, asking, invitations, and each reason why not."""

from urllib.parse import parse_qsl, quote, urlsplit

import pytest
import requests
from synapse_server import PASSWORD, synapse

from pnm_launcher.address import parse_address
from pnm_launcher.matrix import faults, room_faults
from pnm_launcher.matrix.accounts import SignIn
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.discovery import Homeserver
from pnm_launcher.matrix.room_address import RoomAddress, parse_room
from pnm_launcher.matrix.versions import Versions

OLD = Versions((0, 0))
"""A server that lists no release of Matrix 1, as before November 2021."""
BEFORE_VIA = Versions((1, 11))


@pytest.fixture
def host(homeserver):
    """The person in whose rooms the tests happen."""
    return homeserver.person("host")


@pytest.fixture
def ana(homeserver):
    return homeserver.person("ana")


def open_room(host, alias: str = "", **settings) -> RoomAddress:
    room_id = host.make_room(preset="public_chat", **settings)
    return RoomAddress(host.alias(room_id, alias) if alias else room_id)


# --- entering ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["10", "11", "12"])
def test_a_room_is_entered_by_its_id_whatever_its_version(client, host, ana, version):
    room = open_room(host, version=version)
    assert (":" in room.room) == (version != "12")
    assert client(ana).join(room) == room.room
    assert host.membership(room.room, ana.id) == "join"


@pytest.mark.parametrize("name", ["lobby", "pub/we?ird", "größe🙂", "a%2fb", "..", "a&b=c+d", "x\u202ey", "#", ""])
def test_a_room_is_entered_by_its_alias_whatever_is_in_it(client, host, ana, name, request):
    number = len(request.node.name)
    alias = f"#{name}{number}:hs.test" if name not in ("..", "#", "") else f"#{name}:hs.test"
    room = open_room(host, alias)
    joined = client(ana).join(parse_room(room.matrix_to))
    assert host.membership(joined, ana.id) == "join"


def test_joining_twice_does_no_harm(client, host, ana):
    room = open_room(host)
    assert client(ana).join(room) == client(ana).join(room, reason="again") == room.room


@pytest.mark.parametrize("versions", [OLD, BEFORE_VIA, Versions((1, 12))])
def test_servers_of_all_ages_are_told_the_servers_to_join_through(client, host, ana, versions):
    room = open_room(host)
    via = RoomAddress(room.room, ("hs.test", "elsewhere.test:8448"))
    assert client(ana, versions).join(via, reason="hello") == room.room


def test_an_old_server_has_no_knocking(client, host, ana):
    with pytest.raises(faults.TooOldServer, match="asking to join"):
        client(ana, OLD).knock(open_room(host))


def test_a_server_from_before_2021_is_spoken_to_in_its_own_words(client, session, homeserver, host):
    ana = homeserver.person()
    found = Homeserver(parse_address(homeserver.address), OLD)
    way = SignIn(session, found, None, None)
    assert way.ways()[0].password
    signed_in = way.with_password(ana.name, PASSWORD)
    assert signed_in.user_id == ana.id
    ana.token = signed_in.tokens.access
    room, mine = open_room(host, f"#old-{ana.name}:hs.test"), client(ana, OLD)
    private = host.make_room(name="Private")
    host.invite(private, ana.id)
    assert [each.name for each in mine.invites(ana.id)] == ["Private"]
    joined = mine.join(room)
    assert mine.joined_rooms() == (joined,)
    assert mine.state(joined, "m.room.join_rules").text("join_rule") == "public"
    mine.send_text(joined, "Hello")
    mine.leave(joined)
    mine.leave(private)
    assert mine.invites(ana.id) == ()


def test_members_of_a_space_enter_its_rooms_without_an_invitation(client, host, ana):
    space = open_room(host)
    rule = {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": space.room}]}
    room = RoomAddress(host.make_room(state=[{"type": "m.room.join_rules", "state_key": "", "content": rule}]))
    mine = client(ana)
    with pytest.raises(room_faults.NotInvited):
        mine.join(room)
    mine.join(space)
    seen = mine.summary(room)
    assert (seen.restricted, seen.way, seen.may_knock) == (True, "join", False)
    assert mine.join(room) == room.room


def test_an_invitation_to_a_space_is_known_as_one(client, host, ana):
    space = host.make_room(creation_content={"type": "m.space"}, name="Space")
    host.invite(space, ana.id)
    assert client(ana).summary(RoomAddress(space)).is_space


# --- why not -----------------------------------------------------------------------------------------------------


def test_a_private_room_lets_nobody_in(client, host, ana):
    with pytest.raises(room_faults.NotInvited):
        client(ana).join(RoomAddress(host.make_room()))


def test_banned_people_are_told_so(client, host, ana):
    room = open_room(host)
    host.call("POST", f"v3/rooms/{quote(room.room)}/ban", {"user_id": ana.id})
    with pytest.raises(room_faults.Banned):
        client(ana).join(room)
    with pytest.raises(room_faults.Banned):
        client(ana).knock(room)


def test_an_unknown_alias_is_told(client, ana):
    for call in (client(ana).join, client(ana).summary):
        with pytest.raises(room_faults.RoomNotFound):
            call(RoomAddress("#nowhere:hs.test"))


@pytest.mark.parametrize("room", ["!" + "x" * 43, "!x:hs.test"])
def test_an_unknown_id_without_a_server_asks_for_one(client, ana, room):
    with pytest.raises((room_faults.NoServerKnown, room_faults.RoomNotFound)):
        client(ana).join(RoomAddress(room))


def test_a_room_on_a_server_that_is_not_reached_is_told(client, ana):
    with pytest.raises(room_faults.OtherServerSilent):
        client(ana).join(RoomAddress("#room:elsewhere.test"))


def test_a_bogus_signed_invitation_is_refused(client, host, ana):
    from pnm_launcher.matrix.third_party import ThirdPartySigned

    signed = ThirdPartySigned(host.id, ana.id, "abc", (("hs.test", "ed25519:a_x", "A" * 86),))
    with pytest.raises(room_faults.NotInvited):
        client(ana).join(RoomAddress(host.make_room()), third_party=signed)


def test_a_reason_that_is_too_long_is_told(client, host, ana):
    with pytest.raises(room_faults.MessageTooLong):
        client(ana).join(open_room(host), reason="x" * 200_000)


def test_a_wrong_token_is_told(client, homeserver, host, ana):
    ana.token = "wrong"
    with pytest.raises(faults.SignedOut) as caught:
        client(ana).join(open_room(host))
    assert type(caught.value) is faults.SignedOut


def test_what_an_administrator_can_do_to_an_account_or_a_room_is_told(client, homeserver, host, ana):
    admin, room = homeserver.person("admin", admin=True), open_room(host)
    admin.administer("PUT", f"v1/rooms/{quote(room.room)}/block", {"block": True})
    with pytest.raises(room_faults.RoomBlocked):
        client(ana).join(room)
    admin.administer("PUT", f"v1/suspend/{quote(ana.id)}", {"suspend": True})
    with pytest.raises(faults.AccountSuspended):
        client(ana).join(open_room(host))
    admin.administer("PUT", f"v2/users/{quote(ana.id)}", {"locked": True})
    with pytest.raises(faults.AccountLocked):
        client(ana).join(open_room(host))


def test_terms_that_were_not_accepted_are_told(client, tmp_path):
    """Not in the specification; Synapse does it where its owner wants it."""
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    for name in ("1.0", "success"):
        (folder / f"{name}.html").write_text("<p>Terms")
    consent = {"template_dir": str(folder.parent), "version": "1.0", "block_events_error": "Accept %(consent_uri)s"}
    with synapse(tmp_path, user_consent=consent) as server:
        host, ana = server.person(), server.person()
        page = urlsplit(host.call("POST", "v3/createRoom", {}, ok=False)["consent_uri"])
        accepted = dict(parse_qsl(page.query)) | {"v": "1.0"}
        assert requests.post(f"{server.address}{page.path}", data=accepted, timeout=30).ok
        with pytest.raises(faults.TermsNotAccepted, match="Accept http"):
            client(ana).join(open_room(host))


def test_a_guest_is_kept_out(client, homeserver, host):
    room = open_room(host, initial_state=[{"type": "m.room.guest_access", "state_key": "",
                                           "content": {"guest_access": "forbidden"}}])  # fmt: skip
    with pytest.raises(room_faults.GuestsKeptOut):
        client(homeserver.guest()).join(room)


# --- looking -----------------------------------------------------------------------------------------------------


def test_a_room_is_looked_at_before_it_is_entered(client, host, ana):
    room = open_room(host, "#look:hs.test", name="Look", topic="At this")
    seen = client(ana).summary(room)
    assert (seen.name, seen.topic, seen.members, seen.join_rule) == ("Look", "At this", 1, "public")
    assert (seen.encrypted, seen.way, seen.servers) == (False, "join", ("hs.test",))
    assert seen.room_id.startswith("!")
    client(ana).join(room)
    assert client(ana).summary(room).way == "open"


def test_an_encrypted_room_says_so(client, host, ana):
    state = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
    assert client(ana).summary(open_room(host, state=state)).encrypted


def test_a_private_room_is_not_seen_from_outside_and_seen_when_invited(client, host, ana):
    room = RoomAddress(host.make_room(name="Secret"))
    with pytest.raises(room_faults.RoomNotFound):
        client(ana).summary(room)
    host.invite(room.room, ana.id)
    seen = client(ana).summary(room)
    assert (seen.name, seen.membership, seen.way) == ("Secret", "invite", "join")


def knock_room(host) -> RoomAddress:
    rule = {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}}
    return RoomAddress(host.make_room(state=[rule], name="Knock"))


def test_a_room_to_knock_at_is_knocked_at_and_then_opened(client, host, ana):
    room, mine = knock_room(host), client(ana)
    assert (mine.summary(room).way, mine.summary(room).may_knock) == ("knock", True)
    with pytest.raises(room_faults.NotInvited):
        mine.join(room)
    assert mine.knock(room, reason="Please") == mine.knock(room) == room.room
    assert host.membership(room.room, ana.id) == "knock"
    assert mine.summary(room).way == "waiting"
    asked = mine.invites(ana.id)
    assert [(each.room_id, each.knocked, each.name) for each in asked] == [(room.room, True, "Knock")]
    host.invite(room.room, ana.id)
    assert mine.join(room) == room.room
    with pytest.raises(room_faults.KnockRefused):
        mine.knock(room)


def test_a_room_without_knocking_refuses_a_knock(client, host, ana):
    with pytest.raises(room_faults.KnockRefused):
        client(ana).knock(RoomAddress(host.make_room()))


def test_without_summaries_only_members_learn_of_a_room(client, host, ana, monkeypatch):
    def unknown(*_):
        raise room_faults.CallUnknown(host="", message="", code="")

    monkeypatch.setattr(MatrixClient, "_summary", unknown)
    room = open_room(host, "#pieces:hs.test", name="Pieces", topic="Bits")
    before = client(ana).summary(room)
    assert (before.name, before.encrypted, before.way, before.alias) == ("", None, "join", "#pieces:hs.test")
    client(ana).join(room)
    after = client(ana).summary(room)
    assert (after.name, after.topic, after.join_rule, after.encrypted, after.way) == (
        "Pieces", "Bits", "public", False, "open")  # fmt: skip


# --- invitations -------------------------------------------------------------------------------------------------


def test_invitations_are_listed_accepted_and_declined(client, host, ana):
    mine = client(ana)
    assert mine.invites(ana.id) == ()
    yes, no = (host.make_room(name=name, topic="Join\u202e us\n") for name in ("Yes", "No"))
    for room_id in (yes, no):
        host.invite(room_id, ana.id)
    listed = {each.name: each for each in mine.invites(ana.id)}
    assert set(listed) == {"Yes", "No"}
    assert (listed["Yes"].inviter, listed["Yes"].room_id, listed["Yes"].knocked) == (host.id, yes, False)
    assert mine.join(RoomAddress(yes)) == yes
    mine.leave(no, reason="No time")
    assert mine.invites(ana.id) == ()
    assert (host.membership(yes, ana.id), host.membership(no, ana.id)) == ("join", "leave")


def test_listing_invitations_shows_nobody_as_online(client, host, ana):
    client(ana).invites(ana.id)
    assert ana.call("GET", f"v3/presence/{quote(ana.id)}/status")["presence"] == "offline"


def test_a_room_is_left(client, host, ana):
    room, mine = open_room(host), client(ana)
    mine.join(room)
    assert mine.joined_rooms() == (room.room,)
    mine.leave(room.room)
    assert mine.joined_rooms() == ()


def test_who_one_is(client, ana):
    assert client(ana).whoami() == (ana.id, ana.device)
    assert client(ana, OLD).whoami() == (ana.id, ana.device)
