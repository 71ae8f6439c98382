"""What an answer means as a whole, before its values are read: success, refusal, or no plugNmeet server at all."""

import re
from collections.abc import Mapping
from typing import Final

from .address import Address
from .errors import (
    AnswerUnusable,
    BodyTooLarge,
    GatewayFailed,
    HeadersTooLarge,
    NotPlugNmeet,
    PageNotFound,
    ServerCrashed,
    ServerUnhealthy,
    UnexpectedAnswer,
)
from .refusals import refusal
from .session import Answer
from .strict_json import Odd, Reader
from .texts import tr

_TOO_LARGE: Final[Mapping[int, type[AnswerUnusable]]] = {
    413: BodyTooLarge,
    414: HeadersTooLarge,
    431: HeadersTooLarge,
}
_GATEWAY: Final = (502, 503, 504, *range(520, 531))
"""Answers of what stands in front of the server; from 520 on those of Cloudflare."""
_BROKEN_PART = re.compile(r"\s*(\w+ connection error)\s*", re.IGNORECASE)


def accepted(answer: Answer, address: Address) -> Reader:
    """The values of a successful answer: status 200, a JSON object, and `status` is true in it.

    Raises the refusal, or `AnswerUnusable`. `status_code` is not looked at: some calls succeed with `UNKNOWN_STATUS`,
    and servers before 2.1.7 send none.
    """
    _check_status(answer, address)
    if _is_web_page(answer):
        raise NotPlugNmeet(host=address.host)
    try:
        data = Reader.of(answer.body)
        success = data.flag("status", required=True)
        message, code = ("", "") if success else (data.text("msg"), data.text("status_code"))
    except Odd as odd:
        fault = UnexpectedAnswer(host=address.host, reason=_reason(answer, str(odd)))
    else:
        if not success:
            raise refusal(message, code)
        if answer.status == 200:
            return data
        fault = UnexpectedAnswer(host=address.host, reason=_reason(answer, ""))
    raise fault


def check_health(answer: Answer, address: Address) -> None:
    """Read the answer of `/healthCheck`, which is plain text (server `pkg/controllers/health_check.go`)."""
    text = answer.body[:200].decode(errors="replace")
    if answer.status == 503 and (part := _BROKEN_PART.fullmatch(text)):
        raise ServerUnhealthy(message=part[1])
    _check_status(answer, address)
    if _is_web_page(answer):
        raise NotPlugNmeet(host=address.host)
    if answer.status != 200 or text.strip() != "Healthy":
        raise UnexpectedAnswer(host=address.host, reason=_reason(answer, tr("it does not say whether it is healthy")))


def _check_status(answer: Answer, address: Address) -> None:
    status = answer.status
    if kind := _TOO_LARGE.get(status):
        raise kind()
    if status == 404:
        raise PageNotFound(address=str(address))
    if status == 511:
        raise NotPlugNmeet(host=address.host)
    if status in _GATEWAY:
        raise GatewayFailed(host=address.host, status=status)
    if status >= 500:
        text = "" if _is_web_page(answer) else answer.body[:1000].decode(errors="replace").strip()
        raise ServerCrashed(message=text or tr("code {status}").format(status=status))


def _is_web_page(answer: Answer) -> bool:
    return (
        answer.content_type.lower().startswith(("text/html", "application/xhtml")) or answer.body.lstrip()[:1] == b"<"
    )


def _reason(answer: Answer, reason: str) -> str:
    """A status other than 200 says more than what the body lacks."""
    return reason if answer.status == 200 else tr("code {status}").format(status=answer.status)
