"""What is chosen above the preview: the screen, light or dark, its size, the direction of reading, and whose eyes."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pnm_launcher.design.vision import KINDS
from pnm_launcher.gui.controls import Combo, Segmented
from pnm_launcher.gui.parts import label, row
from pnm_launcher.gui.texts import tr, translate

_SCREENS: Final = ("landing", "room", "chat", "menus", "waiting", "buttons", "ended")


class PreviewChoices(QWidget):
    """Two rows; where there is little room, the screens become a list and the second row becomes two."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        names = (tr("Landing"), tr("Room"), tr("Chat"), tr("Menus"), tr("Waiting"), tr("Buttons"), tr("Ended"))
        self.screens, self._list = Segmented(names), Combo()
        self._list.addItems(names)
        self.themes = Segmented((tr("Light"), tr("Dark")))
        self.sizes = Segmented((tr("Wide"), tr("Phone")))
        self.directions = Segmented((tr("LTR"), tr("RTL")))
        self.visions = Combo()
        self.visions.addItems([tr("All colours"), tr("Without red"), tr("Without green"), tr("Without blue"),
                               tr("Without colour")])  # fmt: skip
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.setSpacing(8)
        self._first_half, self._second_half = QWidget(), QWidget()
        self._first_half.setLayout(row(self.themes, self.sizes, 1))
        ways = row(self.directions, self.visions)
        ways.setStretch(1, 1)
        self._second_half.setLayout(ways)
        self._second.addWidget(self._first_half)
        self._second.addWidget(self._second_half, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.screens)
        layout.addWidget(self._list)
        layout.addLayout(self._second)
        self._list.hide()
        self.screens.set_index(1)
        self._list.setCurrentIndex(1)
        self._name_them()
        self._connect()

    def _name_them(self) -> None:
        self.screens.setAccessibleName(tr("Screen of the meeting"))
        _call(self._list, tr("Screen of the meeting"))
        self.themes.setAccessibleName(tr("Light or dark"))
        self.sizes.setAccessibleName(tr("Size of the screen"))
        self.directions.setAccessibleName(tr("Direction of reading"))
        self.directions.setToolTip(tr("Languages read from left to right, or from right to left"))
        _call(self.visions, tr("Seen by people who do not see all colours"))
        self.visions.setToolTip(tr("How people see it who do not see all colours"))
        for index, (_, words) in enumerate(KINDS, 1):
            self.visions.setItemData(index, translate(words), Qt.ItemDataRole.ToolTipRole)

    def _connect(self) -> None:
        self.screens.changed.connect(lambda: self._list.setCurrentIndex(self.screens.index()))
        self._list.currentIndexChanged.connect(self.screens.set_index)
        for choice in (self.screens, self.themes, self.sizes, self.directions):
            choice.changed.connect(self.changed)
        self.visions.currentIndexChanged.connect(self.changed)

    @property
    def shown_screen(self) -> str:
        """Its name in `preview.js`."""
        return _SCREENS[self.screens.index()]

    def show_screen(self, name: str) -> None:
        self.screens.set_index(_SCREENS.index(name))

    @property
    def dark(self) -> bool:
        return bool(self.themes.index())

    @property
    def phone(self) -> bool:
        return bool(self.sizes.index())

    @property
    def right_to_left(self) -> bool:
        return bool(self.directions.index())

    @property
    def vision(self) -> str:
        """A kind of `design.vision`, or "" for those who see all colours."""
        index = self.visions.currentIndex()
        return KINDS[index - 1][0] if index > 0 else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(240, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        in_a_row = self.screens.sizeHint().width() <= width
        self.screens.setVisible(in_a_row)
        self._list.setVisible(not in_a_row)
        both = self._first_half.sizeHint().width() + self._second_half.sizeHint().width() + 8
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._second.setDirection(beside if both <= width else below)


def _call(combo: Combo, name: str) -> None:
    """A screen reader takes a list's name from the label beside it, and here is none to be seen."""
    combo.setAccessibleName(name)
    spoken = label(name)
    spoken.setParent(combo.parentWidget())
    spoken.setBuddy(combo)
    spoken.hide()
