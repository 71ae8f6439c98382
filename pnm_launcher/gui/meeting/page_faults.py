"""Why a meeting's page did not load, in the words of the program's own errors."""

from typing import Final

from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

from pnm_launcher.address import Address
from pnm_launcher.errors import (
    AddressNotFound,
    CertificateRefused,
    ConnectionBroken,
    ConnectionRefused,
    DeadlinePassed,
    GatewayFailed,
    LauncherError,
    PageNotFound,
    UnexpectedAnswer,
)

LOAD_SECONDS: Final = 30
_NAMES: Final = (-105, -106, -137)  # name not resolved, offline, resolution failed (Chromium's net_error_list.h)
_TIMEOUTS: Final = (-7, -118)
_REFUSED: Final = -102
_ABORTED: Final = -3
_Status = QWebEngineLoadingInfo.LoadStatus
_Domain = QWebEngineLoadingInfo.ErrorDomain


def load_fault(info: QWebEngineLoadingInfo, page: Address) -> LauncherError:
    """The error for a page that failed to load; `page` is where the meeting is."""
    host, code = page.authority, info.errorCode()
    if info.errorDomain() == _Domain.HttpStatusCodeDomain:
        return _status_fault(code, page)
    if code in _NAMES:
        return AddressNotFound(host=host)
    if code == _REFUSED:
        return ConnectionRefused(host=host)
    if code in _TIMEOUTS:
        return DeadlinePassed(host=host, seconds=LOAD_SECONDS)
    if info.errorDomain() == _Domain.CertificateErrorDomain or -300 < code <= -200:
        return CertificateRefused(host=host, reason=info.errorString())
    return ConnectionBroken(host=host)


def is_aborted(info: QWebEngineLoadingInfo) -> bool:
    """Whether the page is as it was: the load was stopped, refused by us, or became a download."""
    return info.status() != _Status.LoadStartedStatus and (info.isDownload() or info.errorCode() == _ABORTED)


def _status_fault(status: int, page: Address) -> LauncherError:
    if status == 404:
        return PageNotFound(address=str(page))
    if status in (502, 503, 504):
        return GatewayFailed(host=page.authority, status=status)
    return UnexpectedAnswer(host=page.authority, reason=f"HTTP {status}")
