"""Keeps the screen from going dark during a meeting, by asking the desktop (org.freedesktop.ScreenSaver)."""

import sys
from contextlib import suppress
from itertools import count
from typing import Final

from pnm_launcher.work import background

_NAME: Final = "org.freedesktop.ScreenSaver"
_PATH: Final = "/org/freedesktop/ScreenSaver"
_numbers: Final = count(1)


class AwakeScreen:
    """From `hold` to `release`. Desktops end a wish with the connection it came over, so each has one of its own.

    Only where there is D-Bus. Nothing here waits: a desktop that does not answer holds up a thread, not the meeting.
    """

    def __init__(self) -> None:
        self._connection = ""

    def hold(self, reason: str) -> None:
        if self._connection or sys.platform != "linux":
            return
        self._connection = name = f"pnm-launcher-awake-{next(_numbers)}"

        def ask() -> None:
            from PySide6.QtDBus import QDBusConnection, QDBusMessage

            bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, name)
            if bus.isConnected():
                message = QDBusMessage.createMethodCall(_NAME, _PATH, _NAME, "Inhibit")
                message.setArguments(["pnm-launcher", reason])
                bus.call(message)

        background(ask, "screen saver")

    def release(self) -> None:
        if not self._connection:
            return
        name, self._connection = self._connection, ""

        def end() -> None:
            from PySide6.QtDBus import QDBusConnection

            with suppress(RuntimeError):
                QDBusConnection.disconnectFromBus(name)

        background(end, "screen saver")
