"""A small drawing of a meeting in the colours of a design: what the eye needs to compare two of them."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pnm_launcher.gui.texts import tr

_WIDTH, _HEIGHT = 400.0, 276.0
"""The drawing's own units; it is scaled to the room there is."""
_PANEL: Final = 274.0
_PEOPLE: Final = (("AL", "Ana Lima"), ("BB", "Bo Berg"), ("CC", "Cem Can"))
_LINE, _PRIMARY_LINE = "#c2daf2", "#0088cc"
"""The client's own frames of squares and buttons, which no parameter changes."""
_SIDE: Final = 24.0
"""A square of the footer."""


class MeetingSketch(QWidget):
    """Empty until it is given colours."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 152)
        self._colors: dict[str, str] = {}
        self._has_picture = False

    def show_colors(self, colors: Mapping[str, str], *, has_picture: bool = False) -> None:
        """The opaque colour of each region by its id, as `#rrggbb`; `has_picture` if one fills the room."""
        self._colors, self._has_picture = dict(colors), has_picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(364, 251)

    def paintEvent(self, _: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / _WIDTH, self.height() / _HEIGHT)
        painter.translate((self.width() - _WIDTH * scale) / 2, (self.height() - _HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(0.5, 0.5, _WIDTH - 1, _HEIGHT - 1), 8, 8)
        if self._colors:
            painter.save()
            painter.setClipPath(frame)
            _Drawing(painter, self._colors, turned=self.isRightToLeft()).draw(has_picture=self._has_picture)
            painter.restore()
        outline = self.palette().color(QPalette.ColorRole.WindowText)
        outline.setAlpha(50)
        painter.setPen(QPen(outline, 1, Qt.PenStyle.SolidLine if self._colors else Qt.PenStyle.DashLine))
        painter.drawPath(frame)


class _Drawing:
    """One painting of the sketch. With writing from right to left everything changes sides."""

    def __init__(self, painter: QPainter, colors: Mapping[str, str], *, turned: bool) -> None:
        self._painter, self._colors, self._turned = painter, colors, turned

    def draw(self, *, has_picture: bool) -> None:
        self._fill("page", QRectF(0, 0, _WIDTH, _HEIGHT))
        self._header()
        self._room(has_picture=has_picture)
        self._panel()
        self._footer()
        self._buttons()

    def _header(self) -> None:
        self._fill("header", QRectF(0, 0, _WIDTH, 34))
        self._fill("theme_switch", QRectF(12, 10, 28, 14), 7)
        self._text("header_title", QRectF(120, 0, 160, 34), tr("Your meeting"), size=12)
        self._draw("header_bell", _bell(), QPointF(318, 10))
        for bar in range(4):
            self._fill("header_signal", QRectF(342 + 4 * bar, 20 - 3 * bar, 2.5, 4 + 3 * bar))
        self._dots("header_glyphs", QPointF(378, 17), upright=True)

    def _room(self, *, has_picture: bool) -> None:
        self._fill("main_area", QRectF(0, 34, _PANEL, 164))
        if has_picture:
            self._draw("room_text", _mountains(), QPointF(8, 38), filled=True)
        tile = QRectF(24, 50, _PANEL - 48, 132)
        self._fill("speaking", tile.adjusted(-2, -2, 2, 2), 10)
        self._fill("tile", tile, 8)
        self._fill("pill", QRectF(94, 56, 88, 18), 9)
        self._draw("pill_mic", _microphone(), QPointF(100, 59))
        self._text("pill_name", QRectF(112, 56, 66, 18), _PEOPLE[0][1], size=10)

    def _panel(self) -> None:
        self._fill("panel", QRectF(_PANEL, 34, _WIDTH - _PANEL, 164))
        people = tr("People ({count})").format(count=len(_PEOPLE))
        start = Qt.AlignmentFlag.AlignLeading
        self._text("panel_title", QRectF(_PANEL + 12, 40, 90, 22), people, size=11, bold=True, align=start)
        cross = QPainterPath(QPointF(0, 0))
        cross.lineTo(6, 6)
        cross.moveTo(6, 0)
        cross.lineTo(0, 6)
        self._draw("panel_close", cross, QPointF(_WIDTH - 18, 48))
        for place, (initials, name) in enumerate(_PEOPLE):
            top = 68 + 28 * place
            self._fill("avatar", QRectF(_PANEL + 12, top, 20, 20), 6)
            self._text("initials", QRectF(_PANEL + 12, top, 20, 20), initials, size=8)
            self._text("panel_names", QRectF(_PANEL + 38, top, 86, 20), name, size=11, align=start)

    def _footer(self) -> None:
        self._fill("footer", QRectF(0, 198, _WIDTH, 38))
        shapes = (_microphone(), _camera(), _screen(), _bubble())
        for place, shape in enumerate(shapes):
            corner = QPointF(124 + 32 * place, 205)
            self._fill(
                "square_active" if place == 1 else "square", QRectF(corner.x(), corner.y(), _SIDE, _SIDE), 6, line=_LINE
            )
            self._draw("footer_glyph", shape, corner + QPointF(6, 6))
        self._fill("badge", QRectF(238, 200, 12, 12), 6)
        self._text("badge_text", QRectF(238, 200, 12, 12), "2", size=8)
        self._fill("square", QRectF(252, 205, _SIDE, _SIDE), 6, line=_LINE)
        self._dots("footer_glyph", QPointF(264, 217))
        self._fill("end_call", QRectF(364, 205, _SIDE, _SIDE), 6)
        self._draw("end_call_glyph", _hang_up(), QPointF(370, 213), width=2.6)

    def _buttons(self) -> None:
        """They stand on a card of the page before the meeting."""
        self._fill("card", QRectF(0, 236, _WIDTH, 40))
        self._fill("secondary_button", QRectF(84, 243, 112, 26), 9, line=_LINE)
        self._text("secondary_text", QRectF(86, 243, 108, 26), tr("Listen only"), size=11)
        self._fill("primary_button", QRectF(204, 243, 112, 26), 9, line=_PRIMARY_LINE)
        self._text("primary_text", QRectF(206, 243, 108, 26), tr("Join"), size=11)

    # --- the pen ------------------------------------------------------------------------------------------------------

    def _fill(self, region: str, area: QRectF, radius: float = 0, *, line: str = "") -> None:
        self._painter.setPen(QPen(QColor(line), 0.8) if line else Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._colors[region]))
        if radius:
            self._painter.drawRoundedRect(self._placed(area), radius, radius)
        else:
            self._painter.drawRect(self._placed(area))

    def _text(self, region: str, area: QRectF, text: str, *, size: int, bold: bool = False,
              align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter) -> None:  # fmt: skip
        font = QFont(self._painter.font())
        font.setPixelSize(size)
        font.setBold(bold)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._colors[region]))
        fitted = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        if align == Qt.AlignmentFlag.AlignLeading:
            align = Qt.AlignmentFlag.AlignRight if self._turned else Qt.AlignmentFlag.AlignLeft
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        self._painter.drawText(self._placed(area), flags, fitted)

    def _draw(self, region: str, shape: QPainterPath, corner: QPointF, *, width: float = 1.4,
              filled: bool = False) -> None:  # fmt: skip
        """A shape by its lines; `corner` is its top left one."""
        moved = shape.translated(self._placed(QRectF(corner, shape.boundingRect().size())).topLeft())
        color = QColor(self._colors[region])
        if filled:
            self._painter.fillPath(moved, color)
            return
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        self._painter.drawPath(moved)

    def _dots(self, region: str, middle: QPointF, *, upright: bool = False) -> None:
        step = QPointF(0, 4.5) if upright else QPointF(4.5, 0)
        for count in (-1, 0, 1):
            dot = middle + step * count
            self._fill(region, QRectF(dot.x() - 1.3, dot.y() - 1.3, 2.6, 2.6), 1.3)

    def _placed(self, area: QRectF) -> QRectF:
        return QRectF(_WIDTH - area.right(), area.y(), area.width(), area.height()) if self._turned else area


def _bell() -> QPainterPath:
    shape = QPainterPath(QPointF(0, 10))
    shape.cubicTo(QPointF(3, 8), QPointF(0, 1), QPointF(6, 1))
    shape.cubicTo(QPointF(12, 1), QPointF(9, 8), QPointF(12, 10))
    shape.closeSubpath()
    shape.moveTo(4.5, 12.5)
    shape.lineTo(7.5, 12.5)
    return shape


def _microphone() -> QPainterPath:
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(4, 0, 4, 7), 2, 2)
    shape.moveTo(2, 5)
    shape.cubicTo(QPointF(2, 10), QPointF(10, 10), QPointF(10, 5))
    shape.moveTo(6, 9)
    shape.lineTo(6, 11.5)
    return shape


def _camera() -> QPainterPath:
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 2, 8, 8), 1.5, 1.5)
    shape.moveTo(8, 5)
    for x, y in ((12, 3), (12, 9), (8, 7)):
        shape.lineTo(x, y)
    return shape


def _screen() -> QPainterPath:
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 1, 12, 8), 1.5, 1.5)
    for line in (QLineF(3, 11.5, 9, 11.5), QLineF(6, 9, 6, 11.5)):
        shape.moveTo(line.p1())
        shape.lineTo(line.p2())
    return shape


def _bubble() -> QPainterPath:
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 1, 12, 8), 3, 3)
    shape.moveTo(3, 9)
    shape.lineTo(3, 12)
    shape.lineTo(6, 9)
    return shape


def _hang_up() -> QPainterPath:
    shape = QPainterPath(QPointF(0, 6))
    shape.cubicTo(QPointF(1, 1), QPointF(11, 1), QPointF(12, 6))
    return shape


def _mountains() -> QPainterPath:
    """The sign of a picture."""
    shape = QPainterPath(QPointF(0, 9))
    for x, y in ((3, 4), (5, 6.5), (7.5, 2), (12, 9)):
        shape.lineTo(x, y)
    shape.closeSubpath()
    return shape
