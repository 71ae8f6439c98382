"""What is chosen above the preview: the screen, light or dark, wide or narrow, and the direction of reading."""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from .controls import Combo, Segmented
from .parts import button, row
from .texts import tr

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
        self.practice = button(tr("Practice room"), name="preview")
        self.practice.setToolTip(tr("Look at it in a practice room"))
        self.practice.setAccessibleName(tr("Look at it in a practice room"))
        self._name_them()
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.setSpacing(8)
        self._first_half, self._second_half = QWidget(), QWidget()
        self._first_half.setLayout(row(self.themes, self.sizes, 1))
        self._second_half.setLayout(row(self.directions, 1, self.practice))
        self._second.addWidget(self._first_half)
        self._second.addWidget(self._second_half, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.screens)
        layout.addWidget(self._list)
        layout.addLayout(self._second)
        self._list.hide()
        self.screens.set_index(1)
        self._list.setCurrentIndex(1)
        self._connect()

    def _name_them(self) -> None:
        self.screens.setAccessibleName(tr("Screen of the meeting"))
        self._list.setAccessibleName(tr("Screen of the meeting"))
        self.themes.setAccessibleName(tr("Light or dark"))
        self.sizes.setAccessibleName(tr("Size of the screen"))
        self.directions.setAccessibleName(tr("Direction of reading"))
        self.directions.setToolTip(tr("Languages read from left to right, or from right to left"))

    def _connect(self) -> None:
        self.screens.changed.connect(lambda: self._list.setCurrentIndex(self.screens.index()))
        self._list.currentIndexChanged.connect(self.screens.set_index)
        for choice in (self.screens, self.themes, self.sizes, self.directions):
            choice.changed.connect(self.changed)

    @property
    def shown_screen(self) -> str:
        """Its name in `preview.js`."""
        return _SCREENS[self.screens.index()]

    @property
    def dark(self) -> bool:
        return bool(self.themes.index())

    @property
    def phone(self) -> bool:
        return bool(self.sizes.index())

    @property
    def right_to_left(self) -> bool:
        return bool(self.directions.index())

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
