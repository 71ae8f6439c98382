"""Every way to write where a room is, and ten thousand generated ones. Grammar: matrix-spec v1.18, appendices."""

import re
import string
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from room_addresses import ENCODED, HASHED, SAME, mangled

from pnm_launcher.errors import InvalidValue
from pnm_launcher.matrix.ids import (
    host_of,
    is_alias,
    is_room_id,
    is_server_name,
    is_user_id,
    segment,
    server_of,
    shown,
)
from pnm_launcher.matrix.room_address import MOST_SERVERS, RoomAddress, parse_room, parse_via

# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["matrix.org", "matrix.org:8888", "1.2.3.4", "1.2.3.4:1234", "[1234:5678::abcd]", "[1234:5678::abcd]:5678", "::1",
     "localhost", "a", "EXAMPLE.org", "x" * 255],
)  # fmt: skip
def test_names_of_servers_of_the_specification(name):
    assert is_server_name(name) is (name != "::1")


@pytest.mark.parametrize(
    "name",
    ["", ":80", "a b", "a/b", "a@b", "a?b", "a#b", "ä.org", "a:", "a:123456", "a:0", "a:65536", "a:b", "300.1.1.1",
     "[::1", "::1]", "[:::1]", "[1.2.3]", "x" * 256, "a\n", "a\0", "a_b", "evil.org\\x"],
)  # fmt: skip
def test_what_is_no_name_of_a_server(name):
    assert not is_server_name(name)


def test_a_host_is_a_server_without_its_port():
    assert [host_of(name) for name in ("a.org", "a.org:80", "[::1]", "[::1]:80", "1.2.3.4:5")] == [
        "a.org", "a.org", "[::1]", "[::1]", "1.2.3.4"]  # fmt: skip


@pytest.mark.parametrize("name", ["@alice:hs.test", "@a.b=c_d/e+f-1:hs.test:8448", "@Älice!:hs.test", "@:hs.test"])
def test_ids_of_people(name):
    assert is_user_id(name)
    assert server_of(name).startswith("hs.test")


@pytest.mark.parametrize("name", ["alice", "@alice", "alice:hs.test", "@a\0:hs.test", f"@{'x' * 250}:hs.test",
                                  "@a:hs_test", "#a:hs.test"])  # fmt: skip
def test_what_is_no_id_of_a_person(name):
    assert not is_user_id(name)


def test_a_name_has_255_bytes_at_most_not_letters():
    assert is_alias("#" + "ä" * 123 + ":hs.test")  # 1 + 246 + 8
    assert not is_alias("#" + "ä" * 124 + ":hs.test")


@pytest.mark.parametrize("name", [HASHED, "!x:y", "!a\nb\x01:hs.test", "!x:y/../../logout"[:4], "!☃:hs.test:8448"])
def test_ids_of_rooms(name):
    assert is_room_id(name)


@pytest.mark.parametrize("name", [HASHED[:-1], HASHED + "x", HASHED[:-1] + "+", "!", "!:hs.test", "!x", "!x:",
                                  "!x:y/../../logout", "x:y", "!\0:y", "!\ud800:y", HASHED + "\n"])  # fmt: skip
def test_what_is_no_id_of_a_room(name):
    assert not is_room_id(name)


def test_a_name_is_one_segment_of_a_path():
    assert segment("#pub/we?ird:hs.test") == ENCODED
    assert segment("!../..:y") == "%21..%2F..%3Ay"
    for text in ("..", ".", "", "x"):
        with pytest.raises(ValueError, match=rf"^{re.escape(text)}$"):
            segment(text)


def test_invisible_characters_are_shown():
    assert shown("#te\u202eam\u200b\n:hs.test") == "#te%E2%80%AEam%E2%80%8B%0A:hs.test"
    assert shown("#größe 🙂:hs.test") == "#größe 🙂:hs.test"


# --- what a person pastes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), SAME, ids=[text[:60] for text, _ in SAME])
def test_every_way_to_write_a_room_is_read(text, expected):
    assert parse_room(text) == expected


REFUSED = [
    ("", "Type"), ("team", "written as"), ("@alice:hs.test", "person"), ("+group:hs.test", "group"),
    ("!x:y/../../logout", "not the address"), ("..", "written as"), ("!..", "written as"), ("#a", "written as"),
    ("#a:b\n?via=c", "not the address"), ("matrix:u/alice:hs.test", "person"), ("matrix:r", "does not lead"),
    ("matrix:r/", "does not lead"), ("matrix:r/a:b/e", "does not lead"), ("matrix:r/a:b/x/c", "does not lead"),
    ("matrix:r/a:b/e/c/d", "does not lead"), ("matrix:q/a:b", "does not lead"), ("matrix:r/a%zz:b", "means nothing"),
    ("matrix:r/%ff:b", "no text"), ("matrix:r/a:b?via=../..", "not the name of a server"),
    ("matrix:r/a:b?via=", "not the name of a server"), ("matrix:event/x:y", "does not lead"),
    ("matrix:roomid/..", "not the address"), ("matrix:r/%23a:b?via=%00", "not the name"),
    ("http://matrix.to/#/#a:b", "Only links"), ("https://matrix.to.evil/#/#a:b", "Only links"),
    ("https://matrix.to@evil/#/#a:b", "Only links"), ("https://matrix.to/#a:b", "Only links"),
    ("https://evil.org/#/#a:b", "Only links"), ("https://matrix.to/#/@alice:hs.test", "person"),
    ("https://matrix.to/#/+group:hs.test", "group"), ("https://matrix.to/#/", "not the address"),
    ("https://matrix.to/#/!x:y/..", "no correct id"), ("https://matrix.to/#/!x:y/logout", "no correct id"),
    ("file:///etc/passwd", "Only links"), ("#" + "x" * 9000 + ":b", "too long"), ("!a\0:b", "not the address"),
    ("%21x%3Ay%2F..%2F..%2Flogout", "not the address"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("via", "words"),
    [(("a.org", "a.org"), "named twice"), (tuple(f"{n}.org" for n in range(MOST_SERVERS + 1)), "10 servers at most")],
)
def test_too_many_servers_and_one_that_is_named_twice_are_two_faults(via, words):
    with pytest.raises(InvalidValue, match=words):
        RoomAddress("#a:b", via)


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[text[:50] for text, _ in REFUSED])
def test_anything_else_is_refused_with_its_reason(text, words):
    with pytest.raises(InvalidValue, match=words) as caught:
        parse_room(text)
    assert caught.value.path == "matrix_room"


def test_links_are_written_encoded():
    room = RoomAddress("#pub/we?ird:hs.test", ("a.org", "[::1]:80"), "$e/1", join=True)
    assert room.uri == "matrix:r/pub%2Fwe%3Fird:hs.test/e/e%2F1?action=join&via=a.org&via=%5B%3A%3A1%5D%3A80"
    assert room.matrix_to == f"https://matrix.to/#/{ENCODED}/%24e%2F1?via=a.org&via=%5B%3A%3A1%5D%3A80"


def test_what_needs_a_server_says_so():
    assert RoomAddress(HASHED).needs_via
    assert not RoomAddress(HASHED, ("a.org",)).needs_via
    assert not RoomAddress("!x:y").needs_via


def test_servers_are_typed_with_commas_or_spaces():
    assert parse_via(" a.org, b.org\nc.org:8448 a.org") == ("a.org", "b.org", "c.org:8448")
    assert parse_via("") == ()
    for text in ("https://a.org", " ".join(f"{n}.org" for n in range(11))):
        with pytest.raises(InvalidValue):
            parse_via(text)


# --- generated ones ----------------------------------------------------------------------------------------------

LABELS = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=12)
SERVERS = st.one_of(
    st.lists(LABELS, min_size=1, max_size=3).map(lambda parts: "x" + ".".join(parts)),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map("[{}]".format),
)
PORTS = st.one_of(st.just(""), st.integers(1, 65535).map(":{}".format))
NAMED = st.builds("{}{}".format, SERVERS, PORTS)
OPAQUE = st.text(st.characters(exclude_characters="\0:", exclude_categories=["Cs"]), min_size=1, max_size=40)
ROOMS = st.one_of(
    st.builds("#{}:{}".format, OPAQUE, NAMED),
    st.builds("!{}:{}".format, OPAQUE, NAMED),
    st.text(string.ascii_letters + string.digits + "-_", min_size=43, max_size=43).map("!{}".format),
)
EVENTS = st.one_of(st.just(""), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1,
                                        max_size=50).map("${}".format))  # fmt: skip
ADDRESSES = st.builds(
    RoomAddress, ROOMS, st.lists(NAMED, unique=True, max_size=MOST_SERVERS).map(tuple), EVENTS, st.booleans()
)


@settings(max_examples=1000, deadline=None)
@given(ADDRESSES)
def test_what_is_written_is_read_again(address):
    assert parse_room(address.uri) == address
    assert parse_room(address.matrix_to) == RoomAddress(address.room, address.via, address.event)
    assert parse_room(address.room) == RoomAddress(address.room)


@settings(max_examples=1000, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_an_address_or_a_sentence(text):
    for start in ("", "#", "!", "matrix:", "matrix:r/", "https://matrix.to/#/"):
        with suppress(InvalidValue):
            parse_room(start + text)


def test_ten_thousand_mangled_addresses_are_read_exactly_or_refused():
    read = 0
    for seed in range(10_000):
        text = mangled(seed)
        try:
            address = parse_room(text)
        except InvalidValue:
            continue
        read += 1
        assert parse_room(address.uri) == address
        assert "/" not in segment(address.room)
    assert 1000 < read < 9000
