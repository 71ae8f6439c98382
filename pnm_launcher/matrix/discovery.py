"""Finds the homeserver behind a user id, a server's name or an address.

Source: matrix-spec v1.18, client-server API, “Server Discovery”; redirects: MSC4402.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pnm_launcher.address import Address, parse_address
from pnm_launcher.errors import AnswerUnusable, Cancelled, ConnectionFailed, InvalidValue, Redirected
from pnm_launcher.session import Answer, Session
from pnm_launcher.strict_json import Odd, Reader
from pnm_launcher.texts import clause, tr
from pnm_launcher.work import Cancellation

from .calls import Calls, Request, understood
from .faults import HomeserverBroken, HomeserverUnknown, MatrixRefused
from .ids import host_of, is_server_name, is_user_id, server_of
from .versions import PATH, Versions

FIELD: Final = "homeserver"
WELL_KNOWN: Final = "/.well-known/matrix/client"
_MOST_BYTES: Final = 64 * 1024
_MOST_REDIRECTS: Final = 5


@dataclass(frozen=True, slots=True)
class Homeserver:
    """A server that answered, and what it speaks."""

    address: Address
    versions: Versions


def parse_homeserver(text: str) -> Address:
    """A homeserver's address as a person types it, with `https://`; raises `InvalidValue`."""
    text = text.strip()
    if re.match(r"http://(?!localhost(?:[:/]|\Z))", text, re.IGNORECASE):
        raise InvalidValue(FIELD, tr("Signing in needs https:// (http:// works for localhost only)."))
    return parse_address(text, FIELD)


def find_homeserver(text: str, session: Session, *, cancel: Cancellation | None = None) -> Homeserver:
    """The homeserver of `@name:server`, of a server's name, or at an address that begins with `https://`.

    Raises `InvalidValue`; `HomeserverUnknown` where a person has to give the address; `HomeserverBroken` where the
    server's owner has to mend something, and nothing may be guessed; or, for an address, what went wrong with it.
    """
    text = text.strip()
    if "://" in text:
        return homeserver_at(parse_homeserver(text), session, cancel=cancel)
    name = server_of(text) if is_user_id(text) else text
    if not is_server_name(name):
        raise InvalidValue(FIELD, tr("Type your Matrix address (@name:server), or that of your server."))
    host = host_of(name)
    base = _named_in_well_known(host, session, cancel)
    try:
        return homeserver_at(base or parse_address(f"https://{host}", FIELD), session, cancel=cancel)
    except Cancelled:
        raise
    except (AnswerUnusable, ConnectionFailed, MatrixRefused) as fault:
        kind = HomeserverBroken if base else HomeserverUnknown
        reason = clause(str(fault))
    raise kind(name=host, reason=reason)


def homeserver_at(address: Address, session: Session, *, cancel: Cancellation | None = None) -> Homeserver:
    """Ask the server at this very address for its versions."""
    data = Calls(session, address, cancel=cancel).call(Request("GET", PATH))
    try:
        return Homeserver(address, Versions.read(data))
    except Odd as odd:
        fault = understood(address, odd)
    raise fault


def _named_in_well_known(host: str, session: Session, cancel: Cancellation | None) -> Address | None:
    """The address that the server's owner has written down; None if there is no such file."""
    try:
        answer = _fetched(parse_address(f"https://{host}", FIELD), session, cancel)
    except Cancelled:
        raise
    except (AnswerUnusable, ConnectionFailed) as fault:
        reason = clause(str(fault))
    else:
        if answer.status == 404:
            return None
        base, reason = _read(answer)
        if base:
            return _base(host, base)
    raise HomeserverUnknown(name=host, reason=reason)


def _fetched(address: Address, session: Session, cancel: Cancellation | None) -> Answer:
    """The file, after following redirects between https addresses; it is fetched without any sign-in."""
    seen, path = {f"{address}{WELL_KNOWN}"}, WELL_KNOWN
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            return session.get(address, path, cancel=cancel, most=_MOST_BYTES)
        except Redirected as fault:
            redirect = fault
        try:
            scheme = urlsplit(redirect.location).scheme
            address, path = parse_address(redirect.location, FIELD), ""
        except (InvalidValue, ValueError):
            break
        if scheme != "https" or str(address) in seen:
            break
        seen.add(str(address))
    raise redirect


def _read(answer: Answer) -> tuple[str, str]:
    """The `base_url` of the file, or "" and why it has none."""
    if answer.status != 200:
        return "", tr("its answer has the code {status}").format(status=answer.status)
    try:
        data = Reader.of(answer.body)
        base = data.part("m.homeserver").text("base_url", required=True)
        if "m.identity_server" in data.names():  # the specification: without an address of its own, all of it is wrong
            data.part("m.identity_server").text("base_url", required=True)
    except Odd as odd:
        return "", str(odd)
    return base, ""


def _base(host: str, text: str) -> Address:
    try:
        base = parse_address(text, FIELD)
    except InvalidValue as fault:
        reason = clause(str(fault))
    else:
        if base.scheme == "https" and text.startswith("https://"):
            return base
        reason = tr("its address does not begin with https://")
    raise HomeserverBroken(name=host, reason=reason)
