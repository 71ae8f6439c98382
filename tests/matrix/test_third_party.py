"""A signed invitation is checked as a whole before anything of it is sent. Source: third_party_signed.yaml, v1.18."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.errors import InvalidValue
from pnm_launcher.matrix.third_party import parse_third_party

ME = "@ana:hs.test"
GOOD = {
    "sender": "@host:hs.test",
    "mxid": ME,
    "token": "Hb0Vsd3lWvUq",
    "signatures": {"id.hs.test": {"ed25519:0": "A" * 86}, "hs.test:8448": {"ed25519:a_1": "b/+" * 28 + "xy"}},
}


def test_a_signed_invitation_is_sent_as_it_came():
    assert parse_third_party(json.dumps(GOOD), ME).as_json() == GOOD


BAD = [
    ("mxid", "@ben:hs.test"), ("mxid", "ana"), ("sender", 5), ("sender", "host"), ("sender", None), ("token", ""),
    ("token", "a\nb"), ("token", "x" * 256), ("token", {}), ("signatures", {}), ("signatures", "x"),
    ("signatures", {"a b": {"ed25519:0": "A" * 86}}), ("signatures", {"hs.test": {"rsa:0": "A" * 86}}),
    ("signatures", {"hs.test": {"ed25519:0": "A" * 85}}), ("signatures", {"hs.test": {"ed25519:0": 5}}),
    ("signatures", {"hs.test": "x"}), ("extra", 1),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), BAD, ids=str)
def test_anything_odd_in_it_is_refused(key, value):
    with pytest.raises(InvalidValue) as caught:
        parse_third_party(json.dumps(GOOD | {key: value}), ME)
    assert caught.value.path == "third_party_signed"


def test_an_invitation_for_somebody_else_says_so():
    with pytest.raises(InvalidValue, match=r"for @ana:hs\.test, and you are @ben:hs\.test"):
        parse_third_party(json.dumps(GOOD), "@ben:hs.test")


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.sampled_from([*GOOD, "x"]), inner) | st.lists(inner),
)


@given(st.text(max_size=200) | JSON.map(json.dumps))
def test_any_other_text_is_refused(text):
    with pytest.raises(InvalidValue):
        parse_third_party(text, ME)


def test_a_huge_text_is_refused_unread():
    with pytest.raises(InvalidValue, match="too long"):
        parse_third_party(json.dumps(GOOD | {"token": "x" * 10_000}), ME)
