"""What an import would make of a design: each parameter with its value before and after, and a swatch of both."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pnm_launcher.gui.parts import label
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.kinds import Color
from pnm_launcher.schema import DESIGN

from .design_swatches import swatch

_SHOWN: Final = 46
"""Characters of an address: its beginning tells the host, its end the file."""
_END: Final = 16
_SWATCH_PX: Final = 20


class ImportChanges(QWidget):
    """A row for each parameter that is set before or after; those that stay as they are come last, and quieter."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 2)
        self._grid.setColumnStretch(3, 3)

    def show_changes(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Show what becomes of each value. Both hold checked values only."""
        self.clear()
        shown = [row.path for row in DESIGN if row.path in before or row.path in after]
        for line, path in enumerate(sorted(shown, key=lambda path: before.get(path) == after.get(path))):
            self._add(line, path, before.get(path, ""), after.get(path, ""))

    def clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _add(self, line: int, path: str, before: str, after: str) -> None:
        field, same = DESIGN.field(path), before == after
        name = label(translate(field.label), "muted" if same else "strong", wrap=True)
        change = label(_words(before, after), "muted" if same else "", wrap=True)
        middle = Qt.AlignmentFlag.AlignVCenter
        if isinstance(field.kind, Color):
            self._grid.addWidget(self._swatch(before), line, 0, middle)
            self._grid.addWidget(self._swatch(after), line, 1, middle)
        self._grid.addWidget(name, line, 2, middle)
        self._grid.addWidget(change, line, 3, middle)

    def _swatch(self, color: str) -> QLabel:
        shown = label("" if color else "–", "muted")
        if color:
            shown.setPixmap(swatch(color, _SWATCH_PX, self.devicePixelRatioF()))
        shown.setFixedWidth(_SWATCH_PX)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return shown


def _words(before: str, after: str) -> str:
    if before == after:
        return tr("{value}, as it is").format(value=_short(after))
    if not before:
        return tr("new: {value}").format(value=_short(after))
    if not after:
        return tr("{value} → not set").format(value=_short(before))
    return tr("{before} → {after}").format(before=_short(before), after=_short(after))


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else f"{value[: _SHOWN - _END - 1]}…{value[-_END:]}"
