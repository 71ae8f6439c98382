"""The place of a design's preview: a whole meeting page, made small enough to be seen at once."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import button, label

if TYPE_CHECKING:
    from .preview_view import PreviewView

WIDE: Final = QSize(1280, 760)
PHONE: Final = QSize(390, 760)
_LEAST_ZOOM: Final = 0.25  # Chromium's


class PreviewStage(QWidget):
    """Keeps the view in the proportions of a screen, and says what is the matter while there is no view."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._screen = WIDE
        self._view: PreviewView | None = None
        self._words = label("", "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.step = button("")
        self._message = QWidget(self)
        layout = QVBoxLayout(self._message)
        layout.addStretch(1)
        layout.addWidget(self._words)
        layout.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 190)

    def show_message(self, words: str, step: str = "") -> None:
        """A sentence in the place of the preview, with a button if `step` names one."""
        self._words.setText(words)
        self.step.setText(step)
        self.step.setVisible(bool(step))
        self._message.show()
        self._message.raise_()

    def show_view(self, view: "PreviewView") -> None:
        self._view = view
        self._message.hide()
        self._place()
        view.show()

    def forget_view(self) -> None:
        self._view = None

    def choose_screen(self, screen: QSize) -> None:
        self._screen = screen
        self._place()

    def screen_area(self) -> QRect:
        """Where the preview is, in pixels: in the middle, as large as fits."""
        room = self.rect().adjusted(1, 1, -1, -1)
        scale = max(_LEAST_ZOOM, min(room.width() / self._screen.width(), room.height() / self._screen.height(), 1.0))
        area = QRect(0, 0, round(self._screen.width() * scale), round(self._screen.height() * scale))
        area.moveCenter(room.center())
        area.moveTop(room.top())
        return area

    def fill_width(self, width: int) -> None:
        """Be so high that a wide screen fills this width (in pixels); 0 takes what height there is."""
        self.setMinimumHeight(_height_of(width) if width else 0)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.setMaximumHeight(_height_of(self.width()))
        self._place()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(self.screen_area().adjusted(-1, -1, 0, 0))

    def _place(self) -> None:
        area = self.screen_area()
        self._message.setGeometry(area)
        if self._view:
            self._view.setGeometry(area)
            self._view.setZoomFactor(area.width() / self._screen.width())
        self.update()


def _height_of(width: int) -> int:
    return round(width * WIDE.height() / WIDE.width()) + 2
