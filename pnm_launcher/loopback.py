"""A small HTTP server on this computer: one WSGI application, and only for callers who mean this computer by name."""

import errno
import logging
import os
import select
import socket
import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .work import background

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
_MOST_TRIES: Final = 20
_ROOT: Final = 0
"""May look into every program anyway, and may stand between: in WSL, the browser of Windows comes as root."""
_MAPPED: Final = bytes(10) + b"\xff\xff"
"""Before an IPv4 address that a program uses as one of IPv6."""


class LoopbackServer:
    """A running server. It answers on `port` of 127.0.0.1, and of ::1 where that exists, until `close()`.

    Browsers try ::1 first for `localhost`; were that port another program's, they would talk to it.
    """

    def __init__(self, application: "WSGIApplication", sockets: list[socket.socket], **settings: int) -> None:
        # waitress is imported here, not above: nothing before the first window needs it.
        from waitress import create_server, wasyncore
        from waitress.trigger import trigger

        # Its complaints about callers that went away, and about a full queue, are no news for the user.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self.port = int(sockets[0].getsockname()[1])
        self._sockets: dict[int, Any] = {}
        self._server = create_server(application, map=self._sockets, sockets=sockets, ident="", **settings)
        self._bell = trigger(self._sockets)
        self._loop: Callable[..., None] = wasyncore.loop
        self._close_all: Callable[..., None] = wasyncore.close_all
        self._asked = self._closing = False
        self._thread = background(self._run, f"loopback-{self.port}")

    def __repr__(self) -> str:
        return f"LoopbackServer(port={self.port})"

    def close(self) -> None:
        """Stop listening, let the requests in work finish (5 s at most), and close all connections."""
        if not self._asked:
            self._asked = True
            # The loop's own thread sets the flag: it ends, and closes the bell, only after it was rung.
            self._bell.pull_trigger(self._end)
        self._thread.join()

    def _end(self) -> None:
        self._closing = True

    def _run(self) -> None:
        try:
            while not self._closing:
                # poll() where it exists: select() fails in a program with more than 1,024 open files.
                self._loop(timeout=30, use_poll=hasattr(select, "poll"), map=self._sockets, count=1)
        finally:
            self._server.task_dispatcher.shutdown()
            self._close_all(self._sockets)


def serve(application: "WSGIApplication", *, host_names: Collection[str] = HOST_NAMES, threads: int = 4,
          most_header_bytes: int = 16_384, most_body_bytes: int = 1_048_576,
          users: Collection[int] | None = None) -> LoopbackServer:  # fmt: skip
    """Serve an application on a free port. Requests whose `Host` is none of the names with that port get 421.

    That check keeps web pages from reaching the server through a name of their own that leads to this computer. With
    `users`, other users' programs get 421 too, on systems that tell whose a connection is (Linux).
    Header blocks of that many bytes and more are answered with 431, longer bodies with 413. Raises `OSError` when
    no port can be had.
    """
    sockets = _listening_sockets()
    port = sockets[0].getsockname()[1]
    try:
        return LoopbackServer(
            _only_for({f"{name}:{port}" for name in host_names}, users, application),
            sockets,
            threads=threads,
            max_request_header_size=most_header_bytes,
            max_request_body_size=most_body_bytes,
            channel_request_lookahead=1,  # so that a long poll learns that its caller is gone
        )
    except BaseException:
        for one in sockets:
            one.close()
        raise


def this_user() -> Collection[int] | None:
    """The `users` of a server for the programs of this user alone; None where users have no numbers."""
    return None if sys.platform == "win32" else (os.getuid(), _ROOT)


def _only_for(hosts: Collection[str], users: Collection[int] | None,
              application: "WSGIApplication") -> "WSGIApplication":  # fmt: skip
    def checked(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        named = environ.get("HTTP_HOST", "").lower() in hosts
        if named and (users is None or all(user in users for user in _callers(environ))):
            return application(environ, start_response)
        body = b"This server is only for programs on this computer."
        start_response("421 Misdirected Request", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return checked


def _callers(environ: "WSGIEnvironment") -> Iterable[int]:
    """The user whose program is at the other end, as the kernel says; nothing where it does not.

    In its two lists (proc(5), `/proc/net/tcp`) the second column is the address of a connection's owner, the third that
    of the other end, the eighth the owner's number.
    """
    caller = environ["REMOTE_ADDR"]
    family = socket.AF_INET6 if ":" in caller else socket.AF_INET
    place = socket.inet_pton(family, caller)
    owners = {f"{_in_list(each)}:{int(environ['REMOTE_PORT']):04X}" for each in (place, _MAPPED + place)}
    other = f":{int(environ['SERVER_PORT']):04X}"
    for name in ("tcp", "tcp6"):
        with suppress(OSError):
            rows = [line.split() for line in Path(f"/proc/net/{name}").read_text("ascii").splitlines()]
            yield from (int(row[7]) for row in rows if row[1] in owners and row[2].endswith(other))


def _in_list(place: bytes) -> str:
    """An address as the kernel writes it: in words of four bytes, each a number of this computer's byte order."""
    words = (place[start : start + 4] for start in range(0, len(place), 4))
    return "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words)


def _listening_sockets() -> list[socket.socket]:
    """One socket on 127.0.0.1 and, where this computer has IPv6, one on the same port of ::1."""
    for _ in range(_MOST_TRIES):
        four = _bound(socket.AF_INET, "127.0.0.1", 0)
        try:
            return [four, _bound(socket.AF_INET6, "::1", four.getsockname()[1])]
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                return [four]
            four.close()
    raise OSError(errno.EADDRINUSE, "no port is free on both 127.0.0.1 and ::1")


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        with suppress(AttributeError):  # Windows: no other program may share the port
            one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined]
        one.bind((host, port))
    except BaseException:
        one.close()
        raise
    return one
