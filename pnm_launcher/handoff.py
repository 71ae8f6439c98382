"""Opens a link in the system's browser so that the token is in no program's arguments, which every user can read.

The browser is given an address on this computer that answers one request, within half a minute, by sending the browser
on to the meeting. That address is in its arguments, so only programs of this user get an answer, where the system tells
whose they are (`loopback.serve`).
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, Literal

from .errors import BrowserFailed, Cancelled, HandOffExpired
from .links import Link
from .loopback import serve, this_user
from .work import Cancellation, background

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SECONDS: Final = 30.0
_HOST: Final = "127.0.0.1"
_Outcome = Literal["fetched", "cancelled", "no browser"]


def system_browser(address: str) -> bool:
    """Open an address in the user's browser; False if there is none."""
    import webbrowser  # not needed before the first hand-off

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def open_in_browser(link: Link, open_url: Callable[[str], bool] = system_browser, seconds: float = SECONDS,
                    cancel: Cancellation | None = None) -> None:  # fmt: skip
    """Hand the link to a browser and return once it has been fetched; nothing listens any more then.

    Raises `BrowserFailed` when `open_url` returns False, `HandOffExpired` when nobody came in time, `Cancelled`.
    """
    hand_off = _HandOff(link)
    try:
        server = serve(hand_off, host_names=(_HOST,), threads=1, users=this_user())
    except OSError:
        raise BrowserFailed from None
    try:
        if cancel:
            cancel.on_cancel(hand_off.cancel)
        background(lambda: hand_off.offer(open_url, f"http://{_HOST}:{server.port}{hand_off.path}"), "browser")
        outcome = hand_off.outcomes.get(timeout=seconds)
    except Empty:
        raise HandOffExpired(seconds=round(seconds)) from None
    finally:
        server.close()
        if cancel:
            cancel.forget(hand_off.cancel)
    if outcome == "cancelled":
        raise Cancelled
    if outcome == "no browser":
        raise BrowserFailed


class _HandOff:
    """The WSGI application: one path that cannot be guessed, and one answer. The first of `outcomes` counts."""

    def __init__(self, link: Link) -> None:
        self.path = f"/{secrets.token_urlsafe(16)}"
        self.outcomes: SimpleQueue[_Outcome] = SimpleQueue()
        self._link = link
        self._fetched = False

    def offer(self, open_url: Callable[[str], bool], address: str) -> None:
        """Open the address; in a thread of its own, because some browsers return only when they are closed."""
        if not open_url(address):
            self.outcomes.put("no browser")

    def cancel(self) -> None:
        self.outcomes.put("cancelled")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not self._wanted(environ):
            start_response("404 Not Found", [("Content-Length", "0"), ("Cache-Control", "no-store")])
            return ()
        self._fetched = True
        headers = {"Location": self._link.url, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        start_response("302 Found", [*headers.items(), ("Content-Length", "0")])
        return self._answered()

    def _wanted(self, environ: "WSGIEnvironment") -> bool:
        """Whether this is the one request; a browser that only looks ahead does not use it up."""
        looks_ahead = any("prefetch" in environ.get(name, "") for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE"))
        right = secrets.compare_digest(environ["PATH_INFO"].encode(), self.path.encode())
        return right and environ["REQUEST_METHOD"] == "GET" and not looks_ahead and not self._fetched

    def _answered(self) -> Iterator[bytes]:
        """The server closes this only after the answer has been written."""
        try:
            yield b""
        finally:
            self.outcomes.put("fetched")
