"""Sockets that another thread can cut off: the name look-up, the connection, and the end of a call."""

import errno
import selectors
import socket
import time
from contextlib import ExitStack, suppress
from itertools import chain, zip_longest
from types import TracebackType
from typing import Any, Final, Self

from .errors import (
    AddressNotFound,
    Cancelled,
    ConnectionBroken,
    ConnectionFailed,
    ConnectionRefused,
    DeadlinePassed,
    HostUnreachable,
)
from .work import Cancellation, Deadline, bounded

CONNECT_SECONDS: Final = 5.0
"""How long connecting may take, and again how long the greeting of TLS may take."""
_HEAD_START: Final = 0.25
"""Seconds before the next address of a name is tried beside the one that has not answered (RFC 8305)."""
_LOOK_AROUND: Final = 0.05
_PENDING: Final = (0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0))
_FAILURES: Final[dict[int, type[ConnectionFailed]]] = {
    errno.ECONNREFUSED: ConnectionRefused,
    errno.ECONNRESET: ConnectionBroken,
    errno.ECONNABORTED: ConnectionBroken,
}

_Place = tuple[socket.AddressFamily, tuple[Any, ...]]


class Call:
    """One exchange with `host` that ends after `seconds` or when cancelled, whatever it waits for.

    Time-outs of sockets start anew with each byte that arrives; this one does not. Used as a `with` block.
    """

    def __init__(self, host: str, seconds: float, cancel: Cancellation | None) -> None:
        self.host = host
        self.seconds = seconds
        self.cancel = cancel
        self.fault: ConnectionFailed | None = None
        self._ends = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._cleanup = ExitStack()

    @property
    def remaining(self) -> float:
        return max(0.0, self._ends - time.monotonic())

    def __enter__(self) -> Self:
        self._cleanup.enter_context(Deadline(self.seconds, self._late))
        if self.cancel:
            self.cancel.on_cancel(self._cancelled)
            self._cleanup.callback(self.cancel.forget, self._cancelled)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
                 /) -> None:  # fmt: skip
        self._cleanup.close()

    def hold(self, sock: socket.socket) -> None:
        """Cut this socket off when the call ends early."""
        self._sockets.append(sock)
        if self.fault:
            _cut(sock)

    def hold_copy(self, sock: socket.socket) -> None:
        """Hold the connection of a socket that is going to be wrapped in TLS, which replaces the socket itself."""
        copy = sock.dup()
        self._cleanup.callback(copy.close)
        self.hold(copy)

    def check(self) -> None:
        """Raise `Cancelled` or `DeadlinePassed` if the call has been ended."""
        if self.fault:
            raise self.fault
        if not self.remaining:
            raise self.late()

    def late(self, seconds: float | None = None) -> DeadlinePassed:
        return DeadlinePassed(host=self.host, seconds=f"{seconds or self.seconds:g}")

    def _late(self) -> None:
        self._end(self.late())

    def _cancelled(self) -> None:
        self._end(Cancelled())

    def _end(self, fault: ConnectionFailed) -> None:
        self.fault = self.fault or fault
        for sock in tuple(self._sockets):
            _cut(sock)


def dial(call: Call, host: str, port: int) -> socket.socket:
    """A connection to the first address of the host that answers, held by the call.

    Its time-out is set for the greeting of TLS. Raises `ConnectionFailed`.
    """
    with _Race(call, _look_up(call, host.strip("[]"), port)) as race:
        winner = race.run()
    try:
        winner.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        winner.settimeout(CONNECT_SECONDS)
        call.hold_copy(winner)
    except OSError:  # lost again in the meantime
        winner.close()
        raise ConnectionBroken(host=call.host) from None
    return winner


def _look_up(call: Call, host: str, port: int) -> list[_Place]:
    """The host's addresses, IPv6 and IPv4 in turn."""
    name = host.encode("ascii")  # a text would be sent through the IDNA codec again
    try:
        found = bounded(lambda: socket.getaddrinfo(name, port, type=socket.SOCK_STREAM), call.remaining, "name look-up",
                        cancel=call.cancel)  # fmt: skip
    except TimeoutError:
        call.check()
        raise call.late() from None
    except OSError:
        raise AddressNotFound(host=host) from None
    places: list[_Place] = [(family, place) for family, _, _, _, place in found]
    first = [place for place in places if place[0] == places[0][0]]
    second = [place for place in places if place[0] != places[0][0]]
    return [place for place in chain.from_iterable(zip_longest(first, second)) if place]


class _Race:
    """Connects to several places, each a little after the one before, until one answers."""

    def __init__(self, call: Call, places: list[_Place]) -> None:
        self._call = call
        self._places = places
        self._running = selectors.DefaultSelector()
        self._failures: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
                 /) -> None:  # fmt: skip
        for key in tuple(self._running.get_map().values()):
            key.data.close()
        self._running.close()

    def run(self) -> socket.socket:
        """The first connected socket; raises why there is none."""
        limit = min(CONNECT_SECONDS, self._call.remaining)
        ends = time.monotonic() + limit
        next_start = 0.0
        while (now := time.monotonic()) < ends:
            self._call.check()
            if self._places and (now >= next_start or not self._running.get_map()):
                self._start(*self._places.pop(0))
                next_start = now + _HEAD_START
            if not self._running.get_map() and not self._places:
                raise self._failure()
            if winner := self._winner(min(_LOOK_AROUND, ends - now)):
                return winner
        self._call.check()
        raise self._call.late(limit)

    def _winner(self, seconds: float) -> socket.socket | None:
        for key, _ in self._running.select(seconds):
            sock: socket.socket = key.data
            self._running.unregister(sock)
            if not (code := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)):
                return sock
            self._fail(sock, code)
        return None

    def _failure(self) -> ConnectionFailed:
        for code, kind in _FAILURES.items():
            if code in self._failures:
                return kind(host=self._call.host)
        return HostUnreachable(host=self._call.host)

    def _start(self, family: socket.AddressFamily, place: tuple[Any, ...]) -> None:
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            self._failures.append(error.errno or 0)
            return
        sock.setblocking(False)
        code = sock.connect_ex(place)
        if code in _PENDING:
            self._running.register(sock, selectors.EVENT_WRITE, sock)
        else:
            self._fail(sock, code)

    def _fail(self, sock: socket.socket, code: int) -> None:
        self._failures.append(code)
        sock.close()


def _cut(sock: socket.socket) -> None:
    """End a connection in both directions, so that whoever reads or writes wakes up; TLS is left as it is."""
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
