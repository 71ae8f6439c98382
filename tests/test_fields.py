"""What a table can do: find rows, check values, build the JSON body."""

import json

import pytest

from pnm_launcher.errors import InvalidValue, UnknownField
from pnm_launcher.fields import Field, Schema, Section
from pnm_launcher.kinds import Number, Pairs, Text, Toggle, Words
from pnm_launcher.schema import CREATE, DESIGN, JOIN
from pnm_launcher.values import to_value

TABLE = Schema(
    "table",
    (
        Section.at("", "Top", Field("name", "Name", Text(), required=True)),
        Section.at(
            "deep.down",
            "Deep",
            Field("on", "On", Toggle(), True),
            Field("maybe", "Maybe", Toggle()),
            Field("count", "Count", Number()),
            Field("words", "Words", Words()),
            Field("pairs", "Pairs", Pairs()),
        ),
    ),
)


def test_sections_place_rows_below_a_path():
    assert [row.path for row in TABLE] == [
        "name", "deep.down.on", "deep.down.maybe", "deep.down.count", "deep.down.words", "deep.down.pairs"]  # fmt: skip
    assert "deep.down.on" in TABLE
    assert "on" not in TABLE


def test_a_row_is_found_by_its_path():
    assert TABLE.field("deep.down.on").label == "On"


def test_an_unknown_path_names_the_nearest_one():
    with pytest.raises(UnknownField) as caught:
        JOIN.field("user_info.nmae")
    assert "user_info.nmae" in str(caught.value)
    assert "user_info.name" in caught.value.next_step


@pytest.mark.parametrize("path", ["", "x" * 10_000, "\0", "…"])
def test_any_unknown_path_is_answered(path):
    with pytest.raises(UnknownField):
        CREATE.field(path)


def test_the_body_holds_set_values_and_always_sent_defaults_alone():
    assert TABLE.payload({}) == {"deep": {"down": {"on": True}}}
    assert TABLE.payload({"deep.down.on": False, "deep.down.count": 0}) == {"deep": {"down": {"on": False, "count": 0}}}


def test_the_body_is_json():
    body = TABLE.payload({"name": "Zoë", "deep.down.words": ("a", "b"), "deep.down.pairs": {"k": "v"}})
    assert json.loads(json.dumps(body)) == body == {
        "name": "Zoë", "deep": {"down": {"on": True, "words": ["a", "b"], "pairs": {"k": "v"}}}}  # fmt: skip


def test_values_of_unknown_paths_are_neither_sent_nor_problems():
    values = {"name": "x", "from.the.future": 1}
    assert TABLE.problems(values) == ()
    assert "from" not in TABLE.payload(values)


def test_the_body_does_not_share_the_values_it_was_made_from():
    pairs = {"k": "v"}
    body = TABLE.payload({"deep.down.pairs": pairs})
    body["deep"]["down"]["pairs"]["k"] = "changed"
    assert pairs == {"k": "v"}


def test_problems_come_in_the_tables_order_one_for_each_row():
    problems = TABLE.problems({"deep.down.count": -1, "deep.down.on": "yes"})
    assert [(problem.path, str(problem)) for problem in problems] == [
        ("name", "This is needed."),
        ("deep.down.on", "Write true or false."),
        ("deep.down.count", "Use a number from 0 to 4294967295."),
    ]


def test_a_needed_field_asks_for_a_value_in_the_same_words_however_it_is_empty():
    with pytest.raises(InvalidValue, match="This is needed"):
        TABLE.field("name").parse("")
    assert [str(problem) for problem in TABLE.problems({"name": ""})] == ["This is needed."]


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (True, True), (0, 0), ("x", "x"), (["a"], ("a",)), ([], ()), ({"a": "b"}, {"a": "b"}),
        (None, None), (1.5, None), ([1], None), ({"a": 1}, None), ([["a"]], None), ({"a": None}, None),
    ],
)  # fmt: skip
def test_json_becomes_a_value_or_nothing(data, value):
    found = to_value(data)
    assert found == value
    assert type(found) is type(value)


# --- the bodies that the server gets -----------------------------------------------------------------------------


def test_the_smallest_join_body():
    values = {"room_id": "room01", "user_info.name": "Alice", "user_info.user_id": "alice-1"}
    assert JOIN.payload(values) == {
        "room_id": "room01",
        "user_info": {"name": "Alice", "user_id": "alice-1", "is_admin": False, "is_hidden": False},
    }


def test_a_lock_left_to_the_room_is_absent_and_the_others_are_sent():
    lock = "user_info.user_metadata.lock_settings.lock_{}".format
    body = JOIN.payload({lock("chat"): True, lock("webcam"): False})
    assert body["user_info"]["user_metadata"] == {"lock_settings": {"lock_webcam": False, "lock_chat": True}}


def test_the_smallest_create_body_sends_every_plain_boolean_and_nothing_else():
    body = CREATE.payload({"room_id": "room01", "metadata.room_title": "Maths"})
    leaves = []

    def walk(value):
        for part in value.values():
            walk(part) if isinstance(part, dict) else leaves.append(part)

    walk(body)
    assert sorted(map(str, leaves)) == sorted(["room01", "Maths"] + ["True"] * 26 + ["False"] * 13)
    assert set(body) == {"room_id", "metadata"}
    assert set(body["metadata"]) == {"room_title", "room_features"}


def test_an_empty_design_is_an_empty_body():
    assert DESIGN.payload({}) == {}
