"""The OAuth device flow, and what comes after it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from faults import FaultServer, reply
from oauth_homeserver import DEVICE_GRANT, AuthServer, oauth_homeserver, refused

from pnm_launcher.errors import Cancelled, ConnectionRefused, LauncherError
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix import faults, room_faults
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.tokens import Tokens, TokenStore
from pnm_launcher.work import Cancellation


@pytest.fixture
def auth() -> Iterator[AuthServer]:
    with oauth_homeserver() as made:
        yield made


@pytest.fixture
def secrets() -> KeyringSecrets:
    return KeyringSecrets()


@pytest.fixture
def accounts(secrets) -> MatrixAccounts:
    return MatrixAccounts(secrets)


@pytest.fixture
def account(accounts, auth):
    """An account that was signed in through the device flow."""
    with accounts.sign_in(auth.address) as way:
        flow = replace(way.start_device_flow(way.ways()[1]), interval=0.01)
        return accounts.keep(way.finish_device_flow(flow), for_session=True)


def test_a_sign_in_is_confirmed_on_any_device(accounts, auth):
    auth.waiting = [refused("authorization_pending")]
    with accounts.sign_in(auth.address) as way:
        ways, server = way.ways()
        assert (ways.password, ways.sso) == (False, False)
        flow = way.start_device_flow(server)
        assert (flow.user_code, flow.page, flow.seconds) == ("ABCD-1234", f"{auth.address}/link?code=ABCD-1234", 600)
        assert "canary" not in repr(flow)
        account = accounts.keep(way.finish_device_flow(flow), for_session=True)
    assert (account.user_id, account.device_id, account.client_id) == ("@ana:hs.test", "ABCDEFGHIJ", "client-1")
    with accounts.client(account) as client:
        assert client.whoami() == ("@ana:hs.test", "ABCDEFGHIJ")


def test_what_is_registered_and_asked_for_is_what_the_specification_wants(auth, account):
    assert auth.registered["application_type"] == "native"
    assert auth.registered["token_endpoint_auth_method"] == "none"
    assert DEVICE_GRANT in auth.registered["grant_types"]
    assert auth.registered["client_uri"].startswith("https://")
    (_, asked), (_, polled) = auth.forms
    api, device = asked["scope"].split(" ")
    assert (asked["client_id"], api) == ("client-1", "urn:matrix:client:api:*")
    assert len(device.removeprefix("urn:matrix:client:device:")) >= 10
    assert polled == {"grant_type": DEVICE_GRANT, "device_code": "canary-device-code", "client_id": "client-1"}


def test_signing_in_again_keeps_the_place_in_the_list_of_devices(accounts, auth, account):
    with accounts.sign_in(auth.address, known=account) as way:
        way.start_device_flow(way.ways()[1])
    assert auth.forms[-1][1]["scope"].endswith(":ABCDEFGHIJ")


@pytest.mark.parametrize(
    ("error", "kind"),
    [("access_denied", faults.SignInDeclined), ("expired_token", faults.SignInTimedOut),
     ("invalid_grant", faults.MatrixRefused)],
)  # fmt: skip
def test_a_sign_in_that_is_not_confirmed_ends(accounts, auth, error, kind):
    auth.waiting = [refused(error)] * 3
    with accounts.sign_in(auth.address) as way:
        flow = way.start_device_flow(way.ways()[1])
        with pytest.raises(kind) as caught:
            way.finish_device_flow(replace(flow, interval=0.01))
    assert type(caught.value) is kind
    assert len(auth.waiting) == 2


def test_a_code_that_nobody_uses_runs_out(accounts, auth):
    auth.device["expires_in"] = 2
    auth.waiting = [refused("authorization_pending")] * 5
    with accounts.sign_in(auth.address) as way:
        flow = way.start_device_flow(way.ways()[1])
        with pytest.raises(faults.SignInTimedOut, match="within 1 min"):
            way.finish_device_flow(flow)


def test_waiting_can_be_cancelled(accounts, auth):
    cancel = Cancellation()
    with accounts.sign_in(auth.address, cancel=cancel) as way:
        flow = way.start_device_flow(way.ways()[1])
        cancel.cancel()
        with pytest.raises(Cancelled):
            way.finish_device_flow(flow)


def test_asking_too_often_is_slowed_down(accounts, auth, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr("pnm_launcher.matrix.oauth.pause", lambda seconds, cancel: not pauses.append(seconds))
    auth.waiting = [refused("slow_down"), refused("authorization_pending"), refused("slow_down")]
    with accounts.sign_in(auth.address) as way:
        way.finish_device_flow(way.start_device_flow(way.ways()[1]))
    assert pauses == [1, 6, 6, 11]


def test_a_network_that_fails_while_waiting_is_given_time(accounts, auth, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr("pnm_launcher.matrix.oauth.pause", lambda seconds, cancel: not pauses.append(seconds))
    auth.waiting = [b"", refused("authorization_pending")]
    with accounts.sign_in(auth.address) as way:
        way.finish_device_flow(way.start_device_flow(way.ways()[1]))
    assert pauses == [1, 2, 2]


@pytest.mark.parametrize(
    ("name", "value"),
    [("user_code", "<b>"), ("user_code", ""), ("user_code", "x" * 50), ("device_code", "a b"), ("device_code", 5),
     ("verification_uri_complete", "javascript:alert(1)"), ("verification_uri_complete", "http://evil.org/"),
     ("verification_uri_complete", "file:///etc/passwd"), ("verification_uri_complete", "https://a@b/")],
)  # fmt: skip
def test_an_odd_code_or_page_is_not_shown(accounts, auth, name, value):
    auth.device[name] = value
    with accounts.sign_in(auth.address) as way, pytest.raises(faults.MatrixNotUnderstood):
        way.start_device_flow(way.ways()[1])


@pytest.mark.parametrize("endpoint", ["http://evil.org/token", "ftp://x/", "", 5, "https://evil.org/token?x=1"])
def test_odd_addresses_of_the_sign_in_are_refused(accounts, auth, endpoint):
    auth.metadata["token_endpoint"] = endpoint
    with accounts.sign_in(auth.address) as way, pytest.raises((faults.MatrixNotUnderstood, room_faults.CallUnknown)):
        way.ways()
    assert auth.forms == []


def test_a_server_without_device_flow_says_so(accounts, auth):
    auth.metadata.pop("device_authorization_endpoint")
    with accounts.sign_in(auth.address) as way:
        server = way.ways()[1]
        assert server.device is None
        with pytest.raises(room_faults.CallUnknown):
            way.start_device_flow(server)


# --- renewing and ending -----------------------------------------------------------------------------------------


def test_an_expired_token_is_renewed_where_it_was_issued(accounts, auth, account, secrets):
    auth.good = "another"
    with accounts.client(account) as client:
        assert client.whoami()[0] == "@ana:hs.test"
    assert auth.forms[-1] == ("/token", {"grant_type": "refresh_token", "refresh_token": "canary-refresh-1",
                                         "client_id": "client-1"})  # fmt: skip
    assert TokenStore(secrets).load(account).refresh == "canary-refresh-2"


@pytest.mark.parametrize("answer", [refused("invalid_grant"), refused("x", "401 No"), reply("403 No", "<html>")])
def test_a_no_of_the_server_ends_the_sign_in(accounts, auth, account, answer):
    auth.good, auth.refreshing = "another", [answer]
    with accounts.client(account) as client, pytest.raises(faults.SignInExpired):
        client.whoami()
    assert not accounts.is_signed_in(account)


@pytest.mark.parametrize("answer", [reply("500 Oops", b""), reply("502 Gone", "<html>"), reply("429 Slow", b""), b""])
def test_a_server_or_network_that_fails_ends_nothing(accounts, auth, account, answer):
    auth.good, auth.refreshing = "another", [answer]
    with accounts.client(account) as client:
        with pytest.raises(LauncherError) as caught:
            client.whoami()
        assert not isinstance(caught.value, faults.SignedOut)
        assert client.whoami()[0] == "@ana:hs.test"  # with the old pair, a little later


def test_signing_out_revokes(accounts, auth, account):
    assert accounts.sign_out(account) is None
    assert auth.forms[-1] == ("/revoke", {"token": "canary-refresh-1", "token_type_hint": "refresh_token",
                                          "client_id": "client-1"})  # fmt: skip
    assert not accounts.is_signed_in(account)


def test_a_homeserver_that_names_another_server_gets_no_refresh_token(accounts, auth, account, secrets):
    """Neither to renew nor to revoke: both go where the token was issued, or nowhere."""
    with FaultServer(lambda visit: visit.read_request(), host="localhost") as evil:
        auth.metadata = {name: f"{evil.address}/x" for name in auth.metadata}
        auth.good = "another"
        with accounts.client(account) as client:
            assert client.whoami()[0] == "@ana:hs.test"
        assert type(accounts.sign_out(account)) is faults.SignInElsewhere
        assert evil.connections == 0
    assert not accounts.is_signed_in(account)


def test_a_renewal_goes_only_to_the_stored_address(accounts, auth, account, secrets):
    store = TokenStore(secrets)
    old = store.load(account)
    store.save(account, Tokens(old.origin, old.access, old.refresh, "http://localhost:1/token"))
    auth.good = "another"
    before = len(auth.forms)
    with accounts.client(account) as client, pytest.raises(ConnectionRefused):
        client.whoami()
    assert len(auth.forms) == before
