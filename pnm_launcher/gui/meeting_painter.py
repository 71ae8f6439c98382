"""Draws a meeting of the list as two lines and a dot, and a heading as one small line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QFont, QPalette
from PySide6.QtWidgets import QStyledItemDelegate

from .meeting_model import Entry, MeetingModel

if TYPE_CHECKING:  # Qt types that only annotations name cost milliseconds of the start
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QListView, QStyleOptionViewItem

    from .meeting_model import Index


class MeetingPainter(QStyledItemDelegate):
    """Draws a meeting as two lines and a dot."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = option.fontMetrics
        heading = index.flags() == Qt.ItemFlag.NoItemFlags
        return QSize(160, metrics.height() + 20 if heading else metrics.height() * 2 + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        entry = model.entry(index) if isinstance(model, MeetingModel) else None
        area: QRect = option.rect
        palette: QPalette = option.palette
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        font = QFont(painter.font())
        if entry is None:
            font.setPointSizeF(font.pointSizeF() * 0.86)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(area.adjusted(12, 8, -12, 0), Qt.AlignmentFlag.AlignLeading
                             | Qt.AlignmentFlag.AlignVCenter, str(index.data()))  # fmt: skip
        else:
            self._ground(painter, area, index, palette)
            muted = (
                QPalette.ColorRole.Text if index == self._view.currentIndex() else QPalette.ColorRole.PlaceholderText
            )
            self._lines(painter, area.adjusted(14, 8, -14, -8), entry, palette, muted)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, index: Index, palette: QPalette) -> None:
        accent = QColor(palette.color(QPalette.ColorRole.Accent))
        box = area.adjusted(4, 1, -4, -1)
        chosen = index == self._view.currentIndex()
        if chosen or area.contains(self._view.viewport().mapFromGlobal(QCursor.pos())):
            accent.setAlpha(34 if chosen else 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawRoundedRect(box, 8, 8)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.color(QPalette.ColorRole.Accent))
            painter.drawRoundedRect(box, 8, 8)

    @staticmethod
    def _lines(painter: QPainter, area: QRect, entry: Entry, palette: QPalette, muted: QPalette.ColorRole) -> None:
        """Muted grey would be too faint on the ground of the chosen meeting."""
        aligned = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        upper, lower = QRect(area), QRect(area)
        upper.setHeight(area.height() // 2)
        lower.setTop(area.top() + area.height() // 2)
        green = QColor("#157347" if palette.color(QPalette.ColorRole.Base).lightness() > 128 else "#5FD08F")
        font = QFont(painter.font())
        count = str(entry.people) if entry.running and entry.people else ""
        if entry.running is not None:
            width = painter.fontMetrics().horizontalAdvance(count)
            painter.setPen(green if entry.running else palette.color(muted))
            painter.drawText(upper, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, count)
            painter.setBrush(green if entry.running else Qt.BrushStyle.NoBrush)
            end = upper.left() + 4 + width if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft else \
                upper.right() - width - 8  # fmt: skip
            painter.drawEllipse(QPoint(end, upper.center().y()), 4, 4)
            upper.adjust(0, 0, -width - 20, 0)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        metrics = painter.fontMetrics()
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(upper, aligned, metrics.elidedText(entry.meeting.title, elide, upper.width()))
        font.setWeight(QFont.Weight.Normal)
        font.setPointSizeF(font.pointSizeF() * 0.86)
        painter.setFont(font)
        painter.setPen(palette.color(muted))
        painter.drawText(lower, aligned, painter.fontMetrics().elidedText(entry.place, elide, lower.width()))
