"""The table against the protocol's own list, and every row against its own kind."""

import json
import re
from collections.abc import Iterator

import pytest

from pnm_launcher.fields import Field, Schema
from pnm_launcher.kinds import Choice, Color, Number, Pairs, Resource, Text, Toggle, Url, Words
from pnm_launcher.paths import resource
from pnm_launcher.schema import CREATE, DESIGN, DESIGN_ALIASES, JOIN, LANGUAGES, LEFT_OUT, LOCKS, SCHEMAS

UPSTREAM = json.loads(resource("practice/upstream-fields.json").read_text(encoding="utf-8"))
CALLS = [("getJoinToken", JOIN), ("create", CREATE)]
FITTING = {
    "bool": (Toggle,),
    "string": (Text, Url, Choice),
    "uint32": (Number,),
    "uint64": (Number,),
    "[string]": (Words,),
    "map<string,string>": (Pairs,),
}
MANDATORY = {
    "room_id",
    "user_info.name",
    "user_info.user_id",
    "metadata.room_title",
}
OPTIONAL_MESSAGES = ("metadata.copyright_conf.", ".recorder_bot_options.")
"""Whole messages that may be absent; a boolean in them is sent only when the message is wanted."""


def upstream(call: str) -> dict[str, dict]:
    return {row["path"]: row for row in UPSTREAM[call]}


def rows() -> Iterator[tuple[Schema, Field]]:
    return ((schema, row) for schema in SCHEMAS for row in schema)


def each_row(test):
    listed = [pytest.param(schema, row, id=f"{schema.name}.{row.path}") for schema, row in rows()]
    return pytest.mark.parametrize(("schema", "row"), listed)(test)


def must_be(row: dict) -> bool:
    return any(rule.startswith("must-be-") for rule in row.get("rules", ()))


# --- the drift guard ---------------------------------------------------------------------------------------------


def test_the_protocols_list_was_really_read():
    assert {name: len(UPSTREAM[name]) for name in ("getJoinToken", "create", "custom_design", "languages")} == {
        "getJoinToken": 27, "create": 124, "custom_design": 15, "languages": 31}  # fmt: skip


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_every_field_of_the_protocol_is_a_row_or_left_out_with_a_reason(call, schema):
    forgotten = [
        path
        for path, row in upstream(call).items()
        if path not in schema and path not in LEFT_OUT[call] and not (call == "create" and must_be(row))
    ]
    assert forgotten == [], f"add rows to {schema.name.upper()} in schema.py, or reasons to LEFT_OUT[{call!r}]"


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_every_row_is_a_field_of_the_protocol(call, schema):
    assert [row.path for row in schema if row.path not in upstream(call)] == []


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_what_is_left_out_is_upstream_is_no_row_and_has_a_reason(call, schema):
    for path, reason in LEFT_OUT[call].items():
        assert path in upstream(call)
        assert path not in schema
        assert len(reason) > 20


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_nothing_that_the_server_manages_can_be_set(call, schema):
    managed = {path for path, row in upstream(call).items() if must_be(row)}
    assert len(managed) > 3
    assert [row.path for row in schema if row.path in managed] == []


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_every_kind_fits_the_protocols_type(call, schema):
    unfit = [row.path for row in schema if not isinstance(row.kind, FITTING[upstream(call)[row.path]["type"]])]
    assert unfit == []


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_uri_rules_of_the_protocol_are_address_fields_and_the_reverse(call, schema):
    of_protocol = {path for path, row in upstream(call).items() if "uri" in row.get("rules", ())}
    assert {row.path for row in schema if isinstance(row.kind, Url)} == of_protocol


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_numbers_stay_within_the_protocols_type_and_rules(call, schema):
    for row in schema:
        if isinstance(row.kind, Number):
            told = upstream(call)[row.path]
            assert row.kind.maximum <= (2**32 - 1 if told["type"] == "uint32" else 2**64 - 1), row.path
            assert row.kind.minimum >= (1 if "> 0" in told.get("rules", ()) else 0), row.path


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_fields_the_protocol_calls_optional_are_left_out_unless_set(call, schema):
    assert [row.path for row in schema if upstream(call)[row.path]["optional"] and row.default is not None] == []


@pytest.mark.parametrize(("call", "schema"), CALLS)
def test_plain_booleans_are_always_sent(call, schema):
    """A plain boolean that is missing reads as false on servers before 2.3, whatever its default is."""
    plain = [
        row
        for row in schema
        if upstream(call)[row.path]["type"] == "bool" and not upstream(call)[row.path]["optional"]
        and not any(message in row.path for message in OPTIONAL_MESSAGES)
    ]  # fmt: skip
    assert len(plain) == (2 if call == "getJoinToken" else 39)
    assert [row.path for row in plain if not isinstance(row.default, bool)] == []


def test_only_booleans_have_defaults():
    assert [row.path for _, row in rows() if row.default is not None and not isinstance(row.kind, Toggle)] == []


def test_what_is_needed_is_what_the_server_needs():
    assert {row.path for _, row in rows() if row.required} == MANDATORY


def test_design_keys_are_those_that_the_page_reads():
    assert [row.path for row in DESIGN if row.path not in UPSTREAM["custom_design"]] == []
    assert {row.path for row in DESIGN} == set(UPSTREAM["custom_design"])
    assert UPSTREAM["custom_design_aliases"] == DESIGN_ALIASES
    assert all(isinstance(row.kind, Color if row.path.endswith("_color") else Resource) for row in DESIGN)


def test_the_languages_are_those_of_the_page_and_each_has_a_name():
    assert [code for code, _ in LANGUAGES] == [code for code, _ in UPSTREAM["languages"]]
    assert len({name for _, name in LANGUAGES}) == len(LANGUAGES) == 31


def test_the_ten_locks_stand_in_both_places_with_three_states():
    names = [row.path for row in LOCKS]
    assert len(names) == 10
    mine = [row for row in JOIN if ".lock_settings." in row.path]
    everyone = [row for row in CREATE if ".default_lock_settings." in row.path]
    for placed in (mine, everyone):
        assert [row.path.rpartition(".")[2] for row in placed] == names
        assert {row.default for row in placed} == {None}
        assert {row.kind.words[0] for row in placed} == {"Left to the room"}


# --- every row ---------------------------------------------------------------------------------------------------


@each_row
def test_a_default_passes_its_own_kind(schema, row):
    if row.default is not None:
        row.kind.check(row.default, row.path)
        assert row.parse(str(row.default)) == row.default


@each_row
def test_labels_and_helps_are_clean_texts(schema, row):
    assert row.label
    assert not row.label.endswith((".", ":"))
    for text in (row.label, row.help):
        assert text == text.strip()
        assert "  " not in text
        assert text.isprintable()
    assert not row.help or row.help[-1] in ".:", "a help is a sentence"


@each_row
def test_a_path_is_a_place_in_json(schema, row):
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)*", row.path)


@each_row
def test_an_empty_text_is_refused_rather_than_sent(schema, row):
    problem = schema.problems({**FILLED[schema.name], row.path: ""})
    assert [found.path for found in problem] == [row.path]
    assert str(problem[0])


@each_row
def test_a_value_of_a_wrong_type_is_refused_and_never_crashes(schema, row):
    for wrong in (1.5, [], {}, (), object(), b"x"):
        assert [found.path for found in schema.problems({**FILLED[schema.name], row.path: wrong})] == [row.path]


FILLED = {
    "join": {"room_id": "room01", "user_info.name": "Alice", "user_info.user_id": "alice-1"},
    "create": {"room_id": "room01", "metadata.room_title": "Maths"},
    "design": {},
}


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_paths_and_labels_are_unique(schema):
    paths = [row.path for row in schema]
    assert len(paths) == len(set(paths))
    for section in schema.sections:
        labels = [row.label for row in section.fields]
        assert section.title
        assert len(labels) == len(set(labels)), section.title


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_no_path_runs_through_another_field(schema):
    paths = {row.path for row in schema}
    assert [path for path in paths if any(other.startswith(f"{path}.") for other in paths)] == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_the_needed_values_are_enough(schema):
    assert schema.problems(FILLED[schema.name]) == ()


def test_the_size_of_the_table():
    assert {schema.name: len(list(schema)) for schema in SCHEMAS} == {"join": 20, "create": 75, "design": 15}
