"""Asking for a newer version, of a real server on this computer."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from pnm_launcher import updates
from pnm_launcher.session import Session
from pnm_launcher.updates import UpdateUnknown, newest

GOOD = {"format": "pnm-launcher releases", "version": "99.0.1", "changes": ["One", "Two\u202e\n"],
        "downloads": {"deb": "https://a.example/x.deb", "page": "https://a.example/"}}  # fmt: skip


class Releases:
    """A server whose one document can be changed; `asked` are the requests with their headers."""

    def __init__(self) -> None:
        self.body, self.status, self.asked = json.dumps(GOOD).encode(), 200, []
        releases = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                releases.asked.append((self.path, dict(self.headers)))
                self.send_response(releases.status)
                self.send_header("Content-Length", str(len(releases.body)))
                self.end_headers()
                self.wfile.write(releases.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://localhost:{self.server.server_port}/launcher.json"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def releases() -> Iterator[Releases]:
    made = Releases()
    yield made
    made.server.shutdown()
    made.server.server_close()


def ask(releases: Releases) -> updates.Release:
    with Session() as session:
        return newest(releases.address, session)


def test_a_newer_version_is_told_with_its_changes_and_page(releases):
    release = ask(releases)
    assert (release.version, release.is_newer) == ("99.0.1", True)
    assert release.changes == ("One", "Two")
    assert release.download == "https://a.example/"


def test_the_installer_of_this_sort_of_package_is_preferred(releases, monkeypatch):
    monkeypatch.setattr(updates, "form", lambda: "deb")
    assert ask(releases).download == "https://a.example/x.deb"


def test_nothing_about_the_user_or_the_computer_is_sent(releases):
    ask(releases)
    ((path, headers),) = releases.asked
    assert path == "/launcher.json"
    assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert headers["User-Agent"].startswith("pnm-launcher/")
    assert " " not in headers["User-Agent"]


@pytest.mark.parametrize(
    ("ours", "theirs", "newer"),
    [("0.1.0", "0.0.1", False), ("0.1.0", "0.1", False), ("0.1.0", "0.1.0", False), ("0.10.0", "0.9.0", False),
     ("0.9.0", "0.10.0", True), ("0.1.0", "1.0", True)],
)  # fmt: skip
def test_versions_are_compared_by_their_numbers(releases, ours, theirs, newer, monkeypatch):
    monkeypatch.setattr(updates, "__version__", ours)
    releases.body = json.dumps({**GOOD, "version": theirs}).encode()
    assert ask(releases).is_newer is newer


BAD = [
    b"", b"[]", b"<html>", json.dumps({**GOOD, "format": "x"}).encode(), json.dumps({**GOOD, "version": "1;"}).encode(),
    json.dumps({**GOOD, "version": "latest"}).encode(), json.dumps({**GOOD, "downloads": {}}).encode(),
    json.dumps({**GOOD, "downloads": {"page": "http://a.example/"}}).encode(),
    json.dumps({**GOOD, "downloads": {"page": "file:///etc/passwd"}}).encode(),
    json.dumps({**GOOD, "downloads": {"page": "https://user@a.example/"}}).encode(),
    json.dumps({**GOOD, "downloads": {"page": "a.example/"}}).encode(),
    json.dumps({**GOOD, "downloads": {"page": "http://localhost/"}}).encode(),
    json.dumps({**GOOD, "changes": "x"}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", BAD, ids=lambda body: body[:70].decode())
def test_an_odd_answer_is_no_version(releases, body):
    releases.body = body
    with pytest.raises(UpdateUnknown):
        ask(releases)


def test_the_wrong_part_of_a_document_is_named(releases):
    releases.body = json.dumps({**GOOD, "version": "latest"}).encode()
    with pytest.raises(UpdateUnknown, match="could not be found out: “version” is missing or wrong"):
        ask(releases)


def test_a_missing_document_is_said(releases):
    releases.status = 404
    with pytest.raises(UpdateUnknown, match="404"):
        ask(releases)


def test_a_checkout_knows_that_it_is_none_of_the_packages():
    assert updates.form() == "source"
