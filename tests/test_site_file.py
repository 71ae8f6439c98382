"""What an organisation presets: read strictly, put back whenever it was changed, and never a secret."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pnm_launcher import ownership, site_file
from pnm_launcher.meetings import Book, Meeting
from pnm_launcher.site_file import Site, SiteFileRefused, load

WHO = {"user_info.name": "Bo", "user_info.user_id": "bo-1"}
GOOD = {
    "format": "pnm-launcher site",
    "version": 1,
    "servers": [{"id": "school", "name": "Our school", "address": "https://meet.school.example/", "api_key": "key"}],
    "designs": [{"id": "house", "name": "House colours", "values": {"primary_color": "#8e24aa"}}],
    "meetings": [{"id": "staff", "title": "Staff room", "server": "school",
                  "join": {"room_id": "staff", "user_info.is_admin": True},
                  "create": {"metadata.room_title": "Staff room", "max_participants": 60}}],
    "fixed": {"create.metadata.room_features.recording_features.is_allow": False},
    "updates": "https://downloads.school.example/launcher.json",
}  # fmt: skip
RECORDING = "metadata.room_features.recording_features.is_allow"


def site(tmp_path: Path, **changes: object) -> Site:
    path = tmp_path / "site.json"
    path.write_text(json.dumps({**GOOD, **changes}))
    return load(path)


def test_without_a_file_everything_is_the_users(tmp_path):
    assert load(tmp_path / "nothing.json") == Site()
    book = Book(meetings=(Meeting("m", "Mine", "practice", {"room_id": "a"}),))
    assert Site().applied(book, lambda _: WHO) == book


def test_the_example_of_the_documentation_is_good(tmp_path):
    text = (Path(__file__).parents[1] / "docs" / "managed.md").read_text("utf-8")
    path = tmp_path / "site.json"
    path.write_text(text.split("```json\n")[1].split("```")[0], "utf-8")
    assert load(path).servers[0].name == "Our school"


def test_presets_come_into_an_empty_list_with_the_users_own_name(tmp_path):
    book = site(tmp_path).applied(Book(), lambda _: WHO)
    assert [(each.id, each.address) for each in book.servers] == [("site-school", "https://meet.school.example")]
    assert [each.name for each in book.designs] == ["House colours"]
    (meeting,) = book.meetings
    assert (meeting.user_name, meeting.server, meeting.create["max_participants"]) == ("Bo", "site-school", 60)


def test_what_the_site_says_is_put_back_and_the_rest_stays(tmp_path):
    preset = site(tmp_path)
    book = preset.applied(Book(), lambda _: WHO)
    mine = replace(book.meetings[0], title="Changed", pinned=True,
                   join={**book.meetings[0].join, "room_id": "other", "user_info.name": "Bob"},
                   create={"max_participants": 5, "empty_timeout": 300})  # fmt: skip
    (after,) = preset.applied(book.with_meeting(mine), lambda _: {}).meetings
    assert (after.title, after.room_id, after.create["max_participants"]) == ("Staff room", "staff", 60)
    assert (after.user_name, after.pinned, after.create["empty_timeout"]) == ("Bob", True, 300)


def test_applying_twice_changes_nothing_more(tmp_path):
    preset = site(tmp_path)
    once = preset.applied(Book(), lambda _: WHO)
    assert preset.applied(once, lambda _: {"user_info.name": "Other"}) == once


def test_fixed_values_hold_for_the_users_own_meetings_too(tmp_path):
    own = Meeting("m", "Mine", "practice", {"room_id": "a"}, {RECORDING: True})
    book = site(tmp_path).applied(Book(meetings=(own,)), lambda _: WHO)
    assert all(meeting.create[RECORDING] is False for meeting in book.meetings)


def test_a_byte_order_mark_of_windows_editors_is_no_fault(tmp_path):
    path = tmp_path / "site.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert load(path).meetings


BAD = {
    "secret": {"servers": [{**GOOD["servers"][0], "secret": "abc"}]},
    "api secret": {"api_secret": "abc"},
    "unknown key": {"colour": "red"},
    "other format": {"format": "pnm-launcher meeting"},
    "newer version": {"version": 2},
    "servers no list": {"servers": {"id": "a"}},
    "server no object": {"servers": ["a"]},
    "server without key": {"servers": [{"id": "a", "name": "A", "address": "https://a.example"}]},
    "http server": {"servers": [{**GOOD["servers"][0], "address": "http://a.example"}]},
    "page of nonsense": {"servers": [{**GOOD["servers"][0], "page": "javascript:x"}]},
    "meeting elsewhere": {"meetings": [{**GOOD["meetings"][0], "server": "other"}]},
    "meeting without room": {"meetings": [{**GOOD["meetings"][0], "join": {}}]},
    "meeting with a name": {"meetings": [{**GOOD["meetings"][0], "join": {"room_id": "a", "user_info.name": "X"}}]},
    "unknown field": {"meetings": [{**GOOD["meetings"][0], "create": {"nothing": 1}}]},
    "wrong kind": {"meetings": [{**GOOD["meetings"][0], "create": {"max_participants": "many"}}]},
    "bad colour": {"designs": [{"id": "a", "name": "A", "values": {"primary_color": "url(x)"}}]},
    "fixed nothing": {"fixed": {"create.nothing": True}},
    "fixed no table": {"fixed": {"secret": True}},
    "fixed room": {"fixed": {"join.room_id": "a"}},
    "fixed person": {"fixed": {"join.user_info.user_id": "a"}},
    "fixed float": {"fixed": {"create.max_participants": 1.5}},
    "updates by http": {"updates": "http://a.example/x.json"},
    "updates no text": {"updates": 1},
    "direction marks": {"meetings": [{**GOOD["meetings"][0], "title": "a\u202eb"}]},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_faulty_file_is_refused_whole_with_a_reason(changes, tmp_path):
    with pytest.raises(SiteFileRefused) as refused:
        site(tmp_path, **changes)
    assert str(refused.value).isprintable()
    assert "abc" not in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b'{"format": 1, "format": 1}', b"[" * 100_000, b"x" * 2**21],  # noqa: E501
                         ids=["empty", "list", "half", "bytes", "twice", "deep", "large"])  # fmt: skip
def test_what_is_no_site_file_is_refused(data, tmp_path):
    (tmp_path / "site.json").write_bytes(data)
    with pytest.raises(SiteFileRefused):
        load(tmp_path / "site.json")


def test_a_file_that_everybody_may_write_is_refused(tmp_path):
    path = tmp_path / "site.json"
    path.write_text(json.dumps(GOOD))
    path.chmod(0o666)
    with pytest.raises(SiteFileRefused, match="everybody"):
        load(path)


@pytest.mark.parametrize("administrators", [True, False])
def test_on_windows_where_everybody_may_make_the_file_its_owner_decides(tmp_path, monkeypatch, administrators):
    path = tmp_path / "site.json"
    path.write_text(json.dumps(GOOD))
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(ownership, "belongs_to_administrators", lambda file: administrators and file == path)
    if administrators:
        assert load(path).servers
        return
    with pytest.raises(SiteFileRefused, match="everybody"):
        load(path)


def test_the_place_is_for_all_users(monkeypatch):
    assert site_file.path() == Path("/etc/pnm-launcher/site.json")
    monkeypatch.setattr("sys.platform", "darwin")
    assert site_file.path() == Path("/Library/Application Support/pnm-launcher/site.json")
