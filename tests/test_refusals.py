"""Which class a refused answer becomes, and what it quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher import refusals
from pnm_launcher.errors import ServerRefused
from pnm_launcher.refusals import FieldRefused, refusal

KINDS = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, ServerRefused)]
TABLES = [kind for _, kind in refusals._BY_TEXT] + list(refusals._BY_CODE.values())


def test_every_class_of_the_module_is_reached_by_a_text_or_a_code():
    own = {kind for kind in KINDS if kind.__module__ == refusals.__name__}
    assert len(own) > 15
    assert own == set(TABLES)


def test_codes_are_the_protocols_names():
    known = {
        "UNKNOWN_STATUS", "SUCCESS", "PERMISSION_DENIED", "NOT_FOUND", "CONFLICT", "INVALID_TOKEN_OR_SIGNATURE",
        "INVALID_API_KEY", "INTERNAL_SERVER_ERROR", "INVALID_PARAMETERS", "MISSING_REQUIRED_PARAMETER",
        "ROOM_NOT_FOUND", "USER_NOT_FOUND", "USER_BLOCKED", "USER_NOT_ACTIVE", "ROOM_NOT_ACTIVE",
    }  # fmt: skip
    assert set(refusals._BY_CODE) < known


@pytest.mark.parametrize("code", ["", "SOMETHING_NEW", "CONFLICT"])
def test_an_unknown_refusal_quotes_the_server(code):
    error = refusal("the moon is full", code)
    assert type(error) is ServerRefused
    assert "the moon is full" in str(error)
    assert (code or "-") in error.next_step


def test_one_violation_names_its_field():
    error = refusal("validation error: user_info.name: value is required", "INVALID_PARAMETERS")
    assert isinstance(error, FieldRefused)
    assert error.violations == (("user_info.name", "value is required"),)


def test_several_violations_name_their_fields():
    text = (
        "validation errors:\n - room_id: room_id should only contain letters (a-z A-Z), digits (0-9) or -_\n"
        " - user_info: value is required"
    )
    error = refusal(text, "INVALID_PARAMETERS")
    assert isinstance(error, FieldRefused)
    assert [path for path, _ in error.violations] == ["room_id", "user_info"]
    assert "\n" not in str(error)


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_and_code_of_a_server_becomes_a_sentence(text, code):
    error = refusal(text, code)
    assert isinstance(error, ServerRefused)
    assert str(error)
    assert error.next_step
    assert len(str(error)) < 450
