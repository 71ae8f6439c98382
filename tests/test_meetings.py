"""`meetings`: the book and its changes, and user ids made from names."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.errors import UnknownDesign, UnknownMeeting, UnknownServer
from pnm_launcher.meetings import MOST_VERSIONS, Book, Design, DesignVersion, Meeting, Server, new_id, user_id_for
from pnm_launcher.schema import USER_ID

SCHOOL = Server("s1", "School", "https://meet.school.example", "key1")
CHOIR = Server("s2", "Chœur", "https://choir.example/pnm", "key2", page="https://pages.example")
LESSON = Meeting("m1", "Lesson", "s1", {"room_id": "room01"})
REHEARSAL = Meeting("m2", "Répétition", "s2", {})
BLUE = Design("d1", "Bleu d’Évian", {"primary_color": "#0a66c2"}, "first", "2026-11-21T22:08:00+00:00")
RED = Design("d2", "Red", {})
BOOK = Book((SCHOOL, CHOIR), (LESSON, REHEARSAL), (BLUE, RED), {"theme": "dark"})


class TestUserId:
    @given(st.text())
    def test_is_always_one_that_the_server_takes(self, name):
        USER_ID.check(user_id_for(name), "user_info.user_id")

    @pytest.mark.parametrize(
        "name",
        [
            "user_1",
            "RECORDER_BOT",
            "RTMP_BOT",
            "sip_",
            "ingres_x",
            "pnm_agent-1",
            "x-native",
            "a-FIELD_b",
            "",
            "名前",
            "-",
        ],
    )
    def test_avoids_what_the_server_reserves(self, name):
        USER_ID.check(user_id_for(name), "user_info.user_id")

    def test_is_readable(self):
        assert user_id_for("  Zoë Müller-Lüdenscheidt ").startswith("zoe-muller-ludenscheidt-")
        assert user_id_for("名前").startswith("guest-")
        assert user_id_for("x" * 300).startswith("x" * 40 + "-")

    def test_keeps_people_of_one_name_apart(self):
        assert len({user_id_for("Ana") for _ in range(50)}) == 50


def test_new_ids_differ():
    assert len({new_id() for _ in range(1000)}) == 1000


class TestServer:
    def test_its_secret_belongs_to_key_and_address(self):
        assert SCHOOL.account == "key1@https://meet.school.example"
        assert replace(SCHOOL, name="Other", id="s9").account == SCHOOL.account

    def test_the_page_is_at_the_address_unless_told(self):
        assert SCHOOL.page_base == "https://meet.school.example"
        assert CHOIR.page_base == "https://pages.example"

    def test_what_a_newer_version_saved_makes_it_no_other_kind_of_key(self):
        assert hash(replace(SCHOOL, other={"colour": "blue"})) == hash(SCHOOL)


class TestMeeting:
    def test_knows_its_room(self):
        assert (LESSON.room_id, REHEARSAL.room_id) == ("room01", "")

    def test_opens_in_the_window_unless_told(self):
        assert (LESSON.opener, LESSON.pinned) == ("window", False)


class TestDesign:
    def test_a_change_keeps_the_state_before(self):
        changed = BLUE.changed({"primary_color": "red"}, saved="2026-11-22T08:00:00+00:00", note="second")
        assert (changed.values, changed.note, changed.saved) == (
            {"primary_color": "red"}, "second", "2026-11-22T08:00:00+00:00"
        )  # fmt: skip
        assert changed.versions == (DesignVersion("2026-11-21T22:08:00+00:00", BLUE.values, "first"),)
        assert (changed.id, changed.name, BLUE.versions) == ("d1", BLUE.name, ())

    def test_the_newest_versions_are_kept(self):
        design = RED
        for number in range(MOST_VERSIONS + 5):
            design = design.changed({}, saved=str(number))
        assert [version.saved for version in design.versions] == [
            str(number) for number in range(MOST_VERSIONS + 3, 3, -1)
        ]


class TestBook:
    @pytest.mark.parametrize("name", ["d1", "bleu d’évian", "BLEU D’ÉVIAN"])
    def test_finds_a_design_by_id_or_name(self, name):
        assert BOOK.design(name) is BLUE

    @pytest.mark.parametrize("name", ["", "bleu", "m1"])
    def test_says_which_design_it_has_not(self, name):
        with pytest.raises(UnknownDesign, match=f"“{name}”"):
            BOOK.design(name)

    def test_puts_changes_and_leaves_out_designs_as_it_does_meetings(self):
        renamed = replace(BLUE, name="Blue")
        assert BOOK.with_design(renamed, 1).designs == (renamed, RED)
        assert [design.id for design in BOOK.with_design(replace(RED, id="d3"), 0).designs] == ["d3", "d1", "d2"]
        assert BOOK.without_design("d1").designs == (RED,)
        assert BOOK.without_design("d9") == BOOK

    @pytest.mark.parametrize("name", ["s2", "chœur", "CHŒUR", "https://choir.example/pnm"])
    def test_finds_a_server_by_id_name_or_address(self, name):
        assert BOOK.server(name) is CHOIR

    @pytest.mark.parametrize("name", ["", "s", "choir"])
    def test_says_which_server_it_has_not(self, name):
        with pytest.raises(UnknownServer, match=f"“{name}”"):
            BOOK.server(name)

    @pytest.mark.parametrize("name", ["m2", "répétition", "RÉPÉTITION"])
    def test_finds_a_meeting_by_id_or_title(self, name):
        assert BOOK.meeting(name) is REHEARSAL

    def test_says_which_meeting_it_has_not(self):
        with pytest.raises(UnknownMeeting, match="“s1”"):
            BOOK.meeting("s1")

    def test_puts_a_new_one_at_the_end(self):
        assert [m.id for m in BOOK.with_meeting(replace(LESSON, id="m3")).meetings] == ["m1", "m2", "m3"]
        assert [s.id for s in BOOK.with_server(replace(SCHOOL, id="s3")).servers] == ["s1", "s2", "s3"]

    @pytest.mark.parametrize(
        ("position", "order"), [(0, "m3 m1 m2"), (1, "m1 m3 m2"), (2, "m1 m2 m3"), (9, "m1 m2 m3")]
    )
    def test_puts_a_new_meeting_where_it_was_told(self, position, order):
        assert [m.id for m in BOOK.with_meeting(replace(LESSON, id="m3"), position).meetings] == order.split()

    def test_a_changed_one_stays_in_its_place(self):
        changed = replace(LESSON, title="Changed")
        assert BOOK.with_meeting(changed, 1).meetings == (changed, REHEARSAL)
        renamed = replace(SCHOOL, name="Renamed")
        assert BOOK.with_server(renamed).servers == (renamed, CHOIR)

    def test_leaves_out_what_is_removed(self):
        assert BOOK.without_meeting("m1").meetings == (REHEARSAL,)
        assert BOOK.without_server("s2").servers == (SCHOOL,)

    def test_removing_what_is_not_there_changes_nothing(self):
        assert BOOK.without_meeting("m9").without_server("s9") == BOOK

    def test_no_change_touches_the_old_book_or_what_a_newer_version_saved(self):
        before = Book(BOOK.servers, BOOK.meetings, BOOK.designs, dict(BOOK.other))
        changed = BOOK.without_meeting("m1").with_meeting(replace(LESSON, id="m3")).without_server("s1")
        assert before == BOOK
        assert changed.other == {"theme": "dark"}
