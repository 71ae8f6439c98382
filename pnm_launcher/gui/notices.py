"""Notifications of a meeting, shown by the desktop (org.freedesktop.Notifications); a click brings the window back."""

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, SLOT, QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtWebEngineCore import QWebEngineNotification

from pnm_launcher.texts import plain
from pnm_launcher.work import background

from .texts import tr

_NAME: Final = "org.freedesktop.Notifications"
_PATH: Final = "/org/freedesktop/Notifications"
_MOST: Final = 20
"""So many are remembered for a click; older ones only close."""


class Notices(QObject):
    """Of one profile. Where no desktop shows notifications, the entry in the task bar calls, and that is all.

    Attributes:
        clicked: the user wants to see the meeting.
    """

    clicked = Signal()
    _sent = Signal(int, object)

    def __init__(self, parent: QObject, call: Callable[[], object]) -> None:
        super().__init__(parent)
        self._call = call
        self._shown: dict[int, QWebEngineNotification] = {}
        self._listening = False
        self._sent.connect(self._remember)

    def present(self, notification: QWebEngineNotification) -> None:
        notification.show()
        self._call()
        if sys.platform != "linux":
            return
        self._listen()
        title, text = plain(notification.title(), 80), plain(notification.message(), 300)
        background(lambda: self._send(title, text, notification), "notification")

    def _send(self, title: str, text: str, notification: QWebEngineNotification) -> None:
        """In a thread: the desktop may take its time. Through its own description, because numbers have sizes there."""
        from PySide6.QtDBus import QDBusConnection, QDBusInterface

        desktop = QDBusInterface(_NAME, _PATH, _NAME, QDBusConnection.sessionBus())
        if not desktop.isValid():
            return
        number = QMetaObject.invokeMethod(
            desktop, "Notify", Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("uint"),
            Q_ARG("QString", "pnm-launcher"), Q_ARG("uint", 0), Q_ARG("QString", "pnm-launcher"),
            Q_ARG("QString", title), Q_ARG("QString", _escaped(text)),
            Q_ARG("QStringList", ["default", tr("Show the meeting")]), Q_ARG("QVariantMap", {}), Q_ARG("int", -1),
        )  # fmt: skip
        if isinstance(number, int):
            self._sent.emit(number, notification)

    def _remember(self, number: int, notification: QWebEngineNotification) -> None:
        self._shown[number] = notification
        while len(self._shown) > _MOST:
            del self._shown[next(iter(self._shown))]

    def _listen(self) -> None:
        if self._listening:
            return
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.sessionBus()  # whose stubs want bytes where it takes texts only
        bus.connect("", _PATH, _NAME, "ActionInvoked", self, SLOT("acted(uint,QString)"))  # type: ignore[call-overload]
        bus.connect("", _PATH, _NAME, "NotificationClosed", self, SLOT("closed(uint,uint)"))  # type: ignore[call-overload]
        self._listening = True

    @Slot("uint", str)
    def acted(self, number: int, action: str) -> None:
        if notification := self._shown.pop(number, None):
            notification.click()
            self.clicked.emit()

    @Slot("uint", "uint")
    def closed(self, number: int, reason: int) -> None:
        if notification := self._shown.pop(number, None):
            notification.close()


def _escaped(text: str) -> str:
    """Desktops read some HTML in the text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
