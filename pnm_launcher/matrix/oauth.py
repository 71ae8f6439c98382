"""Signing in with OAuth 2.0 in the browser of any device: the device flow, which needs nothing to listen here.

Sources: matrix-spec v1.18, client-server API, “OAuth 2.0 API” (MSC2966, MSC2967, MSC4341); RFC 8628 (device flow),
RFC 7591 (registration), RFC 7009 (revoking).
"""

import json
import math
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from pnm_launcher.address import Address, parse_address
from pnm_launcher.errors import Cancelled, ConnectionFailed, InvalidValue
from pnm_launcher.session import Answer, Session
from pnm_launcher.strict_json import Odd, Reader, odd_value
from pnm_launcher.work import Cancellation, pause

from .calls import Calls, Request, accepted, understood
from .discovery import Homeserver
from .faults import MatrixRefused, SignedOut, SignInDeclined, SignInElsewhere, SignInTimedOut
from .login import SignedIn, read_tokens, signed_in_as
from .oauth_server import AuthServer, auth_server
from .room_faults import CallUnknown
from .tokens import Tokens

_DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
_SCOPE: Final = "urn:matrix:client:api:* urn:matrix:client:device:"
_ABOUT_US: Final = {
    "client_name": "pnm-launcher",
    "client_uri": "https://www.plugnmeet.org",  # registration wants a web page
    "application_type": "native",
    "token_endpoint_auth_method": "none",
    "grant_types": ["authorization_code", "refresh_token", _DEVICE_GRANT],
    "response_types": ["code"],
    "redirect_uris": ["http://127.0.0.1/callback"],
}
_USUAL_INTERVAL: Final = 5
_MOST_SECONDS: Final = 1800
_CODE: Final = re.compile(r"[!-~]{1,512}")
_SHOWN_CODE: Final = re.compile(r"[0-9A-Za-z -]{1,40}")
_DEVICE: Final = re.compile(r"[0-9A-Za-z._~-]{10,255}")


@dataclass(frozen=True, slots=True)
class DeviceFlow:
    """A sign-in that waits for a person: show `user_code`, and open `page` in a browser. `seconds` is its life."""

    user_code: str
    page: str
    seconds: int
    interval: float
    server: AuthServer
    client_id: str
    device_code: str = field(repr=False)


class OAuth:
    """The OAuth calls of one homeserver. Each may raise `ConnectionFailed`, `AnswerUnusable` or `MatrixRefused`."""

    def __init__(self, session: Session, homeserver: Homeserver, cancel: Cancellation | None = None) -> None:
        self._session = session
        self._homeserver = homeserver
        self._cancel = cancel
        self._calls = Calls(session, homeserver.address, cancel=cancel)

    def server(self) -> AuthServer | None:
        """Where the homeserver's OAuth is; None if it has none."""
        return auth_server(self._calls)

    def start(self, server: AuthServer, *, device_id: str = "") -> DeviceFlow:
        """Register this program, and ask for a code. `device_id` is that of an earlier sign-in, or ""."""
        client_id = self._register(server)
        device = device_id if _DEVICE.fullmatch(device_id) else secrets.token_hex(8).upper()
        values = {"client_id": client_id, "scope": _SCOPE + device}
        data = self._accepted(self._post(self._needed(server.device), values))
        try:
            page = data.text("verification_uri_complete") or data.text("verification_uri", required=True)
            code, device_code = data.text("user_code", required=True), data.text("device_code", required=True)
            if not (_SHOWN_CODE.fullmatch(code) and _CODE.fullmatch(device_code)):
                raise odd_value("user_code")
            seconds = _seconds(data, "expires_in", _MOST_SECONDS)
            interval = _seconds(data, "interval", _USUAL_INTERVAL)
            return DeviceFlow(code, _web_page(page), seconds, interval, server, client_id, device_code)
        except Odd as odd:
            fault = understood(self._calls.address, odd)
        raise fault

    def wait(self, flow: DeviceFlow) -> SignedIn:
        """Ask until the person has confirmed; raises `SignInDeclined`, `SignInTimedOut`, `Cancelled`."""
        ends, interval = time.monotonic() + flow.seconds, flow.interval
        while time.monotonic() + interval < ends:
            if not pause(interval, self._cancel):
                raise Cancelled
            try:
                if tokens := self._asked(flow):
                    return signed_in_as(self._calls, self._homeserver, tokens, flow.client_id)
            except _SlowDown as answer:
                interval += answer.seconds
        raise SignInTimedOut(minutes=math.ceil(flow.seconds / 60), message="", code="")

    def renew(self, tokens: Tokens, client_id: str) -> Tokens:
        """A new pair. Raises `SignedOut` when the server says no (4xx); all else leaves the old pair good."""
        address = parse_address(tokens.refresh_at)
        grant = {"grant_type": "refresh_token", "refresh_token": tokens.refresh, "client_id": client_id}
        answer = self._post(address, grant)
        if 400 <= answer.status < 500 and answer.status != 429:
            raise self._refused(SignedOut, answer)
        return self._tokens(answer, address, tokens.refresh)

    def revoke(self, tokens: Tokens, client_id: str) -> None:
        """End the sign-in. Raises `SignInElsewhere` if the homeserver now names another server for that."""
        server = self.server()
        address = self._needed(server.revocation if server else None)
        if address.origin != parse_address(tokens.refresh_at).origin:
            raise SignInElsewhere(origin=tokens.refresh_at, other=address.origin)
        kind = "refresh_token" if tokens.refresh else "access_token"
        values = {"token": tokens.refresh or tokens.access, "token_type_hint": kind, "client_id": client_id}
        answer = self._post(address, values)
        if answer.status != 200:
            self._accepted(answer)

    def _register(self, server: AuthServer) -> str:
        address = self._needed(server.registration)
        calls = Calls(self._session, address, cancel=self._cancel)
        body = json.dumps(_ABOUT_US).encode()
        data = self._accepted(calls.send(Request("POST", ""), body, {"Content-Type": "application/json"}))
        try:
            client_id = data.text("client_id", required=True)
            if not _CODE.fullmatch(client_id):
                raise odd_value("client_id")
            return client_id
        except Odd as odd:
            fault = understood(address, odd)
        raise fault

    def _asked(self, flow: DeviceFlow) -> Tokens | None:
        """The tokens once they are there (RFC 8628, 3.4 and 3.5)."""
        grant = {"grant_type": _DEVICE_GRANT, "device_code": flow.device_code, "client_id": flow.client_id}
        try:
            answer = self._post(flow.server.token, grant)
        except Cancelled:
            raise
        except ConnectionFailed:
            raise _SlowDown(flow.interval) from None
        match _error_of(answer):
            case "authorization_pending":
                return None
            case "slow_down":
                raise _SlowDown(_USUAL_INTERVAL)
            case "access_denied":
                raise self._refused(SignInDeclined, answer)
            case "expired_token":
                raise SignInTimedOut(minutes=math.ceil(flow.seconds / 60), message="", code="")
        return self._tokens(answer, flow.server.token)

    def _tokens(self, answer: Answer, issued_at: Address, old_refresh: str = "") -> Tokens:
        data = self._accepted(answer)
        try:
            return read_tokens(data, self._homeserver.address.origin, old_refresh, str(issued_at))
        except Odd as odd:
            fault = understood(issued_at, odd)
        raise fault

    def _post(self, address: Address, values: Mapping[str, str]) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        calls = Calls(self._session, address, cancel=self._cancel)
        return calls.send(Request("POST", ""), urlencode(values).encode(), headers)

    def _accepted(self, answer: Answer) -> Reader:
        """Success is 200, and 201 for a registration; the errors of OAuth have a form of their own (RFC 6749, 5.2)."""
        if _error_of(answer):
            raise self._refused(MatrixRefused, answer)
        return accepted(replace(answer, status=200) if answer.status == 201 else answer, self._calls.address)

    def _refused(self, kind: type[MatrixRefused], answer: Answer) -> MatrixRefused:
        return kind(message=_error_of(answer), code=answer.status, host=self._calls.address.host)

    def _needed(self, address: Address | None) -> Address:
        if not address:
            raise CallUnknown(message="", code="", host=self._calls.address.host)
        return address


class _SlowDown(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


def _error_of(answer: Answer) -> str:
    if answer.status < 400:
        return ""
    try:
        return Reader.of(answer.body).text("error")
    except Odd:
        return ""


def _seconds(data: Reader, key: str, default: int) -> int:
    found = data.whole(key)
    return min(found, _MOST_SECONDS) if found > 0 else default


def _web_page(text: str) -> str:
    """The page to confirm on; raises `Odd` unless it may be opened in a browser."""
    try:
        parse_address(text.partition("?")[0].partition("#")[0])
    except InvalidValue:
        raise odd_value("verification_uri") from None
    if not text.startswith(("https://", "http://")) or not text.isascii() or not text.isprintable() or " " in text:
        raise odd_value("verification_uri")
    return text
