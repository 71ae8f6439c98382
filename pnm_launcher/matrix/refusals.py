"""Which fault a homeserver's no becomes: one table, by the call, the errcode and the status.

Source: matrix-spec v1.18, “Standard error response”: for `M_UNKNOWN` the status counts, otherwise the errcode. The
texts and the codes that the specification lacks are those of Synapse 1.163.
"""

import random
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import ceil
from typing import Final, Literal

from pnm_launcher.address import Address
from pnm_launcher.session import Answer
from pnm_launcher.strict_json import Odd, Reader
from pnm_launcher.texts import tr

from . import faults, room_faults
from .faults import MatrixRefused

Purpose = Literal["", "password", "code", "refresh", "join", "knock", "state"]
"""What a call is for, where the same errcode means different things."""


@dataclass(frozen=True, slots=True)
class _Row:
    errcode: str
    kind: type[MatrixRefused]
    statuses: tuple[int, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    words: str = ""


_TABLE: Final = (
    _Row("M_UNKNOWN_TOKEN", faults.SignedOut),
    _Row("M_MISSING_TOKEN", faults.SignedOut),
    _Row("M_USER_LOCKED", faults.AccountLocked),
    _Row("M_USER_SUSPENDED", faults.AccountSuspended),
    _Row("M_USER_DEACTIVATED", faults.AccountDeactivated),
    _Row("ORG_MATRIX_EXPIRED_ACCOUNT", faults.AccountExpired),
    _Row("ORG.MATRIX.MSC3866_USER_AWAITING_APPROVAL", faults.AccountAwaitsApproval),
    _Row("M_CONSENT_NOT_GIVEN", faults.TermsNotAccepted),
    _Row("M_LIMIT_EXCEEDED", room_faults.TooManyRequests),
    _Row("", room_faults.RoomBlocked, (403,), words="has been blocked on this server"),
    _Row("M_GUEST_ACCESS_FORBIDDEN", room_faults.GuestsKeptOut),
    _Row("M_FORBIDDEN", room_faults.GuestsKeptOut, words="guest access not allowed"),
    _Row("M_FORBIDDEN", faults.AccountDeactivated, (), ("password",), "deactivated"),
    _Row("M_FORBIDDEN", faults.LoginRefused, (), ("password",)),
    _Row("M_FORBIDDEN", faults.CodeRefused, (), ("code",)),
    _Row("M_FORBIDDEN", faults.SignedOut, (), ("refresh",)),
    _Row("M_FORBIDDEN", room_faults.KnockRefused, (), ("knock",)),
    _Row("M_FORBIDDEN", room_faults.NotInvited, (), ("join",)),
    _Row("M_FORBIDDEN", room_faults.NotPermitted),
    _Row("M_BAD_STATE", room_faults.Banned, (), ("join", "knock")),
    _Row("M_INVITE_BLOCKED", room_faults.NotPermitted),
    _Row("M_NOT_FOUND", room_faults.RoomNotFound),
    _Row("M_UNKNOWN", room_faults.NoServerKnown, (404,)),
    _Row("M_UNKNOWN", room_faults.OtherServerSilent, (502, 503, 504)),
    _Row("M_UNKNOWN", room_faults.RequestRefused, (400, 405, 415)),
    _Row("M_INCOMPATIBLE_ROOM_VERSION", room_faults.RoomTooNew),
    _Row("M_UNSUPPORTED_ROOM_VERSION", room_faults.RoomTooNew),
    _Row("M_UNABLE_TO_AUTHORISE_JOIN", room_faults.JoinNotAuthorised),
    _Row("M_UNABLE_TO_GRANT_JOIN", room_faults.JoinNotAuthorised),
    _Row("M_RESOURCE_LIMIT_EXCEEDED", room_faults.RoomTooLarge, (400,)),
    _Row("M_RESOURCE_LIMIT_EXCEEDED", room_faults.ServerIsFull),
    _Row("M_USER_LIMIT_EXCEEDED", room_faults.QuotaReached),
    _Row("M_TOO_LARGE", room_faults.MessageTooLong),
    _Row("M_UNRECOGNIZED", room_faults.CallUnknown),
    _Row("M_INVALID_PARAM", room_faults.RequestRefused),
    _Row("M_MISSING_PARAM", room_faults.RequestRefused),
    _Row("M_NOT_JSON", room_faults.RequestRefused),
    _Row("M_BAD_JSON", room_faults.RequestRefused),
)


def refusal(answer: Answer, server: Address, purpose: Purpose = "") -> MatrixRefused | None:
    """The fault of an answer that is no success; None if it is not a homeserver's own answer."""
    try:
        data = Reader.of(answer.body)
        errcode, message = data.text("errcode", required=True), data.text("error")
    except Odd:
        if answer.status != 429:  # proxies ask to wait too, without the form of a homeserver
            return None
        data, errcode, message = Reader({}), "M_LIMIT_EXCEEDED", ""
    kind = _kind(errcode, message, answer.status, purpose)
    if kind is faults.SignedOut and _flag(data, "soft_logout"):
        kind = faults.SignInExpired
    seconds = _seconds(data, answer.retry_after) if kind is room_faults.TooManyRequests else 0.0
    fault = kind(message=message or errcode, code=errcode, host=server.host, wait=_in_words(seconds))
    fault.status = answer.status
    if isinstance(fault, room_faults.TooManyRequests):
        fault.seconds = seconds
    for name in ("consent_uri", "info_uri"):
        with suppress(Odd):
            fault.add_link(data.text(name), server)
    return fault


def with_jitter(seconds: float) -> float:
    """A little longer than asked for, so that many waiting programs do not come back at the same moment."""
    return max(seconds, 0.5) * random.uniform(1.01, 1.1)  # noqa: S311 - no secret


def _kind(errcode: str, message: str, status: int, purpose: Purpose) -> type[MatrixRefused]:
    for row in _TABLE:
        if (
            row.errcode in ("", errcode)
            and (not row.statuses or status in row.statuses)
            and (not row.purposes or purpose in row.purposes)
            and (not row.words or row.words in message.casefold())
        ):
            return row.kind
    return MatrixRefused


def _flag(data: Reader, name: str) -> bool:
    try:
        return data.flag(name)
    except Odd:
        return False


def _seconds(data: Reader, header: str) -> float:
    """How long to wait: the longer of the header (seconds or a date) and the older `retry_after_ms`."""
    found = 0.0
    with suppress(Odd):
        found = max(0, data.whole("retry_after_ms")) / 1000
    if re.fullmatch(r"[0-9]{1,9}", header.strip()):
        return max(found, float(header))
    with suppress(ValueError, OverflowError):
        return max(found, parsedate_to_datetime(header).timestamp() - time.time())
    return found


def _in_words(seconds: float) -> str:
    if seconds <= 0:
        return tr("a moment")
    return tr("{seconds} s").format(seconds=ceil(seconds))
