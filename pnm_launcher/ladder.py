"""The connection check: named steps from the address to the clock, none of which changes anything on the server."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from .address import parse_address
from .api import Client
from .errors import CertificatesUnreadable, LauncherError
from .meetings import Server
from .refusals import SecretWrong
from .session import Session
from .texts import tr
from .work import Cancellation

if TYPE_CHECKING:
    import socket
    import ssl

    from .wire import Call

State = Literal["ok", "failed", "waiting", "skipped"]
STEPS: Final = (
    tr("Address"),
    tr("Secure connection"),
    tr("Server"),
    tr("API key"),
    tr("API secret"),
    tr("Clock"),
)
_SECONDS: Final = 15.0
_SAME_TIME: Final = 60.0
"""Seconds by which clocks may differ; servers allow as much for their tokens."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `name` is one of `STEPS`; `text` says what was found, or for a failed one what happened."""

    name: str
    state: State
    text: str = ""
    error: LauncherError | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """All steps in their order. After one that failed the others are `waiting`."""

    steps: tuple[Step, ...]

    @property
    def error(self) -> LauncherError | None:
        return next((step.error for step in self.steps if step.error), None)

    @property
    def ok(self) -> bool:
        return self.error is None


def check(server: Server, secret: str, session: Session, on_step: Callable[[Step], None] = lambda step: None, *,
          cancel: Cancellation | None = None) -> Result:  # fmt: skip
    """Climb the ladder; `on_step` is called with each step as soon as it is known. Takes seconds.

    Raises nothing but `InvalidValue` for a server whose address is none.
    """
    steps = []
    for step in _steps(_Climb(server, secret, session, cancel)):
        steps.append(step)
        on_step(step)
    return Result(tuple(steps))


def _steps(climb: "_Climb") -> Iterator[Step]:
    failed = False
    for name, find in zip(STEPS, (climb.address, climb.encryption, climb.health, climb.api_key, climb.api_secret,
                                  climb.clock), strict=True):  # fmt: skip
        if failed:
            yield Step(name, "waiting", tr("waits for the step before it"))
            continue
        try:
            yield find(name)
        except LauncherError as error:
            failed = True
            yield Step(name, "failed", str(error), error)


class _Climb:
    """What one check has found so far. Each method is one step and raises the error it fails with."""

    def __init__(self, server: Server, secret: str, session: Session, cancel: Cancellation | None) -> None:
        self._address = parse_address(server.address)
        self._server, self._secret, self._session, self._cancel = server, secret, session, cancel
        self._encrypted: Step | LauncherError | None = None
        self._wrong_secret: LauncherError | None = None
        self._skew: float | None = None

    def address(self, name: str) -> Step:
        """Find the computer and greet it; how that went is told by the next step."""
        from .transport import proxies_for  # requests takes 150 ms
        from .wire import Call, dial

        address = self._address
        with Call(address.host, _SECONDS, self._cancel) as call:
            if proxy := proxies_for(address, str(address), call).get(address.scheme):
                self._encrypted = Step(STEPS[1], "skipped", tr("checked together with the next step"))
                shown = urlsplit(proxy).netloc.rpartition("@")[2]  # without a password
                return Step(name, "ok", tr("through the proxy {proxy}").format(proxy=shown))
            with dial(call, address.host, address.port or {"https": 443, "http": 80}[address.scheme]) as sock:
                found = sock.getpeername()[0]
                if address.scheme == "https":
                    self._encrypted = _greet(call, sock, self._server.ca_file)
        return Step(name, "ok", tr("{host} answers at {address}").format(host=address.host, address=found))

    def encryption(self, name: str) -> Step:
        if self._encrypted is None:
            return Step(name, "skipped", tr("not needed on this computer itself"))
        if isinstance(self._encrypted, LauncherError):
            raise self._encrypted
        return self._encrypted

    def health(self, name: str) -> Step:
        Client(self._address, "-", "-", self._session).health(cancel=self._cancel)  # signs nothing
        return Step(name, "ok", tr("plugNmeet is healthy"))

    def api_key(self, name: str) -> Step:
        client = Client(self._address, self._server.api_key, self._secret, self._session)
        try:
            client.client_files(cancel=self._cancel)
        except SecretWrong as error:  # the server looks at the key first, so the key is right
            self._wrong_secret = error
        self._skew = client.clock_skew
        return Step(name, "ok", tr("the server knows it"))

    def api_secret(self, name: str) -> Step:
        if self._wrong_secret:
            raise self._wrong_secret
        return Step(name, "ok", tr("it belongs to this key"))

    def clock(self, name: str) -> Step:
        if self._skew is None:
            return Step(name, "skipped", tr("the server does not tell its time"))
        if abs(self._skew) <= _SAME_TIME:
            return Step(name, "ok", tr("agrees with the server's"))
        text = tr("this computer is {seconds} seconds behind the server") if self._skew > 0 else tr(
            "this computer is {seconds} seconds ahead of the server")  # fmt: skip
        return Step(name, "ok", text.format(seconds=round(abs(self._skew))))


def _greet(call: "Call", sock: "socket.socket", ca_file: str) -> Step | LauncherError:
    """Agree on the encryption, with the certificates that `transport` trusts too."""
    import ssl

    import truststore

    from .diagnosis import LIBRARY_FAULTS, translate

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        if ca_file:
            context.load_verify_locations(Path(ca_file).expanduser())
    except (OSError, ValueError):
        return CertificatesUnreadable(path=ca_file)
    try:
        with context.wrap_socket(sock, server_hostname=call.host) as encrypted:
            return Step(STEPS[1], "ok", _validity(encrypted))
    except LIBRARY_FAULTS as error:
        return call.fault or translate(error, call.host)


def _validity(encrypted: "ssl.SSLSocket") -> str:
    """How long the certificate is valid; Windows and macOS check it themselves and do not tell."""
    import ssl

    ends = (encrypted.getpeercert() or {}).get("notAfter")
    if not isinstance(ends, str):
        return tr("the certificate is valid")
    seconds = ssl.cert_time_to_seconds(ends)
    days = max(0, int((seconds - time.time()) / 86_400))
    return tr("the certificate is valid until {date} (days left: {days})").format(
        date=datetime.fromtimestamp(seconds, UTC).date().isoformat(), days=days)  # fmt: skip
