"""The session against real servers that misbehave; all on this computer, 127.0.0.2 is the host of somebody else."""

import gc
import logging
import os
import socket
import ssl
import sys
import threading
import time
import traceback
import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from faults import (
    Behaviour,
    FaultServer,
    Visit,
    after_request,
    answering,
    closed_port,
    full_backlog,
    headers_of,
    reply,
    tunnel,
)

from pnm_launcher import __version__, errors
from pnm_launcher.address import Address
from pnm_launcher.diagnosis import _causes, translate
from pnm_launcher.session import Answer, Session
from pnm_launcher.work import Cancellation

OK = reply(body={"status": True})
HEAD = b"HTTP/1.1 200 OK\r\n"
SIGNED = {"API-KEY": "canary-key", "HASH-SIGNATURE": "canary-signature", "Authorization": "canary-authorization"}
BODY = b'{"canary":"body"}'


@pytest.fixture(autouse=True)
def _no_proxies_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as made:
        yield made


def send(session: Session, address: Address, seconds: float = 1.0, cancel: Cancellation | None = None) -> Answer:
    return session.post(address, "/auth/call", BODY, SIGNED, seconds=seconds, cancel=cancel)


# --- what is sent and what comes back ----------------------------------------------------------------------------


def test_the_bytes_arrive_as_given_with_few_and_fixed_headers(session: Session) -> None:
    with FaultServer(answering(OK)) as server:
        send(session, server.address)
    visit = server.visits[0]
    assert visit.head.startswith(b"POST /auth/call HTTP/1.1\r\n")
    assert visit.body == BODY
    assert headers_of(visit) == {
        "host": f"127.0.0.1:{server.port}",
        "user-agent": f"pnm-launcher/{__version__}",
        "accept": "*/*",
        "accept-encoding": "identity",
        "content-length": str(len(BODY)),
        **{name.lower(): value for name, value in SIGNED.items()},
    }


def test_an_answer_of_any_status_is_returned_with_its_headers(session: Session) -> None:
    date = "Sat, 21 Nov 2026 22:08:00 GMT"
    with FaultServer(answering(reply("418 Teapot", b"tea", "Content-Type: text/tea", f"Date: {date}"))) as server:
        answer = session.get(server.address, "/healthCheck")
    assert answer == Answer(418, b"tea", "text/tea", date)
    assert b"GET /healthCheck HTTP/1.1" in server.visits[0].head
    assert server.visits[0].body == b""
    assert "b'" not in repr(answer)


def test_a_path_of_the_address_stays_in_front(session: Session) -> None:
    with FaultServer(answering(OK)) as server:
        send(session, Address("http", "127.0.0.1", server.port, "/sub/folder"))
    assert server.visits[0].head.startswith(b"POST /sub/folder/auth/call HTTP/1.1")


def test_the_connection_is_used_again_and_cookies_are_not(session: Session) -> None:
    with FaultServer(answering(reply("200 OK", b"", "Set-Cookie: canary=1; Path=/"), OK)) as server:
        for _ in range(3):
            send(session, server.address)
        assert server.connections == 1
        assert b"ookie" not in server.visits[0].head


def test_any_method_is_sent_as_given(session: Session) -> None:
    headers = {"Authorization": "Bearer canary"}
    with FaultServer(answering(reply("429 Slow down", b"{}", "Retry-After: 7"))) as server:
        answer = session.send("PUT", server.address, "/x%2Fy", b"{}", headers, seconds=5)
        session.send("GET", server.address, "/z", None, headers, seconds=5)
    assert (answer.status, answer.retry_after) == (429, "7")
    first, second = server.visits[0].heads
    assert first.startswith(b"PUT /x%2Fy HTTP/1.1\r\n")
    assert second.startswith(b"GET /z HTTP/1.1\r\n")
    assert b"Authorization: Bearer canary" in second
    assert b"Content-" not in second


def test_a_redirect_keeps_where_it_leads_without_following(session: Session) -> None:
    with FaultServer(answering(reply("302 Found", b"", "Location: /other?x=1"))) as server:
        with pytest.raises(errors.Redirected) as caught:
            session.get(server.address, "/page")
        assert caught.value.location == f"{server.address}/other?x=1"
        assert len(server.visits[0].heads) == 1


def test_a_connection_closed_between_calls_is_replaced(session: Session) -> None:
    def one_only(visit: Visit) -> None:
        visit.read_request()
        visit.send(OK)

    with FaultServer(one_only) as server:
        send(session, server.address)
        deadline = time.monotonic() + 5
        while server.visits[0].sock.fileno() != -1 and time.monotonic() < deadline:
            time.sleep(0.005)  # until it is closed
        assert send(session, server.address).status == 200
        assert server.connections == 2


def test_a_post_is_not_repeated_when_a_kept_connection_breaks_under_it(session: Session) -> None:
    def second_one_dies(visit: Visit) -> None:
        visit.read_request()
        visit.send(OK)
        visit.read_request()

    with FaultServer(second_one_dies) as server:
        send(session, server.address)
        with pytest.raises(errors.ConnectionBroken):
            send(session, server.address)
        assert server.connections == 1


def test_threads_can_share_one_session(session: Session) -> None:
    def takes_its_time(visit: Visit) -> None:
        while visit.read_request():
            visit.wait(0.2)
            visit.send(OK)

    answers: list[int] = []
    with FaultServer(takes_its_time) as server:
        threads = [
            threading.Thread(target=lambda: answers.append(send(session, server.address, 10.0).status))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [200] * 4


# --- N1-N4: redirects --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent", "300 x"]
)
def test_a_redirect_is_refused_and_nothing_reaches_the_other_host(session: Session, status: str) -> None:
    with FaultServer(answering(OK), host="127.0.0.2") as evil:
        location = f"http://127.0.0.2:{evil.port}/auth/call?canary=1"
        with FaultServer(answering(reply(status, b"", f"Location: {location}"))) as server:
            with pytest.raises(errors.Redirected) as caught:
                send(session, server.address)
            assert server.connections == 1
        assert evil.connections == 0
    assert str(caught.value) == f"127.0.0.1 sends visitors on to http://127.0.0.2:{evil.port}."


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("https://other.example/auth/call", "https://other.example"),
        ("https://other.example/sub/auth/call#x", "https://other.example/sub"),
        ("https://ann:canary@other.example/", "https://other.example"),
        ("//evil.example/x", "http://evil.example/x"),
        (r"\\evil.example", "http://evil.example"),
        (r"https://evil.example\@good.example", "https://evil.example/@good.example"),
        ("https://[::1]:8/", "https://[::1]:8"),
        ("https://[", "?"),
        ("https://x:99999/", "?"),
        ("javascript:alert(1)", "javascript://?alert(1)"),
        ("https://evil.example/\x1b[31m\x85x", "https://evil.example/[31m x"),
    ],
)
def test_the_target_of_a_redirect_is_named_cleanly(session: Session, location: str, target: str) -> None:
    answer = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location.encode("latin-1") + b"\r\n\r\n"
    with FaultServer(answering(answer)) as server, pytest.raises(errors.Redirected) as caught:
        send(session, server.address)
    assert caught.value.details["target"] == target
    assert "canary" not in f"{caught.value}{caught.value.next_step}"


@pytest.mark.parametrize("headers", [(), ("Location: ",), ("Location: /auth/call",)])
def test_a_redirect_to_nowhere_or_to_itself_is_asked_once(session: Session, headers: tuple[str, ...]) -> None:
    with FaultServer(answering(reply("302 Found", b"", *headers))) as server:
        with pytest.raises(errors.Redirected):
            send(session, server.address)
        assert len(server.visits) == 1


def test_the_body_of_a_redirect_is_not_read(session: Session) -> None:
    endless = after_request(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n", b"x" * 65536, again=True)
    started = time.monotonic()
    with FaultServer(endless) as server, pytest.raises(errors.Redirected):
        send(session, server.address, 5.0)
    assert time.monotonic() - started < 1


# --- N5-N8: every call ends in time ------------------------------------------------------------------------------

SLOW: dict[str, Behaviour] = {
    "says nothing": Visit.until_gone,
    "drips headers": after_request(HEAD, b"X-A: b\r\n", every=0.1, again=True),
    "drips one header": after_request(HEAD, b"x", every=0.1, again=True),
    "drips the body": after_request(HEAD + b"Content-Length: 9999\r\n\r\n", b"x", every=0.1, again=True),
    "drips the body without end": after_request(HEAD + b"\r\n", b"x", every=0.1, again=True),
    "drips chunks": after_request(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", every=0.1, again=True),
    "floods with 100 Continue": after_request(b"HTTP/1.1 100 Continue\r\n\r\n", every=0.001, again=True),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_call_ends_at_its_deadline_whatever_the_server_does(session: Session, name: str) -> None:
    with FaultServer(SLOW[name]) as server:
        started = time.monotonic()
        with pytest.raises(errors.DeadlinePassed) as caught:
            send(session, server.address, 0.8)
        assert 0.75 <= time.monotonic() - started <= 1.3
    assert str(caught.value) == "127.0.0.1 did not answer within 0.8 s."


@pytest.mark.parametrize("name", SLOW)
def test_cancelling_takes_effect_within_200_milliseconds(session: Session, name: str) -> None:
    cancel = Cancellation()
    with FaultServer(SLOW[name]) as server:
        assert_cancelled(lambda: send(session, server.address, 20.0, cancel), cancel)


def assert_cancelled(call: Callable[[], object], cancel: Cancellation) -> None:
    cancelled_at: list[float] = []

    def press() -> None:
        cancelled_at.append(time.monotonic())
        cancel.cancel()

    timer = threading.Timer(0.3, press)
    timer.start()
    with pytest.raises(errors.Cancelled):
        call()
    assert time.monotonic() - cancelled_at[0] < 0.2
    timer.join()


@pytest.mark.parametrize("secure", [False, True])
def test_a_kept_connection_is_cut_off_as_well(ca_file: str, secure: bool) -> None:
    def silent_the_second_time(visit: Visit) -> None:
        visit.read_request()
        visit.send(OK)
        visit.read_request()
        visit.send(HEAD)
        visit.until_gone()

    cancel = Cancellation()
    tls = certificate("127.0.0.1") if secure else None
    with FaultServer(silent_the_second_time, tls=tls) as server, Session(ca_file=ca_file) as session:
        send(session, server.address, 5.0)
        started = time.monotonic()
        with pytest.raises(errors.DeadlinePassed):
            send(session, server.address, 0.5)
        assert time.monotonic() - started < 1
        send(session, server.address, 5.0)
        assert_cancelled(lambda: send(session, server.address, 20.0, cancel), cancel)
        assert server.connections == 2


def test_a_call_that_was_cancelled_before_sends_nothing(session: Session) -> None:
    cancel = Cancellation()
    cancel.cancel()
    with FaultServer(answering(OK)) as server:
        with pytest.raises(errors.Cancelled):
            send(session, server.address, cancel=cancel)
        assert server.visits == []


def test_a_deadline_does_not_spoil_the_next_call_of_the_session(session: Session) -> None:
    first = threading.Event()

    def slow_once(visit: Visit) -> None:
        if first.is_set():
            answering(OK)(visit)
        else:
            first.set()
            visit.until_gone()

    with FaultServer(slow_once) as server:
        with pytest.raises(errors.DeadlinePassed):
            send(session, server.address, 0.3)
        assert send(session, server.address).status == 200


def test_nothing_is_left_behind_by_calls_that_were_cut_off() -> None:
    def round_of_faults() -> None:
        for behaviour in (SLOW["drips the body"], answering(OK)):
            with FaultServer(behaviour) as server, Session() as session:
                cancel = Cancellation()
                with suppress(errors.DeadlinePassed):
                    send(session, server.address, 0.1, cancel)
                assert cancel._calls == []

    def open_files() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    round_of_faults()
    files, threads = open_files(), threading.active_count()
    for _ in range(5):
        round_of_faults()
    assert open_files() <= files
    deadline = time.monotonic() + 2
    while threading.active_count() > threads and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= threads


def test_connecting_to_a_port_that_drops_everything_ends_at_the_deadline(session: Session) -> None:
    with full_backlog() as port:
        started = time.monotonic()
        with pytest.raises(errors.DeadlinePassed):
            send(session, Address("http", "127.0.0.1", port, ""), 0.8)
        assert time.monotonic() - started <= 1.3


def test_connecting_takes_five_seconds_at_most_even_in_a_longer_call(session: Session) -> None:
    with full_backlog() as port:
        started = time.monotonic()
        with pytest.raises(errors.DeadlinePassed) as caught:
            send(session, Address("http", "127.0.0.1", port, ""), 30.0)
        assert 4.9 <= time.monotonic() - started <= 5.5
    assert "within 5 s" in str(caught.value)


def test_connecting_can_be_cancelled(session: Session) -> None:
    cancel = Cancellation()
    with full_backlog() as port:
        assert_cancelled(lambda: send(session, Address("http", "127.0.0.1", port, ""), 20.0, cancel), cancel)


# --- N19-N21: names and addresses --------------------------------------------------------------------------------


def test_an_unknown_name_is_told(session: Session) -> None:
    with pytest.raises(errors.AddressNotFound) as caught:
        send(session, Address("https", "no-such-host.invalid", None, ""), 10.0)
    assert str(caught.value) == "No computer called no-such-host.invalid was found."


@pytest.fixture
def silent_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A name server that never answers."""
    end = threading.Event()
    real = socket.getaddrinfo

    def look_up(host: object, *args: object, **kwargs: object) -> object:
        if b"silent" in host:
            end.wait(30)
            raise socket.gaierror(socket.EAI_AGAIN, "late")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield
    end.set()


@pytest.mark.usefixtures("silent_names")
def test_a_name_server_that_never_answers_ends_at_the_deadline_or_when_cancelled(session: Session) -> None:
    cancel = Cancellation()
    address = Address("https", "silent.example", None, "")
    started = time.monotonic()
    with pytest.raises(errors.DeadlinePassed):
        send(session, address, 0.8)
    assert 0.75 <= time.monotonic() - started <= 1.3
    assert_cancelled(lambda: send(session, address, 20.0, cancel), cancel)


def names_to(monkeypatch: pytest.MonkeyPatch, *hosts: str) -> None:
    def look_up(host: bytes, port: int, **kwargs: object) -> object:
        return [
            (socket.AF_INET6 if ":" in place else socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))
            for place in hosts
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def test_a_dead_address_beside_a_living_one_costs_a_moment_only(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(answering(OK)) as server, full_backlog("127.0.0.3", server.port):
        names_to(monkeypatch, "127.0.0.3", "127.0.0.1")
        started = time.monotonic()
        assert send(session, Address("http", "localhost", server.port, ""), 5.0).status == 200
        assert time.monotonic() - started < 1


def test_a_refusing_address_beside_a_living_one_costs_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(answering(OK)) as server:
        names_to(monkeypatch, "127.0.0.3", "127.0.0.1")
        started = time.monotonic()
        assert send(session, Address("http", "localhost", server.port, ""), 5.0).status == 200
        assert time.monotonic() - started < 0.2


def test_a_closed_port_is_told(session: Session) -> None:
    with pytest.raises(errors.ConnectionRefused) as caught:
        send(session, Address("http", "127.0.0.1", closed_port(), ""))
    assert str(caught.value) == "127.0.0.1 does not accept connections."


def test_a_network_without_a_way_there_is_told(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    names_to(monkeypatch, "255.255.255.255")
    with pytest.raises(errors.HostUnreachable):
        send(session, Address("http", "localhost", 9, ""))


# --- N9-N14, N20: answers that are no answers --------------------------------------------------------------------

BROKEN: dict[str, tuple[Behaviour, type[errors.LauncherError]]] = {
    "resets at once": (Visit.reset, errors.ConnectionBroken),
    "resets after the request": (lambda visit: (visit.read_request(), visit.reset())[0], errors.ConnectionBroken),
    "closes without a word": (after_request(), errors.ConnectionBroken),
    "closes within the body": (after_request(HEAD + b"Content-Length: 99\r\n\r\n{"), errors.ConnectionBroken),
    "closes within a chunk": (
        after_request(HEAD + b"Transfer-Encoding: chunked\r\n\r\n99\r\n{"),
        errors.ConnectionBroken,
    ),
    "resets within the body": (
        lambda visit: (visit.read_request(), visit.send(HEAD + b"Content-Length: 99\r\n\r\n{"), visit.reset())[0],
        errors.ConnectionBroken,
    ),
    "speaks SSH": (after_request(b"SSH-2.0-OpenSSH_9.2\r\n"), errors.UnexpectedAnswer),
    "has an unknown HTTP": (after_request(b"HTTP/7.3 200 OK\r\n\r\n"), errors.UnexpectedAnswer),
    "has no status": (after_request(b"HTTP/1.1 yes OK\r\n\r\n"), errors.UnexpectedAnswer),
    "has two lengths": (after_request(HEAD + b"Content-Length: 5, 6\r\n\r\nabcdef"), errors.UnexpectedAnswer),
    "has a wrong chunk": (after_request(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), errors.UnexpectedAnswer),
    "has 150 headers": (
        after_request(HEAD + b"".join(b"X-%d: y\r\n" % number for number in range(150)) + b"\r\n"),
        errors.AnswerTooLarge,
    ),
    "has a header of 70 kB": (after_request(HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n"), errors.AnswerTooLarge),
    "has a status line of 70 kB": (after_request(b"HTTP/1.1 200 " + b"y" * 70_000), errors.AnswerTooLarge),
    "compresses": (answering(reply("200 OK", b"\x1f\x8b", "Content-Encoding: gzip")), errors.UnexpectedAnswer),
    "compresses unknown": (answering(reply("200 OK", b"x", "Content-Encoding: br")), errors.UnexpectedAnswer),
    "compresses 50 times": (
        answering(reply("200 OK", b"x", f"Content-Encoding: {', '.join(['gzip'] * 50)}")),
        errors.UnexpectedAnswer,
    ),
    "is 1 MiB and one byte long": (answering(reply("200 OK", b"x" * (2**20 + 1))), errors.AnswerTooLarge),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_told_and_not_asked_for_again(session: Session, name: str) -> None:
    behaviour, kind = BROKEN[name]
    with FaultServer(behaviour) as server:
        with pytest.raises(errors.LauncherError) as caught:
            send(session, server.address, 5.0)
        assert server.connections == 1
    assert type(caught.value) is kind
    assert "127.0.0.1" in str(caught.value)
    assert caught.value.next_step


def test_one_mebibyte_is_still_read(session: Session) -> None:
    with FaultServer(answering(reply("200 OK", b"x" * 2**20))) as server:
        assert len(send(session, server.address, 5.0).body) == 2**20


def test_an_answer_without_length_that_is_cut_off_is_what_arrived(session: Session) -> None:
    with FaultServer(after_request(HEAD + b'\r\n{"status":tr')) as server:
        assert send(session, server.address).body == b'{"status":tr'


@pytest.mark.parametrize(
    "start",
    [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", HEAD + b"\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;"],
)
def test_an_endless_answer_is_cut_off_without_being_kept(session: Session, start: bytes) -> None:
    piece = b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n"
    with FaultServer(after_request(start, piece, again=True)) as server:
        tracemalloc.start()
        try:
            with pytest.raises(errors.AnswerUnusable):
                send(session, server.address, 5.0)
            assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
        finally:
            tracemalloc.stop()


# --- T: certificates ---------------------------------------------------------------------------------------------

CA = trustme.CA()
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def ca_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "organisation.pem"
    CA.cert_pem.write_to_path(path)
    return str(path)


def certificate(*names: str, ca: trustme.CA = CA, **options: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names, **options).configure_cert(context)
    return context


def test_the_organisations_own_certificates_are_trusted_when_told_to(ca_file: str) -> None:
    with FaultServer(answering(OK), tls=certificate("127.0.0.1")) as server, Session(ca_file=ca_file) as session:
        for _ in range(2):
            assert send(session, server.address, 5.0).status == 200
        assert server.connections == 1
    assert server.visits[0].tls == "TLSv1.3"


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"not_after": NOW - timedelta(days=1)}, errors.CertificateExpired),
        ({"not_before": NOW + timedelta(days=1)}, errors.CertificateNotYetValid),
        ({"names": ["other.example"]}, errors.CertificateForOtherName),
        ({"names": ["127.0.0.2"]}, errors.CertificateForOtherName),
        ({"ca": trustme.CA()}, errors.CertificateUntrusted),
    ],
)
def test_each_reason_not_to_trust_a_certificate_has_its_own_words(
    ca_file: str, options: dict[str, object], kind: type[errors.CertificateRefused]
) -> None:
    names = options.pop("names", ["127.0.0.1"])
    with FaultServer(answering(OK), tls=certificate(*names, **options)) as server, Session(ca_file=ca_file) as session:
        with pytest.raises(errors.CertificateRefused) as caught:
            send(session, server.address, 5.0)
        assert server.visits == []
    assert type(caught.value) is kind
    assert "127.0.0.1" in str(caught.value)
    if kind in (errors.CertificateExpired, errors.CertificateNotYetValid):
        assert f"{datetime.now():%Y-%m-%d}" in str(caught.value)


def self_signed(name: str, *, alternative: bool) -> ssl.SSLContext:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    if alternative:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.LeafCert(secret, pem, []).configure_cert(context)
    context.pem = pem  # type: ignore[attr-defined]
    return context


@pytest.mark.parametrize("alternative", [True, False])
def test_a_name_that_stands_only_in_the_old_place_is_refused(
    session: Session, tmp_path: Path, alternative: bool
) -> None:
    context = self_signed("localhost", alternative=alternative)
    (tmp_path / "own.pem").write_bytes(context.pem)  # type: ignore[attr-defined]
    with FaultServer(answering(OK), tls=context) as server, Session(ca_file=str(tmp_path / "own.pem")) as trusting:
        address = Address("https", "localhost", server.port, "")
        with pytest.raises(errors.CertificateUntrusted):
            send(session, address, 5.0)
        if alternative:
            assert send(trusting, address, 5.0).status == 200
        else:
            with pytest.raises(errors.CertificateForOtherName):
                send(trusting, address, 5.0)
            assert not any(visit.heads for visit in server.visits)


@pytest.mark.parametrize("kind", ["missing", "a folder", "garbage", "empty", "nul"])
def test_an_unreadable_file_of_certificates_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "own.pem"
    if kind == "a folder":
        path.mkdir()
    elif kind in ("garbage", "empty"):
        path.write_text("-----BEGIN CERTIFICATE-----\nx\n" if kind == "garbage" else "")
    name = f"{path}\0" if kind == "nul" else str(path)
    with Session(ca_file=name) as session, pytest.raises(errors.CertificatesUnreadable) as caught:
        send(session, Address("https", "127.0.0.1", closed_port(), ""))
    assert str(path)[-20:] in str(caught.value)


def test_a_server_with_old_tls_is_refused(ca_file: str) -> None:
    context = certificate("127.0.0.1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with FaultServer(answering(OK), tls=context) as server, Session(ca_file=ca_file) as session:
        with pytest.raises(errors.CertificateRefused) as caught:
            send(session, server.address, 5.0)
        assert server.visits == []
    assert "outdated encryption" in str(caught.value)


def test_plain_http_at_an_https_address_is_told(session: Session) -> None:
    def talk_first(visit: Visit) -> None:
        visit.sock.recv(1000)
        visit.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with FaultServer(talk_first) as server, pytest.raises(errors.CertificateRefused) as caught:
        send(session, Address("https", "127.0.0.1", server.port, ""), 5.0)
    assert "does not speak https" in str(caught.value)


def hear_and_end(visit: Visit) -> None:
    visit.sock.recv(1)


def hear_and_reset(visit: Visit) -> None:
    visit.sock.recv(1)
    visit.reset()


@pytest.mark.parametrize("behaviour", [hear_and_end, hear_and_reset])
def test_a_connection_lost_while_greeting_is_told(session: Session, behaviour: Behaviour) -> None:
    with FaultServer(behaviour) as server, pytest.raises(errors.ConnectionBroken):
        send(session, Address("https", "127.0.0.1", server.port, ""), 5.0)


def test_a_stalled_greeting_ends_at_the_deadline_and_when_cancelled(session: Session) -> None:
    cancel = Cancellation()
    with FaultServer(Visit.until_gone) as server:
        address = Address("https", "127.0.0.1", server.port, "")
        started = time.monotonic()
        with pytest.raises(errors.DeadlinePassed):
            send(session, address, 0.8)
        assert 0.75 <= time.monotonic() - started <= 1.3
        assert_cancelled(lambda: send(session, address, 20.0, cancel), cancel)


def test_a_stalled_greeting_ends_after_five_seconds_and_holds_up_no_other_call(ca_file: str) -> None:
    faults: list[Exception] = []

    def stall() -> None:
        try:
            send(session, Address("https", "127.0.0.1", silent.port, ""), 30.0)
        except errors.LauncherError as error:
            faults.append(error)

    with ExitStack() as stack:
        session = stack.enter_context(Session(ca_file=ca_file))
        silent = stack.enter_context(FaultServer(Visit.until_gone))
        good = stack.enter_context(FaultServer(answering(OK), tls=certificate("127.0.0.1")))
        started = time.monotonic()
        thread = threading.Thread(target=stall)
        thread.start()
        while not silent.visits:
            time.sleep(0.01)
        assert send(session, good.address, 5.0).status == 200
        assert time.monotonic() - started < 2
        thread.join()
        assert 4.9 <= time.monotonic() - started <= 6
    assert type(faults[0]) is errors.DeadlinePassed


def test_the_systems_certificates_count_and_those_of_the_library_do_not(
    ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(answering(OK), tls=certificate("127.0.0.1")) as server:
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.setenv(name, ca_file)
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", ca_file)
        with Session() as session, pytest.raises(errors.CertificateUntrusted):
            send(session, server.address, 5.0)
        monkeypatch.setenv("SSL_CERT_FILE", ca_file)  # where OpenSSL looks for the system's
        with Session() as session:
            assert send(session, server.address, 5.0).status == 200


def test_the_keys_of_the_encryption_are_not_written_to_a_file(
    ca_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    with FaultServer(answering(OK), tls=certificate("127.0.0.1")) as server, Session(ca_file=ca_file) as session:
        send(session, server.address, 5.0)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (0x800B0101, errors.CertificateExpired),
        (0x800B0109, errors.CertificateUntrusted),
        (0x800B010F, errors.CertificateForOtherName),
        (-67818, errors.CertificateExpired),
        (-67843, errors.CertificateUntrusted),
        (-67602, errors.CertificateForOtherName),
        (23, errors.CertificateRefused),
    ],
)
def test_the_reasons_of_other_systems_are_known(code: int, kind: type[errors.CertificateRefused]) -> None:
    reason = ssl.SSLCertVerificationError("as truststore raises it")
    reason.verify_code, reason.verify_message = code, "certificate revoked"
    fault = translate(OSError(reason), "meet.example")
    assert type(fault) is kind
    assert "{" not in f"{fault}{fault.next_step}"


# --- P: proxies and the environment ------------------------------------------------------------------------------

FAR = Address("https", "meet.example", None, "")


def test_a_server_on_this_computer_is_never_reached_through_a_proxy(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(answering(OK)) as proxy, FaultServer(answering(OK)) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        for host in ("127.0.0.1", "localhost"):
            assert send(session, Address("http", host, server.port, "")).status == 200
        assert proxy.connections == 0


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://ann:canary-password@", ""])
def test_a_proxy_carries_the_call_without_seeing_it(
    ca_file: str, monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    with FaultServer(answering(OK), tls=certificate("meet.example")) as server:
        behaviour, seen = tunnel(("127.0.0.1", server.port))
        with FaultServer(behaviour) as proxy, Session(ca_file=ca_file) as session:
            monkeypatch.setenv(name, f"{scheme}127.0.0.1:{proxy.port}")
            assert send(session, FAR, 5.0).status == 200
            assert send(session, FAR, 5.0).status == 200
            assert proxy.connections == 1
    assert headers_of(server.visits[0])["hash-signature"] == "canary-signature"
    assert seen[0].startswith(b"CONNECT meet.example:443 HTTP/1.")
    assert (b"Basic YW5uOmNhbmFyeS1wYXNzd29yZA==" in seen[0]) is bool(scheme)
    for canary in (b"canary-key", b"canary-signature", b"canary-authorization", b"body"):
        assert canary not in b"".join(seen)


def test_no_proxy_is_respected(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer(answering(OK)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", ".invalid,10.0.0.0/8")
        with pytest.raises(errors.AddressNotFound):
            send(session, Address("https", "meet.invalid", None, ""), 10.0)
        assert proxy.connections == 0


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply("407 Proxy Authentication Required", "<html>"), errors.ProxyNeedsPassword),
        (reply("403 Forbidden", "<html>"), errors.ProxyFailed),
        (reply("502 Bad Gateway", "<html>"), errors.ProxyFailed),
        (b"<html>sign in</html>\r\n\r\n", errors.ProxyFailed),
        (b"", errors.ProxyFailed),
    ],
)
def test_a_proxy_that_refuses_is_told_apart_from_the_server(
    session: Session, monkeypatch: pytest.MonkeyPatch, answer: bytes, kind: type[errors.ProxyFailed]
) -> None:
    with FaultServer(after_request(answer)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://ann:canary@127.0.0.1:{proxy.port}")
        with pytest.raises(errors.ProxyFailed) as caught:
            send(session, FAR, 5.0)
        assert proxy.connections == 1
    assert type(caught.value) is kind
    assert f"127.0.0.1:{proxy.port}" in str(caught.value)
    assert "canary" not in f"{caught.value}{caught.value.next_step}"


def test_a_dead_proxy_is_told(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for proxy in (f"127.0.0.1:{closed_port()}", "no-such-proxy.invalid:3128"):
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy}")
        with pytest.raises(errors.ProxyFailed) as caught:
            send(session, FAR, 10.0)
        assert str(caught.value) == f"The proxy {proxy} did not let the connection to meet.example through."


def test_a_silent_proxy_ends_at_the_deadline_and_when_cancelled(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = Cancellation()
    with FaultServer(Visit.until_gone) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(errors.DeadlinePassed):
            send(session, FAR, 0.5)
        assert_cancelled(lambda: send(session, FAR, 20.0, cancel), cancel)


@pytest.mark.parametrize(
    "proxy",
    ["socks5h://ann:canary@127.0.0.1:9", "socks4://127.0.0.1:9", "https://127.0.0.1:9", "http://", "http://x:y"],
)
def test_a_proxy_of_another_kind_is_refused_with_a_way_out(
    session: Session, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(errors.ProxyUnsupported) as caught:
        send(session, FAR)
    assert "NO_PROXY" in caught.value.next_step
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("proxy", ["http://", "http://x:y", "http://ann:canary@[x"])
def test_a_proxy_address_that_cannot_be_understood_is_not_shown(
    session: Session, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(errors.ProxyAddressWrong) as caught:
        send(session, FAR)
    assert str(caught.value) == "The address of the proxy of this computer cannot be understood."
    assert "NO_PROXY" in caught.value.next_step


def test_a_netrc_file_is_not_read(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login netrcuser password netrcpassword\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with FaultServer(answering(OK)) as server:
        send(session, server.address)
        session.get(server.address, "/healthCheck")
    first, second = server.visits[0].heads
    assert b"Authorization: canary-authorization" in first
    assert b"authorization" not in second.lower()


# --- L2, L3: nothing leaks ---------------------------------------------------------------------------------------


def test_failures_carry_no_part_of_the_request_in_any_chain_log_or_repr(
    ca_file: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    untrusted = certificate("127.0.0.1", ca=trustme.CA())
    failures: list[Exception] = []
    with ExitStack() as stack:
        session = stack.enter_context(Session(ca_file=ca_file))
        servers = [stack.enter_context(FaultServer(behaviour)) for behaviour, _ in BROKEN.values()]
        servers += [stack.enter_context(FaultServer(behaviour)) for behaviour in SLOW.values()]
        servers.append(stack.enter_context(FaultServer(answering(OK), tls=untrusted)))
        addresses = [server.address for server in servers]
        addresses += [
            Address("https", "127.0.0.1", stack.enter_context(FaultServer(hear_and_end)).port, ""),
            Address("http", "127.0.0.1", closed_port(), ""),
        ]
        for address in [*addresses, Address("https", "no-such-host.invalid", None, "")]:
            with pytest.raises(errors.LauncherError) as caught:
                send(session, address, 0.5)
            failures.append(caught.value)
        monkeypatch.setenv("HTTPS_PROXY", f"http://ann:canary@127.0.0.1:{closed_port()}")
        with pytest.raises(errors.ProxyFailed) as caught:
            send(session, FAR, 0.5)
        failures.append(caught.value)
        assert "canary" not in repr(session)
    assert len(failures) == len(BROKEN) + len(SLOW) + 5
    for failure in failures:
        assert all(isinstance(cause, errors.LauncherError | TimeoutError | OSError) for cause in _causes(failure))
        for cause in _causes(failure):
            assert not hasattr(cause, "request")
            assert cause is failure or cause.__traceback__ is None or "requests" not in str(traceback.extract_tb(cause.__traceback__))  # fmt: skip  # noqa: E501
        shown = "".join(traceback.TracebackException.from_exception(failure).format())
        assert "canary" not in shown.replace("canary\\", "")
        assert "site-packages/requests" not in shown
    assert "canary" not in caplog.text
    assert caplog.text.count("pnm_launcher.session") == len(failures)


def test_a_mistake_of_this_program_is_not_hidden(session: Session) -> None:
    with FaultServer(answering(OK)) as server, pytest.raises(TypeError):
        session.post(server.address, "/x", 5, {})  # type: ignore[arg-type]


@pytest.mark.parametrize(("size", "most"), [(2**20 + 1, 2**20 + 1), (2**22, 2**23), (5, 5)])
def test_a_page_may_be_as_large_as_the_caller_says(session: Session, size: int, most: int) -> None:
    with FaultServer(answering(reply("200 OK", b"x" * size))) as server:
        assert len(session.get(server.address, "/", most=most).body) == size
        with pytest.raises(errors.AnswerTooLarge):
            session.get(server.address, "/", most=size - 1)


def test_a_query_is_not_logged(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with FaultServer(answering(OK)) as server:
        session.get(server.address, "/logo.png?signature=canary")
    assert b"/logo.png?signature=canary" in server.visits[0].head
    assert f"GET http://127.0.0.1:{server.port}/logo.png: 200 after " in caplog.text
    assert "canary" not in caplog.text


def test_a_call_is_logged_with_its_path_and_outcome(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with FaultServer(answering(OK)) as server:
        send(session, server.address)
    assert f"POST http://127.0.0.1:{server.port}/auth/call: 200 after " in caplog.text


def test_requests_is_not_loaded_before_the_first_call() -> None:
    import subprocess

    code = "import sys, pnm_launcher.session as s; s.Session().close(); print(sorted({'requests', 'urllib3', 'ssl', 'truststore'} & set(sys.modules)))"  # noqa: E501
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
