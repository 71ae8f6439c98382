"""Keeps the screen from going dark during a meeting, by asking the desktop (org.freedesktop.ScreenSaver)."""

import sys
from contextlib import suppress
from queue import SimpleQueue
from typing import Final

from pnm_launcher.work import background

_NAME: Final = "org.freedesktop.ScreenSaver"
_PATH: Final = "/org/freedesktop/ScreenSaver"
_SECONDS: Final = 5


class AwakeScreen:
    """From `hold` to `release`; desktops end a wish with the connection it came over, so each has one of its own.

    Only where there is D-Bus. Nothing here waits: a desktop that does not answer holds up a thread, not the meeting.
    """

    def __init__(self) -> None:
        self._end: SimpleQueue[None] | None = None

    def hold(self, reason: str) -> None:
        if self._end is not None or sys.platform != "linux":
            return
        end = self._end = SimpleQueue()
        background(lambda: _hold(reason, end), "screen saver")

    def release(self) -> None:
        if self._end is not None:
            self._end.put(None)
            self._end = None


def _hold(reason: str, end: "SimpleQueue[None]") -> None:
    """In a thread: keep the connection until the end."""
    with suppress(ImportError, OSError, KeyError, ValueError, TimeoutError):
        from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
        from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

        with open_dbus_connection("SESSION") as bus:
            message = new_method_call(DBusAddress(_PATH, _NAME, _NAME), "Inhibit", "ss", ("pnm-launcher", reason))
            bus.send_and_get_reply(message, timeout=_SECONDS)
            end.get()
