"""The colours of a proposal, each with its name: those that are set, and those that stay."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from pnm_launcher.gui.parts import label, set_look
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.kinds import Color
from pnm_launcher.schema import DESIGN

from .design_swatches import swatch

_COLUMNS: Final = 2
_CHIP_PX: Final = 18


class ProposalTable(QFrame):
    """All colours of a design are there from the start, so that nothing jumps when another proposal comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(tr("Proposed colours"))
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 12, 20, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        paths = [field.path for field in DESIGN if isinstance(field.kind, Color)]
        lines = -(-len(paths) // _COLUMNS)
        self._rows: dict[str, tuple[QLabel, QLabel, QLabel]] = {}
        for place, path in enumerate(paths):
            chip, name, value = label(""), label(translate(DESIGN.field(path).label)), label("", "muted")
            chip.setFixedSize(_CHIP_PX, _CHIP_PX)
            self._rows[path] = chip, name, value
            column = place // lines * 4
            for offset, widget in enumerate((chip, name, value)):
                grid.addWidget(widget, place % lines, column + offset, Qt.AlignmentFlag.AlignVCenter)
            grid.setColumnStretch(column + 2, 1)
            grid.setColumnMinimumWidth(column + 3, 16)

    def show_changes(self, design: Mapping[str, str], changes: Mapping[str, str]) -> None:
        """`changes` to a design: a colour to set, "" to clear one; what is not in it stays."""
        for path, (chip, name, value) in self._rows.items():
            color = changes.get(path, design.get(path, ""))
            chip.clear()
            if color:
                chip.setPixmap(swatch(color, _CHIP_PX, self.devicePixelRatioF()))
            value.setText(_words(color, stays=path not in changes))
            set_look(name, "look", "" if changes.get(path) else "muted")
            value.setAccessibleName(f"{name.text()}: {value.text()}")

    def texts(self) -> dict[str, str]:
        """What stands beside each parameter's name."""
        return {path: value.text() for path, (_, _, value) in self._rows.items()}


def _words(color: str, *, stays: bool) -> str:
    if not color:
        return tr("not set")
    return tr("{color}, stays").format(color=color) if stays else color
