"""The secret: one contract for memory and keyring, and each fault of real keyrings in its own words and in time."""

import logging
import os
import subprocess
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import keyring_services as services
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, kwallet
from keyring.errors import InitError, PasswordDeleteError, PasswordSetError

from pnm_launcher import keyrings
from pnm_launcher.errors import (
    KeyringDenied,
    KeyringLocked,
    KeyringMismatch,
    KeyringMissing,
    KeyringTimeout,
    SecretError,
    SecretInvalid,
    SecretMissing,
)
from pnm_launcher.keychain import KeyringSecrets, SessionSecrets, clean_secret, fingerprint
from pnm_launcher.meetings import Server
from pnm_launcher.work import background

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # keyring leaves it to the collector
SERVER = Server("s1", "Schule", "https://meet.example.org", "key1")
SECRET = "pnm-canary-4f1d8c"
REPOSITORY = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("k")  # short: the path of a bus's socket has at most 108 bytes


@pytest.fixture
def empty_bus(folder, monkeypatch):
    """A session bus with no keyring on it, for this process too."""
    with services.bus(folder) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def own_keyring(folder, empty_bus):
    """A keyring that a test may lock, stop and kill."""
    with services.keyring_daemon(folder, empty_bus):
        yield empty_bus


@contextmanager
def in_time(fault, seconds=5.0):
    """The fault comes, within the bound and a little."""
    start = time.monotonic()
    with pytest.raises(fault):
        yield
    assert time.monotonic() - start < seconds + 0.7


class SecretsContract:
    """What every keeper of secrets does. Servers with a new key each, so that tests do not meet in the keyring."""

    @pytest.fixture
    def server(self, request):
        return replace(SERVER, api_key=f"{type(self).__name__}-{request.node.name}")

    def test_gives_back_what_it_was_given(self, secrets, server):
        secrets.put(server, SECRET)
        assert secrets.get(server) == SECRET

    def test_says_for_which_server_there_is_none(self, secrets, server):
        with pytest.raises(SecretMissing, match="Schule"):
            secrets.get(server)

    def test_a_newer_secret_takes_the_place_of_an_older_one(self, secrets, server):
        secrets.put(server, "older")
        secrets.put(server, SECRET)
        assert secrets.get(server) == SECRET

    def test_forgets(self, secrets, server):
        secrets.put(server, SECRET)
        secrets.forget(server)
        with pytest.raises(SecretMissing):
            secrets.get(server)

    def test_forgetting_what_is_not_there_is_no_fault(self, secrets, server):
        secrets.forget(server)
        secrets.forget(server)

    def test_each_server_and_key_has_its_own(self, secrets, server):
        others = [replace(server, address="https://other.example.org"), replace(server, api_key=server.api_key + "-2")]
        for number, one in enumerate([server, *others]):
            secrets.put(one, f"secret-{number}")
        secrets.forget(others[0])
        assert (secrets.get(server), secrets.get(others[1])) == ("secret-0", "secret-2")

    def test_the_name_of_a_server_makes_no_difference(self, secrets, server):
        secrets.put(server, SECRET)
        assert secrets.get(replace(server, name="Другое имя", id="s2")) == SECRET

    def test_accounts_may_have_any_letters(self, secrets, server):
        server = replace(server, name="Школа ☕", api_key=server.api_key + " клюс 'ключ' ☕\n%")
        secrets.put(server, SECRET)
        assert secrets.get(server) == SECRET

    @pytest.mark.parametrize("secret", ["x", "ключ ☕ with spaces", "y" * 1024, "'\"\\%{}"])
    def test_keeps_unusual_secrets_exactly(self, secrets, server, secret):
        secrets.put(server, secret)
        assert secrets.get(server) == secret

    @pytest.mark.parametrize("secret", ["", "a\0b", "a\nb", "a\r", "\ud800", "x" * 1025])
    def test_refuses_what_is_no_secret_and_keeps_the_old_one(self, secrets, server, secret):
        secrets.put(server, SECRET)
        with pytest.raises(SecretInvalid):
            secrets.put(server, secret)
        assert secrets.get(server) == SECRET

    def test_shows_no_secret(self, secrets, server, caplog):
        with caplog.at_level(logging.DEBUG):
            secrets.put(server, SECRET)
            secrets.get(server)
        assert SECRET not in repr(secrets) + str(secrets) + caplog.text


class TestSessionSecrets(SecretsContract):
    @pytest.fixture
    def secrets(self):
        return SessionSecrets()


class TestKeyringSecrets(SecretsContract):
    @pytest.fixture
    def secrets(self):
        return KeyringSecrets()

    def test_another_run_of_the_program_finds_the_secret(self, secrets, server):
        secrets.put(server, SECRET)
        assert KeyringSecrets().get(server) == SECRET

    def test_says_which_keyring_it_is(self, secrets):
        assert secrets.backend_name() == "GNOME Keyring or another Secret Service"

    def test_a_secret_for_this_session_only_never_reaches_the_keyring(self, secrets, server):
        secrets.put_for_session(server, SECRET)
        assert secrets.get(server) == SECRET
        with pytest.raises(SecretMissing):
            KeyringSecrets().get(server)

    def test_a_secret_for_this_session_wins_until_a_new_one_is_put_into_the_keyring(self, secrets, server):
        secrets.put(server, "old")
        secrets.put_for_session(server, "for now")
        assert secrets.get(server) == "for now"
        secrets.put(server, SECRET)
        assert secrets.get(server) == SECRET

    def test_forgetting_forgets_both(self, secrets, server):
        secrets.put(server, SECRET)
        secrets.put_for_session(server, "for now")
        secrets.forget(server)
        with pytest.raises(SecretMissing):
            secrets.get(server)

    def test_two_keepers_may_share_a_session(self, server):
        session = SessionSecrets()
        KeyringSecrets(session).put_for_session(server, SECRET)
        assert KeyringSecrets(session).get(server) == SECRET


def test_the_entry_is_found_under_the_documented_name(own_keyring):
    KeyringSecrets().put(SERVER, SECRET)
    assert services.items(own_keyring) == {
        "Password for 'key1@https://meet.example.org' on 'pnm-launcher'": SECRET.encode()
    }


def test_an_entry_that_somebody_broke_by_hand_is_named_so(own_keyring):
    KeyringSecrets().put(SERVER, SECRET)
    services.overwrite(own_keyring, b"line\nbreak")
    with pytest.raises(SecretInvalid, match="no text"):
        KeyringSecrets().get(SERVER)
    services.overwrite(own_keyring, b"\xff\xfe")
    with pytest.raises(SecretInvalid, match="no text"):
        KeyringSecrets().get(SERVER)


class TestLocked:
    def test_without_a_window_to_ask_in(self, own_keyring):
        KeyringSecrets().put(SERVER, SECRET)
        services.lock(own_keyring)
        for call in (lambda: KeyringSecrets().get(SERVER), lambda: KeyringSecrets().put(SERVER, "new"),
                     lambda: KeyringSecrets().forget(SERVER)):  # fmt: skip
            with in_time(KeyringLocked):
                call()

    def test_a_keyring_that_was_never_set_up(self, folder, empty_bus):
        with services.keyring_daemon(folder, empty_bus, password=""), in_time(KeyringLocked):
            KeyringSecrets().get(SERVER)

    def test_the_session_still_works(self, own_keyring):
        services.lock(own_keyring)
        secrets = KeyringSecrets()
        secrets.put_for_session(SERVER, SECRET)
        assert secrets.get(SERVER) == SECRET

    @pytest.fixture
    def locked_with_window(self, folder, monkeypatch):
        with services.bus(folder, prompter=True) as address, services.keyring_daemon(folder, address):
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            KeyringSecrets().put(SERVER, SECRET)
            services.lock(address)
            yield address
        services.wait_until(lambda: not services.prompted())

    def test_the_window_is_dismissed(self, locked_with_window):
        faults = []

        def ask():
            try:
                KeyringSecrets(seconds=30).get(SERVER)
            except SecretError as fault:
                faults.append(fault)

        asking = background(ask, "asking")
        services.wait_until(services.prompted)
        services.press(services.ESCAPE)
        asking.join(10)
        assert [type(fault) for fault in faults] == [KeyringLocked]

    def test_the_window_stays_open_and_is_answered_late(self, locked_with_window):
        for _ in range(3):  # trying again opens no further window
            with in_time(KeyringTimeout, 0.3):
                KeyringSecrets(seconds=0.3).get(SERVER)
        services.wait_until(services.prompted)
        services.press(*b"desktop", services.RETURN)
        assert KeyringSecrets().get(SERVER) == SECRET
        services.wait_until(lambda: not services.prompted())


class TestDead:
    def test_a_service_that_never_answers(self, empty_bus):
        with services.dead_service(empty_bus):
            with in_time(KeyringTimeout, 5):
                KeyringSecrets().get(SERVER)
            with in_time(KeyringTimeout, 0.5):
                KeyringSecrets(seconds=0.5).put(SERVER, SECRET)
            with in_time(KeyringTimeout, 0.5):
                KeyringSecrets(seconds=0.5).forget(SERVER)

    def test_works_again_once_the_service_is_gone_and_a_good_one_came(self, folder, empty_bus):
        with services.dead_service(empty_bus), in_time(KeyringTimeout, 0.3):
            KeyringSecrets(seconds=0.3).get(SERVER)
        with services.keyring_daemon(folder, empty_bus):
            KeyringSecrets().put(SERVER, SECRET)
            assert KeyringSecrets().get(SERVER) == SECRET

    def test_a_keyring_that_is_killed_and_started_again(self, folder, empty_bus):
        secrets = KeyringSecrets()
        with services.keyring_daemon(folder, empty_bus):
            secrets.put(SERVER, SECRET)
        with in_time(KeyringMissing):
            secrets.get(SERVER)
        with services.keyring_daemon(folder, empty_bus):
            assert secrets.get(SERVER) == SECRET


class TestMissing:
    def test_no_keyring_on_the_bus(self, empty_bus):
        for call in (KeyringSecrets().backend_name, lambda: KeyringSecrets().get(SERVER),
                     lambda: KeyringSecrets().put(SERVER, SECRET)):  # fmt: skip
            with in_time(KeyringMissing):
                call()

    @pytest.mark.parametrize("address", [None, "unix:path=/nonexistent/bus", "nonsense"])
    def test_no_bus(self, monkeypatch, address):
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        if address:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
        with in_time(KeyringMissing):
            KeyringSecrets().get(SERVER)

    def test_without_a_keyring_forgetting_clears_the_session(self, empty_bus):
        secrets = KeyringSecrets()
        secrets.put_for_session(SERVER, SECRET)
        secrets.forget(SERVER)
        with pytest.raises(KeyringMissing):
            secrets.get(SERVER)


EVIL = f"""
print("EVIL CODE RAN")
from keyring.backend import KeyringBackend
class PlaintextKeyring(KeyringBackend):
    priority = 99
    def set_password(self, service, account, secret): open("secret.txt", "w").write(secret)
    def get_password(self, service, account): return {SECRET!r}
"""
USE = f"""
from pnm_launcher.errors import SecretError
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.meetings import Server
try:
    secrets = KeyringSecrets()
    server = Server("s1", "Schule", "https://meet.example.org", "refused")
    secrets.put(server, {SECRET!r})
    print("kept in", secrets.backend_name())
    secrets.forget(server)
except SecretError as error:
    print(type(error).__name__, error)
"""
REAL = "kept in GNOME Keyring or another Secret Service"
MISSING = "KeyringMissing This computer offers no keyring to keep the API secret in."
REFUSED = "KeyringRefused The keyring “evil.PlaintextKeyring” is not one that keeps secrets safely."
NULL = "keyring.backends.null.Keyring"


class TestSettingsOfKeyring:
    """What the environment and `keyringrc.cfg` can do: choose among the known keyrings, and nothing else."""

    @pytest.fixture
    def use(self, tmp_path, monkeypatch):
        (tmp_path / "evil.py").write_text(EVIL)
        monkeypatch.setenv("PYTHONPATH", f"{REPOSITORY}{os.pathsep}{tmp_path}")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

        def run():
            ended = subprocess.run(
                [sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, timeout=30
            )
            assert not list(tmp_path.glob("secret*"))
            assert SECRET not in ended.stdout + ended.stderr
            return (ended.stdout + ended.stderr).strip()

        return run

    @pytest.mark.parametrize("name", ["evil.PlaintextKeyring", NULL, "no.such.Module", "evil", ""])
    def test_the_environment_injects_nothing_where_a_real_keyring_is(self, use, monkeypatch, name):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
        assert use() == REAL

    @pytest.mark.parametrize(
        ("name", "answer"),
        [
            ("evil.PlaintextKeyring", REFUSED),
            ("keyrings.alt.file.PlaintextKeyring", REFUSED.replace("evil.", "keyrings.alt.file.")),
            (NULL, MISSING),
            ("keyring.backends.fail.Keyring", MISSING),
            ("keyring.backends.chainer.ChainerBackend", MISSING),
            ("keyring.backends.kwallet.DBusKeyring", MISSING),
        ],
    )
    def test_the_environment_injects_nothing_where_no_real_keyring_is(self, use, empty_bus, monkeypatch, name, answer):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
        assert use() == answer

    def test_a_settings_file_injects_nothing(self, use, tmp_path):
        self.configure(tmp_path, f"[backend]\ndefault-keyring=evil.PlaintextKeyring\nkeyring-path={tmp_path}\n")
        assert use() == REAL

    def test_a_settings_file_injects_nothing_where_no_real_keyring_is(self, use, tmp_path, empty_bus):
        self.configure(tmp_path, f"[backend]\ndefault-keyring=evil.PlaintextKeyring\nkeyring-path={tmp_path}\n")
        assert use() == REFUSED

    @pytest.mark.parametrize("text", ["", "[backend]\n", "no section", "[backend]\ndefault-keyring=\n", "\0\0", "[a"])
    def test_a_broken_settings_file_makes_no_difference(self, use, tmp_path, empty_bus, text):
        self.configure(tmp_path, text)
        assert use() == MISSING

    @staticmethod
    def configure(folder, text):
        (folder / "python_keyring").mkdir()
        (folder / "python_keyring" / "keyringrc.cfg").write_text(text)

    def test_a_keyring_named_in_the_settings_is_preferred_if_it_is_known(self, monkeypatch):
        monkeypatch.setattr(kwallet, "DBusKeyring", FakeKeyring)
        assert type(keyrings.find_keyring()) is SecretService.Keyring
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.kwallet.DBusKeyring")
        assert type(keyrings.find_keyring()) is FakeKeyring


class FakeKeyring(KeyringBackend):
    """The one pretended keyring here: it fails in ways that no real one can be made to."""

    priority = 0

    def __init__(self, kept=None, failure=None):
        self.kept, self.failure = kept, failure

    def get_password(self, service, account):
        return self.kept

    def set_password(self, service, account, secret):
        if self.failure:
            raise self.failure

    def delete_password(self, service, account):
        raise self.failure or PasswordDeleteError("Password not found")


@pytest.mark.parametrize("kept", [None, "another", SECRET + " ", SECRET[:-1]])
def test_a_secret_that_reads_back_differently_is_a_fault(kept):
    secrets = KeyringSecrets(choose=lambda: FakeKeyring(kept))
    secrets.put_for_session(SERVER, "typed before")
    with pytest.raises(KeyringMismatch):
        secrets.put(SERVER, SECRET)
    assert secrets.get(SERVER) == "typed before"


class WindowsError(Exception):
    winerror = 1783


@pytest.mark.parametrize(
    ("failure", "fault", "words"),
    [
        (PasswordSetError("Cancelled by user"), KeyringDenied, "refused: Cancelled by user."),
        (PasswordSetError("Can't store password on keychain: (-25293, 'auth')."), KeyringDenied, "auth')."),
        (PasswordSetError(f"cannot keep {SECRET}"), KeyringDenied, "refused: PasswordSetError."),
        (InitError("Failed to open keyring: NoReply."), KeyringMissing, "no keyring"),
        (WindowsError(1783, "CredWrite", "The stub received bad data"), SecretInvalid, "too long"),
        (RuntimeError(), KeyringDenied, "refused: RuntimeError."),
        (OSError("a\nb\x1b[31m"), KeyringDenied, "refused: a b[31m."),
        (TimeoutError(), KeyringTimeout, "5 seconds"),
    ],
)
def test_each_failure_of_a_keyring_has_its_own_words(failure, fault, words):
    with pytest.raises(fault) as caught:
        KeyringSecrets(choose=lambda: FakeKeyring(failure=failure)).put(SERVER, SECRET)
    assert words in str(caught.value)
    assert caught.value.next_step
    assert caught.value.__context__ is caught.value.__cause__ is None


def test_a_keyring_that_does_not_let_go_of_a_secret_is_told():
    keyring = FakeKeyring(kept=SECRET, failure=PasswordDeleteError("not allowed"))
    with pytest.raises(KeyringDenied, match="not allowed"):
        KeyringSecrets(choose=lambda: keyring).forget(SERVER)


def test_no_fault_carries_the_secret():
    failure = PasswordSetError(f"cannot keep {SECRET}")
    with pytest.raises(KeyringDenied) as caught:
        KeyringSecrets(choose=lambda: FakeKeyring(failure=failure)).put(SERVER, SECRET)
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(
        caught.value.details
    )


def test_keyring_is_not_loaded_before_a_secret_is_asked_for():
    code = (
        "import sys, pnm_launcher.keychain as k; k.KeyringSecrets(); print([m for m in sys.modules if 'keyring.' in m])"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


class TestCleaning:
    @pytest.mark.parametrize(
        ("text", "removed"),
        [
            (SECRET, 0), (f" {SECRET}", 1), (f"{SECRET}\n", 1), (f"\r\n\t{SECRET} \r\n", 6),
            (f"\u00a0{SECRET}\u00a0", 2),
            (f"\ufeff{SECRET}\u200b", 2), (f"\u2060\u200d{SECRET}\u202c", 3), (f'"{SECRET}"', 2), (f"'{SECRET}'\n", 3),
            (f"“{SECRET}”", 2), (f" ' {SECRET} ' ", 6), (f"`{SECRET}`", 2), (f"\0{SECRET}\x7f", 2),
        ],
    )  # fmt: skip
    def test_takes_away_what_was_pasted_around_it(self, text, removed):
        assert clean_secret(text) == (SECRET, removed)

    @pytest.mark.parametrize("secret", ["'", '"', "'x", 'x"', "a'b", "'x\"", "+/=" * 300])
    def test_leaves_what_may_be_part_of_it(self, secret):
        assert clean_secret(secret) == (secret, 0)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "empty"), (" \n\u200b", "empty"), ("''", "empty"), ('" "', "empty"), ("two words", "white space"),
            ("line\nbreak", "white space"), ("zero\u200bwidth", "white space"), ("a\u00a0b", "white space"),
            ("a\0b", "white space"), ("sécret", "ASCII"), ("\ud800x", "ASCII"), ("ключ", "ASCII"), 
            ("x" * 1025, "too long"), (" " * 100_000, "too long"),
        ],
    )  # fmt: skip
    def test_refuses_what_is_no_secret(self, text, words):
        with pytest.raises(SecretInvalid, match=words):
            clean_secret(text)

    @given(st.text())
    def test_the_result_is_clean_and_counted(self, text):
        try:
            secret, removed = clean_secret(text)
        except SecretInvalid:
            return
        assert secret in text
        assert len(secret) + removed == len(text)
        SessionSecrets().put(SERVER, secret)


class TestFingerprint:
    def test_is_short_and_stays_the_same(self):
        assert fingerprint("secret") == "DE·8D·87"

    def test_tells_secrets_apart(self):
        assert len({fingerprint(f"secret{number}") for number in range(200)}) == 200

    @given(st.text(min_size=1))
    def test_has_its_form_for_any_secret(self, secret):
        parts = fingerprint(secret).split("·")
        assert [f"{int(part, 16):02X}" for part in parts] == parts
        assert len(parts) == 3
