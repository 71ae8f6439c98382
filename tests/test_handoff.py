import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pnm_launcher.address import parse_address
from pnm_launcher.errors import BrowserFailed, Cancelled, HandOffExpired
from pnm_launcher.handoff import open_in_browser, system_browser
from pnm_launcher.links import Link
from pnm_launcher.loopback import serve
from pnm_launcher.work import Cancellation

TOKEN = "eyJhbGciOiJIUzI1NiJ9.canary-7d1f4c.signature"
LINK = Link(parse_address("https://meet.school.example/rooms"), TOKEN, '{"primary_color":"#ff0000"}', "maths-9b", None)

Answer = tuple[int, dict[str, str]]


def ask(address: str, method: str = "GET", path: str = "", **headers: str) -> Answer:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request(method, path or parts.path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        answer.read()
        return answer.status, dict(answer.getheaders())
    finally:
        connection.close()


def listening(port: int) -> bool:
    """Whether any socket of this computer listens on that port, by the kernel's own list."""
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    return any(row[3] == "0A" and row[1].endswith(f":{port:04X}") for row in rows[1:])


class Browser:
    """Stands for the user's browser: does something with the address in a thread, as a started program would."""

    def __init__(self, visit: Callable[[str], object]) -> None:
        self.addresses: list[str] = []
        self.answers: list[object] = []
        self._visit = visit
        self._threads: list[threading.Thread] = []

    def __call__(self, address: str) -> bool:
        self.addresses.append(address)
        thread = threading.Thread(target=lambda: self.answers.append(self._visit(address)))
        self._threads.append(thread)
        thread.start()
        return True

    @property
    def port(self) -> int:
        return urlsplit(self.addresses[0]).port or 0

    def finish(self) -> None:
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()


def test_the_browser_is_sent_on_to_the_meeting_and_nothing_listens_afterwards() -> None:
    browser = Browser(ask)
    open_in_browser(LINK, browser)
    assert not listening(browser.port)
    browser.finish()
    [(status, headers)] = browser.answers
    assert status == 302
    assert headers["Location"] == LINK.url
    assert TOKEN in headers["Location"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_address_is_on_this_computer_and_cannot_be_guessed() -> None:
    browsers = [Browser(ask) for _ in range(20)]
    for browser in browsers:
        open_in_browser(LINK, browser)
        browser.finish()
    nonces = {urlsplit(browser.addresses[0]).path for browser in browsers}
    assert {urlsplit(browser.addresses[0]).hostname for browser in browsers} == {"127.0.0.1"}
    assert len(nonces) == 20
    assert min(len(nonce) for nonce in nonces) == len("/") + 22  # 128 bits in base 64
    assert not any(TOKEN in browser.addresses[0] for browser in browsers)


def test_what_is_not_the_one_request_gets_nothing_and_does_not_use_the_link_up() -> None:
    def visit(address: str) -> list[int]:
        nonce = urlsplit(address).path
        strange = [
            ask(address, path="/"),
            ask(address, path="/favicon.ico"),
            ask(address, path=nonce[:-1]),
            ask(address, path=nonce + "x"),
            ask(address, path=nonce.swapcase()),
            ask(address, "HEAD"),
            ask(address, "POST"),
            ask(address, "OPTIONS"),
            ask(address, Sec_Purpose="prefetch;prerender"),
            ask(address, Purpose="prefetch"),
            ask(address, Host="meet.school.example"),
            ask(address, Host="127.0.0.1"),
            ask(address, Host=f"localhost:{urlsplit(address).port}"),
            ask(address, Host=f"127.0.0.1.evil.example:{urlsplit(address).port}"),
        ]
        assert not any("Location" in headers for _, headers in strange)
        return [status for status, _ in [*strange, ask(address)]]

    browser = Browser(visit)
    open_in_browser(LINK, browser)
    browser.finish()
    assert browser.answers == [[404] * 10 + [421] * 4 + [302]]


def test_another_user_who_sees_the_address_in_the_list_of_programs_gets_nothing(monkeypatch) -> None:
    monkeypatch.setattr("pnm_launcher.handoff.this_user", lambda: (os.getuid() + 1,))  # so that this test is another
    browser = Browser(ask)
    with pytest.raises(HandOffExpired):
        open_in_browser(LINK, browser, seconds=1)
    browser.finish()
    [(status, headers)] = browser.answers
    assert status == 421
    assert "Location" not in headers


@pytest.mark.parametrize(
    ("family", "host"),
    [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"), (socket.AF_INET6, "::ffff:127.0.0.1")],
)
@pytest.mark.parametrize(("stranger", "status"), [(0, b"200"), (1, b"421")])
def test_a_caller_is_known_by_its_user_however_it_connects(family, host, stranger, status) -> None:
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "0")])
        return ()

    server = serve(application, users=(os.getuid() + stranger,))
    try:
        with socket.socket(family) as line:
            line.settimeout(10)
            line.connect((host, server.port))
            line.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
            assert line.recv(1000).split()[1] == status
    finally:
        server.close()


def test_only_one_of_many_callers_at_once_gets_the_link() -> None:
    gate = threading.Barrier(8)

    def visit(address: str) -> int:
        gate.wait(5)
        try:
            return ask(address)[0]
        except OSError:
            return 0  # the server is gone already

    browser = Browser(visit)

    def open_many(address: str) -> bool:
        return all(browser(address) for _ in range(8))

    open_in_browser(LINK, open_many)
    browser.finish()
    assert browser.answers.count(302) == 1
    assert set(browser.answers) <= {302, 404, 0}


def test_a_second_visit_finds_nobody() -> None:
    browser = Browser(ask)
    open_in_browser(LINK, browser)
    with pytest.raises(ConnectionRefusedError):
        ask(browser.addresses[0])
    browser.finish()


def test_a_link_nobody_fetches_expires() -> None:
    browser = Browser(lambda address: None)
    started = time.monotonic()
    with pytest.raises(HandOffExpired) as caught:
        open_in_browser(LINK, browser, seconds=0.6)
    assert 0.5 < time.monotonic() - started < 3
    assert "1 seconds" in str(caught.value)
    assert not listening(browser.port)
    browser.finish()


def test_a_slow_caller_does_not_keep_the_link_alive() -> None:
    def visit(address: str) -> bytes:
        with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=10) as connection:
            connection.sendall(f"GET {urlsplit(address).path} HTTP/1.1\r\n".encode())  # and never the rest
            return connection.recv(1000)

    browser = Browser(visit)
    started = time.monotonic()
    with pytest.raises(HandOffExpired):
        open_in_browser(LINK, browser, seconds=0.6)
    assert time.monotonic() - started < 3
    browser.finish()
    assert browser.answers == [b""]


def test_without_a_browser_it_fails_at_once() -> None:
    ports: list[int] = []

    def no_browser(address: str) -> bool:
        ports.append(urlsplit(address).port or 0)
        return False

    started = time.monotonic()
    with pytest.raises(BrowserFailed):
        open_in_browser(LINK, no_browser)
    assert time.monotonic() - started < 5
    assert not listening(ports[0])


def test_a_browser_that_only_returns_when_it_is_closed_is_not_waited_for() -> None:
    closed = threading.Event()

    def foreground(address: str) -> bool:
        ask(address)
        return closed.wait(20)

    started = time.monotonic()
    open_in_browser(LINK, foreground)
    closed.set()
    assert time.monotonic() - started < 10


def test_it_can_be_cancelled() -> None:
    cancel = Cancellation()
    browser = Browser(lambda address: cancel.cancel())
    with pytest.raises(Cancelled):
        open_in_browser(LINK, browser, cancel=cancel)
    browser.finish()
    assert not listening(browser.port)


BROWSER = """
import os, pathlib, sys, urllib.request
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, file, code, message, headers, new_url):
        seen = pathlib.Path(sys.argv[1])
        seen.with_suffix(".part").write_text(f"{os.getpid()}\\n{new_url}\\n")
        seen.with_suffix(".part").rename(seen)
        sys.stdin.read()  # stays until told to end, so that its arguments can be looked at
        return None
try:
    urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay).open(sys.argv[2])
except urllib.error.HTTPError:
    pass
"""


def test_no_program_has_the_token_in_its_arguments_or_environment(tmp_path: Path) -> None:
    script, seen = tmp_path / "browser.py", tmp_path / "seen"
    script.write_text(BROWSER)
    started: list[subprocess.Popen[bytes]] = []

    def start(address: str) -> bool:
        started.append(subprocess.Popen([sys.executable, str(script), str(seen), address], stdin=subprocess.PIPE))
        return True

    open_in_browser(LINK, start)
    [process] = started
    try:
        deadline = time.monotonic() + 10
        while not seen.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        pid, url = seen.read_text().splitlines()
        assert url == LINK.url
        assert urlsplit(Path(f"/proc/{pid}/cmdline").read_text().split("\0")[3]).hostname == "127.0.0.1"
        for program in Path("/proc").glob("[0-9]*"):
            if program.stat().st_uid == os.getuid():
                assert TOKEN not in text_of(program / "cmdline") + text_of(program / "environ")
    finally:
        process.communicate(timeout=10)


def text_of(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""  # ended meanwhile


def test_the_system_browser_is_the_one_the_user_chose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, seen = tmp_path / "browser.py", tmp_path / "seen"
    script.write_text("import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])")
    chosen = webbrowser.GenericBrowser([sys.executable, str(script), str(seen), "%s"])
    monkeypatch.setattr(webbrowser, "_browsers", {"chosen": [None, chosen]})
    monkeypatch.setattr(webbrowser, "_tryorder", ["chosen"])
    assert system_browser("http://127.0.0.1:1/x")
    assert seen.read_text() == "http://127.0.0.1:1/x"


def test_no_browser_at_all_is_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    assert not system_browser("http://127.0.0.1:1/x")
