"""Notifications of a meeting, shown by the desktop (org.freedesktop.Notifications); a click brings the window back."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWebEngineCore import QWebEngineNotification

from pnm_launcher.gui.texts import tr
from pnm_launcher.texts import plain
from pnm_launcher.work import background

if TYPE_CHECKING:
    from jeepney import Message  # type: ignore[import-untyped]
    from jeepney.io.threading import DBusRouter  # type: ignore[import-untyped]

_NAME: Final = "org.freedesktop.Notifications"
_PATH: Final = "/org/freedesktop/Notifications"
_MOST: Final = 20
"""So many are remembered for a click; older ones only close."""
_SECONDS: Final = 5
_LONGEST_TOKEN: Final = 256


class Notices(QObject):
    """Of one meeting. Where no desktop shows notifications, the entry in the task bar calls, and that is all. Elsewhere
    it calls as well, except on Wayland, where GNOME makes a second notification of it (“… is ready”).

    QtDBus does not fit: it holds Python up while the desktop thinks, and cannot say that a number is unsigned. jeepney
    comes with `keyring` on Linux.

    Attributes:
        clicked: the user wants to see the meeting.
    """

    clicked = Signal()
    _sent = Signal(int, int)
    _acted = Signal(int)
    _allowed = Signal(str)
    _unheard = Signal()

    def __init__(self, parent: QObject, call: Callable[[], object]) -> None:
        super().__init__(parent)
        self._call = call
        self._notes: list[QWebEngineNotification] = []
        self._numbers: dict[int, QWebEngineNotification] = {}
        self._wishes: SimpleQueue[tuple[int, str, str] | None] = SimpleQueue()
        self._serving = False
        self._sent.connect(self._remember)
        self._acted.connect(self._act)
        self._allowed.connect(_keep_token)
        self._quiet = QGuiApplication.platformName() == "wayland"
        if self._quiet:
            self._unheard.connect(call)
        wishes = self._wishes
        self.destroyed.connect(lambda: wishes.put(None))

    def present(self, notification: QWebEngineNotification) -> None:
        notification.show()
        if not self._quiet:
            self._call()
        if sys.platform != "linux":
            return
        self._notes.append(notification)
        texts = plain(notification.title(), 80), plain(notification.message(), 300)
        self._wishes.put((len(self._notes) - 1, *texts))
        if not self._serving:
            self._serving = True
            background(self._serve, "notifications")

    def _serve(self) -> None:
        """In a thread: show what is wished, until the meeting ends."""
        with suppress(RuntimeError):  # it has ended while the desktop was thinking
            try:
                self._show_wishes()
            except (ImportError, OSError, KeyError, ValueError, TimeoutError):
                self._unheard.emit()

    def _show_wishes(self) -> None:
        from jeepney import MatchRule, message_bus
        from jeepney.io.threading import DBusRouter, open_dbus_connection

        with open_dbus_connection("SESSION") as bus, DBusRouter(bus) as router:
            rule = MatchRule(type="signal", interface=_NAME, path=_PATH)
            router.send_and_get_reply(message_bus.AddMatch(rule), timeout=_SECONDS)
            with router.filter(rule, queue=_Clicks(self._acted.emit, self._allowed.emit)):
                while (wish := self._wishes.get()) is not None:
                    self._send(router, *wish)

    def _send(self, router: "DBusRouter", index: int, title: str, text: str) -> None:
        from jeepney import DBusAddress, MessageType, new_method_call

        address = DBusAddress(_PATH, _NAME, _NAME)
        arguments: tuple[object, ...] = (
            "pnm-launcher",
            0,
            "pnm-launcher",
            title,
            _escaped(text),
            ["default", tr("Show the meeting")],
            {},
            -1,
        )
        with suppress(TimeoutError):
            answer = router.send_and_get_reply(
                new_method_call(address, "Notify", "susssasa{sv}i", arguments), timeout=_SECONDS
            )
            if answer.header.message_type == MessageType.method_return:
                self._sent.emit(index, answer.body[0])
                return
        self._unheard.emit()

    def _remember(self, index: int, number: int) -> None:
        self._numbers[number] = self._notes[index]
        while len(self._numbers) > _MOST:
            del self._numbers[next(iter(self._numbers))]

    def _act(self, number: int) -> None:
        if notification := self._numbers.pop(number, None):
            notification.click()
            self.clicked.emit()


class _Clicks:
    """Takes the desktop's signals in the place of a queue: the number of a notification that was clicked, and before
    it the token with which Wayland lets a window come to the front."""

    def __init__(self, tell: Callable[[int], object], allow: Callable[[str], object]) -> None:
        self._tell, self._allow = tell, allow

    def put_nowait(self, message: "Message") -> None:
        from jeepney import HeaderFields

        member = message.header.fields.get(HeaderFields.member)
        with suppress(RuntimeError, TypeError, ValueError, IndexError):  # the meeting ends; a desktop may send anything
            if member == "ActionInvoked":
                self._tell(int(message.body[0]))
            elif member == "ActivationToken":
                self._allow(str(message.body[1]))


def _keep_token(token: str) -> None:
    """Qt takes it from there when the window comes to the front."""
    if token and token.isprintable() and len(token) <= _LONGEST_TOKEN:
        os.environ["XDG_ACTIVATION_TOKEN"] = token


def _escaped(text: str) -> str:
    """Desktops read some HTML in the text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
