"""The one way to a server: no redirects, one deadline, a bounded body, cancelling, nothing sent twice.

`requests` and `urllib3` are used here and in `transport`, which this module loads at the first call.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from logging import getLogger
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, Self
from urllib.parse import urljoin, urlsplit

from . import __version__
from .address import Address
from .errors import AnswerTooLarge, Redirected, UnexpectedAnswer
from .texts import tr
from .work import Cancellation, Once

if TYPE_CHECKING:
    from .transport import Requests, Response
    from .wire import Call

_LARGEST_BODY: Final = 1024 * 1024
_PIECE: Final = 64 * 1024
_HEADERS: Final = {"User-Agent": f"pnm-launcher/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}
_log: Final = getLogger(__name__)
Method = Literal["GET", "POST", "PUT"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent, bounded; `content_type`, `date` and `retry_after` are its headers, "" if missing."""

    status: int
    body: bytes = field(repr=False)
    content_type: str
    date: str
    retry_after: str = ""


class Session:
    """Keeps connections open between calls; close it after the last one. Calls may come from several threads."""

    def __init__(self, *, ca_file: str = "") -> None:
        self._ca_file = ca_file
        self._requests = Once(self._make)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
                 /) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        for made in self._requests.made():
            made.close()

    def get(self, address: Address, path: str, *, seconds: float = 15.0, cancel: Cancellation | None = None,
            most: int = _LARGEST_BODY) -> Answer:  # fmt: skip
        """Fetch a page of the server, without signing in; `most` bytes of body. Raises as `post` does."""
        return self._send(_Message("GET", address, path, most=most), seconds, cancel)

    def post(self, address: Address, path: str, body: bytes, headers: Mapping[str, str], *, seconds: float = 15.0,
             cancel: Cancellation | None = None) -> Answer:  # fmt: skip
        """Send exactly these bytes to `path` below the address, once, and read the answer, whatever its status.

        The whole call takes `seconds` at most, and an answer has 1 MiB at most. Raises `ConnectionFailed`, and of
        `AnswerUnusable` the ones that need no look at the body: `Redirected`, `AnswerTooLarge`, `UnexpectedAnswer`.
        """
        return self._send(_Message("POST", address, path, body, headers), seconds, cancel)

    def send(self, method: Method, address: Address, path: str, body: bytes | None, headers: Mapping[str, str],
             *, seconds: float, cancel: Cancellation | None = None, most: int = _LARGEST_BODY) -> Answer:  # fmt: skip
        """Make one request of any method as `post` does, with the same promises; `most` bytes of answer."""
        return self._send(_Message(method, address, path, body, headers, most), seconds, cancel)

    def _make(self) -> "Requests":
        from .transport import make_session

        return make_session(self._ca_file, _HEADERS)

    def _send(self, message: "_Message", seconds: float, cancel: Cancellation | None) -> Answer:
        from .diagnosis import LIBRARY_FAULTS, translate
        from .transport import current
        from .wire import Call

        started = time.monotonic()
        with Call(message.address.host, seconds, cancel) as call:
            outer = current.set(call)
            try:
                answer = self._exchange(message, call)
                call.check()  # a body that was cut off may look complete
                message.log(str(answer.status), started)
                return answer
            except Exception as error:
                if not call.fault and not isinstance(error, LIBRARY_FAULTS):
                    raise
                fault = call.fault or translate(error, call.host)
            finally:
                current.reset(outer)
        message.log(type(fault).__name__, started)
        raise fault.with_traceback(None)  # outside `except`: the library's error holds the request and its signature

    def _exchange(self, message: "_Message", call: "Call") -> Answer:
        from .transport import proxies_for

        response = self._requests.get().request(
            message.method,
            message.url,
            data=message.body,
            headers=message.headers,
            allow_redirects=False,
            stream=True,
            timeout=call.seconds + 1,  # the call itself ends earlier
            proxies=proxies_for(message.address, message.url, call),
        )
        try:
            if 300 <= response.status_code < 400:
                raise message.redirected(response.headers.get("Location", ""))
            if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
                raise UnexpectedAnswer(
                    host=call.host, reason=tr("it is compressed, which this program did not ask for")
                )
            return Answer(
                response.status_code,
                _body(response, call.host, message.most),
                response.headers.get("Content-Type", ""),
                response.headers.get("Date", ""),
                response.headers.get("Retry-After", ""),
            )
        finally:
            response.close()


@dataclass(frozen=True, slots=True)
class _Message:
    method: str
    address: Address
    path: str
    body: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    most: int = _LARGEST_BODY

    @property
    def url(self) -> str:
        return f"{self.address}{self.path}"

    def redirected(self, location: str) -> Redirected:
        fault = Redirected(host=self.address.host, target=self.target(location))
        with suppress(ValueError):
            fault.location = urljoin(self.url, location.strip())
        return fault

    def target(self, location: str) -> str:
        """Where a redirect leads, as an address that could stand in the settings; browsers read `\\` as `/`."""
        try:
            parts = urlsplit(urljoin(self.url, location.strip().replace("\\", "/")))
            host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or "?"
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            return "?"
        return f"{parts.scheme}://{host}{port}{parts.path.removesuffix(self.path).rstrip('/')}"

    def log(self, outcome: str, started: float) -> None:
        where = self.url.partition("?")[0]  # a query may hold a key to what is behind it
        _log.info("%s %s: %s after %.0f ms", self.method, where, outcome, 1000 * (time.monotonic() - started))


def _body(response: "Response", host: str, most: int) -> bytes:
    body = bytearray()
    for piece in response.raw.stream(_PIECE, decode_content=False):
        body += piece
        if len(body) > most:
            raise AnswerTooLarge(host=host)
    return bytes(body)
