"""Signing in at a homeserver with the calls of the client-server API, renewing and ending it.

Source: matrix-spec v1.18, client-server API, “Legacy API”. The `well_known` of an answer is not followed: a token
stays at the server that gave it.
"""

import platform
import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pnm_launcher.errors import InvalidValue
from pnm_launcher.strict_json import Odd, Reader, odd_value
from pnm_launcher.texts import plain, tr

from .calls import Bearer, Calls, Request, understood
from .client import read_whoami
from .discovery import Homeserver
from .refusals import Purpose
from .room_faults import CallUnknown
from .tokens import Tokens

_TOKEN: Final = re.compile(r"[!-~]{4,700}")


@dataclass(frozen=True, slots=True)
class LoginWays:
    """How a homeserver lets people in; `providers` are (id, name) of the organisations behind its sign-in page.

    `token` tells whether it takes what its sign-in page hands to the browser.
    """

    password: bool = False
    sso: bool = False
    token: bool = False
    providers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that is not kept anywhere yet. `client_id` is "" except with OAuth."""

    homeserver: Homeserver
    user_id: str
    device_id: str
    tokens: Tokens = field(repr=False)
    client_id: str = ""


def login_ways(calls: Calls, homeserver: Homeserver) -> LoginWays:
    """What `/login` offers; nothing at a server that has OAuth only."""
    try:
        data = calls.call(Request("GET", f"{homeserver.versions.root}/login"))
    except CallUnknown:
        return LoginWays()
    try:
        flows = {flow.text("type"): flow for flow in data.parts("flows")}
        sso = flows.get("m.login.sso")
        only_sso = bool(sso and (sso.flag("oauth_aware_preferred")
                                 or sso.flag("org.matrix.msc3824.delegated_oidc_compatibility")))  # fmt: skip
        providers = tuple(_provider(each) for each in sso.parts("identity_providers")) if sso else ()
    except Odd as odd:
        fault = understood(calls.address, odd)
    else:
        password = "m.login.password" in flows and not only_sso
        return LoginWays(password, bool(sso), "m.login.token" in flows, providers)
    raise fault


def login_with_password(calls: Calls, homeserver: Homeserver, user: str, password: str, *,
                        device_id: str = "") -> SignedIn:  # fmt: skip
    """Sign in as `user` (`@name:server`, or the name alone). The password is sent once and kept nowhere.

    With the `device_id` of an earlier sign-in, the server replaces that one. Raises `LoginRefused`.
    """
    if not user.strip() or not password:
        raise InvalidValue("user", tr("Type your user name and your password."))
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user.strip()},
        "password": password,
    }
    return _login(calls, homeserver, body, "password", device_id)


def login_with_code(calls: Calls, homeserver: Homeserver, code: str, *, device_id: str = "") -> SignedIn:
    """Sign in with the `loginToken` that the server's own page gave to the browser. Raises `CodeRefused`."""
    return _login(calls, homeserver, {"type": "m.login.token", "token": code}, "code", device_id)


def sign_in_with_token(calls: Calls, homeserver: Homeserver, text: str) -> SignedIn:
    """Sign in with an access token as Element shows it (settings, Help & About). Raises `SignedOut` if it is none."""
    token = text.strip()
    if not _TOKEN.fullmatch(token):
        raise InvalidValue(
            "access", tr("This is not an access token. Copy all of it: plain letters, digits and signs, no spaces.")
        )
    return signed_in_as(calls, homeserver, Tokens(calls.address.origin, token))


def renew(calls: Calls, homeserver: Homeserver, tokens: Tokens) -> Tokens:
    """A new pair for a refresh token. The old pair stays good until the new one is used. Raises `SignedOut`."""
    data = calls.call(Request("POST", f"{homeserver.versions.root}/refresh", {"refresh_token": tokens.refresh},
                              "refresh"))  # fmt: skip
    try:
        return read_tokens(data, tokens.origin, tokens.refresh)
    except Odd as odd:
        fault = understood(calls.address, odd)
    raise fault


def log_out(calls: Calls, homeserver: Homeserver, bearer: Bearer) -> None:
    """End the sign-in at the server, and remove this device from its list."""
    calls.call(Request("POST", f"{homeserver.versions.root}/logout", {}), bearer)


def read_tokens(data: Reader, origin: str, old_refresh: str = "", refresh_at: str = "") -> Tokens:
    """The tokens of an answer; without a new refresh token the old one stays. Raises `Odd`."""
    access, refresh = data.text("access_token", required=True), data.text("refresh_token") or old_refresh
    if not all(_TOKEN.fullmatch(token) for token in (access, refresh or access)):
        raise odd_value("access_token")
    return Tokens(origin, access, refresh, refresh_at)


def device_name() -> str:
    """What the account's list of devices calls this one."""
    return tr("pnm-launcher on {computer}").format(computer=plain(platform.node() or "?", 60))


def _login(calls: Calls, homeserver: Homeserver, body: dict[str, Any], purpose: Purpose,
           device_id: str) -> SignedIn:  # fmt: skip
    body |= {"initial_device_display_name": device_name(), "refresh_token": True}
    if device_id:
        body["device_id"] = device_id
    data = calls.call(Request("POST", f"{homeserver.versions.root}/login", body, purpose))
    return _signed_in(calls, homeserver, data)


def signed_in_as(calls: Calls, homeserver: Homeserver, tokens: Tokens, client_id: str = "") -> SignedIn:
    """Whose tokens they are, as the homeserver says. Raises `SignedOut`."""
    data = calls.call(Request("GET", f"{homeserver.versions.root}/account/whoami"), tokens.bearer)
    return replace(_signed_in(calls, homeserver, data, tokens), client_id=client_id)


def _signed_in(calls: Calls, homeserver: Homeserver, data: Reader, tokens: Tokens | None = None) -> SignedIn:
    try:
        user_id, device_id = read_whoami(data)
        tokens = tokens or read_tokens(data, calls.address.origin)
        return SignedIn(homeserver, user_id, device_id, tokens)
    except Odd as odd:
        fault = understood(calls.address, odd)
    raise fault


def _provider(data: Reader) -> tuple[str, str]:
    return data.text("id", required=True), data.text("name")
