"""A design's logo and background as the meeting shows them, from small copies that need no decoder."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pnm_launcher.gui.form.color_editor import to_qcolor
from pnm_launcher.gui.parts import label
from pnm_launcher.gui.texts import tr

if TYPE_CHECKING:
    from pnm_launcher.design.asset_pictures import Picture, Preview

_LIGHT_HEADER, _DARK_HEADER = "#ffffff", "#01102b"
_LOGO: Final = QSize(120, 45)
"""Pixels that the meeting gives a logo at most."""
_HEADER: Final = QSize(168, 68)
_BACKGROUND: Final = QSize(288, 162)


def to_image(preview: "Preview") -> QImage:
    """The pixels as they are; `copy` because Qt would go on reading Python's bytes."""
    made = QImage(preview.pixels, preview.width, preview.height, 4 * preview.width, QImage.Format.Format_RGBA8888)
    return made.copy()


class LogoPreview(QWidget):
    """The logo on the header: light, dark, and in the design's colour if it has one."""

    def __init__(self, preview: "Preview", picture: "Picture", design: Mapping[str, str]) -> None:
        super().__init__()
        grounds = [(tr("Light"), _LIGHT_HEADER), (tr("Dark"), _DARK_HEADER)]
        if design.get("header_bg_color"):
            grounds.append((tr("This design"), design["header_bg_color"]))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        image, size = to_image(preview), logo_size(picture)
        self.headers = []
        for column, (name, color) in enumerate(grounds):
            header = _Header(image, size, to_qcolor(color) or QColor(_LIGHT_HEADER))
            header.setAccessibleName(tr("The logo on the header: {ground}").format(ground=name))
            self.headers.append(header)
            grid.addWidget(header, 0, column)
            grid.addWidget(label(name, "small"), 1, column, Qt.AlignmentFlag.AlignHCenter)
        grid.setColumnStretch(len(grounds), 1)


def logo_size(picture: "Picture") -> QSize:
    """At most 120 × 45 pixels in its own proportions, never enlarged."""
    natural = QSize(picture.width, picture.height)
    if natural.width() <= _LOGO.width() and natural.height() <= _LOGO.height():
        return natural
    return natural.scaled(_LOGO, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


class _Header(QWidget):
    def __init__(self, image: QImage, size: QSize, ground: QColor) -> None:
        super().__init__()
        self._image, self._size, self._ground = image, size, ground
        self.setFixedSize(_HEADER)

    def paintEvent(self, _: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _framed(painter, QRectF(self.rect()), self.palette())
        painter.fillRect(self.rect(), QColor(_LIGHT_HEADER))  # below a translucent colour
        painter.fillRect(self.rect(), self._ground)
        corner = QPointF((self.width() - self._size.width()) / 2, (self.height() - self._size.height()) / 2)
        painter.drawImage(QRectF(corner, self._size.toSizeF()), self._image)


class BackgroundPreview(QWidget):
    """The background as it fills a wide room, cut at its edges."""

    def __init__(self, preview: "Preview") -> None:
        super().__init__()
        self._image = to_image(preview)
        self.setFixedSize(_BACKGROUND)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The background picture as it fills a room of 16:9"))

    def paintEvent(self, _: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _framed(painter, QRectF(self.rect()), self.palette())
        painter.fillRect(self.rect(), QColor("#f0f6fc"))  # the page shows through transparent pixels
        painter.drawImage(QRectF(self.rect()), self._image)


def _framed(painter: QPainter, area: QRectF, palette: QPalette) -> None:
    """Draw a thin frame, and let what is painted from here on stay inside of it."""
    frame = QPainterPath()
    frame.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    outline = palette.color(QPalette.ColorRole.WindowText)
    outline.setAlpha(60)
    painter.setPen(QPen(outline, 2))
    painter.drawPath(frame)
    painter.setClipPath(frame)
