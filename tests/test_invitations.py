"""Meeting files and links: what they say, what they can never say, and that nothing hostile gets through."""

import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_openings import FILES, GOOD, LINKS

from pnm_launcher.invitations import LARGEST, Invitation, InvitationRefused, from_file, from_link, read, to_file
from pnm_launcher.meetings import PRACTICE, Meeting, Server

LOCKS = "user_info.user_metadata.lock_settings."
SERVER = Server("s1", "School", "https://meet.school.example", "the-api-key")
WHO = {"user_info.name": "Bo Berg", "user_info.user_id": "bo-1", "user_info.is_admin": True}
MEETING = Meeting("m1", "Maths 9b", "s1", {"room_id": "maths-9b", "user_info.name": "Ana", "user_info.user_id": "ana-1",
                  "user_info.is_admin": True, f"{LOCKS}lock_chat": True}, {"metadata.room_title": "x"},
                  {"primary_color": "#8e24aa", "custom_logo": "https://cdn.example/l.png"}, pinned=True)  # fmt: skip


def test_a_file_is_read():
    found = from_file(json.dumps(GOOD).encode())
    assert found == Invitation("Maths 9b", "https://meet.school.example", "School", "maths-9b",
                               {"primary_color": "#8e24aa"}, {f"{LOCKS}lock_chat": True})  # fmt: skip


def test_a_link_is_read_also_as_browsers_write_it():
    for start in ("pnm-launcher:meeting", "pnm-launcher://meeting", "pnm-launcher://meeting/", "PNM-Launcher:meeting"):
        found = read(f"{start}?server=https://meet.school.example&room=maths-9b&title=Maths%209b&server.name=School"
                     "&design.primary_color=%238e24aa&lock.chat=locked")  # fmt: skip
        assert found == from_file(json.dumps(GOOD).encode())


def test_without_a_title_the_room_is_the_title():
    assert from_link("pnm-launcher:meeting?server=practice&room=r1").title == "r1"


@pytest.mark.parametrize("opened", LINKS, ids=lambda text: ascii(text)[:60])
def test_hostile_things_to_open_are_refused_with_a_sentence(opened, tmp_path):
    with pytest.raises(InvitationRefused) as refused:
        read(opened, str(tmp_path))
    assert len(str(refused.value)) > 30
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("data", FILES, ids=lambda data: ascii(data[:60]))
def test_hostile_files_are_refused_with_a_sentence(data, tmp_path):
    path = tmp_path / "meeting.pnm"
    path.write_bytes(data)
    with pytest.raises(InvitationRefused) as refused:
        read(str(path))
    assert str(refused.value).isprintable()


def test_there_are_as_many_hostile_inputs_as_promised():
    assert len(set(LINKS)) + len({bytes(data) for data in FILES}) >= 150


def test_at_most_a_little_of_a_file_is_read(tmp_path):
    path = tmp_path / "zeros.pnm"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing
    tracemalloc.start()
    with pytest.raises(InvitationRefused, match="too large"):
        read(str(path))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20 * LARGEST < 2_000_000


@pytest.mark.parametrize(
    "slashes",
    ["//", "\\\\", "/\\", "\\/", "\\\\?\\UNC\\", "\\??\\UNC\\", "/??/UNC/", "file:////", "file:///%5C%5C", "file:///%2F",
     "file:///%3F%3F/UNC/", "file://localhost//"],
)  # fmt: skip
def test_a_file_on_another_computer_is_not_even_looked_for(slashes):
    """On Windows, looking sends the user's name there, with what guesses at the password can be tried on."""
    with pytest.raises(InvitationRefused, match="neither"):
        read(f"{slashes}evil.example/share/x.pnm", "/")


def test_what_looks_like_another_place_is_not_looked_up_in_the_folder(tmp_path):
    for name in ("smb:x.pnm", "https:x.pnm"):
        (tmp_path / name).write_text(json.dumps(GOOD))
        with pytest.raises(InvitationRefused, match="neither"):
            read(name, str(tmp_path))
    with pytest.raises(InvitationRefused, match="neither"):
        read(f"/{tmp_path / 'smb:x.pnm'}")


def test_a_secret_in_a_file_is_called_one():
    with pytest.raises(InvitationRefused, match="a secret, “api_secret”"):
        from_file(json.dumps({**GOOD, "api_secret": "hunter2"}).encode())


def test_files_are_found_beside_the_folder_of_the_start_and_by_address(tmp_path):
    path = tmp_path / "with space %41.pnm"
    path.write_text(json.dumps(GOOD))
    assert read(path.name, str(tmp_path)).room_id == "maths-9b"
    assert read(path.as_uri()).room_id == "maths-9b"


def test_who_opens_it_is_always_a_participant():
    meeting = from_file(json.dumps(GOOD).encode()).meeting("s1", WHO)
    assert meeting.join["user_info.is_admin"] is False
    assert (meeting.user_name, meeting.user_id, meeting.server) == ("Bo Berg", "bo-1", "s1")
    assert meeting.join[f"{LOCKS}lock_chat"] is True


def test_locks_cannot_replace_who_somebody_is():
    invitation = from_file(json.dumps(GOOD).encode())
    forged = replace(invitation, locks={"user_info.is_admin": False})
    assert forged.meeting("s1", WHO).join["user_info.is_admin"] is False


def test_an_exported_meeting_says_where_and_never_as_whom():
    data = to_file(MEETING, SERVER)
    for word in (b"ana-1", b"Ana", b"the-api-key", b"is_admin", b"metadata", b"pinned", b'"id"'):
        assert word not in data
    found = from_file(data)
    assert (found.title, found.address, found.room_id) == ("Maths 9b", SERVER.address, "maths-9b")
    assert found.design == MEETING.design
    assert found.locks == {f"{LOCKS}lock_chat": True}
    assert found.hosts == ("cdn.example",)


def test_what_could_not_be_read_back_is_left_out_or_refused():
    bad = replace(MEETING, server=PRACTICE, design={"primary_color": "nonsense", "unknown": "x"})
    assert from_file(to_file(bad, None)) == replace(from_file(to_file(MEETING, SERVER)), address="", server_name="",
                                                   design={})  # fmt: skip
    with pytest.raises(InvitationRefused):
        to_file(replace(MEETING, join={"room_id": "not a room"}), SERVER)


def test_reading_leaves_the_file_alone(tmp_path: Path):
    path = tmp_path / "x.pnm"
    path.write_bytes(to_file(MEETING, SERVER))
    path.chmod(0o400)
    before = path.stat()
    read(str(path))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
