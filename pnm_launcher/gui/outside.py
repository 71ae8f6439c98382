"""What a meeting's page may reach outside its window: other sites, in the system's browser, and not in a flood."""

import time
from collections import deque
from typing import Final

from PySide6.QtCore import QEvent, QObject, QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices

from pnm_launcher.address import Address

_STANDARD_PORTS: Final = {"https": 443, "http": 80}
_MAIL_FIELDS: Final = ("to", "cc", "bcc", "subject", "body")
_ACTIVATION_SECONDS: Final = 5
"""As long as browsers let a page act on a click."""
_TOUCHES: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.TouchBegin)


def origin_of(url: QUrl) -> str:
    """Scheme, host and port as `Address.origin` writes them; "" for anything that is not a web address."""
    scheme, host = url.scheme(), host_of(url)
    if scheme not in _STANDARD_PORTS or not host or not url.isValid():
        return ""
    port = url.port(_STANDARD_PORTS[scheme])
    return Address(scheme, host, None if port == _STANDARD_PORTS[scheme] else port, "").origin


def host_of(url: QUrl) -> str:
    """The host as a person may trust it: names with letters such as the Cyrillic “а” look like other names."""
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded)


def may_open(url: QUrl) -> bool:
    """Whether the system may be asked to open an address that a page names: web pages and mail, nothing else.

    Other schemes start programs. Mail programs attach a file for `mailto:?attach=…`, and a user name in a web address
    makes it look like another site's.
    """
    if url.scheme() == "mailto":
        fields = [name.lower() for name, _ in QUrlQuery(url).queryItems()]
        return bool(url.path()) and all(name in _MAIL_FIELDS for name in fields)
    return bool(origin_of(url)) and not url.userInfo() and "\\" not in url.toString()


class Allowance:
    """So many times in so many seconds, and no more."""

    def __init__(self, times: int, seconds: float) -> None:
        self._times, self._seconds = times, seconds
        self._taken: deque[float] = deque()

    def take(self) -> bool:
        now = time.monotonic()
        while self._taken and now - self._taken[0] > self._seconds:
            self._taken.popleft()
        if len(self._taken) >= self._times:
            return False
        self._taken.append(now)
        return True


class Touch(QObject):
    """An event filter that knows when the user last clicked or typed in a page.

    QtWebEngine 6.11 calls every navigation that a script starts a clicked link.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last = self._used = float("-inf")

    def first_use(self) -> bool:
        """True once for each click or key."""
        is_new = self._last != self._used
        self._used = self._last
        return is_new

    def recently(self) -> bool:
        return time.monotonic() - self._last < _ACTIVATION_SECONDS

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() in _TOUCHES:
            self._last = time.monotonic()
        return False


def open_outside(url: QUrl) -> bool:
    """Open a page or mail address in the system's program for it; False for any other address."""
    return may_open(url) and QDesktopServices.openUrl(url)
