"""Servers on raw sockets that do what no well-kept server does; all of them on this computer."""

import json
import selectors
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType
from typing import Self

from pnm_launcher.address import Address

Behaviour = Callable[["Visit"], None]


class Visit:
    """One connection of a client. `head` (line and headers) and `body` are its newest request, `heads` all of them."""

    def __init__(self, sock: socket.socket, closing: threading.Event) -> None:
        self.sock = sock
        self.closing = closing
        self.head = b""
        self.body = b""
        self.heads: list[bytes] = []
        self.tls = sock.version() if isinstance(sock, ssl.SSLSocket) else None

    def read_request(self) -> bool:
        data = b""
        while b"\r\n\r\n" not in data:
            if not (piece := self.sock.recv(65536)):
                return False
            data += piece
        self.head, _, self.body = data.partition(b"\r\n\r\n")
        self.heads.append(self.head)
        length = int(self.header("content-length") or "0")
        while len(self.body) < length:
            self.body += self.sock.recv(65536)
        return True

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def wait(self, seconds: float) -> bool:
        """True when the server is being closed."""
        return self.closing.wait(seconds)

    def until_gone(self) -> None:
        """Keep the connection open without a word until the client or the test ends it."""
        self.sock.settimeout(0.1)
        while not self.closing.is_set():
            with suppress(TimeoutError):
                if not self.sock.recv(65536):
                    return

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.sock.close()


class FaultServer:
    """Answers each connection with a behaviour; `visits` and `received` tell what arrived."""

    def __init__(self, behaviour: Behaviour, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._behaviour = behaviour
        self._tls = tls
        self._closing = threading.Event()
        self._listener = socket.create_server((host, 0))
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self.host = host
        self.port: int = self._listener.getsockname()[1]
        self.visits: list[Visit] = []
        self.connections = 0

    @property
    def address(self) -> Address:
        scheme = "https" if self._tls else "http"
        return Address(scheme, self.host, self.port, "")

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
                 /) -> None:  # fmt: skip
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _start(self, call: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=call, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                self._sockets.append(sock)
                self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with ExitStack() as stack:
            stack.callback(sock.close)
            with suppress(OSError):
                if self._tls:
                    sock = self._tls.wrap_socket(sock, server_side=True)
                    self._sockets.append(sock)
                    stack.callback(sock.close)
                visit = Visit(sock, self._closing)
                self.visits.append(visit)
                self._behaviour(visit)


def reply(status: str = "200 OK", body: bytes | str | object = b"", *headers: str) -> bytes:
    """A whole HTTP answer; a body that is neither bytes nor text is sent as JSON."""
    kind = "text/html" if isinstance(body, str) else "application/json"
    data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", *headers]
    if not any(line.lower().startswith("content-type") for line in lines):
        lines.append(f"Content-Type: {kind}")
    return "\r\n".join([*lines, "", ""]).encode() + data


def answering(*answers: bytes) -> Behaviour:
    """Read requests, one after the other on each connection, and give these answers in turn; the last one again."""

    def behave(visit: Visit) -> None:
        waiting = list(answers)
        while visit.read_request():
            visit.send(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return behave


def after_request(*pieces: bytes, every: float = 0.0, again: bool = False) -> Behaviour:
    """Read a request, then send the pieces with a pause after each; `again` repeats the last one for ever."""

    def behave(visit: Visit) -> None:
        visit.read_request()
        for piece in pieces:
            visit.send(piece)
            if visit.wait(every):
                return
        while again and not visit.wait(every):
            visit.send(pieces[-1])

    return behave


@contextmanager
def full_backlog(host: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """A port whose queue is full: the kernel drops each new greeting, as a firewall does."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        listener = stack.enter_context(socket.socket())
        listener.bind((host, port))
        listener.listen(0)
        for _ in range(8):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
            selector.register(filler, selectors.EVENT_WRITE)
            if not selector.select(0.2):
                break
            selector.unregister(filler)
        else:
            raise AssertionError("the queue never filled up")
        yield listener.getsockname()[1]


def closed_port(host: str = "127.0.0.1") -> int:
    """A port at which nothing listens."""
    with socket.create_server((host, 0)) as listener:
        return int(listener.getsockname()[1])


def tunnel(target: tuple[str, int], first: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> tuple[Behaviour, list[bytes]]:
    """A proxy that connects each CONNECT to one target; the list collects what it could read of the requests."""
    seen: list[bytes] = []

    def behave(visit: Visit) -> None:
        visit.read_request()
        seen.append(visit.head)
        visit.send(first)
        with socket.create_connection(target) as onward, selectors.DefaultSelector() as selector:
            selector.register(visit.sock, selectors.EVENT_READ, onward)
            selector.register(onward, selectors.EVENT_READ, visit.sock)
            while not visit.closing.is_set():
                for key, _ in selector.select(0.1):
                    data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    seen.append(data)
                    if not data:
                        return
                    key.data.sendall(data)

    return behave, seen


def headers_of(visit: Visit) -> Mapping[str, str]:
    lines = visit.head.decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
