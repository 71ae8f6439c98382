"""No secret and no token reaches a log line, however it is spelt and wherever it hides."""

import base64
import http.client
import io
import logging
import re
import sys
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest

from pnm_launcher import log
from pnm_launcher.log import MASK, Redaction, hide, recent, redact

SECRET = "zumyyYWqv7KR/2kUqv+Ydq4z4 sXg'7XTéBD2ljT6"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def _fresh_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    monkeypatch.setattr(log, "_secrets", type(log._secrets)())
    log._lines.clear()
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    "spelling",
    [
        SECRET,
        repr(SECRET),
        repr(SECRET.encode()),
        quote(SECRET),
        quote(SECRET, safe=""),
        re.sub("%..", lambda match: match[0].lower(), quote(SECRET, safe="")),
        quote_plus(SECRET),
        SECRET.encode().hex(),
        SECRET.encode().hex().upper(),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode(),
        *(base64.b64encode(b"x" * before + SECRET.encode() + b"y" * 4).decode() for before in range(4)),
        *(base64.urlsafe_b64encode(b"u" * before + SECRET.encode()).decode() for before in range(4)),
    ],
)
def test_a_hidden_value_is_found_in_each_spelling(spelling: str) -> None:
    hide(SECRET)
    shown = redact(f"before {spelling} after")
    assert MASK in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")
    for start in range(len(spelling) - 12):
        assert spelling[start : start + 12] not in shown


@pytest.mark.parametrize("length", range(4, 40))
def test_base64_is_found_for_each_length_and_place(length: int) -> None:
    secret = "Kq7-vZ~0wPx_3RmT9bYc5HdJ8nLs2GfA1eUiOoQx"[:length]
    hide(secret)
    for before in range(3):
        text = base64.b64encode(b"p" * before + secret.encode() + b"s" * 5).decode()
        assert MASK in redact(text), (length, before)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GET /?access_token=abc&custom_design=%7B%7D", f"GET /?access_token={MASK}&custom_design=%7B%7D"),
        ("redirect=%3Faccess_token%3Dabc&x=1", f"redirect=%3Faccess_token%3D{MASK}&x=1"),
        ("cookie pnm_access_token=abc; Path=/", f"cookie pnm_access_token={MASK}; Path=/"),
        (f"token {TOKEN}.", f"token {MASK}."),
        ("cut off eyJhbGciOiJIUzI1", f"cut off {MASK}"),
        ("HASH-SIGNATURE: 0f0f", f"HASH-SIGNATURE: {MASK}"),
        ("{'HASH-SIGNATURE': '0f0f', 'X': 'y'}", f"{{'HASH-SIGNATURE': '{MASK}', 'X': 'y'}}"),
        ("[('hash-signature', '0f0f')]", f"[('hash-signature', '{MASK}')]"),
        (r"b'POST / HTTP/1.1\r\nAPI-KEY: k\r\nHost: h'", rf"b'POST / HTTP/1.1\r\nAPI-KEY: {MASK}\r\nHost: h'"),
        ("Authorization: Bearer abc def", f"Authorization: {MASK}"),
        ("proxy-authorization=Basic YTpi", f"proxy-authorization={MASK}"),
        ("proxy http://ann:pass@proxy.example:3128/", f"proxy http://{MASK}@proxy.example:3128/"),
        ("a" * 64, MASK),
        ("nothing to hide: room01, 12:30, user@example.org", "nothing to hide: room01, 12:30, user@example.org"),
    ],
)
def test_what_looks_like_a_secret_is_masked_without_being_known(text: str, shown: str) -> None:
    assert redact(text) == shown


def test_the_newest_hundred_values_are_kept_and_hiding_again_counts_as_new() -> None:
    hide("first-secret")
    hide("second-secret")
    for number in range(98):
        hide(f"token-number-{number}")
    hide("first-secret")
    hide("one-more-token")
    assert redact("first-secret") == MASK
    assert redact("second-secret") == "second-secret"
    assert len(log._secrets) == 100


def test_short_values_are_not_hidden_because_ordinary_words_contain_them() -> None:
    hide("")
    hide("the")
    assert redact("the meeting") == "the meeting"


def test_recent_lines_are_redacted_bounded_and_in_order() -> None:
    log.start(logging.DEBUG)
    hide("s3cret-value")
    for number in range(305):
        logging.getLogger("urllib3.connectionpool").debug("line %s of %s", number, "s3cret-value")
    lines = recent()
    assert len(lines) == 300
    assert lines[0].endswith(f"line 5 of {MASK}")
    assert lines[-1].endswith(f"DEBUG urllib3.connectionpool: line 304 of {MASK}")


def test_a_value_hidden_after_it_was_logged_is_not_shown() -> None:
    log.start()
    logging.getLogger("x").warning("late-secret")
    hide("late-secret")
    assert "late-secret" not in "".join(recent())


def test_exceptions_are_logged_redacted_and_without_the_values_of_variables() -> None:
    log.start()
    hide("s3cret-value")
    password_in_a_variable = "not-hidden-but-local"
    try:
        raise ValueError(f"https://h/?access_token={TOKEN} s3cret-value")
    except ValueError:
        logging.getLogger("x").exception("failed with %s", "s3cret-value", stack_info=True)
    text = "\n".join(recent())
    assert "ValueError: https://h/?access_token=" in text
    assert "test_exceptions_are_logged" in text
    for canary in ("s3cret-value", TOKEN, password_in_a_variable):
        assert canary not in text.replace('password_in_a_variable = "not-hidden-but-local"', "")


def test_standard_error_and_handlers_of_others_see_the_redacted_record(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    log.start(stderr=True)
    seen: list[logging.LogRecord] = []
    later = logging.Handler()
    later.emit = seen.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(later)
    hide("s3cret-value")
    logging.getLogger("x").warning("%s", ["s3cret-value"])
    assert written.getvalue().endswith(f"WARNING x: ['{MASK}']\n")
    try:
        raise ValueError("s3cret" + "-value")
    except ValueError:
        logging.getLogger("x").exception("failed", stack_info=True)
    assert f"ValueError: {MASK}" in written.getvalue()
    assert "s3cret" + "-value" not in written.getvalue() + "".join(str(vars(record)) for record in seen)


def test_starting_twice_does_not_double_the_lines() -> None:
    log.start(stderr=True)
    log.start()
    logging.getLogger("x").warning("once")
    assert sum("once" in line for line in recent()) == 1


def test_a_wrong_log_call_is_kept_as_far_as_it_can_be_read() -> None:
    hide("s3cret-value")
    record = logging.LogRecord("x", logging.WARNING, "x.py", 1, "two %s of %s", ("s3cret-value",), None)
    assert Redaction().filter(record)
    assert record.getMessage() == f"two %s of %s ('{MASK}',)"


def test_the_debug_output_of_http_shows_no_token(capsys: pytest.CaptureFixture[str]) -> None:
    connection = http.client.HTTPConnection("localhost", 1)
    connection.set_debuglevel(1)
    connection.sock = io.BytesIO()  # type: ignore[assignment]
    connection.sock.sendall = lambda data: None  # type: ignore[union-attr,method-assign]
    connection.request("GET", f"/?access_token={TOKEN}", headers={"API-KEY": "key", "HASH-SIGNATURE": "f0" * 32})
    printed = capsys.readouterr().out
    assert TOKEN in printed
    shown = redact(printed)
    for canary in (TOKEN, "f0f0f0", "API-KEY: key"):
        assert canary not in shown
