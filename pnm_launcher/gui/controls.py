"""Small controls that Qt does not have: a segmented choice, a calm combo box, a tick, a tab, a swatch."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from .parts import button, row, set_look


def _styled() -> bool:
    """Whether our style sheet is used: with high contrast the system draws everything."""
    app = QApplication.instance()
    return isinstance(app, QApplication) and bool(app.styleSheet())


def one_tab_stop(group: QButtonGroup) -> None:
    """The Tab key goes to the chosen button of a group only; the arrow keys go on from there."""

    def toggled(each: QAbstractButton, checked: bool) -> None:
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if checked else Qt.FocusPolicy.ClickFocus)

    for each in group.buttons():
        toggled(each, each.isChecked())
    group.buttonToggled.connect(toggled)


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
            self._group.addButton(segment, index)
            layout.addWidget(segment)
        layout.addStretch(1)
        self._round_the_ends()
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

    def setAccessibleDescription(self, text: str, /) -> None:
        """Each segment has the description of the whole: only they have the focus."""
        super().setAccessibleDescription(text)
        for segment in self.segments():
            segment.setAccessibleDescription(text)

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._round_the_ends()

    def _round_the_ends(self) -> None:
        """The style sheet rounds the left and the right end, and does not turn round with the writing."""
        segments = self.segments()
        ends = ("last", "first") if self.isRightToLeft() else ("first", "last")
        for segment in segments:
            place = ends[0] if segment is segments[0] else ends[1] if segment is segments[-1] else "middle"
            set_look(segment, "place", place)

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
        if not _styled():
            return
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


class Tick(QCheckBox):
    """A check box whose tick has the colours of the style sheet; the sheet draws only the box."""

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if not self.isChecked() or not _styled():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), 2))
        side, corner = box.width(), box.topLeft()
        points = (QPointF(0.25, 0.52), QPointF(0.43, 0.7), QPointF(0.75, 0.32))
        painter.drawPolyline([corner + point * side for point in points])


class Tab(QPushButton):
    """A tab with room for its text in bold, so that nothing moves when it is chosen."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("look", "tab")
        self.setAutoDefault(True)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        more = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(0, more), 0)


class Swatch(QPushButton):
    """A small square that shows a colour, with a chequered ground under transparency; struck through if unset."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "swatch")
        self.setAutoDefault(True)
        self.setFixedSize(36, 36)
        self._color: QColor | None = None

    def set_color(self, color: QColor | None) -> None:
        self._color = color
        self.update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        area = self.rect().adjusted(6, 6, -6, -6)
        if self._color is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.4))
            painter.drawLine(QPointF(area.left() + 2, area.bottom() - 1), QPointF(area.right() - 1, area.top() + 2))
            return
        if self._color.alpha() < 255:
            painter.fillRect(area, QColor("#FFFFFF"))
            for number in range(16):
                if (number + number // 4) % 2:
                    side = area.width() / 4
                    square = QRectF(area.x() + number % 4 * side, area.y() + number // 4 * side, side, side)
                    painter.fillRect(square, QColor("#C9D3DC"))
        painter.fillRect(area, self._color)
