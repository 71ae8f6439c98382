"""Texts of others are made safe to show."""

import ast
import copy
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pnm_launcher
from pnm_launcher.errors import StoreUnreadable, UnknownServer
from pnm_launcher.texts import Worded, clause, plain, tr


def test_the_mark_for_translation_leaves_a_text_as_it_is():
    assert tr("Join") == "Join"
    assert json.dumps({tr("Join"): tr("Join")}) == '{"Join": "Join"}'
    assert copy.deepcopy(tr("Join")) == "Join"


def test_a_text_that_is_filled_in_remembers_what_it_was_made_of():
    made = tr("{host} answers with {status:d}").format(host="h", status=7)
    assert made == "h answers with 7"
    assert (made.template, made.details) == ("{host} answers with {status:d}", {"host": "h", "status": 7})
    assert (tr("{host}").template, tr("{host}").details) == ("{host}", None)


def test_a_text_keeps_its_words_in_a_fault_and_faults_keep_theirs_in_another_one():
    inner = str(UnknownServer(name="a\nb"))
    outer = StoreUnreadable(reason=inner, copy="/x")
    assert str(outer) == "Your saved meetings could not be read: There is no server called “a b”.."
    assert isinstance(outer.details["reason"], Worded)
    assert outer.details["reason"].details == {"name": "a b"}
    assert not isinstance(outer.details["copy"], Worded)
    for error in (ValueError(tr("it is empty")), OSError(tr("it is empty"))):
        assert isinstance(StoreUnreadable(reason=str(error)).details["reason"], Worded)


def test_details_are_cleaned_at_every_depth():
    reason = tr("it is “{what}”").format(what=tr("{name}").format(name="a\x1b\u202e" + "x" * 1000))
    assert len(StoreUnreadable(reason=reason, copy="").details["reason"]) < 320
    assert str(StoreUnreadable(reason=reason, copy="")).isprintable()


def test_a_clause_is_a_sentence_without_its_full_stop():
    assert clause("Nothing was saved.") == "Nothing was saved"
    made = clause(tr("Nothing of {name} was saved.").format(name="A."))
    assert made == "Nothing of A. was saved"
    assert made.cleaned() == made
    assert made.template == "Nothing of {name} was saved."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("proto:\u00a0syntax error", "proto: syntax error"),
        ("proto: syntax error", "proto: syntax error"),
        ("  two\r\n\tlines ", "two lines"),
        ("\x1b[31mred\x07\0", "[31mred"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("Zoë 日本 👍", "Zoë 日本 👍"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_control_and_direction_characters_never_reach_the_screen(text, shown):
    assert plain(text) == shown


def test_a_long_text_is_cut_and_says_so():
    assert plain("word " * 100, limit=20) == "word word word word…"
    assert len(plain("x" * 10_000_000)) == 300
    assert plain("x" * 300) == "x" * 300


@given(st.text(max_size=500), st.integers(min_value=1, max_value=400))
def test_any_text_becomes_one_clean_line_within_the_limit(text, limit):
    shown = plain(text, limit)
    assert len(shown) <= limit
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


REASONS = {"reason", "message", "what", "wait", "why", "problem"}
FAULTS = {"Odd", "_Odd", "NotABook", "_refused"}


def unmarked(source: str) -> Iterator[str]:
    """Words of our own that become part of a sentence and cannot be translated."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            named = [word.value for word in node.keywords if word.arg in REASONS]
            said = node.args if getattr(node.func, "id", "") in FAULTS else []
            for value in (*named, *said):
                literals = [value] if isinstance(value, ast.Constant) else getattr(value, "values", [])
                words = "".join(str(each.value) for each in literals if isinstance(each, ast.Constant))
                if re.search("[a-z]{2}", re.sub("“[^”]*”", "", words)):
                    yield f"{node.lineno}: {words}"


def test_every_reason_that_the_core_gives_is_marked():
    assert list(unmarked('Refused(reason=f"code {status}")')) == ["1: code "]
    assert list(unmarked('Odd("it is empty")')) == ["1: it is empty"]
    assert list(unmarked('Odd("“version”"); Refused(reason=tr("it is empty"))')) == []
    root = Path(pnm_launcher.__file__).parent
    found = {
        str(path.relative_to(root)): list(unmarked(path.read_text(encoding="utf-8")))
        for path in root.rglob("*.py")
        if path.parts[len(root.parts)] not in ("gui", "practice")
    }
    assert len(found) > 80
    assert {path: reasons for path, reasons in found.items() if reasons} == {}
