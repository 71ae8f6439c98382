"""The connection check on real servers: each step that can fail, fails with its own words, and the rest wait."""

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from faults import Behaviour, FaultServer, Visit, answering, closed_port, reply

from pnm_launcher import errors, ladder, refusals
from pnm_launcher.ladder import STEPS, Result, Step
from pnm_launcher.meetings import Server
from pnm_launcher.session import Session
from pnm_launcher.work import Cancellation

AUTHORITY = trustme.CA()
FILES = {"status": True, "msg": "success", "css_files": [], "js_files": []}


def plugnmeet(*headers: str) -> Behaviour:
    """As much of a server as the check asks for."""

    def behave(visit: Visit) -> None:
        while visit.read_request():
            if visit.head.startswith(b"GET /healthCheck "):
                visit.send(reply("200 OK", b"Healthy", "Content-Type: text/plain", *headers))
            else:
                visit.send(reply("200 OK", FILES, *headers))

    return behave


@pytest.fixture
def server(practice) -> Server:
    return Server("s1", "Practice", practice.address, practice.api_key)


@pytest.fixture
def ca_file(tmp_path) -> str:
    path = tmp_path / "organisation.pem"
    AUTHORITY.cert_pem.write_to_path(path)
    return str(path)


def check(server: Server, secret: str = "secret", **options: object) -> Result:
    seen: list[Step] = []
    with Session(ca_file=server.ca_file) as session:
        result = ladder.check(server, secret, session, seen.append, **options)
    assert tuple(seen) == result.steps, "each step is told once, in order"
    assert [step.name for step in result.steps] == list(STEPS)
    return result


def states(result: Result) -> str:
    """One letter for each step: ok, failed, waiting, skipped."""
    return "".join(step.state[0] for step in result.steps)


def fails(result: Result, at: str, kind: type[errors.LauncherError]) -> None:
    place = STEPS.index(at)
    assert {step.state for step in result.steps[:place]} <= {"ok", "skipped"}
    assert [step.state for step in result.steps[place:]] == ["failed"] + ["waiting"] * (len(STEPS) - place - 1)
    assert type(result.error) is kind
    assert result.steps[place].text == str(result.error)
    assert result.error.next_step
    assert not result.ok


# --- the practice server -----------------------------------------------------------------------------------------


def test_a_right_server_key_and_secret_pass_every_step(server, practice):
    result = check(server, practice.secret)
    assert states(result) == "osoooo"
    assert result.ok
    assert result.error is None
    texts = {step.name: step.text for step in result.steps}
    assert "127.0.0.1" in texts["Address"] or "::1" in texts["Address"]
    assert "this computer" in texts["Secure connection"]
    assert all(texts.values())


def test_a_wrong_secret_fails_at_the_secret_because_the_key_was_right(server):
    result = check(server, "wrong")
    fails(result, "API secret", refusals.SecretWrong)


def test_a_wrong_key_fails_at_the_key(server, practice):
    fails(check(replace(server, api_key="nobody"), practice.secret), "API key", refusals.ApiKeyUnknown)


def test_the_check_has_no_effect_on_the_server(server, practice):
    """In particular no token is asked for: that would end somebody's connection."""
    seen = []
    real = Session.post
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "post", lambda self, address, path, *rest, **more: (
            seen.append(path), real(self, address, path, *rest, **more))[1])  # fmt: skip
        check(server, practice.secret)
    assert seen == ["/auth/getClientFiles"]


# --- the way there -----------------------------------------------------------------------------------------------


def at(address: object, ca_file: str = "") -> Server:
    return Server("s1", "Somewhere", str(address), "key", ca_file=ca_file)


def test_an_unknown_name_fails_at_the_address():
    fails(check(at("https://nowhere.invalid")), "Address", errors.AddressNotFound)


def test_a_closed_port_fails_at_the_address():
    fails(check(at(f"https://127.0.0.1:{closed_port()}")), "Address", errors.ConnectionRefused)


def test_a_cancelled_check_fails_where_it_is():
    cancellation = Cancellation()
    cancellation.cancel()
    fails(check(at("https://127.0.0.1:9"), cancel=cancellation), "Address", errors.Cancelled)


def certificate(**options: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = options.pop("authority", AUTHORITY)
    name = options.pop("name", "127.0.0.1")
    authority.issue_cert(name, **options).configure_cert(context)
    return context


@pytest.fixture
def secure(ca_file) -> Iterator[Server]:
    ends = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=30, hours=1)
    with FaultServer(plugnmeet(), tls=certificate(not_after=ends)) as running:
        yield at(running.address, ca_file)


def test_an_encrypted_server_passes_and_tells_how_long_its_certificate_is_valid(secure):
    result = check(secure)
    assert states(result) == "ooooos"
    ends = (datetime.now(UTC) + timedelta(days=30, hours=1)).date().isoformat()
    assert result.steps[1].text == f"the certificate is valid until {ends} (days left: 30)"


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"not_after": datetime(2020, 1, 1)}, errors.CertificateExpired),
        ({"name": "elsewhere.example"}, errors.CertificateForOtherName),
        ({"authority": trustme.CA()}, errors.CertificateUntrusted),
    ],
)
def test_a_bad_certificate_fails_at_the_secure_connection(options, kind, ca_file):
    with FaultServer(plugnmeet(), tls=certificate(**options)) as running:
        result = check(at(running.address, ca_file))
    assert result.steps[0].state == "ok"
    fails(result, "Secure connection", kind)


def test_a_server_without_encryption_fails_at_the_secure_connection():
    def behave(visit: Visit) -> None:
        visit.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        visit.until_gone()

    with FaultServer(behave) as running:
        fails(check(at(f"https://127.0.0.1:{running.port}")), "Secure connection", errors.CertificateRefused)


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_file_of_certificates_that_cannot_be_read_fails_at_the_secure_connection(content, tmp_path):
    path: Path = tmp_path / "bad.pem"
    if content:
        path.write_bytes(content)
    with FaultServer(plugnmeet(), tls=certificate()) as running:
        fails(check(at(running.address, str(path))), "Secure connection", errors.CertificatesUnreadable)


def test_a_silent_greeting_ends_in_time(monkeypatch):
    monkeypatch.setattr(ladder, "_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        result = check(at(f"https://127.0.0.1:{silent.getsockname()[1]}"))
    fails(result, "Secure connection", errors.DeadlinePassed)


def test_a_way_through_a_proxy_is_told_without_its_password(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:canary@127.0.0.1:{closed_port()}")
    result = check(at("https://meet.example.org"))
    assert "canary" not in repr(result)
    assert result.steps[0].text.startswith("through the proxy 127.0.0.1:")
    fails(result, "Server", errors.ProxyFailed)


# --- the server itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply("503 Service Unavailable", b"DB connection error", "Content-Type: text/plain"), errors.ServerUnhealthy),
        (reply("502 Bad Gateway", "<html>"), errors.GatewayFailed),
        (reply("200 OK", "<html>Sign in to the hotel"), errors.NotPlugNmeet),
        (reply("404 Not Found", b"not found"), errors.PageNotFound),
        (reply("301 Moved Permanently", b"", "Location: https://elsewhere.example/healthCheck"), errors.Redirected),
    ],
)
def test_a_server_that_is_not_well_fails_at_the_server(answer, kind, ca_file):
    with FaultServer(answering(answer), tls=certificate()) as running:
        fails(check(at(running.address, ca_file)), "Server", kind)
        assert all(b"HASH-SIGNATURE" not in visit.head for visit in running.visits)


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (3, "agrees with the server's"),
        (-600, "this computer is 600 seconds ahead of the server"),
        (600, "this computer is 600 seconds behind the server"),
    ],
)
def test_clocks_are_compared_but_keep_nobody_out(ahead, text, ca_file):
    now = datetime.now(UTC) + timedelta(seconds=ahead)
    with FaultServer(plugnmeet(f"Date: {now:%a, %d %b %Y %H:%M:%S} GMT"), tls=certificate()) as running:
        result = check(at(running.address, ca_file))
    assert result.ok
    assert re.fullmatch(text.replace("600", "(59[89]|60[012])"), result.steps[-1].text)
