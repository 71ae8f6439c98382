"""Where meeting windows were on this set of screens, how large each server's pages are shown, and what was said."""

import hashlib
from datetime import date
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

ZOOMS: Final = (0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""The steps of browsers."""


class WindowMemory:
    """Without settings nothing is remembered."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings

    def restore_place(self, window: QWidget) -> bool:
        """Put a window where the last one was while these screens were connected; False where that is not known."""
        place = self._settings.value(_place_key()) if self._settings else None
        return isinstance(place, QByteArray) and window.restoreGeometry(place)

    def keep_place(self, window: QWidget) -> None:
        if self._settings and not window.isFullScreen():
            self._settings.setValue(_place_key(), window.saveGeometry())

    def zoom(self, host: str) -> float:
        value = self._settings.value(f"zoom/{host}") if self._settings else None
        try:
            zoom = float(str(value))
        except ValueError:
            return 1.0
        return zoom if ZOOMS[0] <= zoom <= ZOOMS[-1] else 1.0

    def keep_zoom(self, host: str, zoom: float) -> None:
        if not self._settings:
            return
        if zoom == 1.0:
            self._settings.remove(f"zoom/{host}")
        else:
            self._settings.setValue(f"zoom/{host}", f"{zoom:g}")

    def is_due(self, what: str, today: date, days: int) -> bool:
        """Whether something was last said so many days ago; never, where nothing is remembered."""
        if not self._settings:
            return False
        try:
            said = date.fromisoformat(str(self._settings.value(f"said/{what}")))
        except ValueError:
            return True
        return not 0 <= (today - said).days < days

    def keep_said(self, what: str, today: date) -> None:
        if self._settings:
            self._settings.setValue(f"said/{what}", today.isoformat())


def next_zoom(zoom: float, step: int) -> float:
    """The next larger (1) or smaller (-1) one of the steps."""
    if step > 0:
        return next((one for one in ZOOMS if one > zoom + 0.005), ZOOMS[-1])
    return next((one for one in reversed(ZOOMS) if one < zoom - 0.005), ZOOMS[0])


def _place_key() -> str:
    """The connected screens with their places: at the desk a window belongs elsewhere than on the way."""
    screens = sorted(f"{screen.name()} {screen.geometry().getRect()}" for screen in QGuiApplication.screens())
    return f"meeting-window/{hashlib.sha256(';'.join(screens).encode()).hexdigest()[:16]}"
