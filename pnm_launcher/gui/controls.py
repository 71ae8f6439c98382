"""Small controls that Qt does not have: a segmented choice, a calm combo box, a colour field."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QSizePolicy, QWidget

from .parts import button, row


class Segmented(QWidget):
    """A few options beside each other, one of them chosen; the arrow keys move the choice."""

    changed = Signal()

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        layout = row(spacing=0)
        self.setLayout(layout)
        self._group = QButtonGroup(self)
        for index, text in enumerate(options):
            segment = button(text, "segment")
            segment.setCheckable(True)
            segment.setProperty("place", "first" if index == 0 else "last" if index == len(options) - 1 else "middle")
            self._group.addButton(segment, index)
            layout.addWidget(segment)
        layout.addStretch(1)
        self.set_index(0)
        self.setFocusProxy(self._group.button(0))
        self._group.idToggled.connect(self._toggled)

    def index(self) -> int:
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        self._group.button(index).setChecked(True)

    def segments(self) -> list[QPushButton]:
        return [segment for segment in self._group.buttons() if isinstance(segment, QPushButton)]

    def setAccessibleName(self, name: str, /) -> None:
        """Each segment is spoken with the name of the whole."""
        super().setAccessibleName(name)
        for segment in self.segments():
            segment.setAccessibleName(f"{name}: {segment.text()}")

    def _toggled(self, index: int, checked: bool) -> None:
        if checked:
            self.setFocusProxy(self._group.button(index))
            self.changed.emit()


class Combo(QComboBox):
    """A combo box with a drawn arrow that does not change when the page is scrolled over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(self.foregroundRole()), 1.4))
        x = 16.0 if self.isRightToLeft() else self.width() - 16.0
        y = self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Swatch(QPushButton):
    """A small square that shows a colour, with a chequered ground under transparency."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(34, 34)
        self._color: QColor | None = None

    def set_color(self, color: QColor | None) -> None:
        self._color = color
        self.update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        area = self.rect().adjusted(6, 6, -6, -6)
        if self._color is None or self._color.alpha() < 255:
            painter.fillRect(area, QColor("#FFFFFF"))
            for number in range(16):
                if (number + number // 4) % 2:
                    side = area.width() / 4
                    square = QRectF(area.x() + number % 4 * side, area.y() + number // 4 * side, side, side)
                    painter.fillRect(square, QColor("#C9D3DC"))
        if self._color is not None:
            painter.fillRect(area, self._color)
