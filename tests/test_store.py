"""The meetings file: what it looks like, what broken files become, and that no save is ever lost or half."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock, Timeout
from hypothesis import given, settings
from hypothesis import strategies as st
from saving_programs import add

from pnm_launcher import book_file, saved_json, store
from pnm_launcher.errors import StoreError, StoreNotSaved, StorePartlyRead, StoreTooNew, StoreUnreadable
from pnm_launcher.meetings import PRACTICE, Book, Design, DesignVersion, Meeting, Server
from pnm_launcher.schema import CREATE, DESIGN, JOIN

SERVER = Server("s1", "Schule", "https://meet.example.org", "key1")
MEETING = Meeting("m1", "Lesson", "s1", {"room_id": "room01", "user_info.name": "Zoë 🎻", "user_info.is_admin": True})
BOOK = Book((SERVER,), (MEETING,))
TEXT = """\
{
  "version": 1,
  "servers": [
    {
      "id": "s1",
      "name": "Schule",
      "address": "https://meet.example.org",
      "api_key": "key1"
    }
  ],
  "meetings": [
    {
      "id": "m1",
      "title": "Lesson",
      "server": "s1",
      "join": {
        "room_id": "room01",
        "user_info.name": "Zoë 🎻",
        "user_info.is_admin": true
      }
    }
  ]
}
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings" / "meetings.json"


@pytest.fixture
def saved(file):
    """The file with one server and one meeting."""
    store.update(file, lambda _: BOOK)
    return file


def write(file, content):
    """Put this content there: bytes, text, or anything that JSON can write."""
    file.parent.mkdir(exist_ok=True)
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def touch(book):
    """A change that changes nothing."""
    return book


def raw(**entries):
    return {"version": 1, "servers": [], "meetings": []} | entries


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestForm:
    def test_is_what_a_person_can_read_and_compare(self, saved):
        assert saved.read_text(encoding="utf-8") == TEXT

    def test_no_file_is_an_empty_book(self, file):
        assert store.load(file) == (Book(), None)
        assert not file.parent.exists()

    def test_only_what_is_not_at_its_default_is_written(self, file):
        meeting = replace(
            MEETING, pinned=True, opener="browser", design={"primary_color": "#0a66c2"}, create={"x": ("a",)}
        )
        server = replace(SERVER, page="https://pages.example.org", ca_file="/etc/ca.pem")
        store.update(file, lambda _: Book((server,), (meeting,)))
        content = json.loads(file.read_text())
        assert list(content["servers"][0]) == ["id", "name", "address", "api_key", "page", "ca_file"]
        assert list(content["meetings"][0]) == ["id", "title", "server", "join", "create", "design", "pinned", "opener"]
        assert content["meetings"][0]["create"] == {"x": ["a"]}

    def test_the_order_is_kept(self, file):
        meetings = tuple(replace(MEETING, id=name) for name in "zam")
        store.update(file, lambda _: Book((), meetings))
        assert [meeting.id for meeting in store.load(file)[0].meetings] == ["z", "a", "m"]

    def test_the_practice_server_is_never_saved(self, file):
        store.update(file, lambda _: Book((replace(SERVER, id=PRACTICE), SERVER)))
        assert [server["id"] for server in json.loads(file.read_text())["servers"]] == ["s1"]

    def test_what_a_newer_version_added_is_kept(self, file):
        odd = {"deep": [1, 2.5, None, {"x": []}]}
        server = {"id": "s1", "name": "S", "address": "https://a.example", "api_key": "k", "colour": odd}
        meeting = {"id": "m1", "title": "T", "server": "s1", "join": {"room_id": "r", "new.path": odd, "n": 0.5,
                                                                              "z": None},
                   "create": {"new": "text"}, "design": ["new form"], "icon": odd, "opener": "phone"}  # fmt: skip
        content = raw(servers=[server], meetings=[meeting], theme=odd)
        write(file, content)
        store.update(file, touch)
        assert json.loads(file.read_text()) == content

    def test_what_a_newer_version_added_survives_changes(self, file):
        write(file, raw(meetings=[{"id": "m1", "title": "T", "server": "s1", "join": {"n": 0.5}, "icon": "bell"}]))
        store.update(
            file, lambda book: book.with_meeting(replace(book.meeting("m1"), title="New", join={"room_id": "r"}))
        )
        (meeting,) = json.loads(file.read_text())["meetings"]
        assert meeting == {
            "id": "m1",
            "title": "New",
            "server": "s1",
            "join": {"room_id": "r", "n": 0.5},
            "icon": "bell",
        }


KEYS = st.text(max_size=8).filter(lambda text: not re.search("secret|passw|token", text, re.IGNORECASE))
KEYS_OF_OTHER = KEYS.map(lambda text: "new " + text)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False, allow_infinity=False)
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
OTHER = st.dictionaries(KEYS_OF_OTHER, JSON, max_size=2)
VALUE = (st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=3).map(tuple)
         | st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2))  # fmt: skip
PATHS = st.sampled_from([row.path for table in (JOIN, CREATE, DESIGN) for row in table]) | KEYS
VALUES = st.dictionaries(PATHS, VALUE, max_size=4)
IDS = st.text(min_size=1, max_size=8).filter(lambda text: text != PRACTICE)
ADDRESS = st.sampled_from(
    ["https://a.example", "https://b.example:8443/pnm", "http://localhost:5080", "https://[2001:db8::1]"]
)
SERVERS = st.builds(Server, IDS, st.text(max_size=8), ADDRESS, st.text(max_size=8), ADDRESS | st.just(""),
                    st.text(max_size=8), OTHER)  # fmt: skip
MEETINGS = st.builds(Meeting, IDS, st.text(max_size=8), st.text(max_size=8), VALUES, VALUES, VALUES, st.booleans(),
                     st.sampled_from(["window", "browser"]), OTHER)  # fmt: skip
VERSIONS = st.lists(st.builds(DesignVersion, st.text(max_size=8), VALUES, st.text(max_size=8), OTHER), max_size=2)
DESIGNS = st.builds(Design, IDS, st.text(max_size=8), VALUES, st.text(max_size=8), st.text(max_size=8),
                    VERSIONS.map(tuple), OTHER)  # fmt: skip
BOOKS = st.builds(
    Book,
    st.lists(SERVERS, max_size=3, unique_by=lambda server: server.id).map(tuple),
    st.lists(MEETINGS, max_size=3, unique_by=lambda meeting: meeting.id).map(tuple),
    st.lists(DESIGNS, max_size=3, unique_by=lambda design: design.id).map(tuple),
    OTHER,
)


class TestDesigns:
    DESIGN = Design("d1", "School", {"primary_color": "#0a66c2"})

    def test_a_file_without_designs_stays_as_it_was(self, saved):
        store.update(saved, lambda book: book.with_design(self.DESIGN))
        store.update(saved, lambda book: book.without_design("d1"))
        assert saved.read_text(encoding="utf-8") == TEXT

    def test_their_form_is_what_a_person_can_read(self, saved):
        changed = self.DESIGN.changed({}, saved="2026-11-21T22:08:00+00:00", note="after the meeting")
        store.update(saved, lambda book: book.with_design(changed))
        content = json.loads(saved.read_text(encoding="utf-8"))
        assert list(content) == ["version", "servers", "meetings", "designs"]
        assert content["designs"] == [
            {"id": "d1", "name": "School", "saved": "2026-11-21T22:08:00+00:00", "note": "after the meeting",
             "values": {}, "versions": [{"values": {"primary_color": "#0a66c2"}}]}
        ]  # fmt: skip
        assert store.load(saved) == (BOOK.with_design(changed), None)

    def test_what_a_newer_version_added_is_kept(self, file):
        odd = {"deep": [1, 2.5, None, {"x": []}]}
        version = {"saved": "x", "values": {"primary_color": "red", "new": odd}, "picture": odd}
        design = {"id": "d1", "name": "N", "values": {"primary_color": "red", "new": odd, "n": 0.5},
                  "versions": [version], "tags": odd}  # fmt: skip
        content = raw(designs=[design])
        write(file, content)
        store.update(file, touch)
        assert json.loads(file.read_text()) == content

    @pytest.mark.parametrize("entry", [5, None, "text", []])
    def test_what_is_none_is_told_and_kept(self, file, entry):
        content = raw(designs=[{"id": "d1", "name": "N", "values": {}}, entry])
        write(file, content)
        book, fault = store.load(file)
        assert ([design.id for design in book.designs], type(fault)) == (["d1"], StorePartlyRead)
        store.update(file, touch)
        assert json.loads(file.read_text()) == content

    @pytest.mark.parametrize("entry", [5, None, "text", []])
    def test_a_version_that_is_none_is_told_and_kept(self, file, entry):
        design = {"id": "d1", "name": "N", "values": {}, "versions": [{"saved": "x", "values": {}}, entry]}
        write(file, raw(designs=[design]))
        book, fault = store.load(file)
        assert (book.designs[0].versions, type(fault)) == ((DesignVersion("x", {}),), StorePartlyRead)
        store.update(file, touch)
        assert json.loads(file.read_text()) == raw(designs=[design])

    def test_a_list_that_is_none_is_told_and_kept(self, file):
        write(file, raw(designs="text"))
        assert type(store.load(file)[1]) is StorePartlyRead
        store.update(file, touch)
        assert json.loads(file.read_text()) == raw(designs=["text"])

    def test_a_secret_written_in_by_hand_is_ignored_and_wiped(self, file):
        write(file, raw(designs=[{"id": "d1", "values": {"access_token": "CANARY"}, "token": "CANARY",
                                  "versions": [{"secret": "CANARY"}, ["x", {"token": "CANARY"}]]}]))  # fmt: skip
        assert "CANARY" not in repr(store.load(file))
        store.update(file, touch)
        assert "CANARY" not in file.read_text()


@settings(max_examples=300, deadline=None)
@given(BOOKS)
def test_what_is_saved_is_what_is_loaded(book):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "meetings.json")
        assert store.update(file, lambda _: book) == book
        assert store.load(file) == (book, None)


class TestParts:
    """Files that are JSON, with something wrong inside: everything else is read, and nothing is lost by saving."""

    @pytest.mark.parametrize(
        "entry",
        [
            5, None, "text", [], ["x"], {"id": "s2", "name": "N", "api_key": "k"},
            {"id": "s2", "name": "N", "address": 5, "api_key": "k"},
            {"id": "s2", "name": "N", "address": "https://evil.example\\@good.example", "api_key": "k"},
            {"id": "s2", "name": "N", "address": "http://plain.example", "api_key": "k"},
            {"id": "s2", "name": "N", "address": "https://a.example", "page": "ftp://b.example", "api_key": "k"},
            {"id": "s2", "name": None, "address": "https://a.example", "api_key": "k"},
            {"id": PRACTICE, "name": "N", "address": "https://a.example", "api_key": "k"},
        ],
    )  # fmt: skip
    def test_a_server_that_cannot_be_used_is_told_and_kept(self, saved, entry):
        content = json.loads(saved.read_text())
        content["servers"].insert(0, entry)
        write(saved, content)
        book, fault = store.load(saved)
        assert book.servers == (SERVER,)
        assert isinstance(fault, StorePartlyRead)
        assert "(1)" in str(fault)
        assert str(saved) in fault.next_step
        store.update(saved, lambda book: book.without_server("s1"))
        assert json.loads(saved.read_text())["servers"] == [entry]

    def test_an_address_is_read_as_strictly_as_a_typed_one(self, file):
        write(file, raw(servers=[{"id": "s", "name": "N", "address": " HTTPS://A.Example:443/x/ ", "api_key": "k"}]))
        assert store.load(file)[0].server("s").address == "https://a.example/x"

    @pytest.mark.parametrize("entry", [5, None, "text", []])
    def test_a_meeting_that_is_none_is_told_and_kept(self, saved, entry):
        content = json.loads(saved.read_text())
        content["meetings"].append(entry)
        write(saved, content)
        book, fault = store.load(saved)
        assert (book.meetings, type(fault)) == ((MEETING,), StorePartlyRead)
        store.update(saved, touch)
        assert json.loads(saved.read_text()) == content

    @pytest.mark.parametrize("table", [5, "text", ["a", "b"], True])
    def test_a_table_that_is_none_is_told_and_kept(self, file, table):
        content = raw(meetings=[{"id": "m1", "title": "T", "server": "s1", "join": table}])
        write(file, content)
        book, fault = store.load(file)
        assert (book.meeting("m1").join, type(fault)) == ({}, StorePartlyRead)
        store.update(file, touch)
        assert json.loads(file.read_text()) == content

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ('"ten"', "ten"), ("true", True), ("-5", -5), ("12.5", "12.5"), ("NaN", "NaN"), ("-Infinity", "-Infinity"),
            ("1e999", "1e999"), ("9" * 5000, "9" * 5000), ("[1, 2]", "[1, 2]"), ('{"a": 1}', '{"a": 1}'),
            ('["a"]', ("a",)),
        ],
    )  # fmt: skip
    def test_a_wrong_value_of_a_field_stays_for_the_form_to_show(self, file, written, read):
        write(file, f'{{"meetings": [{{"id": "m1", "create": {{"max_participants": {written}, "room_id": "r"}}}}]}}')
        book, fault = store.load(file)
        assert (book.meeting("m1").create, fault) == ({"max_participants": read, "room_id": "r"}, None)
        store.update(file, touch)
        assert store.load(file)[0] == book

    def test_a_null_is_an_unset_field(self, file):
        write(file, raw(meetings=[{"id": "m1", "join": {"room_id": None}}]))
        assert store.load(file)[0].meeting("m1").join == {}

    def test_wrong_sorts_of_value_become_the_default_or_text(self, file):
        content = {"id": 5, "title": 7, "server": ["x"], "pinned": "yes", "opener": ["phone"]}
        write(file, raw(meetings=[content]))
        (meeting,) = store.load(file)[0].meetings
        assert meeting == Meeting("meeting-1", "7", '["x"]', {}, other={"pinned": "yes", "opener": ["phone"]})
        store.update(file, lambda book: book.with_meeting(replace(meeting, pinned=True)))
        (meeting,) = json.loads(file.read_text())["meetings"]
        assert (meeting["pinned"], meeting["opener"]) == (True, ["phone"])

    def test_ids_are_unique_and_the_same_at_each_reading(self, file):
        meetings = [{"id": name, "title": str(n)} for n, name in enumerate(["a", "a", "", None, "a", "a-2"])]
        server = {"name": "N", "address": "https://a.example", "api_key": "k"}
        write(file, raw(meetings=meetings, servers=[server | {"id": "x"}, server | {"id": "x"}]))
        book, fault = store.load(file)
        assert fault is None
        assert [meeting.title for meeting in book.meetings] == ["0", "1", "2", "3", "4", "5"]
        assert len({meeting.id for meeting in book.meetings}) == 6
        assert [server.id for server in book.servers] == ["x", "x-2"]
        assert store.load(file)[0] == book
        assert store.update(file, touch) == book

    @pytest.mark.parametrize("version", [1, 0, -1, "1", "2", None, True, [], {}])
    def test_an_odd_version_does_not_stop_the_reading(self, saved, version):
        write(saved, json.loads(TEXT) | {"version": version})
        assert store.load(saved) == (BOOK, None)

    def test_lists_that_are_none_are_told_and_kept(self, file):
        write(file, {"servers": {"id": "x"}, "meetings": "text"})
        book, fault = store.load(file)
        assert (book.servers, book.meetings, type(fault)) == ((), (), StorePartlyRead)
        store.update(file, touch)
        assert json.loads(file.read_text()) == raw(servers=[{"id": "x"}], meetings=["text"])

    def test_odd_characters_survive(self, file):
        write(file, b'\xef\xbb\xbf{"meetings": [{"id": "m1", "title": "\\ud800 \\u0000 \\u202e \xf0\x9f\x8e\xbb"}]}')
        book, fault = store.load(file)
        assert (book.meeting("m1").title, fault) == ("\ud800 \0 \u202e 🎻", None)
        store.update(file, touch)
        assert store.load(file) == (book, None)

    @pytest.mark.parametrize("name", ["secret", "API_SECRET", "apiSecret", "password", "access_token", "Passwort"])
    def test_a_secret_written_in_by_hand_is_ignored_and_wiped(self, file, name):
        content = raw(
            servers=[
                {"id": "s", "name": "N", "address": "https://a.example", "api_key": "k", name: "CANARY"},
                {name: "CANARY"},
            ],
            meetings=[
                {"id": "m", "join": {name: "CANARY", "room_id": "r"}, "other": [{name: ["CANARY"]}], name: "CANARY"}
            ],
        )
        write(file, content | {name: {"x": "CANARY"}, "deep": [[{name: "CANARY"}]]})
        assert "CANARY" not in repr(store.load(file))
        store.update(file, touch)
        assert [path.name for path in file.parent.iterdir() if b"CANARY" in path.read_bytes()] == []

    def test_extra_data_may_have_any_names(self, file):
        values = {"user_info.user_metadata.extra_data": {"token": "of the lottery"}}
        store.update(file, lambda _: Book((), (replace(MEETING, join=values),)))
        assert store.load(file)[0].meeting("m1").join == values

    def test_no_field_of_the_table_looks_like_a_secret(self):
        paths = [row.path for table in (JOIN, CREATE, DESIGN) for row in table]
        assert [path for path in paths if book_file._SECRET.search(path)] == []


DAMAGED = {
    "empty": (b"", "empty"), "white space": (b" \n\n", "empty"), "NULs": (b"\0" * 4096, "empty"),
    "cut": (TEXT.encode()[:100], "damaged"), "binary": (bytes(range(256)) * 8, "damaged"),
    "text": (b"hello", "damaged"),
    "two": ((TEXT * 2).encode(), "damaged"), "NULs at the end": (TEXT.encode() + b"\0" * 100, "damaged"),
    "Latin-1": (TEXT.encode("latin-1", "replace").replace(b"?", b"\xe9"), "damaged"), "null": (b"null", "damaged"),
    "deep list": (b"[" * 100_000, "damaged"), "deep": (b'{"a":' * 900 + b"1" + b"}" * 900, "damaged"),
    "fifty deep": (b'{"x":' + b"[" * 50 + b"]" * 50 + b"}", "damaged"), "list": (b"[]", "something else"),
    "number": (b"5", "something else"), "large": (b'{"x": "' + b"y" * 1_048_576 + b'"}', "1 MiB"),
    "huge": (b" " * 20_000_000, "1 MiB"),
}  # fmt: skip


class TestDamaged:
    @pytest.mark.parametrize(("content", "words"), DAMAGED.values(), ids=DAMAGED)
    def test_the_file_is_set_aside_and_the_program_goes_on(self, file, content, words):
        write(file, content)
        book, fault = store.load(file)
        assert (book, type(fault)) == (Book(), StoreUnreadable)
        assert words in str(fault)
        (copy,) = file.parent.glob("*.bad-*")
        assert re.fullmatch(r"meetings\.json\.bad-\d{8}T\d{6}Z", copy.name)
        assert str(copy) in fault.next_step
        assert copy.read_bytes() == content
        assert store.load(file) == (Book(), None)
        store.update(file, lambda _: BOOK)
        assert store.load(file) == (BOOK, None)

    def test_no_copy_replaces_an_older_one(self, file):
        for number in range(3):
            write(file, f"broken {number}")
            assert isinstance(store.load(file)[1], StoreUnreadable)
        assert sorted(copy.read_text() for copy in file.parent.glob("*.bad-*")) == ["broken 0", "broken 1", "broken 2"]

    def test_a_change_of_a_file_that_broke_meanwhile_is_told_once(self, saved):
        write(saved, "broken")
        with pytest.raises(StoreUnreadable, match="damaged"):
            store.update(saved, lambda _: BOOK)
        assert [copy.read_text() for copy in saved.parent.glob("*.bad-*")] == ["broken"]
        assert store.update(saved, lambda _: BOOK) == BOOK

    def test_where_it_cannot_be_set_aside_it_stays(self, file):
        write(file, "broken")
        with mode(file.parent, 0o500):
            fault = store.load(file)[1]
        assert isinstance(fault, StoreUnreadable)
        assert str(file) in fault.next_step
        assert file.read_text() == "broken"

    def test_one_that_another_program_has_just_mended_is_not_set_aside(self, saved):
        assert store._mended_or_aside(saved, saved_json.NotABook("the file is damaged")) == (BOOK, None)
        assert names(saved.parent) == ["meetings.json", "meetings.json.lock"]

    def test_the_start_does_not_wait_for_another_program(self, file):
        write(file, "broken")
        with locked(file):
            start = time.monotonic()
            assert isinstance(store.load(file)[1], StoreUnreadable)
            assert time.monotonic() - start < 1
        assert file.read_text() == "broken"


class TestNewer:
    @pytest.mark.parametrize("version", [2, 99, 1.5])
    def test_a_file_of_a_newer_version_is_never_touched(self, file, version):
        write(file, {"version": version, "meetings": "another form"})
        before = file.read_bytes(), file.stat().st_ino
        book, fault = store.load(file)
        assert (book, type(fault)) == (Book(), StoreTooNew)
        assert str(file) in fault.next_step
        with pytest.raises(StoreTooNew):
            store.update(file, lambda _: BOOK)
        assert (file.read_bytes(), file.stat().st_ino) == before
        assert names(file.parent) == ["meetings.json", "meetings.json.lock"]


def make_pipe(file):
    os.mkfifo(file)


def make_device(file):
    file.symlink_to("/dev/zero")


def make_folder(file):
    file.mkdir()


def make_socket(file):
    here = Path.cwd()
    os.chdir(file.parent)  # a socket's path has at most 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(file.name)
    finally:
        os.chdir(here)


class TestInItsPlace:
    @pytest.mark.parametrize("make", [make_pipe, make_device, make_folder, make_socket])
    def test_what_is_no_file_is_refused_without_hanging(self, file, make):
        file.parent.mkdir()
        make(file)
        before = file.lstat()
        start = time.monotonic()
        book, fault = store.load(file)
        assert (book, type(fault)) == (Book(), StoreUnreadable)
        with pytest.raises(StoreNotSaved):
            store.update(file, lambda _: BOOK)
        assert time.monotonic() - start < 2
        assert (file.lstat().st_mode, file.lstat().st_ino) == (before.st_mode, before.st_ino)

    def test_a_link_stays_and_its_target_is_written(self, file, tmp_path):
        target = tmp_path / "elsewhere" / "real.json"
        target.parent.mkdir()
        file.parent.mkdir()
        file.symlink_to(target)
        assert store.load(file) == (Book(), None)
        store.update(file, lambda _: BOOK)
        assert file.is_symlink()
        assert target.read_text(encoding="utf-8") == TEXT
        assert store.load(file) == (BOOK, None)
        assert names(file.parent) == ["meetings.json"]

    def test_a_link_to_itself_is_refused(self, file):
        file.parent.mkdir()
        file.symlink_to(file)
        assert isinstance(store.load(file)[1], StoreUnreadable)
        with pytest.raises(StoreNotSaved):
            store.update(file, lambda _: BOOK)

    def test_a_file_in_the_place_of_the_folder_is_refused(self, tmp_path):
        (tmp_path / "settings").write_text("a file")
        file = tmp_path / "settings" / "meetings.json"
        assert isinstance(store.load(file)[1], StoreUnreadable)
        with pytest.raises(StoreNotSaved):
            store.update(file, lambda _: BOOK)


class TestRights:
    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
    def test_nobody_else_can_read_it(self, tmp_path, umask):
        file = tmp_path / "a" / "b" / "meetings.json"
        old = os.umask(umask)
        try:
            store.update(file, lambda _: BOOK)
        finally:
            os.umask(old)
        rights = [stat.S_IMODE(place.stat().st_mode) for place in (file.parent.parent, file.parent, file)]
        assert [oct(right) for right in rights] == ["0o700", "0o700", "0o600"]
        assert stat.S_IMODE(file.with_name("meetings.json.lock").stat().st_mode) == 0o600

    def test_a_folder_that_was_there_keeps_its_rights(self, file):
        file.parent.mkdir(mode=0o755)
        store.update(file, lambda _: BOOK)
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o755

    def test_a_file_that_may_not_be_read_is_neither_moved_nor_overwritten(self, saved):
        with mode(saved, 0):
            book, fault = store.load(saved)
            assert (book, type(fault)) == (Book(), StoreUnreadable)
            with pytest.raises(StoreNotSaved, match="denied"):
                store.update(saved, lambda _: Book())
        assert store.load(saved) == (BOOK, None)
        assert names(saved.parent) == ["meetings.json", "meetings.json.lock"]

    def test_a_read_only_folder_is_told_and_named(self, saved):
        with mode(saved.parent, 0o500):
            assert store.load(saved) == (BOOK, None)
            with pytest.raises(StoreNotSaved) as caught:
                store.update(saved, lambda _: Book())
        assert "Permission denied" in str(caught.value)
        assert str(saved.parent) in caught.value.next_step
        assert store.load(saved) == (BOOK, None)


class TestFailedSave:
    def test_a_full_disk_leaves_the_old_file(self, saved):
        book = replace(BOOK, meetings=(replace(MEETING, title="x" * 20_000),))
        with files_of_at_most(8192), pytest.raises(StoreNotSaved, match="too large"):
            store.update(saved, lambda _: book)
        assert store.load(saved) == (BOOK, None)
        assert names(saved.parent) == ["meetings.json", "meetings.json.lock"]
        assert store.update(saved, lambda _: book) == book

    def test_a_book_that_could_not_be_read_again_is_not_written(self, saved):
        large = replace(MEETING, join={"x": "y" * 1_048_576})
        with pytest.raises(StoreNotSaved, match="1 MiB"):
            store.update(saved, lambda book: book.with_meeting(large))
        assert store.load(saved) == (BOOK, None)

    def test_a_change_that_fails_leaves_the_old_file_and_no_lock(self, saved):
        with pytest.raises(ZeroDivisionError):
            store.update(saved, lambda _: 1 / 0)
        assert store.update(saved, touch) == BOOK

    def test_another_program_that_holds_the_lock_is_waited_for_in_bounds(self, saved):
        start = time.monotonic()
        with locked(saved), pytest.raises(StoreNotSaved, match="another program"):
            store.update(saved, lambda _: Book())
        assert 5 <= time.monotonic() - start < 6.5
        assert store.load(saved) == (BOOK, None)

    def test_reading_needs_no_lock(self, saved):
        with locked(saved):
            assert store.load(saved) == (BOOK, None)

    @pytest.mark.parametrize("content", [b"", b"12345\nother-host\n", b"\0garbage\xff"])
    def test_a_lock_file_left_by_a_crash_does_not_lock_anybody_out(self, saved, content):
        saved.with_name("meetings.json.lock").write_bytes(content)
        assert store.update(saved, touch) == BOOK

    def test_only_old_temporary_files_of_our_own_are_removed(self, saved):
        old, new, foreign = (
            saved.with_name(f"meetings.json.{name}.tmp") for name in ("0123abcd", "4567cdef", "backup")
        )
        for path in (old, new, foreign):
            path.touch()
        hours_ago = time.time() - 3700
        os.utime(old, (hours_ago, hours_ago))
        os.utime(foreign, (hours_ago, hours_ago))
        store.update(saved, touch)
        assert [path.exists() for path in (old, new, foreign)] == [False, True, True]


BROKEN = json.dumps(
    raw(
        servers=[{"id": "s1", "name": "Schule", "address": "https://meet.example.org", "api_key": "k", "page": ""}],
        meetings=[{"id": f"m{n}", "title": "T", "server": "s1", "join": {"room_id": "r", "user_info.is_admin": True},
                   "create": {"max_participants": 5}, "design": {}, "pinned": False, "opener": "browser"}
                  for n in range(2)],
        designs=[{"id": "d1", "name": "N", "values": {"primary_color": "red"}, "note": "n", "saved": "s",
                  "versions": [{"saved": "s", "values": {"custom_logo": "x"}, "note": ""}]}],
    ), indent=1,
).encode()  # fmt: skip
PIECES = st.binary(max_size=12) | st.sampled_from(
    [
        b"[",
        b"]",
        b"{",
        b"}",
        b'"',
        b",",
        b":",
        b"\\",
        b"\\u",
        b"null",
        b"NaN",
        b"1e999",
        b"9" * 400,
        b"[" * 60,
        b"\0",
        b"\xff",
    ]
)
CHANGES = st.lists(st.tuples(st.integers(0, len(BROKEN)), st.integers(0, 40), PIECES), min_size=1, max_size=4)


def loads_and_saves(content):
    """Whatever is in the file, it loads; whatever was read can be saved, and is then read in the same way."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "meetings.json")
        file.write_bytes(content)
        book, fault = store.load(file)
        assert isinstance(book, Book)
        assert fault is None or (isinstance(fault, StoreError) and str(fault) and fault.next_step)
        if isinstance(fault, StoreTooNew):
            assert file.read_bytes() == content
            return
        assert store.update(file, touch) == book
        assert store.load(file)[0] == book
        kept = [path.read_bytes() for path in file.parent.glob("*.bad-*")]
        assert kept == ([content] if isinstance(fault, StoreUnreadable) else [])


@settings(max_examples=600, deadline=None)
@given(CHANGES)
def test_a_file_changed_anywhere_always_loads(changes):
    content = BROKEN
    for start, length, piece in changes:
        content = content[:start] + piece + content[start + length :]
    loads_and_saves(content)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.lists(st.integers(0, 9), max_size=4), JSON), min_size=1, max_size=4))
def test_a_file_with_any_wrong_values_always_loads(changes):
    content = json.loads(BROKEN)
    for way, value in changes:
        place, last = {"": content}, ""
        for step in way:
            if not isinstance(place[last], dict | list) or not place[last]:
                break
            place = place[last]
            last = list(place)[step % len(place)] if isinstance(place, dict) else step % len(place)
        place[last] = value
        content = place[""] if "" in place and last == "" else content
    loads_and_saves(json.dumps(content).encode())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_a_file_of_anything_always_loads(content):
    loads_and_saves(content)


PROGRAMS = Path(__file__).with_name("saving_programs.py")


def start(*arguments):
    command = [sys.executable, str(PROGRAMS), *map(str, arguments)]
    places = [str(PROGRAMS.parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(places)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_killing_the_program_200_times_while_it_saves_loses_nothing(tmp_path):
    programs = [start("killed", tmp_path / name, 50) for name in "abcd"]
    ended = [line.split() for program in programs for line in program.communicate(timeout=100)[0].splitlines()]
    assert len(ended) == 200
    halves = 0
    for folder, acknowledged in ended:
        file = Path(folder, "meetings.json")
        book, fault = store.load(file)
        assert fault is None
        assert int(book.meeting("m1").title) in (int(acknowledged), int(acknowledged) + 1)
        halves += len(list(file.parent.glob("*.tmp")))
        assert store.update(file, touch) == book  # no lock is left behind
    assert halves > 5, "hardly any kill hit a save, so that this test shows nothing"


def test_two_programs_that_save_at_once_200_times_lose_nothing(file):
    programs = [start("add", file, name, 200) for name in ("a", "b")]
    for program in programs:
        program.communicate(timeout=100)
    assert [program.returncode for program in programs] == [0, 0]
    saved = [meeting.id for meeting in store.load(file)[0].meetings]
    for name in ("a", "b"):
        assert [one for one in saved if one[0] == name] == [f"{name}{number}" for number in range(200)]
    assert len(saved) == 400


def test_threads_of_one_program_lose_nothing_either(file):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: add(str(file), name, "10"), "abcd"))
    assert len(store.load(file)[0].meetings) == 40


def test_reading_while_another_program_saves_always_finds_a_whole_book(file):
    sizes = []
    with start("add", file, "a", 100) as writer:
        while writer.poll() is None:
            book, fault = store.load(file)
            assert fault is None
            sizes.append(len(book.meetings))
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 10
    assert len(store.load(file)[0].meetings) == 100


def test_a_folder_that_windows_lets_nobody_write_is_not_taken_for_another_program(file, monkeypatch):
    """There `filelock` tries until its time is up, and says that somebody holds the lock (its `_windows.py`)."""

    def wait(lock, **_):
        raise Timeout(lock.lock_file)

    monkeypatch.setattr(FileLock, "acquire", wait)
    with pytest.raises(StoreNotSaved, match="Permission denied"):
        store.update(file, lambda _: BOOK)
    Path(f"{file}.lock").touch()
    with pytest.raises(StoreNotSaved, match="busy"):
        store.update(file, lambda _: BOOK)


def test_loading_brings_in_nothing_heavy():
    code = """
import sys
from pathlib import Path
from pnm_launcher import store
store.load(Path("/nonexistent/meetings.json"))
heavy = ("filelock", "platformdirs", "requests", "keyring", "tinycss2", "pnm_launcher.schema")
print([name for name in heavy if name in sys.modules])
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


@contextmanager
def mode(path, rights):
    before = stat.S_IMODE(path.stat().st_mode)
    path.chmod(rights)
    try:
        yield
    finally:
        path.chmod(before)


@contextmanager
def files_of_at_most(size):
    """As on a full disk, the kernel refuses to make a file longer."""
    import resource  # not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def locked(file):
    """Another program is saving, and takes its time."""
    code = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print(flush=True)
sys.stdin.read()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, f"{file}.lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        process.stdout.readline()
        try:
            yield
        finally:
            process.stdin.close()
