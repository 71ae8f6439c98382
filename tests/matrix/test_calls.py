"""What leaves this computer: one path, one origin, one header; recorded by servers on several loopback addresses."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace

import pytest
from faults import FaultServer, Visit, answering, reply
from room_addresses import mangled

from pnm_launcher import log
from pnm_launcher.address import Address
from pnm_launcher.errors import InvalidValue, LauncherError, Redirected
from pnm_launcher.matrix import faults, room_faults
from pnm_launcher.matrix.calls import LONGEST_WAIT, Bearer, Calls, Request
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.room_address import RoomAddress, parse_room
from pnm_launcher.matrix.versions import Versions
from pnm_launcher.session import Session

TOKEN = "canary-access-token"
ROOM = "!" + "x" * 43
NEW = Versions((1, 15))


class Fixed:
    def __init__(self, address: Address) -> None:
        self._bearer = Bearer(address.origin, TOKEN)

    def bearer(self) -> Bearer:
        return self._bearer

    def renewed(self, refused: Bearer, fault: faults.SignedOut) -> Bearer:
        raise fault


def client_of(session: Session, address: Address, versions: Versions = NEW) -> MatrixClient:
    return MatrixClient(Calls(session, address), versions, Fixed(address))


@pytest.fixture
def others() -> Iterator[list[FaultServer]]:
    """Recording servers on other addresses of this computer; at the end, nobody has called there."""
    with ExitStack() as stack:
        servers = [
            stack.enter_context(FaultServer(answering(reply("200 OK", {})), host=f"127.0.0.{n}")) for n in (2, 3)
        ]
        yield servers
        assert [server.connections for server in servers] == [0, 0]


# --- the path ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ["!x:y/../../logout", "!x/../../logout:y", "!../../../logout:y", "!x?y#z&a=b%2f..:hs"])
def test_a_crafted_room_never_becomes_another_call(session, room):
    with FaultServer(answering(reply("200 OK", {"room_id": ROOM}))) as server:
        with suppress(InvalidValue):
            client_of(session, server.address).join(RoomAddress(room))
        heads = [head for visit in server.visits for head in visit.heads]
    if room == "!x:y/../../logout":
        assert heads == []
        return
    quoted = room.replace("%", "%25")
    for char in "!/?#&=:":
        quoted = quoted.replace(char, f"%{ord(char):02X}")
    assert [head.split(b"\r\n")[0].decode() for head in heads] == [f"POST /_matrix/client/v3/join/{quoted} HTTP/1.1"]


def test_of_ten_thousand_addresses_each_is_one_request_to_the_homeserver_or_none(session, others):
    """Whatever the name is: it is one segment of the path. Servers that an address names are told, never asked."""
    elsewhere = [f"127.0.0.{number}:{server.port}" for number, server in enumerate(others, 2)]
    chance, sent, refused = random.Random(5), 0, 0
    with FaultServer(answering(reply("200 OK", {"room_id": ROOM}))) as server:
        client = client_of(session, server.address)
        for seed in range(10_000):
            text = mangled(seed).replace("hs.test", chance.choice(elsewhere))
            try:
                address = replace(parse_room(text), via=tuple(elsewhere))
            except InvalidValue:
                refused += 1
                continue
            assert client.join(address) == ROOM
            sent += 1
        heads = [head for visit in server.visits for head in visit.heads]
    assert min(sent, refused) > 1000
    assert len(heads) == sent
    paths = {head.split()[1].decode().partition("?")[0] for head in heads}
    assert all(re.fullmatch(r"/_matrix/client/v3/join/%2[13][^/]+", path) for path in paths)


def test_old_servers_get_the_servers_twice_and_with_the_same_values(session):
    with FaultServer(answering(reply("200 OK", {"room_id": ROOM}))) as server:
        room = RoomAddress(ROOM, ("a.org", "b.org"))
        for newest in ((0, 0), (1, 5), (1, 14)):
            client_of(session, server.address, Versions(newest)).join(room, reason="hello")
        heads = server.visits[0].heads
        body = json.loads(server.visits[0].body)
    queries = [head.split()[1].decode().partition("?")[2] for head in heads]
    assert queries == ["server_name=a.org&server_name=b.org",
                       "server_name=a.org&server_name=b.org&via=a.org&via=b.org", "via=a.org&via=b.org"]  # fmt: skip
    assert heads[0].startswith(b"POST /_matrix/client/r0/join/")
    assert body == {"reason": "hello"}


# --- the token ---------------------------------------------------------------------------------------------------


def test_the_token_is_in_one_header_of_one_origin_and_nowhere_else(session, others, caplog):
    with FaultServer(answering(reply("200 OK", {"room_id": ROOM}))) as server:
        client_of(session, server.address).join(RoomAddress(ROOM, ("127.0.0.2", "127.0.0.3")))
        (visit,) = server.visits
    assert visit.head.count(TOKEN.encode()) == 1
    assert f"Authorization: Bearer {TOKEN}".encode() in visit.head
    assert TOKEN.encode() not in visit.body
    assert TOKEN.encode() not in visit.head.split(b"\r\n")[0]
    assert TOKEN not in log.redact(f"something {TOKEN}")
    assert TOKEN not in caplog.text


def test_a_token_is_not_sent_to_another_origin(session, others):
    bearer = Bearer("http://127.0.0.1:8008", TOKEN)
    for server in others:
        with pytest.raises(faults.SignInElsewhere):
            Calls(session, server.address).call(Request("GET", "/"), bearer)
    for address in (Address("https", "127.0.0.1", 8008, ""), Address("http", "127.0.0.1", None, "/_matrix:8008"),
                    Address("http", "127.0.0.1", 80080, ""), Address("http", "localhost", 8008, "")):  # fmt: skip
        with pytest.raises(faults.SignInElsewhere):
            bearer.header_for(address)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_takes_the_token_nowhere(session, others, status):
    target = f"Location: {others[0].address}/_matrix/client/v3/join/x"
    with FaultServer(answering(reply(status, b"", target))) as server, pytest.raises(Redirected):
        client_of(session, server.address).join(RoomAddress(ROOM))


@pytest.mark.parametrize("token", ["two words", "x\r\nX-Evil: 1", "ä", "", "x" * 5000])
def test_a_token_that_could_change_the_request_is_not_sent(session, token):
    with FaultServer(answering(reply("200 OK", {}))) as server:
        with pytest.raises(faults.SignInMissing):
            Calls(session, server.address).call(Request("GET", "/"), Bearer(server.address.origin, token))
        assert server.connections == 0


def test_no_text_of_a_fault_or_repr_holds_the_token(session):
    answer = reply("401 No", {"errcode": "M_UNKNOWN_TOKEN", "error": "no"})
    with FaultServer(answering(answer)) as server, pytest.raises(faults.SignedOut) as caught:
        client_of(session, server.address).whoami()
    told = f"{caught.value!r} {caught.value} {caught.value.next_step} {caught.value.details}"
    assert TOKEN not in told + repr(Bearer("o", TOKEN)) + repr(Calls(session, server.address))


# --- answers -----------------------------------------------------------------------------------------------------

ODD = [
    reply("200 OK", {}), reply("200 OK", {"room_id": 5}), reply("200 OK", {"room_id": "../.."}),
    reply("200 OK", {"room_id": "#a:b"}), reply("200 OK", b"{"), reply("200 OK", "<html>Sign in"), reply("200 OK", b""),
    reply("200 OK", {"room_id": ROOM}, "Content-Encoding: gzip"), reply("200 OK", b" " * 2_000_000),
    reply("502 Bad Gateway", "<html>"), reply("503 Down", b""), reply("511 Sign in", "<html>"), reply("204 None"),
    reply("500 Oops", {"errcode": "M_UNKNOWN", "error": "x"}), reply("403 No", {"errcode": 5, "error": []}),
    reply("200 OK", b'{"room_id":"!a:b","room_id":"!c:d"}'), reply("200 OK", b'{"room_id":"!\\ud800:b"}'),
]  # fmt: skip


@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_an_odd_answer_is_a_fault_and_asked_for_once(session, answer):
    with FaultServer(answering(answer)) as server:
        with pytest.raises(LauncherError):
            client_of(session, server.address).join(RoomAddress(ROOM))
        assert sum(len(visit.heads) for visit in server.visits) == 1


def test_hostile_invitations_do_no_harm(session):
    def invite(*events: object) -> dict[str, object]:
        return {"invite_state": {"events": list(events)}}

    name = {"type": "m.room.name", "content": {"name": "Good"}}
    rooms = {
        "invite": {
            "!a:hs": invite(name, {"type": "m.room.topic", "content": 5}, {"type": 5}, {"x": 1}),
            "!b:hs": {"invite_state": 5}, "!c:hs": 5, "../..": invite(name), "!d:hs": {},
            "!e:hs": invite({"type": "m.room.name", "content": {"name": {}}},
                            {"type": "m.room.member", "state_key": "@me:hs", "sender": "<b>", "content": {}}),
        },
        "knock": {"!f:hs": {"knock_state": {"events": [name]}}},
    }  # fmt: skip
    with FaultServer(answering(reply("200 OK", {"rooms": rooms}))) as server:
        found = client_of(session, server.address).invites("@me:hs")
    assert [(each.room_id, each.name, each.knocked) for each in found] == [
        ("!a:hs", "Good", False), ("!d:hs", "", False), ("!e:hs", "", False), ("!f:hs", "Good", True)]  # fmt: skip
    assert not any(each.inviter for each in found)


# --- waiting -----------------------------------------------------------------------------------------------------


def limited(seconds: float, *then: bytes) -> bytes:
    return reply("429 Slow", {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": int(seconds * 1000)})


def test_a_second_refusal_is_not_waited_for(session):
    waits: list[float] = []
    with FaultServer(answering(limited(0.2), limited(0.3))) as server:
        calls = Calls(session, server.address, on_wait=waits.append)
        with pytest.raises(room_faults.TooManyRequests):
            calls.call(Request("POST", "/x", {}))
        assert sum(len(visit.heads) for visit in server.visits) == 2
    assert len(waits) == 1


def test_a_long_wait_is_left_to_the_person(session):
    with FaultServer(answering(limited(LONGEST_WAIT + 1))) as server:
        with pytest.raises(room_faults.TooManyRequests, match="wait 61 s"):
            Calls(session, server.address).call(Request("POST", "/x", {}))
        assert len(server.visits[0].heads) == 1


def test_other_refusals_are_not_tried_again(session):
    def refuse(visit: Visit) -> None:
        while visit.read_request():
            visit.send(reply("403 No", {"errcode": "M_FORBIDDEN", "error": "no"}))

    with FaultServer(refuse) as server:
        with pytest.raises(room_faults.NotInvited):
            client_of(session, server.address).join(RoomAddress(ROOM))
        assert len(server.visits[0].heads) == 1


# --- room summaries of servers from before v1.15 -----------------------------------------------------------------


def test_older_servers_are_asked_for_a_summary_under_its_older_name(session):
    summary = {"room_id": ROOM, "name": "Old", "im.nheko.summary.encryption": "m.megolm.v1.aes-sha2"}
    unknown = reply("404 Not Found", {"errcode": "M_UNRECOGNIZED"})
    with FaultServer(answering(unknown, reply("200 OK", summary))) as server:
        found = client_of(session, server.address).summary(RoomAddress(ROOM, ("a.org",)))
        paths = [head.split()[1].decode() for head in server.visits[0].heads]
    assert (found.name, found.encrypted, found.join_rule) == ("Old", True, "public")
    quoted = "%21" + "x" * 43
    assert paths == [f"/_matrix/client/v1/room_summary/{quoted}?via=a.org",
                     f"/_matrix/client/unstable/im.nheko.summary/summary/{quoted}?via=a.org"]  # fmt: skip
