"""How long a design makes the join address, and what could be left out without anybody seeing it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLocale, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pnm_launcher.design.handover import FITS, Fit, fit
from pnm_launcher.design.length import Length
from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.gui.theme import DARK, LIGHT
from pnm_launcher.schema import DESIGN

_TONES: Final[dict[Fit, str]] = {"fits": "ok", "tight": "warning", "too long": "danger"}
_HEIGHT_PX: Final = 8


class LengthBar(QWidget):
    """How much of what the server takes is used, in the colour of the verdict; the words stand below it."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self._fit: Fit = "fits"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_length(self, length: Length) -> None:
        self._share, self._fit = min(1.0, length.headers_estimate / length.limit), fit(length)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
        tokens = DARK if dark else LIGHT
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        whole = QRectF(self.rect())
        painter.setBrush(QColor(tokens["border"]))
        painter.drawRoundedRect(whole, _HEIGHT_PX / 2, _HEIGHT_PX / 2)
        used = QRectF(whole)
        used.setWidth(max(_HEIGHT_PX, whole.width() * self._share))
        if self.isRightToLeft():
            used.moveRight(whole.right())
        painter.setBrush(QColor(tokens[_TONES[self._fit]]))
        painter.drawRoundedRect(used, _HEIGHT_PX / 2, _HEIGHT_PX / 2)


class ExportLength(QWidget):
    """The length of a join address, and the offer to make it shorter.

    Attributes:
        trim_toggled: whether the text shall be without what changes nothing.
        removal_wanted: the design itself shall be without it, too.
    """

    trim_toggled = Signal(bool)
    removal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar = LengthBar()
        self.words = label("", wrap=True)
        self.trim = Tick(tr("Leave out what changes nothing"))
        self.spare = label("", "small", wrap=True)
        self.remove = button(tr("Remove from the design, too"), "inline", name="trim-design")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.bar)
        layout.addWidget(self.words)
        layout.addLayout(row(self.trim, 1, self.remove))
        layout.addWidget(self.spare)
        self.trim.toggled.connect(self._toggled)
        self.remove.clicked.connect(self.removal_wanted)
        self.show_spare((), left=1)

    def show_length(self, length: Length) -> None:
        self.bar.show_length(length)
        number = QLocale().toString
        self.words.setText(
            tr("{verdict} It has {characters} characters; the page's largest request needs about {bytes} of {limit} "
               "bytes.").format(verdict=translate(FITS[fit(length)]), characters=number(length.url),
                                bytes=number(length.headers_estimate), limit=number(length.limit))
        )  # fmt: skip

    def show_spare(self, spare: Sequence[str], *, left: int) -> None:
        """Name the parameters that change nothing; `left` is how many others there are."""
        names = ", ".join(translate(DESIGN.field(path).label) for path in spare)
        possible = bool(spare) and left > 0
        self.trim.setEnabled(possible)
        self.trim.setChecked(self.trim.isChecked() and possible)
        self.remove.setVisible(self.trim.isChecked())
        if possible:
            self.spare.setText(tr("Meetings look the same without: {names}.").format(names=names))
        elif spare:
            self.spare.setText(tr("Everything looks as without a design, but an address without one shows the server's "
                                  "own."))  # fmt: skip
        else:
            self.spare.setText(tr("Every value changes something that people see."))

    def _toggled(self, trimmed: bool) -> None:
        self.remove.setVisible(trimmed)
        self.trim_toggled.emit(trimmed)
