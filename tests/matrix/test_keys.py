"""Tokens that are renewed: once, by whoever comes first, and stored before anybody uses them."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import keyring_services as services
import pytest

from pnm_launcher.errors import ConnectionBroken, DeadlinePassed
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix import faults, keys
from pnm_launcher.matrix.calls import Bearer
from pnm_launcher.matrix.keys import StoredKeys
from pnm_launcher.matrix.tokens import Tokens, TokenStore
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.work import background

ACCOUNT = MatrixAccount("a1", "https://hs.test", "@ana:hs.test")
OLD = Tokens("https://hs.test", "canary-old", "canary-old-refresh")
NEW = Tokens("https://hs.test", "canary-new", "canary-new-refresh")
FAULT = faults.SignInExpired(message="", code="", host="hs.test")


@pytest.fixture
def store() -> TokenStore:
    made = TokenStore(KeyringSecrets())
    made.save(ACCOUNT, OLD, for_session=True)
    return made


def test_many_that_are_refused_at_once_renew_once(store):
    renewals: list[Tokens] = []
    start = threading.Barrier(5)
    found: list[Bearer] = []

    def renew(tokens: Tokens) -> Tokens:
        renewals.append(tokens)
        return NEW

    def use() -> None:
        each = StoredKeys(ACCOUNT, store, renew)
        refused = each.bearer()
        start.wait(10)
        found.append(each.renewed(refused, FAULT))

    threads = [background(use, f"client {number}") for number in range(5)]
    for thread in threads:
        thread.join(30)
    assert renewals == [OLD]
    assert found == [NEW.bearer] * 5
    assert store.load(ACCOUNT) == NEW


def test_the_new_pair_is_stored_before_it_is_handed_out(store, monkeypatch):
    saved: list[Tokens] = []
    monkeypatch.setattr(TokenStore, "save", lambda self, account, tokens: saved.append(tokens))
    bearer = StoredKeys(ACCOUNT, store, lambda old: NEW).renewed(OLD.bearer, FAULT)
    assert (saved, bearer) == ([NEW], NEW.bearer)


def test_a_pair_that_cannot_be_stored_is_not_used(store, monkeypatch):
    def full(*_: object) -> None:
        raise faults.SignInTooLong

    monkeypatch.setattr(TokenStore, "save", full)
    each = StoredKeys(ACCOUNT, store, lambda old: NEW)
    with pytest.raises(faults.SignInTooLong):
        each.renewed(each.bearer(), FAULT)
    assert each.bearer() == OLD.bearer
    assert store.load(ACCOUNT) == OLD


def test_a_network_that_fails_leaves_everything_as_it_was(store):
    def broken(tokens: Tokens) -> Tokens:
        raise ConnectionBroken(host="hs.test")

    each = StoredKeys(ACCOUNT, store, broken)
    with pytest.raises(ConnectionBroken):
        each.renewed(each.bearer(), FAULT)
    assert store.load(ACCOUNT) == OLD


def test_a_no_of_the_server_forgets_the_tokens_and_keeps_the_reason(store):
    def refused(tokens: Tokens) -> Tokens:
        raise faults.SignedOut(message="", code="", host="hs.test")

    each = StoredKeys(ACCOUNT, store, refused)
    with pytest.raises(faults.SignInExpired):
        each.renewed(each.bearer(), FAULT)
    with pytest.raises(faults.SignInMissing):
        each.bearer()


HOLDS = """
import sys
from pnm_launcher.matrix.keys import _one_at_a_time
from pnm_launcher.matrix_saved import MatrixAccount
with _one_at_a_time(MatrixAccount("a1", "https://hs.test", "@ana:hs.test")):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_program_that_renews_is_waited_for_in_bounds(store, monkeypatch):
    root = str(Path(__file__).parent.parent.parent)
    monkeypatch.setattr(keys, "_PATIENCE", 0.3)
    with subprocess.Popen([sys.executable, "-c", HOLDS], env=os.environ | {"PYTHONPATH": root}, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(DeadlinePassed):
            StoredKeys(ACCOUNT, store, lambda old: NEW).renewed(OLD.bearer, FAULT)
        process.kill()
    assert StoredKeys(ACCOUNT, store, lambda old: NEW).renewed(OLD.bearer, FAULT) == NEW.bearer


def test_no_token_is_in_a_repr():
    assert "canary" not in repr(OLD) + repr(OLD.bearer) + repr(StoredKeys(ACCOUNT, TokenStore(KeyringSecrets()), id))


def test_tokens_too_long_for_every_keyring_are_refused(store):
    with pytest.raises(faults.SignInTooLong):
        store.save(ACCOUNT, Tokens("https://hs.test", "x" * 600, "y" * 600))


@pytest.mark.parametrize("text", ["", "x", "{}", '{"origin":"https://hs.test"}', '{"origin":5,"access":"x"}', "[]"])
def test_an_entry_of_the_keyring_that_somebody_changed_is_no_sign_in(store, text):
    secrets = KeyringSecrets()
    if text:
        secrets.put_for_session(ACCOUNT, text)
    with pytest.raises(faults.SignInMissing):
        TokenStore(secrets).load(ACCOUNT)


def test_tokens_stay_where_they_were_kept_unless_told(own_keyring):
    secrets = KeyringSecrets()
    store = TokenStore(secrets)
    store.save(ACCOUNT, OLD, for_session=True)
    store.save(ACCOUNT, NEW)
    assert (secrets.is_for_session(ACCOUNT), services.items(own_keyring)) == (True, {})
    store.save(ACCOUNT, NEW, for_session=False)
    assert (secrets.is_for_session(ACCOUNT), len(services.items(own_keyring))) == (False, 1)
    store.save(ACCOUNT, OLD)
    assert (secrets.is_for_session(ACCOUNT), TokenStore(KeyringSecrets()).load(ACCOUNT)) == (False, OLD)
