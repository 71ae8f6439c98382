"""Draws a design or a version of one: its name and when it was saved, its note, and a strip of its colours."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .design_model import Entry, EntryModel, Index
from .design_swatches import draw_strip

_STRIP_PX: Final = 10
_SMALL: Final = 0.86
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class DesignPainter(QStyledItemDelegate):
    """All rows have one height, so that the view need not ask for each."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, option.fontMetrics.height() * 2 + _STRIP_PX + 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        entry = model.entry(index) if isinstance(model, EntryModel) else None
        if entry is None:
            return
        area: QRect = option.rect
        palette: QPalette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, area, palette, chosen=chosen, current=index == self._view.currentIndex())
        self._draw_lines(painter, area.adjusted(14, 9, -14, -11), entry, palette)
        painter.restore()

    def _draw_ground(self, painter: QPainter, area: QRect, palette: QPalette, *, chosen: bool, current: bool) -> None:
        accent = QColor(palette.color(QPalette.ColorRole.Accent))
        ground = QColor(accent)
        ground.setAlpha(40)
        framed = current and self._view.hasFocus()
        painter.setBrush(ground if chosen else Qt.BrushStyle.NoBrush)
        painter.setPen(accent if framed else Qt.PenStyle.NoPen)
        if chosen or framed:
            painter.drawRoundedRect(QRectF(area).adjusted(2.5, 1.5, -2.5, -1.5), 8, 8)

    def _draw_lines(self, painter: QPainter, area: QRect, entry: Entry, palette: QPalette) -> None:
        bold, small = QFont(painter.font()), QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        height = painter.fontMetrics().height()
        upper = QRect(area.left(), area.top(), area.width(), height)
        lower = upper.translated(0, height + 2)
        strip = QRectF(area.left() + 0.5, lower.bottom() + 6.5, area.width() - 1, _STRIP_PX)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        self._draw_line(painter, upper, (bold, palette.color(QPalette.ColorRole.Text), entry.title),
                        (small, muted, entry.aside))  # fmt: skip
        accent = palette.color(QPalette.ColorRole.Accent)
        self._draw_line(painter, lower, (small, muted, entry.detail), (small, accent, entry.mark))
        draw_strip(painter, strip, entry.colors, palette)

    @staticmethod
    def _draw_line(painter: QPainter, area: QRect, first: tuple[QFont, QColor, str],
                   last: tuple[QFont, QColor, str]) -> None:  # fmt: skip
        """Two texts on one line; the first is cut where the last begins, which has two thirds at most."""
        painter.setFont(last[0])
        painter.setPen(last[1])
        end = painter.fontMetrics().elidedText(last[2], Qt.TextElideMode.ElideRight, area.width() * 2 // 3)
        width = painter.fontMetrics().horizontalAdvance(end) + 8 if end else 0
        painter.drawText(area, _TRAILING, end)
        painter.setFont(first[0])
        painter.setPen(first[1])
        shown = painter.fontMetrics().elidedText(first[2], Qt.TextElideMode.ElideRight, area.width() - width)
        turned = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.drawText(area.adjusted(width if turned else 0, 0, 0 if turned else -width, 0), _LEADING, shown)
