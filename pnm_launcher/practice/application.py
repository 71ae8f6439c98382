"""The practice server's WSGI application: which path is answered how, and the checks before the API."""

import hmac
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from pnm_launcher.work import Monitor

from .answers import Answer, refused
from .endpoints import Endpoints
from .features import MOST_UPLOAD_MB
from .rooms import Rooms
from .tokens import Signer
from .visits import Refused, Visits
from .web import NOT_FOUND, Reply, Request, file_to_save, json_reply, page_file, plain_reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

THREADS: Final = 16
_PAGES: Final = {"/": "index.html", "/host/": "host.html"}
_MOST_POLLS: Final = 12
"""So many pages may wait for events at a time; the other threads are for everything else."""


class Application:
    def __init__(self, signer: Signer, clock: Callable[[], float]) -> None:
        rooms = Rooms()
        self._signer = signer
        self._clock = clock
        self._monitor = Monitor()
        self._endpoints = Endpoints(rooms, signer)
        self._visits = Visits(rooms, signer, self._monitor, _MOST_POLLS)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return self._reply(Request(environ)).send(start_response)

    def close(self) -> None:
        self._visits.close()

    def _reply(self, request: Request) -> Reply:
        top, _, rest = request.path.removeprefix("/").partition("/")
        if request.size > MOST_UPLOAD_MB * 1024 * 1024:
            return plain_reply(413, "Request Entity Too Large")
        if top == "auth":
            return self._api(request)
        if top == "practice":
            return self._page_call(request, rest)
        if request.path == "/healthCheck":
            return plain_reply(200, "Healthy")
        return self._file(request.path, top, rest) if request.reads else NOT_FOUND

    @staticmethod
    def _file(path: str, top: str, rest: str) -> Reply:
        """Whatever the query says: the pages read it, the server never does."""
        if path in _PAGES:
            return page_file(_PAGES[path])
        if path == "/favicon.ico":
            icon = page_file("favicon.ico")
            return icon if icon.status == 200 else Reply(204, "", b"")
        if top == "download":
            return file_to_save(rest)
        return page_file(rest) if top == "assets" else NOT_FOUND

    def _api(self, request: Request) -> Reply:
        body = request.body()
        refusal = self._header_refusal(request, body)
        if refusal is not None:
            return json_reply(refusal, 401)
        if request.method != "POST" or request.path not in self._endpoints:
            return NOT_FOUND
        with self._monitor:
            answer = self._endpoints.answer(request.path, body, self._clock())
            self._monitor.notify_all()
        return json_reply(answer)

    def _header_refusal(self, request: Request, body: bytes) -> Answer | None:
        """The checks that come before everything else, in the server's order."""
        missing = "MISSING_REQUIRED_PARAMETER"
        key, signature = request.header("API-KEY"), request.header("HASH-SIGNATURE")
        if not key:
            return refused("Missing API-KEY header.", missing)
        if key != self._signer.api_key:
            return refused("Invalid API key provided.", "INVALID_API_KEY")
        if not signature:
            return refused("Missing HASH-SIGNATURE header.", missing)
        signed = body
        if "multipart/form-data" in request.header("Content-Type"):  # then the room's id is signed instead
            signed = request.header("Room-Id").encode("latin-1")
            if not signed:
                return refused("Missing Room-Id header for multipart request.", missing)
        if not hmac.compare_digest(self._signer.signature(signed).encode(), signature.encode("latin-1")):
            return refused("Failed to verify provided authentication details.", "INVALID_TOKEN_OR_SIGNATURE")
        return None

    def _page_call(self, request: Request, name: str) -> Reply:
        if request.method != ("GET" if name == "events" else "POST"):
            return NOT_FOUND
        request.body()
        try:
            with self._monitor:
                answer = self._visit(request, name)
                if name != "events":
                    self._monitor.notify_all()
        except Refused as refusal:
            return json_reply(refusal.answer, refusal.http_status)
        return NOT_FOUND if answer is None else json_reply(answer)

    def _visit(self, request: Request, name: str) -> Answer | None:
        now, key, visits = self._clock(), request.query("session"), self._visits
        match name:
            case "verify":
                return visits.verify(request.header("Authorization"), now)
            case "enter":
                return visits.enter(request.header("Authorization"), now)
            case "events":
                after = request.query("after")
                number = int(after) if after.isascii() and after.isdecimal() else 0
                return visits.events(key, number, self._clock, request.caller_is_gone)
            case "leave":
                return visits.leave(key)
            case "end":
                return visits.end(key, now)
            case "approve":
                return visits.approve(key, request.query("user_id"))
            case "remove":
                return visits.remove(key, request.query("user_id"), block=request.query("block") == "1")
        return None
