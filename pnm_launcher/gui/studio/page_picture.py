"""A picture of a web page as it is now: nothing half loaded, nothing half painted, nothing of the frame before."""

import json
import math
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWebEngineWidgets import QWebEngineView

from pnm_launcher.paths import resource

_MARK: Final = 16
"""Pixels of a side of the mark that `page_picture.js` puts into the corner: four squares, two of each colour."""
_MARK_COLORS: Final = ("#ff00fe", "#00ff01")
_LOOK_AGAIN_MS: Final = 8
_DECODING_MS: Final = 250
"""Between two looks at a page with pictures of others, which Chromium decodes while it already paints the rest."""
_MOST_LOOKS: Final = 8
"""A page that never comes to rest, such as one with an animated picture, is taken as it is then."""


class PagePicture(QObject):
    """Takes one picture at a time of a view, which may be off the user's sight but must be shown.

    That a frame was painted after a change cannot be asked: so the page shows a mark, a picture with the mark proves
    that the page has got as far, and the first picture without it is looked at. It is the result once two in a row are
    alike.

    Attributes:
        taken: the `QImage`, one pixel for each of the page's, and the names of the addresses that gave nothing.
        failed: it was not painted in time.
    """

    taken = Signal(QImage, tuple)
    failed = Signal()

    def __init__(self, view: QWebEngineView, *, limit_ms: int = 20_000) -> None:
        super().__init__(view)
        self._view, self._limit = view, limit_ms
        self._turn, self._looks = 0, 0
        self._size = QSize()
        self._addresses: Mapping[str, str] = {}
        self._missing: tuple[str, ...] = ()
        self._last = QImage()
        self._clock = QElapsedTimer()
        self._look = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._step = self._ask
        self._look.timeout.connect(lambda: self._step())

    def take(self, script: str, size: QSize, addresses: Mapping[str, str]) -> None:
        """Run a script that changes the page, and take a picture of that size (in the page's pixels).

        `addresses`, by their parameter, are those whose pictures and style sheet the page shows then.
        """
        self._turn += 1
        self._looks, self._last, self._size, self._addresses = 0, QImage(), size, addresses
        self._clock.start()
        self._fit()
        wanted = json.dumps([self._turn, size.width(), size.height(), dict(addresses), self._limit // 2])
        ready = f"pagePicture.ready(...{wanted})"
        self._view.page().runJavaScript(f"{resource('page_picture.js').read_text('utf-8')};{script};{ready};1")
        self._next(self._ask)

    def _fit(self) -> None:
        """One pixel of the page is one of the picture, whatever the screen's scale."""
        scale = self._view.devicePixelRatioF()
        width, height = (math.ceil(side / scale) for side in (self._size.width(), self._size.height()))
        self._view.window().resize(width, height)
        self._view.resize(width, height)
        self._view.setZoomFactor(1 / scale)

    def _next(self, step: "object", pause_ms: int = _LOOK_AGAIN_MS) -> None:
        if self._clock.elapsed() > self._limit:
            self.failed.emit()
            return
        self._step = step  # type: ignore[assignment]
        self._look.start(pause_ms)

    def _ask(self) -> None:
        self._view.page().runJavaScript("pagePicture.state()", self._answered)

    def _answered(self, answer: object) -> None:
        state = json.loads(answer) if isinstance(answer, str) and answer else {}
        if state.get("turn") == self._turn and state.get("marked"):
            self._missing = tuple(state["missing"])
            self._next(self._see_mark)
        else:
            self._next(self._ask)

    def _see_mark(self) -> None:
        if _is_marked(self._grab()):
            self._view.page().runJavaScript("pagePicture.unmark()")
            self._next(self._see_page)
        else:
            self._next(self._see_mark)

    def _see_page(self) -> None:
        picture = self._grab()
        if _is_marked(picture):
            self._next(self._see_page)
            return
        self._looks += 1
        if picture == self._last or self._looks == _MOST_LOOKS:
            self.taken.emit(picture, self._missing)
            return
        self._last = picture
        self._next(self._mark_again, _DECODING_MS if self._addresses else _LOOK_AGAIN_MS)

    def _mark_again(self) -> None:
        self._view.page().runJavaScript("pagePicture.again()")
        self._next(self._see_mark)

    def _grab(self) -> QImage:
        picture = self._view.grab().toImage()
        picture.setDevicePixelRatio(1)
        whole = picture.convertToFormat(QImage.Format.Format_RGB32)  # the page is opaque
        return whole.copy(0, 0, self._size.width(), self._size.height())


def _is_marked(picture: QImage) -> bool:
    near, far = _MARK // 4, _MARK * 3 // 4
    corners = ((near, near), (far, near), (near, far), (far, far))
    colors = [picture.pixelColor(x, y).name() for x, y in corners]
    return colors[0] == colors[3] and colors[1] == colors[2] and sorted(colors[:2]) == sorted(_MARK_COLORS)
