"""Pictures of a design, taken of the preview off the user's sight in the real web engine."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pnm_launcher.design.regions import ADDRESSES
from pnm_launcher.design.shots import Shot
from pnm_launcher.gui.meeting import engine

from .page_picture import PagePicture
from .preview_view import PreviewView

_FREEZE: Final = "window.Date = class extends Date { constructor() { super(2026, 0, 12, 9, 30); } }; 1"
"""The messages of the chat bear a time, and the same design gives the same picture at any."""


class PreviewPictures(QObject):
    """Takes some pictures of one design, one after the other, and ends.

    Attributes:
        taken: a `Shot` and its `QImage`.
        finished: all are taken; gives the names of the parameters whose address gave nothing.
        failed: the page could not be loaded or painted, or has crashed.
    """

    taken = Signal(object, QImage)
    finished = Signal(tuple)
    failed = Signal()

    def __init__(self, address: str, values: Mapping[str, str], shots: Sequence[Shot], *, loads: bool,
                 parent: QObject | None = None) -> None:  # fmt: skip
        """`address` is the practice server's; the values are checked; `loads`: with what their addresses give."""
        super().__init__(parent)
        self._waiting = list(shots)
        self._missing: set[str] = set()
        self._addresses = {name: values[name] for name in ADDRESSES if loads and name in values}
        engine.start()
        self._window = window = QWidget()
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._view = view = PreviewView(f"{address}/assets/preview.html", window)
        view.show_design(dict(values), loads=loads)
        view.ready.connect(self._begin)
        view.stopped.connect(self._fail)
        self._picture = picture = PagePicture(view)
        picture.taken.connect(self._took)
        picture.failed.connect(self._fail)
        app = QCoreApplication.instance()
        assert app  # noqa: S101 - there are widgets
        app.aboutToQuit.connect(self._end_now)
        self.destroyed.connect(window.deleteLater)
        window.show()

    def end(self) -> None:
        """Stop, wherever it is; nothing more is said."""
        self._waiting.clear()
        if isValid(self._window):
            self._window.deleteLater()  # the page may be speaking to us at this moment

    def _end_now(self) -> None:
        """The program ends: the page goes before its profile."""
        self._waiting.clear()
        if isValid(self._window):
            self._view.end()
            self._window.deleteLater()

    def _begin(self) -> None:
        if not self._waiting:
            return
        self._view.page().runJavaScript(_FREEZE)
        self._take_next()

    def _take_next(self) -> None:
        shot = self._waiting[0]
        way, theme = "rtl" if shot.right_to_left else "ltr", "dark" if shot.dark else "light"
        script = f"preview.direction('{way}');preview.theme('{theme}');preview.show('{shot.screen}')"
        self._picture.take(script, QSize(*shot.size), self._addresses)

    def _took(self, picture: QImage, missing: tuple[str, ...]) -> None:
        if not self._waiting:
            return  # ended meanwhile
        self._missing.update(missing)
        shot = self._waiting.pop(0)
        self.taken.emit(shot, picture)
        if self._waiting:
            self._take_next()
        else:
            self.finished.emit(tuple(name for name in ADDRESSES if name in self._missing))

    def _fail(self) -> None:
        if self._waiting:
            self._waiting.clear()
            self.failed.emit()


def png(picture: QImage) -> bytes:
    """The picture as a file, without the time it was made or any other text; may run in a thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes, the code as text
    return bytes(buffer.data().data())
