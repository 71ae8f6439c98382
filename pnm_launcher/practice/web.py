"""Requests and answers in WSGI's terms, and the files of the room page."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qs

from pnm_launcher.paths import resource

from .protojson import text

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PLAIN: Final = "text/plain; charset=utf-8"
_REASONS: Final = {
    200: "OK", 204: "No Content", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 413: "Request Entity Too Large",
}  # fmt: skip
_ALWAYS: Final = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mp3": "audio/mpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": PLAIN,
    "woff2": "font/woff2",
}


class Reply(NamedTuple):
    status: int
    kind: str
    body: bytes
    more: tuple[tuple[str, str], ...] = ()

    def send(self, start_response: "StartResponse") -> Iterable[bytes]:
        headers = [*_ALWAYS, *self.more, ("Content-Type", self.kind), ("Content-Length", str(len(self.body)))]
        start_response(f"{self.status} {_REASONS[self.status]}", headers if self.status != 204 else list(_ALWAYS))
        return [self.body]


def json_reply(answer: Mapping[str, Any], status: int = 200) -> Reply:
    return Reply(status, "application/json", text(answer).encode("utf-8", "replace"))


def plain_reply(status: int, words: str) -> Reply:
    return Reply(status, PLAIN, words.encode())


NOT_FOUND: Final = plain_reply(404, "not found")


class Request:
    """What the application needs of a request."""

    def __init__(self, environ: "WSGIEnvironment") -> None:
        self._environ = environ
        self.method = str(environ["REQUEST_METHOD"])
        self.path = str(environ["PATH_INFO"])
        self.size = int(environ.get("CONTENT_LENGTH") or 0)

    @property
    def reads(self) -> bool:
        return self.method in ("GET", "HEAD")

    def header(self, name: str) -> str:
        """A header's value, or "" when it is not there. Only `Content-Type` has no HTTP_ in WSGI."""
        key = name.upper().replace("-", "_")
        return str(self._environ.get(key if key == "CONTENT_TYPE" else f"HTTP_{key}", ""))

    def body(self) -> bytes:
        return bytes(self._environ["wsgi.input"].read())

    def query(self, name: str) -> str:
        query = str(self._environ.get("QUERY_STRING", ""))
        return parse_qs(query).get(name, [""])[-1]

    def caller_is_gone(self) -> bool:
        asked = self._environ.get("waitress.client_disconnected")
        return bool(asked and asked())


def page_file(name: str) -> Reply:
    """A file of the room page's folder, by its plain name."""
    kind = _TYPES.get(name.rpartition(".")[2])
    if kind is None or re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name) is None:
        return NOT_FOUND
    try:
        return Reply(200, kind, (resource("practice/page") / name).read_bytes())
    except OSError:
        return NOT_FOUND


def file_to_save(name: str) -> Reply:
    """What the chat's links to `download/uploadedFile/…` lead to: a file that the browser saves."""
    last = name.rpartition("/")[2]
    if not name.startswith("uploadedFile/") or re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", last) is None:
        return NOT_FOUND
    disposition = ("Content-Disposition", f'attachment; filename="{last}"')
    return Reply(200, "application/octet-stream", b"A file of the practice server.\n", (disposition,))
