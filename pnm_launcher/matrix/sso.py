"""Signing in on the homeserver's own web page, in the system's browser, which brings back a code once.

Source: matrix-spec v1.18, “SSO client login/authentication”. The address of the homeserver is not in the one that the
browser comes back to, whose path cannot be guessed. The browser is started with an address on this computer that
answers once: what other users of it can read in the list of programs is of no use to them.
"""

import secrets
from collections.abc import Callable, Iterable
from html import escape
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote

from pnm_launcher import log
from pnm_launcher.errors import BrowserFailed, Cancelled
from pnm_launcher.handoff import system_browser
from pnm_launcher.loopback import serve, this_user
from pnm_launcher.texts import Say, tr
from pnm_launcher.work import Cancellation, background

from .discovery import Homeserver
from .faults import SignInTimedOut

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SECONDS: Final = 300.0
"""How long a person has for the web page."""
_HOST: Final = "127.0.0.1"
_HEADERS: Final = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Content-Type", "text/html; charset=utf-8"),
)


def code_from_browser(homeserver: Homeserver, *, provider: str = "", open_url: Callable[[str], bool] = system_browser,
                      seconds: float = SECONDS, say: Say = str,
                      cancel: Cancellation | None = None) -> str:  # fmt: skip
    """Open the sign-in page, and return the code for `login.login_with_code`; it is good for a few seconds.

    `provider` is the id of one of `LoginWays.providers`; `say` translates what the browser shows last. Raises
    `BrowserFailed`, `SignInTimedOut`, `Cancelled`.
    """
    goodbye = say(tr("You are signed in. Close this page and go back to the launcher."))
    visit = _Visit(homeserver, provider, goodbye)
    try:
        server = serve(visit, host_names=(_HOST,), threads=1, users=this_user())
    except OSError:
        raise BrowserFailed from None
    visit.base = f"http://{_HOST}:{server.port}"
    try:
        if cancel:
            cancel.on_cancel(visit.cancel)
        background(lambda: visit.offer(open_url), "browser")
        outcome, code = visit.outcomes.get(timeout=seconds)
    except Empty:
        raise SignInTimedOut(minutes=max(1, round(seconds / 60))) from None
    finally:
        server.close()
        if cancel:
            cancel.forget(visit.cancel)
    if outcome == "no browser":
        raise BrowserFailed
    if outcome == "cancelled":
        raise Cancelled
    log.hide(code)
    return code


class _Visit:
    """The WSGI application: one path that leads to the sign-in page, one that the browser comes back to, each once."""

    def __init__(self, homeserver: Homeserver, provider: str, goodbye: str) -> None:
        self.base = ""
        self.outcomes: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._homeserver, self._goodbye = homeserver, goodbye
        self._provider = f"/{quote(provider, safe='')}" if provider else ""
        self._start, self._return = (f"/{secrets.token_urlsafe(24)}" for _ in range(2))
        self._open = {self._start, self._return}

    def offer(self, open_url: Callable[[str], bool]) -> None:
        """In a thread of its own, because some browsers return only when they are closed."""
        if not open_url(self.base + self._start):
            self.outcomes.put(("no browser", ""))

    def cancel(self) -> None:
        self.outcomes.put(("cancelled", ""))

    @property
    def _page(self) -> str:
        back = quote(self.base + self._return, safe="")
        path = f"{self._homeserver.versions.root}/login/sso/redirect{self._provider}"
        return f"{self._homeserver.address}{path}?redirectUrl={back}&action=login"

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        codes = parse_qs(environ.get("QUERY_STRING", "")).get("loginToken", [])
        wanted = environ["REQUEST_METHOD"] == "GET" and path in self._open
        if not wanted or (path == self._return and len(codes) != 1):
            start_response("404 Not Found", [("Content-Length", "0"), *_HEADERS])
            return ()
        self._open.discard(path)
        if path == self._start:
            start_response("302 Found", [("Location", self._page), ("Content-Length", "0"), *_HEADERS])
            return ()
        body = _PAGE.format(text=escape(self._goodbye)).encode()
        start_response("200 OK", [("Content-Length", str(len(body))), *_HEADERS])
        return _Answered(body, lambda: self.outcomes.put(("code", codes[0])))


class _Answered(list[bytes]):
    """The server closes this only after the page has been written."""

    def __init__(self, body: bytes, then: Callable[[], None]) -> None:
        super().__init__([body])
        self._then = then

    def close(self) -> None:
        self._then()


_PAGE: Final = '<!doctype html><meta charset="utf-8"><title>pnm-launcher</title><p>{text}</p>'
