"""Small pictures of what may be shared, taken again and again while somebody chooses, one at a time.

Screens everywhere except on Wayland, windows on X11 only: QtWebEngine tells the titles of windows, not which ones they
are, and only X11 lists them in an order that is known to be the same. A wrong picture would be worse than none.
"""

import sys
from contextlib import suppress
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap, QScreen
from PySide6.QtWidgets import QWidget

from pnm_launcher.gui.jobs import Jobs

from .x11_windows import XPicture, XWindow, XWindows

_LARGEST: Final = QSize(400, 250)
_PAUSE_MS: Final = 60
_ROUND_MS: Final = 1_000
_Key = TypeVar("_Key", int, tuple[str, int])
Window = tuple[str, int]
"""A title, and a number that tells windows of one title apart: from 0, topmost first."""


class Pictures(QObject):
    """
    Attributes:
        changed: one of them is new.
    """

    changed = Signal()

    def __init__(self, chooser: QWidget) -> None:
        """`chooser` is the window in which they are shown, of which none is wanted."""
        super().__init__(chooser)
        self._chooser = chooser
        self._screens: dict[int, QPixmap] = {}
        self._windows: dict[Window, QPixmap] = {}
        self._waiting: list[QScreen | tuple[list[Window], XWindow]] = []
        self._jobs, self._x11 = Jobs(), _x11()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._take)
        self._timer.start(0)

    def of_screen(self, place: int) -> QPixmap | None:
        """The picture of the screen that stands at that place of the list."""
        return self._screens.get(place)

    def of_window(self, window: Window) -> QPixmap | None:
        return self._windows.get(window)

    def stop(self) -> None:
        self._timer.stop()
        self._jobs.close()

    def _take(self) -> None:
        if not self._waiting:
            self._waiting = [*known_screens(), *self._listed()]
        job = self._waiting.pop(0) if self._waiting else None
        if isinstance(job, tuple) and self._x11:
            x11, (names, window) = self._x11, job
            self._jobs.run(lambda: x11.picture(window), lambda picture: self._taken(names, picture), owner=self)
            return
        if isinstance(job, QScreen) and job in (screens := known_screens()):
            self._put(job.grabWindow(0), self._screens, screens.index(job))
        self._go_on()

    def _taken(self, names: list[Window], picture: XPicture | None) -> None:
        pixmap = QPixmap()
        if picture:
            size = QSize(picture.width, picture.height)
            image = QImage(picture.pixels, *size.toTuple(), QImage.Format.Format_RGB32)
            quickly = size.scaled(_LARGEST * 2, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(size)
            pixmap = QPixmap.fromImage(image.scaled(quickly).copy())  # an image of its size would share our bytes
        for name in names:
            self._put(pixmap, self._windows, name)
        self._go_on()

    def _go_on(self) -> None:
        self._timer.start(_PAUSE_MS if self._waiting else _ROUND_MS)

    def _listed(self) -> list[tuple[list[Window], XWindow]]:
        counts: dict[str, int] = {}
        jobs = []
        for window in self._x11.listed() if self._x11 else []:
            names = [(title, counts.get(title, 0)) for title in window.titles]
            counts.update((title, place + 1) for title, place in names)
            if self._x11 and window.id != self._chooser.winId():
                self._x11.draw_apart(window)
                jobs.append((names, window))
        for gone in self._windows.keys() - {name for names, _ in jobs for name in names}:
            del self._windows[gone]
        return jobs

    def _put(self, picture: QPixmap, where: dict[_Key, QPixmap], key: _Key) -> None:
        if picture.isNull():
            where.pop(key, None)
        else:
            size = picture.size().scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(picture.size())
            where[key] = picture.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
        self.changed.emit()


def _x11() -> XWindows | None:
    if QGuiApplication.platformName() == "xcb":
        with suppress(OSError):
            return XWindows()
    return None


def known_screens() -> list[QScreen]:
    """The screens in the order of QtWebEngine's list, where that is known: a single one, or all of X11 (measured)."""
    screens = QGuiApplication.screens()
    return screens if len(screens) == 1 or QGuiApplication.platformName() == "xcb" else []


def must_be_allowed() -> bool:
    """Whether the system shows nothing of the screen to a program before its user has allowed that."""
    return sys.platform == "darwin"
