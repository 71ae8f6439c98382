"""Notifications of a meeting, shown by the desktop (org.freedesktop.Notifications); a click brings the window back."""

import sys
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWebEngineCore import QWebEngineNotification

from pnm_launcher.gui.texts import tr
from pnm_launcher.texts import plain
from pnm_launcher.work import background

if TYPE_CHECKING:
    from jeepney.io.threading import DBusRouter  # type: ignore[import-untyped]

_NAME: Final = "org.freedesktop.Notifications"
_PATH: Final = "/org/freedesktop/Notifications"
_MOST: Final = 20
"""So many are remembered for a click; older ones only close."""
_SECONDS: Final = 5


class Notices(QObject):
    """Of one meeting. Where no desktop shows notifications, the entry in the task bar calls, and that is all.

    QtDBus does not fit: it holds Python up while the desktop thinks, and cannot say that a number is unsigned. jeepney
    comes with `keyring` on Linux.

    Attributes:
        clicked: the user wants to see the meeting.
    """

    clicked = Signal()
    _sent = Signal(int, int)
    _acted = Signal(int)

    def __init__(self, parent: QObject, call: Callable[[], object]) -> None:
        super().__init__(parent)
        self._call = call
        self._notes: list[QWebEngineNotification] = []
        self._numbers: dict[int, QWebEngineNotification] = {}
        self._wishes: SimpleQueue[tuple[int, str, str] | None] = SimpleQueue()
        self._serving = False
        self._sent.connect(self._remember)
        self._acted.connect(self._act)
        wishes = self._wishes
        self.destroyed.connect(lambda: wishes.put(None))

    def present(self, notification: QWebEngineNotification) -> None:
        notification.show()
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
        with suppress(ImportError, OSError, KeyError, ValueError, TimeoutError):
            from jeepney import MatchRule, message_bus  # type: ignore[import-untyped]
            from jeepney.io.threading import DBusRouter, open_dbus_connection

            with open_dbus_connection("SESSION") as bus, DBusRouter(bus) as router:
                rule = MatchRule(type="signal", interface=_NAME, member="ActionInvoked", path=_PATH)
                router.send_and_get_reply(message_bus.AddMatch(rule), timeout=_SECONDS)
                with router.filter(rule, queue=_Clicks(self._acted.emit)):
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

    def _remember(self, index: int, number: int) -> None:
        self._numbers[number] = self._notes[index]
        while len(self._numbers) > _MOST:
            del self._numbers[next(iter(self._numbers))]

    def _act(self, number: int) -> None:
        if notification := self._numbers.pop(number, None):
            notification.click()
            self.clicked.emit()


class _Clicks:
    """Takes the desktop's signals in the place of a queue."""

    def __init__(self, tell: Callable[[int], object]) -> None:
        self._tell = tell

    def put_nowait(self, message: object) -> None:
        with suppress(RuntimeError, TypeError, ValueError, IndexError):  # the meeting ends; a desktop may send anything
            self._tell(int(message.body[0]))  # type: ignore[attr-defined]


def _escaped(text: str) -> str:
    """Desktops read some HTML in the text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
