"""Signing in at a real homeserver by each way it offers, renewing, expiring, and signing out."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import keyring_services as services
import pytest
import requests
from faults import FaultServer, answering, reply
from synapse_server import PASSWORD, Browser

from pnm_launcher import log
from pnm_launcher.errors import BrowserFailed, Cancelled, InvalidValue
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix import faults, room_faults
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.calls import Calls
from pnm_launcher.matrix.discovery import Homeserver
from pnm_launcher.matrix.login import LoginWays, login_ways, login_with_password
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix.tokens import Tokens, TokenStore
from pnm_launcher.matrix.versions import Versions
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.session import Session
from pnm_launcher.work import Cancellation, background

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # keyring leaves it to the collector
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def ana(homeserver):
    return homeserver.person("ana")


def signed_in(accounts, person, **settings) -> MatrixAccount:
    with accounts.sign_in(person.address) as way:
        return accounts.keep(way.with_password(person.name, PASSWORD), for_session=True, **settings)


# --- ways in -----------------------------------------------------------------------------------------------------


def test_the_homeserver_tells_how_it_lets_people_in(accounts, homeserver):
    with accounts.sign_in(homeserver.address) as way:
        ways, oauth = way.ways()
    assert (ways.password, ways.sso, ways.token, oauth) == (True, True, True, None)
    assert ("School" in dict(ways.providers).values()) or ways.providers == ()


@pytest.mark.parametrize("whole", [True, False])
def test_signing_in_with_a_password(accounts, ana, whole):
    with accounts.sign_in(ana.address) as way:
        account = accounts.keep(way.with_password(ana.id if whole else ana.name, PASSWORD), for_session=True)
    assert (account.user_id, account.homeserver) == (ana.id, ana.address)
    assert account.device_id in ana.devices()
    with accounts.client(account) as client:
        assert client.whoami() == (ana.id, account.device_id)


def test_the_device_says_which_program_it_is(accounts, ana):
    account = signed_in(accounts, ana)
    found = ana.call("GET", f"v3/devices/{account.device_id}")
    assert found["display_name"].startswith("pnm-launcher on ")


def test_a_wrong_password_is_told(accounts, ana):
    with accounts.sign_in(ana.address) as way:
        with pytest.raises(faults.LoginRefused):
            way.with_password(ana.name, "wrong")
        with pytest.raises(faults.LoginRefused):
            way.with_password("nobody", PASSWORD)
        for user, password in (("", PASSWORD), (ana.name, "")):
            with pytest.raises(InvalidValue):
                way.with_password(user, password)


def test_a_closed_account_is_told(accounts, homeserver, ana):
    homeserver.person("admin", admin=True).administer("POST", f"v1/deactivate/{ana.id}", {"erase": False})
    with accounts.sign_in(ana.address) as way, pytest.raises((faults.AccountDeactivated, faults.LoginRefused)):
        way.with_password(ana.name, PASSWORD)


def test_a_sign_in_stays_at_the_server_that_was_asked(accounts):
    """`well_known` in an answer of `/login` may name another server (matrix-spec v1.18): that one gets nothing."""
    with FaultServer(answering(reply("200 OK", {})), host="127.0.0.2") as other:
        login = {"user_id": "@ana:hs.test", "device_id": "D", "access_token": "canary",
                 "well_known": {"m.homeserver": {"base_url": str(other.address)}}}  # fmt: skip
        answers = [reply("200 OK", {"versions": ["v1.15"]}), reply("200 OK", login), reply("200 OK", login)]
        with FaultServer(answering(*answers), host="localhost") as server:
            with accounts.sign_in(str(server.address)) as way:
                account = accounts.keep(way.with_password("ana", PASSWORD), for_session=True)
            assert account.homeserver == str(server.address)
            assert b'"password":"' + PASSWORD.encode() in server.visits[0].body
        assert other.connections == 0


SSO = {"type": "m.login.sso", "identity_providers": [{"id": "oidc-school", "name": "School", "brand": "x"}]}
PASSWORDS = {"type": "m.login.password"}
FLOWS = [
    ([PASSWORDS], LoginWays(password=True)),
    ([SSO, {"type": "m.login.token"}, PASSWORDS], LoginWays(True, True, True, (("oidc-school", "School"),))),
    ([SSO | {"oauth_aware_preferred": True}, PASSWORDS], LoginWays(False, True, False, (("oidc-school", "School"),))),
    ([{"type": "org.example.other"}, {}], LoginWays()),
    ([], LoginWays()),
]


@pytest.mark.parametrize(("flows", "expected"), FLOWS, ids=range(len(FLOWS)))
def test_the_ways_in_are_those_of_the_specification(flows, expected):
    """“Login flows”, v1.18: with `oauth_aware_preferred` nothing but the sign-in page may be offered."""
    assert ways_of(reply("200 OK", {"flows": flows})) == expected


def test_a_server_that_has_only_oauth_has_no_other_way():
    assert ways_of(reply("404 Not Found", {"errcode": "M_UNRECOGNIZED"})) == LoginWays()


@pytest.mark.parametrize("body", [{"flows": 5}, {"flows": [5]}, {"flows": [SSO | {"oauth_aware_preferred": "yes"}]},
                                  {"flows": [{"type": "m.login.sso", "identity_providers": [{}]}]}])  # fmt: skip
def test_odd_ways_in_are_not_understood(body):
    with pytest.raises(faults.MatrixNotUnderstood):
        ways_of(reply("200 OK", body))


def ways_of(answer: bytes) -> LoginWays:
    with FaultServer(answering(answer)) as server, Session() as session:
        return login_ways(Calls(session, server.address), Homeserver(server.address, Versions((1, 15))))


ODD_LOGINS = [{}, {"user_id": "ana"}, {"access_token": ""}, {"access_token": "a b"}, {"refresh_token": "x\ny"},
              {"device_id": 5}, {"access_token": "x" * 5000}]  # fmt: skip


@pytest.mark.parametrize("change", ODD_LOGINS, ids=str)
def test_an_odd_answer_is_no_sign_in(change):
    body = {"user_id": "@ana:hs.test", "device_id": "D", "access_token": "canary"} | change if change else {}
    with FaultServer(answering(reply("200 OK", body))) as server, Session() as session:
        homeserver = Homeserver(server.address, Versions((1, 15)))
        with pytest.raises(faults.MatrixNotUnderstood):
            login_with_password(Calls(session, server.address), homeserver, "ana", PASSWORD)


def test_after_three_wrong_passwords_the_server_asks_to_wait(accounts, strict_homeserver):
    person = strict_homeserver.person()
    with accounts.sign_in(person.address) as way:
        for _ in range(3):
            with pytest.raises(faults.LoginRefused):
                way.with_password(person.name, "wrong")
        start = time.monotonic()
        with pytest.raises(room_faults.TooManyRequests) as caught:
            way.with_password(person.name, "wrong")
        assert time.monotonic() - start < 20  # far longer waits are left to the person
        assert caught.value.seconds > 100


def test_a_pasted_token_is_checked(accounts, ana):
    with accounts.sign_in(ana.address) as way:
        account = accounts.keep(way.with_token(f" {ana.token}\n"), for_session=True)
        assert (account.user_id, account.device_id) == (ana.id, ana.device)
        with pytest.raises(faults.SignedOut):
            way.with_token("syt_wrong_token")
        for text in ("", "two words", "x\ny", "ä" * 20, "x" * 5000):
            with pytest.raises(InvalidValue):
                way.with_token(text)


# --- in the browser ----------------------------------------------------------------------------------------------


def test_signing_in_on_the_homeservers_page(accounts, homeserver, cas):
    cas.user, browser = "casper", Browser()
    with accounts.sign_in(homeserver.address) as way:
        account = accounts.keep(way.with_browser(open_url=browser, seconds=30), for_session=True)
    assert account.user_id == "@casper:hs.test"
    start, page, *_, back = browser.seen
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}", start)
    assert page.startswith(f"{homeserver.address}/_matrix/client/v3/login/sso/redirect?redirectUrl=http%3A%2F%2F127")
    assert homeserver.address not in back
    assert "loginToken=" in back
    assert "signed in" in browser.pages[-1]
    with pytest.raises(requests.ConnectionError):  # nothing listens any more
        requests.get(back, timeout=5)


def test_the_way_back_works_once_and_only_for_its_own_path(accounts, homeserver):
    tried: list[int] = []

    def stranger(address: str) -> bool:
        base = address.rpartition("/")[0]

        def ask(path: str) -> None:
            tried.append(requests.get(base + path, allow_redirects=False, timeout=10).status_code)

        ask("/?loginToken=evil")
        ask("/guess?loginToken=evil")
        location = requests.get(address, allow_redirects=False, timeout=10).headers["Location"]
        tried.append(requests.get(address, allow_redirects=False, timeout=10).status_code)
        back = re.search(r"redirectUrl=([^&]*)", location)[1]
        back = requests.utils.unquote(back).removeprefix(base)
        ask(back)
        ask(f"{back}?loginToken=a&loginToken=b")
        tried.append(requests.post(f"{base}{back}?loginToken=evil", timeout=10).status_code)
        ask(f"{back}?loginToken=wrong")
        return True

    with accounts.sign_in(homeserver.address) as way, pytest.raises(faults.CodeRefused):
        way.with_browser(open_url=stranger, seconds=30)
    assert tried == [404, 404, 404, 404, 404, 404, 200]


def test_another_user_cannot_take_the_browsers_place(accounts, homeserver, monkeypatch):
    """And so sign us in with an account of theirs: the first address is in the browser's arguments."""
    monkeypatch.setattr("pnm_launcher.matrix.sso.this_user", lambda: (os.getuid() + 1,))
    answers: list[requests.Response] = []

    def stranger(address: str) -> bool:
        answers.append(requests.get(address, allow_redirects=False, timeout=10))
        return True

    with accounts.sign_in(homeserver.address) as way, pytest.raises(faults.SignInTimedOut):
        way.with_browser(open_url=stranger, seconds=2)
    assert [answer.status_code for answer in answers] == [421]
    assert "Location" not in answers[0].headers


def test_without_a_browser_or_when_nobody_comes_back_it_ends(accounts, homeserver):
    with accounts.sign_in(homeserver.address) as way:
        with pytest.raises(BrowserFailed):
            way.with_browser(open_url=lambda address: False)
        with pytest.raises(faults.SignInTimedOut):
            way.with_browser(open_url=lambda address: True, seconds=0.05)


def test_waiting_for_the_browser_can_be_cancelled(accounts, homeserver):
    cancel = Cancellation()
    with accounts.sign_in(homeserver.address, cancel=cancel) as way, pytest.raises(Cancelled):
        way.with_browser(open_url=lambda address: cancel.cancel() or True)


# --- renewing ----------------------------------------------------------------------------------------------------


def expired(person, token: str) -> None:
    """Wait until the server no longer takes the token."""
    ends = time.monotonic() + 20
    person.token = token
    while "errcode" not in person.call("GET", "v3/account/whoami", ok=False):
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_an_expired_token_is_renewed_and_the_new_pair_is_stored_before_it_is_used(strict_homeserver):
    secrets = KeyringSecrets()
    accounts, store, person = MatrixAccounts(secrets), TokenStore(secrets), strict_homeserver.person()
    account = signed_in(accounts, person)
    for _ in range(2):
        before = store.load(account)
        assert before.refresh
        expired(person, before.access)
        with accounts.client(account) as client:
            assert client.whoami()[0] == person.id
        after = store.load(account)
        assert after.access != before.access
        assert after.refresh != before.refresh


def test_two_clients_renew_in_turn_and_share_the_new_pair(strict_homeserver):
    secrets = KeyringSecrets()
    accounts, store, person = MatrixAccounts(secrets), TokenStore(secrets), strict_homeserver.person()
    account = signed_in(accounts, person)
    expired(person, store.load(account).access)
    outcomes: list[object] = []

    def use() -> None:
        try:
            with accounts.client(account) as client:
                outcomes.append(client.whoami()[0])
        except Exception as error:
            outcomes.append(error)

    threads = [background(use, f"client {number}") for number in range(4)]
    for thread in threads:
        thread.join(60)
    assert outcomes == [person.id] * 4


def test_a_sign_in_that_was_ended_elsewhere_is_forgotten(accounts, ana):
    account = signed_in(accounts, ana)
    with accounts.client(account) as client:
        client.whoami()
        ana.call("POST", "v3/logout/all")
        with pytest.raises(faults.SignedOut):
            client.whoami()
    assert not accounts.is_signed_in(account)
    with pytest.raises(faults.SignInMissing), accounts.client(account):
        pass


def test_an_expired_sign_in_that_cannot_be_renewed_is_taken_up_again_as_the_same_device(strict_homeserver):
    secrets = KeyringSecrets()
    accounts, store, person = MatrixAccounts(secrets), TokenStore(secrets), strict_homeserver.person()
    account = signed_in(accounts, person)
    tokens = store.load(account)
    store.save(account, Tokens(tokens.origin, tokens.access))
    expired(person, tokens.access)
    with accounts.client(account) as client, pytest.raises(faults.SignInExpired):
        client.whoami()
    with accounts.sign_in(person.address, known=account) as way:
        again = accounts.keep(way.with_password(person.name, PASSWORD), account, for_session=True)
    assert again == account
    with accounts.client(again) as client:
        assert client.whoami() == (person.id, account.device_id)


def test_a_refresh_token_that_was_used_up_ends_the_sign_in(strict_homeserver):
    secrets = KeyringSecrets()
    accounts, store, person = MatrixAccounts(secrets), TokenStore(secrets), strict_homeserver.person()
    account = signed_in(accounts, person)
    first = store.load(account)
    expired(person, first.access)
    with accounts.client(account) as client:
        client.whoami()
    store.save(account, first)
    with accounts.client(account) as client, pytest.raises(faults.SignedOut):
        client.whoami()
    assert not accounts.is_signed_in(account)


DIES = """
import sys
from pnm_launcher import store
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.tokens import TokenStore
from pnm_launcher.paths import meetings_file

def stop(*arguments, **settings):
    print("answered", flush=True)
    sys.stdin.read()

TokenStore.save = stop
account = store.load(meetings_file())[0].matrix_accounts[0]
with MatrixAccounts(KeyringSecrets()).client(account) as client:
    client.whoami()
"""


def test_a_program_that_dies_between_the_answer_and_the_storing_starts_again(strict_homeserver, own_keyring, tmp_path):
    """Also: after signing out, the keyring is empty, and no token was ever in a file."""
    from pnm_launcher import store
    from pnm_launcher.meetings import Book
    from pnm_launcher.paths import config_folder, meetings_file

    secrets = KeyringSecrets()
    accounts, tokens, person = MatrixAccounts(secrets), TokenStore(secrets), strict_homeserver.person()
    with accounts.sign_in(person.address) as way:
        account = accounts.keep(way.with_password(person.name, PASSWORD))
    store.update(meetings_file(), lambda book: book.with_matrix_account(account))
    before = tokens.load(account)
    expired(person, before.access)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", DIES], env=environment, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout.readline() == b"answered\n"
        process.send_signal(signal.SIGKILL)
    assert tokens.load(account) == before
    with accounts.client(account) as client:
        assert client.whoami() == (person.id, account.device_id)
    after = tokens.load(account)
    assert after != before
    assert len(services.items(own_keyring)) == 1
    assert accounts.sign_out(account) is None
    assert services.items(own_keyring) == {}
    store.update(meetings_file(), lambda book: book.without_matrix_account(account.id))
    assert store.load(meetings_file())[0] == Book()
    written = b"".join(path.read_bytes() for path in config_folder().rglob("*") if path.is_file())
    for token in (before.access, before.refresh, after.access, after.refresh, PASSWORD):
        assert token.encode() not in written
        assert token not in "\n".join(log.recent())


# --- signing out -------------------------------------------------------------------------------------------------


def test_signing_out_ends_the_sign_in_at_the_server_too(accounts, ana):
    account = signed_in(accounts, ana)
    assert account.device_id in ana.devices()
    assert accounts.sign_out(account) is None
    assert account.device_id not in ana.devices()
    assert not accounts.is_signed_in(account)
    assert accounts.sign_out(account) is None  # once more does no harm


def test_signing_out_with_an_expired_token_still_removes_the_device(strict_homeserver):
    secrets = KeyringSecrets()
    accounts, person = MatrixAccounts(secrets), strict_homeserver.person()
    account, other = signed_in(accounts, person), person.token
    expired(person, TokenStore(secrets).load(account).access)
    assert accounts.sign_out(account) is None
    person.token = other
    assert account.device_id not in person.devices()


def test_a_server_that_cannot_be_told_does_not_keep_one_signed_in_here(accounts, ana):
    account = signed_in(accounts, ana)
    away = MatrixAccount("x", "http://localhost:1", account.user_id)
    TokenStore(accounts._store._secrets).save(away, Tokens("http://localhost:1", "canary"), for_session=True)
    fault = accounts.sign_out(away)
    assert "localhost" in str(fault)
    assert not accounts.is_signed_in(away)


def test_a_sign_in_that_could_not_be_kept_is_ended(accounts, ana):
    with accounts.sign_in(ana.address) as way:
        made = way.with_password(ana.name, PASSWORD)
    assert made.device_id in ana.devices()
    accounts.discard(made)
    assert made.device_id not in ana.devices()


def test_tokens_of_another_origin_are_not_used(accounts, ana):
    account = signed_in(accounts, ana)
    moved = MatrixAccount(account.id, "http://localhost:1", account.user_id)
    store = TokenStore(accounts._store._secrets)
    store.save(moved, Tokens(ana.address, ana.token), for_session=True)
    with pytest.raises(faults.SignInElsewhere), accounts.client(moved):
        pass


# --- rate limits -------------------------------------------------------------------------------------------------


def test_a_rate_limit_is_waited_for_once_and_never_cut_short(client, strict_homeserver):
    host, ana = strict_homeserver.person("host"), strict_homeserver.person("ana")
    rooms = [RoomAddress(host.make_room(preset="public_chat")) for _ in range(3)]
    waits: list[float] = []
    mine = client(ana, on_wait=waits.append)
    mine.join(rooms[0])
    asked = ana.call("POST", f"v3/join/{rooms[1].room}", {}, ok=False)
    assert asked["errcode"] == "M_LIMIT_EXCEEDED"
    start = time.monotonic()
    assert mine.join(rooms[1]) == rooms[1].room
    passed = time.monotonic() - start
    assert len(waits) == 1
    assert waits[0] <= passed < waits[0] + 5
    assert asked["retry_after_ms"] / 1000 * 0.8 < waits[0] < 4 * 1.2 + 1


def test_a_wait_for_a_rate_limit_can_be_cancelled(client, strict_homeserver):
    host, ana = strict_homeserver.person("host"), strict_homeserver.person("ana")
    rooms = [RoomAddress(host.make_room(preset="public_chat")) for _ in range(2)]
    cancel = Cancellation()
    mine = client(ana, cancel=cancel, on_wait=lambda seconds: cancel.cancel())
    mine.join(rooms[0])
    with pytest.raises(Cancelled):
        mine.join(rooms[1])
    assert host.membership(rooms[1].room, ana.id) == ""
