"""The editor of a colour, which is CSS text with alpha last."""

import sys
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QLineEdit, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.fields import Field
from pnm_launcher.gui.controls import Swatch
from pnm_launcher.gui.parts import button, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.values import Value

from .text_editors import LineEditor

_BESIDE_TEXT: Final = 26
"""Pixels: the line's frame and padding."""


class ColorEditor(QWidget):
    """A swatch that opens the picker, the colour as CSS text, and a button that clears it."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._swatch = Swatch()
        self._line = LineEditor(field)
        self._line.setPlaceholderText(tr("not set"))
        texts = ("#0a66c2ff", self._line.placeholderText())
        widest = max(self._line.fontMetrics().horizontalAdvance(text) for text in texts)
        self._line.setMinimumWidth(widest + _BESIDE_TEXT)
        self._clear = button(tr("Clear"), "link")
        self.setLayout(row(self._swatch, self._line, self._clear))
        self.setFocusProxy(self._line)
        self._line.changed.connect(self._shown)
        self._swatch.clicked.connect(self._pick)
        self._clear.clicked.connect(self._line.clear)
        self._shown()

    def value(self) -> Value | None:
        return self._line.value()

    def set_value(self, value: Value | None) -> None:
        self._line.set_value(value)

    def setAccessibleName(self, name: str, /) -> None:
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)
        self._swatch.setAccessibleName(tr("Choose a colour: {name}").format(name=name))
        self._swatch.setToolTip(tr("Choose a colour, also from the screen"))
        self._clear.setAccessibleName(tr("Clear: {name}").format(name=name))

    def setAccessibleDescription(self, text: str, /) -> None:
        """The line has the focus, so it has the description too."""
        super().setAccessibleDescription(text)
        self._line.setAccessibleDescription(text)

    def line(self) -> QLineEdit:
        return self._line

    def _shown(self) -> None:
        self._swatch.set_color(to_qcolor(self.value()))
        self._clear.setEnabled(bool(self._line.text()))
        self.changed.emit()

    def _pick(self) -> None:
        dialog = QColorDialog(self)
        options = QColorDialog.ColorDialogOption.ShowAlphaChannel
        if sys.platform != "darwin":  # whose own picker has an eyedropper; not every desktop's has one, but Qt's has
            options |= QColorDialog.ColorDialogOption.DontUseNativeDialog
        dialog.setOptions(options)
        dialog.setCurrentColor(to_qcolor(self.value()) or QColor("#0A66C2"))  # before, it would be a native picker's
        dialog.setWindowTitle(self.accessibleName())
        dialog.finished.connect(dialog.deleteLater)
        dialog.currentColorChanged.connect(lambda color: self._line.setText(from_qcolor(color)))
        before = self._line.text()
        dialog.rejected.connect(lambda: self._line.setText(before))
        dialog.open()


def to_qcolor(value: Value | None) -> QColor | None:
    """A CSS colour as Qt's; `QColor("#rrggbbaa")` would read the first pair as alpha."""
    if not isinstance(value, str) or not value:
        return None
    from pnm_launcher.colors import rgba  # tinycss2 is not needed before a colour is shown

    try:
        return QColor.fromRgbF(*rgba(value))
    except InvalidValue:
        return None


def from_qcolor(color: QColor) -> str:
    """Qt's colour as `#rrggbb` or `#rrggbbaa`."""
    return color.name() + (f"{color.alpha():02x}" if color.alpha() < 255 else "")
