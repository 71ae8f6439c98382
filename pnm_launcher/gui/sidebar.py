"""The left side of the window: search, “New meeting”, the place of the list, and a foot about the servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from .parts import button
from .texts import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_FOOT_MARGINS = 44
"""Pixels of the sidebar's width that are not the foot's text: its margins, and the button's own."""


class Sidebar(QFrame):
    """Painted before the list is made: `fill` puts it in."""

    searched = Signal(str)
    new_requested = Signal()
    servers_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Sidebar")
        self._search = QLineEdit()
        self._search.setObjectName("search")
        self._search.setPlaceholderText(tr("Search meetings"))
        self._search.setAccessibleName(tr("Search meetings"))
        self._search.textChanged.connect(self.searched)
        self.new = button(tr("+ New meeting"), name="new-meeting")
        self.new.setAccessibleName(tr("New meeting"))
        self.new.clicked.connect(self.new_requested)
        self._place = QStackedWidget()
        self._foot = QPushButton()
        self._foot_lines = ("", "")
        self._foot.setProperty("look", "account")
        self._foot.setAutoDefault(True)
        self._foot.clicked.connect(self.servers_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._search)
        layout.addWidget(self.new)
        layout.addWidget(self._place, 1)
        layout.addWidget(self._foot)

    def fill(self, meetings: QWidget, focused: QWidget) -> None:
        """Put the list, whose part `focused` has the keyboard, into its place, and add what the first paint does not
        need."""
        self._place.addWidget(meetings)
        self.setTabOrder(self.new, focused)
        self.setTabOrder(focused, self._foot)
        self._search.setClearButtonEnabled(True)

    def set_foot(self, text: str, detail: str) -> None:
        self._foot_lines = text, detail
        self._foot.setAccessibleName(f"{text}. {detail}")
        self._show_foot()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._show_foot()

    def _show_foot(self) -> None:
        """As much of each line as there is room for; the whole in the tooltip."""
        room = self.width() - _FOOT_MARGINS
        metrics = self._foot.fontMetrics()
        lines = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in self._foot_lines]
        self._foot.setText("\n".join(lines))
        self._foot.setToolTip("" if tuple(lines) == self._foot_lines else "\n".join(self._foot_lines))

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
