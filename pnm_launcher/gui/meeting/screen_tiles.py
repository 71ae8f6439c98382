"""Screens and windows as tiles beside each other: a picture, and the title below it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .screen_sources import Index, Sources

_LEAST_PX: Final = 190
_GAP: Final = 6


class Tiles(QListView):
    """As many beside each other as fit, in one line or in many; the arrow keys go through them."""

    def __init__(self, name: str, sources: Sources, *, one_line: bool) -> None:
        super().__init__()
        self.setObjectName("Tiles")
        self.setAccessibleName(name)
        self.setModel(sources)
        self.setItemDelegate(_Painter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWrapping(not one_line)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if one_line:
            self.setVerticalScrollBarPolicy(off)
        else:
            self.setHorizontalScrollBarPolicy(off)

    def tile(self) -> QSize:
        """The size of one, which follows the font and the width there is, with a scroll bar or without."""
        bar = self.verticalScrollBar()
        room = self.viewport().width() - 2 - (0 if bar.isVisible() else bar.sizeHint().width())
        width = max(_LEAST_PX, self.fontMetrics().averageCharWidth() * 24)
        width = room // max(1, room // width)
        return QSize(width, (width - 4 * _GAP) * 9 // 16 + self.fontMetrics().height() + 5 * _GAP)

    def rowsAboutToBeRemoved(self, parent: Index, first: int, last: int, /) -> None:
        """A choice that goes away leaves none: Qt would choose its neighbour, which nobody wanted to show."""
        if first <= self.currentIndex().row() <= last:
            self.selectionModel().clear()
        super().rowsAboutToBeRemoved(parent, first, last)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.setGridSize(self.tile())


class _Painter(QStyledItemDelegate):
    def __init__(self, view: Tiles) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.tile()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state, palette = QStyle.StateFlag, self._view.palette()
        area: QRect = option.rect.adjusted(_GAP // 2, _GAP // 2, -_GAP // 2, -_GAP // 2)
        chosen = bool(option.state & state.State_Selected)
        over = bool(option.state & state.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(palette.color(QPalette.ColorRole.Accent))
        if chosen or over:
            ground = QColor(accent)
            ground.setAlpha(34 if chosen else 14)
            painter.setBrush(ground)
            painter.setPen(QPen(accent, 2) if chosen else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 8, 8)
        inside = area.adjusted(_GAP * 3 // 2, _GAP * 3 // 2, -_GAP * 3 // 2, -_GAP)
        line = self._view.fontMetrics().height() + _GAP
        self._picture(painter, inside.adjusted(0, 0, 0, -line), index, palette)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        title = self._view.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, title)
        painter.restore()

    def _picture(self, painter: QPainter, area: QRect, index: Index,
                 palette: QPalette) -> None:  # fmt: skip
        """The picture in its own shape; without one the first letter, so that the tile is not a hole."""
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(area, 4, 4)
        if isinstance(picture, QPixmap):
            size = picture.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(area.center() - QRect(0, 0, size.width(), size.height()).center(), size)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            return
        font = painter.font()
        painter.save()
        font.setPointSizeF(font.pointSizeF() * 2)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index.data())[:1].upper())
        painter.restore()
