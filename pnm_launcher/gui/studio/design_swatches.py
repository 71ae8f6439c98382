"""Colours of a design, drawn small: one as a square, several as a strip."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPalette, QPen, QPixmap

from pnm_launcher.gui.form.color_editor import to_qcolor

_ROUND_PX: Final = 3
_LIGHT, _GREY = QColor("#FFFFFF"), QColor("#C9D3DC")


def draw_color(painter: QPainter, area: QRectF, color: str) -> None:
    """Fill an area with a CSS colour, on a chequered ground where it is translucent."""
    shown = to_qcolor(color)
    if shown is None:
        return
    if shown.alpha() < 255:
        painter.fillRect(area, _LIGHT)
        painter.fillRect(area, QBrush(_GREY, Qt.BrushStyle.Dense4Pattern))
    painter.fillRect(area, shown)


def draw_strip(painter: QPainter, area: QRectF, colors: Sequence[str], palette: QPalette) -> None:
    """Colours beside each other, each as wide as the others, in a rounded frame."""
    frame = QPainterPath()
    frame.addRoundedRect(area, _ROUND_PX, _ROUND_PX)
    painter.save()
    painter.setClipPath(frame, Qt.ClipOperation.IntersectClip)
    width = area.width() / max(1, len(colors))
    turned = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for place, color in enumerate(reversed(colors) if turned else colors):
        left, right = round(area.left() + place * width), round(area.left() + (place + 1) * width)
        draw_color(painter, QRectF(left, area.top(), right - left, area.height()), color)
    painter.restore()
    outline = palette.color(QPalette.ColorRole.Text)
    outline.setAlpha(60)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(outline, 1))
    painter.drawPath(frame)


@lru_cache(512)
def swatch(color: str, size: int, ratio: float) -> QPixmap:
    """A square of a CSS colour, `size` pixels wide on a screen with that many device pixels for each."""
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_strip(painter, QRectF(0.5, 0.5, size - 1, size - 1), (color,) if color else (), QPalette())
    painter.end()
    return made
