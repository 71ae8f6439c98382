"""The tools above a design: undo and redo, designs with names, proposals, and every way in and out."""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from pnm_launcher.gui.parts import button, row
from pnm_launcher.gui.texts import tr

_GAP: Final = 8


class DesignTools(QWidget):
    """Two groups beside each other, or one below the other where there is little room.

    Attributes:
        wanted: a tool by its name: library, proposals, import, export, sheet or assets.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.undo, self.redo = button(tr("Undo"), name="undo"), button(tr("Redo"), name="redo")
        for each, keys in ((self.undo, QKeySequence.StandardKey.Undo), (self.redo, QKeySequence.StandardKey.Redo)):
            each.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            each.setEnabled(False)
        making = [
            self._tool("library", tr("Designs…"), tr("Keep this design under a name, or use one that is kept")),
            self._tool("proposals", tr("Propose…"), tr("Make a design from one colour or from a logo")),
        ]
        handing = [
            self._tool("import", tr("Import…"), tr("Take a design from a link, a file or a form")),
            self._tool("export", tr("Export…"), tr("Hand the design over: as a link, a file or for a form")),
            self._tool("sheet", tr("Sheet…"), tr("Pictures, values and contrasts on one sheet, for sign-off")),
            self._tool("assets", tr("Check files…"), tr("Can everybody load the pictures and the style sheet?")),
        ]
        self._first, self._second = QWidget(), QWidget()
        self._first.setLayout(row(self.undo, self.redo, *making, 1))
        self._second.setLayout(row(*handing, 1))
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.addWidget(self._first)
        self._layout.addWidget(self._second, 1)

    def _tool(self, name: str, text: str, hint: str) -> QPushButton:
        made = button(text, name=f"design-{name}")
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
        made.clicked.connect(lambda: self.wanted.emit(name))
        return made

    def minimumSizeHint(self) -> QSize:
        widest = max(self._first.minimumSizeHint().width(), self._second.minimumSizeHint().width())
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        both = self._first.sizeHint().width() + self._second.sizeHint().width() + _GAP
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(beside if both <= event.size().width() else below)
