"""What an error of `requests`, `urllib3`, `http.client` or `ssl` means, in words for a person."""

import http.client
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from urllib3.exceptions import HTTPError, InvalidChunkLength, InvalidHeader

from .errors import (
    AnswerTooLarge,
    CertificateExpired,
    CertificateForOtherName,
    CertificateNotYetValid,
    CertificateRefused,
    CertificateUntrusted,
    ConnectionBroken,
    DeadlinePassed,
    LauncherError,
    UnexpectedAnswer,
)
from .texts import tr
from .wire import CONNECT_SECONDS

LIBRARY_FAULTS: Final = (LauncherError, OSError, http.client.HTTPException, HTTPError)
"""What `translate` is for; anything else is a mistake in this program."""

_CERTIFICATE_FAULTS: Final[Mapping[int, type[CertificateRefused]]] = {
    # OpenSSL (X509_V_ERR_*), Windows (CERT_E_*) and macOS (errSec*), as `truststore` hands them on
    9: CertificateNotYetValid,
    10: CertificateExpired,
    18: CertificateUntrusted,
    19: CertificateUntrusted,
    20: CertificateUntrusted,
    21: CertificateUntrusted,
    62: CertificateForOtherName,
    64: CertificateForOtherName,
    0x800B0101: CertificateExpired,
    0x800B0109: CertificateUntrusted,
    0x800B010A: CertificateUntrusted,
    0x800B010F: CertificateForOtherName,
    -67602: CertificateForOtherName,
    -67818: CertificateExpired,
    -67819: CertificateNotYetValid,
    -67843: CertificateUntrusted,
}
_NOT_TLS: Final = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")
_OLD_TLS: Final = ("VERSION", "PROTOCOL", "HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", "TOO_SMALL", "TOO_WEAK")


def translate(error: Exception, host: str) -> LauncherError:
    """The fault a person can understand. Nothing of the library's error is kept, because it holds the whole request."""
    if isinstance(error, LauncherError):
        return error
    return next(filter(None, (_fault(cause, host) for cause in _causes(error))), ConnectionBroken(host=host))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those it was made of, outermost first: `requests` and `urllib3` keep them in three places."""
    waiting, seen = [error], []
    while waiting:
        cause = waiting.pop(0)
        if cause not in seen:
            seen.append(cause)
            yield cause
            inner = (*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__)
            waiting += [item for item in inner if isinstance(item, BaseException)]


def _fault(cause: BaseException, host: str) -> LauncherError | None:
    for kinds, diagnose in _DIAGNOSES:
        if isinstance(cause, kinds):
            return diagnose(cause, host)
    return None


def _certificate(cause: BaseException, host: str) -> LauncherError:
    kind = _CERTIFICATE_FAULTS.get(getattr(cause, "verify_code", 0), CertificateRefused)
    reason = getattr(cause, "verify_message", "") or str(cause)
    return kind(host=host, today=date.today().isoformat(), reason=reason)


def _encryption(cause: BaseException, host: str) -> LauncherError:
    name = getattr(cause, "reason", None) or ""
    if name in _NOT_TLS:
        return CertificateRefused(host=host, reason=tr("it does not speak https at this port"))
    if any(part in name for part in _OLD_TLS):
        return CertificateRefused(host=host, reason=tr("it offers only outdated encryption"))
    return CertificateRefused(host=host, reason=tr("the encryption could not be agreed on"))


def _greeting(_: BaseException, host: str) -> LauncherError:
    """Only the greeting of TLS has a time-out of its own: reading and writing end with the call."""
    return DeadlinePassed(host=host, seconds=f"{CONNECT_SECONDS:g}")


def _broken(_: BaseException, host: str) -> LauncherError:
    return ConnectionBroken(host=host)


def _not_http(_: BaseException, host: str) -> LauncherError:
    return UnexpectedAnswer(host=host, reason=tr("it is not HTTP"))


def _no_length(_: BaseException, host: str) -> LauncherError:
    return UnexpectedAnswer(host=host, reason=tr("its length is not clear"))


def _too_large(_: BaseException, host: str) -> LauncherError:
    """Too many headers, or too long ones."""
    return AnswerTooLarge(host=host)


_Diagnosis = Callable[[BaseException, str], LauncherError]
_DIAGNOSES: Final[tuple[tuple[tuple[type[BaseException], ...], _Diagnosis], ...]] = (
    ((ssl.SSLCertVerificationError,), _certificate),
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError), _broken),
    ((ssl.SSLError,), _encryption),
    ((TimeoutError,), _greeting),
    ((InvalidHeader, InvalidChunkLength), _no_length),
    ((ConnectionError, http.client.IncompleteRead), _broken),
    ((http.client.BadStatusLine, http.client.UnknownProtocol), _not_http),
    ((http.client.HTTPException,), _too_large),
)
