"""One call to a homeserver: the token goes to its own origin alone, and a no becomes one fault."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pnm_launcher import log
from pnm_launcher.address import Address
from pnm_launcher.errors import (
    AnswerTooLarge,
    Cancelled,
    GatewayFailed,
    LauncherError,
    ServerCrashed,
    UnexpectedAnswer,
)
from pnm_launcher.session import Answer, Method, Session
from pnm_launcher.strict_json import Odd, Reader
from pnm_launcher.texts import tr
from pnm_launcher.work import Cancellation, pause

from .faults import MatrixNotUnderstood, NotMatrix, SignInElsewhere, SignInMissing
from .refusals import Purpose, refusal, with_jitter
from .room_faults import TooManyRequests

LONGEST_WAIT: Final = 60.0
"""Seconds. A server that asks to wait longer gets no second try."""
_GATEWAY: Final = (502, 503, 504, *range(520, 531))
_TOKEN: Final = re.compile(r"[!-~]{1,4096}")
_MOST_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bearer:
    """An access token, and the one origin it may ever be sent to."""

    origin: str
    token: str = field(repr=False)

    def header_for(self, address: Address) -> dict[str, str]:
        """The one place that puts a token into a request. Raises `SignInElsewhere` for any other origin."""
        if address.origin != self.origin:
            raise SignInElsewhere(origin=self.origin, other=address.origin)
        if not _TOKEN.fullmatch(self.token):  # could change the request's headers
            raise SignInMissing(name=self.origin)
        log.hide(self.token)
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True, slots=True)
class Request:
    """`path` below the server's address, with its query; `body` becomes JSON; `most` bytes of answer are read."""

    method: Method
    path: str
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    purpose: Purpose = ""
    seconds: float = 20.0
    most: int = _MOST_BYTES


class Calls:
    """Makes calls to the server at `address`. Each may take as long as its request says, and once more after a wait.

    `on_wait` is told, in the calling thread, the seconds of a wait that the server has asked for, when it begins.
    """

    def __init__(self, session: Session, address: Address, *, cancel: Cancellation | None = None,
                 on_wait: Callable[[float], None] = lambda seconds: None) -> None:  # fmt: skip
        self.address = address
        self._session = session
        self._cancel = cancel
        self._on_wait = on_wait

    def __repr__(self) -> str:
        return f"Calls({self.address})"

    def call(self, request: Request, bearer: Bearer | None = None) -> Reader:
        """The values of a successful answer; after a rate limit of at most a minute, of one second try.

        Raises `ConnectionFailed`, `AnswerUnusable` or `MatrixRefused`.
        """
        try:
            return self._once(request, bearer)
        except TooManyRequests as fault:
            if fault.seconds > LONGEST_WAIT:
                raise
            wait = with_jitter(fault.seconds)
        self._on_wait(wait)
        if not pause(wait, self._cancel):
            raise Cancelled
        return self._once(request, bearer)

    def _once(self, request: Request, bearer: Bearer | None) -> Reader:
        headers = bearer.header_for(self.address) if bearer else {}
        body = None
        if request.body is not None:
            body = json.dumps(request.body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
            headers["Content-Type"] = "application/json"
        return accepted(self.send(request, body, headers), self.address, request.purpose)

    def send(self, request: Request, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """The plain exchange, with the session's faults in the words of Matrix."""
        host = self.address.host
        try:
            return self._session.send(request.method, self.address, request.path, body, headers,
                                      seconds=request.seconds, cancel=self._cancel, most=request.most)  # fmt: skip
        except AnswerTooLarge:
            reason: str = tr("it is too long")
        except UnexpectedAnswer as fault:
            reason = fault.details["reason"]
        raise MatrixNotUnderstood(host=host, reason=reason)


def accepted(answer: Answer, address: Address, purpose: Purpose = "") -> Reader:
    """The values of a successful answer. Raises `MatrixRefused` or `AnswerUnusable`."""
    fault: LauncherError | None
    if answer.status == 200:
        try:
            return Reader.of(answer.body)
        except Odd as odd:
            fault = MatrixNotUnderstood(host=address.host, reason=str(odd))
    else:
        fault = refusal(answer, address, purpose)
        if answer.status >= 500 and fault and fault.details["code"] == "M_UNKNOWN" and answer.status not in _GATEWAY:
            fault = ServerCrashed(message=fault.details["message"])
    if not fault or (answer.status == 200 and _is_web_page(answer)):
        fault = _not_a_homeserver(answer, address)
    raise fault


def understood(address: Address, odd: Odd) -> MatrixNotUnderstood:
    """The fault for a value that is missing from a successful answer."""
    return MatrixNotUnderstood(host=address.host, reason=str(odd))


def _not_a_homeserver(answer: Answer, address: Address) -> LauncherError:
    if answer.status in _GATEWAY:
        return GatewayFailed(host=address.host, status=answer.status)
    if answer.status in (404, 511) or _is_web_page(answer):
        return NotMatrix(host=address.host)
    if answer.status >= 500:
        return ServerCrashed(message=tr("code {status}").format(status=answer.status))
    return MatrixNotUnderstood(host=address.host, reason=tr("code {status}").format(status=answer.status))


def _is_web_page(answer: Answer) -> bool:
    kind = answer.content_type.lower()
    return kind.startswith(("text/html", "application/xhtml")) or answer.body.lstrip()[:1] == b"<"
