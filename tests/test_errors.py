"""The tree of faults: each one a sentence, a next step, and an exit code that is documented."""

import re
import string
from collections.abc import Iterator

import pytest

from pnm_launcher import errors, refusals
from pnm_launcher.errors import InvalidValue, LauncherError

ABSTRACT = {
    "LauncherError", "StoreError", "SecretError", "ConnectionFailed", "AnswerUnusable",
}  # fmt: skip
"""Caught, never raised."""
OWN_SENTENCE = {"InvalidValue"}


def tree(kind: type[LauncherError] = LauncherError) -> Iterator[type[LauncherError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ in (errors.__name__, refusals.__name__):
            yield from tree(child)


RAISED = [kind for kind in tree() if kind.__name__ not in ABSTRACT | OWN_SENTENCE]


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def example(kind: type[LauncherError]) -> LauncherError:
    return kind(**dict.fromkeys(names(kind.sentence) | names(kind.hint), "something"))


def test_the_tree_was_really_walked():
    assert len(RAISED) > 50
    assert {kind.__name__ for kind in tree()} >= ABSTRACT | OWN_SENTENCE | {"RoomNotActive", "KeyringLocked"}


def test_the_drawing_in_the_docstring_shows_every_class_of_the_module():
    drawn = set(re.findall(r"\b[A-Z]\w+", errors.__doc__))
    assert [kind.__name__ for kind in tree() if kind.__module__ == errors.__name__ and kind.__name__ not in drawn] == []


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_each_fault_says_what_happened_and_what_to_do(kind):
    error = example(kind)
    for text in (str(error), error.next_step):
        assert 10 <= len(text) < 250
        assert text == text.strip()
        assert "  " not in text
        assert "{" not in text
        assert text[0].isupper() or text[0] in "“" or text.startswith("something")
        assert text[-1] in ".”" or text.endswith("something") or text[-1] == ")"


def test_no_two_faults_share_a_sentence():
    sentences = [kind.sentence for kind in RAISED]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_sentences_blame_nobody_and_show_no_jargon(kind):
    text = f"{kind.sentence} {kind.hint}"
    assert not re.search(r"(?i)\b(invalid|illegal|failed to|exception|null|JSON|HTTP \d|oops|sorry|your fault)\b", text)


def test_every_exit_code_is_one_of_the_documented_ones():
    assert {kind.exit_code for kind in tree()} == {1, 2, 3, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UnknownMeeting", 2), ("UnknownField", 2), ("InvalidValue", 2), ("KeyringLocked", 3), ("SecretMissing", 3),
        ("AddressNotFound", 4), ("Redirected", 4), ("ServerRefused", 5), ("SecretWrong", 5), ("RoomNotActive", 6),
        ("RoomVanished", 6), ("StoreNotSaved", 7), ("BrowserFailed", 1),
    ],
)  # fmt: skip
def test_exit_codes_of_a_branch(name, code):
    assert {kind.__name__: kind.exit_code for kind in tree()}[name] == code


def test_details_are_cleaned_before_they_are_shown():
    error = errors.ServerCrashed(message="a\x1b[31m\nb" + "x" * 1000)
    assert str(error).startswith("The server failed while working on this: a[31m b")
    assert len(str(error)) < 400


def test_a_value_with_braces_is_shown_as_it_is():
    assert "{0} {x}" in str(errors.UnknownMeeting(name="{0} {x}"))


def test_an_invalid_value_has_the_sentence_of_its_own_fault_and_names_its_field():
    error = InvalidValue("room_id", "Too long: {size} bytes.", size=70)
    assert (str(error), error.path, error.next_step) == ("Too long: 70 bytes.", "room_id", "")
