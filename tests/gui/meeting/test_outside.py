"""What may be opened outside, without a web page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QUrl

from pnm_launcher.gui.meeting.meeting_profile import accept_language
from pnm_launcher.gui.outside import Allowance, Touch, may_open, origin_of


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://meet.example/a?b#c", "https://meet.example"),
        ("https://MEET.example:443/", "https://meet.example"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://localhost:80/", "http://localhost"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        ("https://user@meet.example/", "https://meet.example"),
        ("ftp://meet.example/", ""),
        ("blob:https://meet.example/1", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https:///x", ""),
        ("about:blank", ""),
        ("", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port(url, origin):
    assert origin_of(QUrl(url)) == origin


@pytest.mark.parametrize(
    "url",
    ["https://a.example/?x=1#y", "http://a.example:80/", "mailto:a@b.example", "mailto:a@b.example?subject=x&body=y"],
)
def test_web_pages_and_mail_may_be_opened(url):
    assert may_open(QUrl(url))


@pytest.mark.parametrize(
    "url",
    [
        "", "/relative", "file:///etc/passwd", "file://server/share/x.exe", "\\\\server\\share", "javascript:alert(1)",
        "data:text/html,x", "vbscript:x", "ms-msdt:/id", "search-ms:query", "matrix:r/x", "tel:1", "smb://server/x",
        "https:///", "https://", "https://user:word@a.example/", "https://a.example@b.example/", "https://a.example\\@b/",
        "mailto:", "mailto:?to=a@b.example", "mailto:a@b.example?attach=/etc/passwd", "mailto:a@b.example?Attachment=x",
        "view-source:https://a.example/", "HTTPS ://a.example",
    ],
)  # fmt: skip
def test_nothing_else_may(url):
    assert not may_open(QUrl(url))


@given(st.text())
def test_whatever_may_be_opened_is_web_or_mail(text):
    for url in (QUrl(text), QUrl.fromUserInput(text), QUrl("https://" + text)):
        assert not may_open(url) or url.scheme() in ("http", "https", "mailto")


def test_an_allowance_is_used_up_and_comes_back(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    allowance = Allowance(2, 10)
    assert [allowance.take() for _ in range(4)] == [True, True, False, False]
    now[0] = 10.1
    assert [allowance.take() for _ in range(3)] == [True, True, False]


def test_a_touch_lasts_as_long_as_browsers_let_pages_act_on_a_click(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    touch, widget = Touch(), QObject()
    widget.installEventFilter(touch)
    assert not touch.recently()
    assert not touch.eventFilter(widget, QEvent(QEvent.Type.MouseMove))
    assert not touch.recently()
    touch.eventFilter(widget, QEvent(QEvent.Type.MouseButtonPress))
    assert touch.recently()
    now[0] = 5.1
    assert not touch.recently()


def test_a_touch_is_used_once(monkeypatch):
    now = [1.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    touch, widget = Touch(), QObject()
    assert not touch.first_use()
    touch.eventFilter(widget, QEvent(QEvent.Type.MouseButtonPress))
    assert touch.first_use()
    assert not touch.first_use()
    now[0] = 2.0
    touch.eventFilter(widget, QEvent(QEvent.Type.KeyPress))
    assert touch.first_use()


@pytest.mark.parametrize(
    ("preferred", "system", "header"),
    [
        ("de-DE", ["en-GB", "en"], "de-DE,en-GB;q=0.9,en;q=0.8"),
        ("", ["fr-FR"], "fr-FR"),
        ("fr-FR", ["fr-FR", "C"], "fr-FR"),
        ("", ["C"], "en"),
        ("", [], "en"),
    ],
)
def test_the_meetings_language_comes_first(preferred, system, header):
    assert accept_language(preferred, system) == header
