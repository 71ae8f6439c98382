"""Texts of others are made safe to show."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.texts import plain, tr


def test_the_mark_for_translation_leaves_a_text_as_it_is():
    assert tr("Join") == "Join"


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
