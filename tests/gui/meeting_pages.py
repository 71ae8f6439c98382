"""A web server for pages of a made-up meeting, which remembers every request it got."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pnm_launcher.address import parse_address
from pnm_launcher.links import Link

TOKEN = "eyJhbGciOiJIUzI1NiJ9.canary-4be1a7.signature"
HELLO = "<!doctype html><title>Maths 9b</title><body><p id=hello>Hello</p>"
DESIGN = '{"primary_color":"#0a66c2"}'


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    host: str
    headers: dict[str, str]


@dataclass
class Pages:
    """`answers` maps a path (without its query) to a body, or to a status, headers and a body."""

    answers: dict[str, str | tuple[int, dict[str, str], str]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def origin(self) -> str:
        """The meeting's origin; the same pages are at `foreign`, which is another one."""
        return f"http://localhost:{self.port}"

    @property
    def foreign(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def link(self, path: str = "", design: str = DESIGN) -> Link:
        return Link(parse_address(self.origin + path), TOKEN, design, "maths-9b", None)

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@contextmanager
def serving(pages: Pages, tls: ssl.SSLContext | None = None) -> Iterator[Pages]:
    """Requests for `/slow` and `/slow.js` are answered when `hold` is set, at the latest at the end; of `/halves` only
    the first half comes before."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            pages.requests.append(Request(self.command, self.path, host, dict(self.headers.items())))
            path = self.path.partition("?")[0]
            if path in ("/slow", "/slow.js"):
                pages.hold.wait(60)
            answer = pages.answers.get(path, (404, {}, "nothing here"))
            status, headers, body = answer if isinstance(answer, tuple) else (200, {}, answer)
            data = body.encode()
            try:
                self.send_response(status)
                for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                half = len(data) // 2 if path == "/halves" else 0
                self.wfile.write(data[:half])
                if half:
                    pages.hold.wait(60)
                self.wfile.write(data[half:])
            except OSError:
                pass  # the window was closed

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    pages.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield pages
    finally:
        pages.hold.set()
        server.shutdown()
        server.server_close()
