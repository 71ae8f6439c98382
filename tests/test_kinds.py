"""Each kind of value: what a person may type, what a file may hold, and the sentence for everything else."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Choice, Color, Number, Pairs, Resource, Text, Toggle, Url, Words
from pnm_launcher.schema import SCHEMAS

BAD = json.loads(Path(__file__).with_name("data").joinpath("bad-inputs.json").read_text(encoding="utf-8"))
GOOD = [
    ("join.room_id", "r", "r"),
    ("join.room_id", "R-2_x" + "a" * 59, "R-2_x" + "a" * 59),
    ("join.user_info.user_id", "userx_1", "userx_1"),
    ("join.user_info.user_id", "native", "native"),
    ("join.user_info.user_id", "recorder_bot", "recorder_bot"),
    ("join.user_info.user_id", "u" * 256, "u" * 256),
    ("join.user_info.name", "Zoë 日本", "Zoë 日本"),
    ("join.user_info.name", "日" * 85, "日" * 85),
    ("join.user_info.name", "نازنین\u200cزهرا", "نازنین\u200cزهرا"),
    ("join.user_info.name", "👨\u200d👩\u200d👧 \U0001fae8", "👨\u200d👩\u200d👧 \U0001fae8"),
    ("join.user_info.name", "Jean\u00a0Dupont", "Jean\u00a0Dupont"),
    ("join.user_info.is_admin", " Yes ", True),
    ("join.user_info.is_admin", "0", False),
    ("join.user_info.user_metadata.profile_pic", " https://h/a%20b.png?x=1#y ", "https://h/a%20b.png?x=1#y"),
    ("join.user_info.user_metadata.profile_pic", "https://u:w@[2001:DB8::1]:80/", "https://u:w@[2001:DB8::1]:80/"),
    ("join.user_info.user_metadata.profile_pic", "data:image/png;base64,iVBO+/=", "data:image/png;base64,iVBO+/="),
    ("join.user_info.user_metadata.preferred_lang", "DE-de", "de-DE"),
    ("join.user_info.user_metadata.preferred_lang", " deutsch ", "de-DE"),
    ("join.user_info.user_metadata.extra_data", "a = 1 = 2 \n\nb=", {"a": "1 = 2", "b": ""}),
    ("join.user_info.user_metadata.lock_settings.lock_chat", "locked", True),
    ("join.user_info.user_metadata.lock_settings.lock_chat", "allowed", False),
    ("create.metadata.room_title", "t" * 255, "t" * 255),
    ("create.metadata.welcome_message", "Hello\n\n\tall\r\n", "Hello\n\n\tall\r\n"),
    ("create.max_participants", " +12 ", 12),
    ("create.max_participants", "1", 1),
    ("create.max_participants", "4294967295", 4294967295),
    ("create.empty_timeout", "120", 120),
    ("create.metadata.room_features.room_duration", "0", 0),
    ("create.metadata.room_features.breakout_room_features.allowed_number_rooms", "16", 16),
    ("create.metadata.room_features.chat_features.allowed_file_types", "jpg, tar.gz ,,c++", ("jpg", "tar.gz", "c++")),
    ("design.primary_color", "RGB(10 102 194 / 50%)", "#0a66c280"),
    ("design.background_image", " http://localhost:8080/x.png?y=1 ", "http://localhost:8080/x.png?y=1"),
]


def the_row(name):
    table, _, path = name.partition(".")
    return next(schema for schema in SCHEMAS if schema.name == table).field(path)


@pytest.mark.parametrize("bad", BAD, ids=[f"{bad['field']}-{number}" for number, bad in enumerate(BAD)])
def test_a_bad_input_ends_in_its_own_clear_sentence(bad):
    row = the_row(bad["field"])
    with pytest.raises(InvalidValue) as caught:
        row.parse(bad["typed"])
    sentence = str(caught.value)
    assert bad["words"] in sentence
    assert caught.value.path == row.path
    assert len(sentence) < 300
    assert sentence.isprintable()
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_the_table_of_bad_inputs_is_large_and_covers_every_kind():
    assert len(BAD) >= 60
    assert len({json.dumps(bad) for bad in BAD}) == len(BAD)
    kinds = {type(the_row(bad["field"]).kind) for bad in BAD}
    assert kinds == {Toggle, Number, Text, Url, Resource, Color, Choice, Words, Pairs}


@pytest.mark.parametrize(("name", "typed", "value"), GOOD, ids=[f"{row[0]}-{row[1][:20]!a}" for row in GOOD])
def test_a_good_input_becomes_its_value_which_may_be_saved(name, typed, value):
    row = the_row(name)
    assert row.parse(typed) == value
    row.kind.check(value, row.path)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Toggle(), 1, "true or false"),
        (Number(), True, "whole number"),
        (Number(), 1.0, "whole number"),
        (Number(maximum=9), 10, "from 0 to 9"),
        (Text(), 5, "Write a text"),
        (Url(), ("https://h",), "Write a text"),
        (Choice((("en", "English"),)), "EN", "exactly as in the list"),
        (Choice((("en", "English"),)), ["en"], "is not in the list"),
        (Words(), ["jpg"], "at least one word"),
        (Words(), (1,), "Write a text"),
        (Pairs(), {"a": 1}, "Write a text"),
        (Pairs(), {"": "x"}, "Write something"),
        (Pairs(), {1: "x"}, "Write a text"),
        (Color(), "red\n}", "Write a colour"),
    ],
)
def test_a_bad_value_from_a_file_is_refused_in_words(kind, value, words):
    with pytest.raises(InvalidValue) as caught:
        kind.check(value, "path")
    assert words in str(caught.value)


ROWS = [(schema, row) for schema in SCHEMAS for row in schema]


@given(st.sampled_from(ROWS), st.text(max_size=60))
@example(ROWS[0], "\ud800")
def test_any_typed_text_is_refused_or_becomes_a_value_that_passes(place, text):
    _, row = place
    try:
        value = row.parse(text)
    except InvalidValue:
        return
    row.kind.check(value, row.path)


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3), st.tuples(inner, inner)
    ),
    max_leaves=4,
)


@given(st.sampled_from(ROWS), _JSON)
def test_any_value_of_a_file_is_refused_or_passes_and_never_crashes(place, value):
    schema, row = place
    problems = [problem for problem in schema.problems({row.path: value}) if problem.path == row.path]
    assert len(problems) <= 1
    assert all(str(problem) for problem in problems)
