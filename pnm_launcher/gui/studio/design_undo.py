"""Undo and redo on the page of a design: of typing, of dragging in the picker, of whole designs that were taken."""

import time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from pnm_launcher.design.history import History

from .design_page import DesignPage

_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


class DesignUndo(QObject):
    """One history for each meeting, while the program runs. The text fields of the page leave the keys to it."""

    def __init__(self, page: DesignPage) -> None:
        super().__init__(page)
        self._page = page
        self._histories: dict[str, History] = {}
        page.design_shown.connect(self._note)
        page.tools.undo.clicked.connect(self.undo)
        page.tools.redo.clicked.connect(self.redo)
        for keys, go in ((_UNDO, self.undo), (_REDO, self.redo)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(go)
        for line in page.findChildren(QLineEdit):
            line.installEventFilter(self)
        self._note()

    def undo(self) -> None:
        """Take the last step back, if there was one."""
        self._show(self._histories[self._page.meeting_id].undone())

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._show(self._histories[self._page.meeting_id].redone())

    def _show(self, history: History) -> None:
        self._histories[self._page.meeting_id] = history
        self._page.show_typed(history.now)
        self._enable(history)

    def _note(self) -> None:
        """What is typed now is a new state, unless it is the one there is."""
        meeting, typed = self._page.meeting_id, self._page.typed()
        before = self._histories.get(meeting) or History(typed)
        history = self._histories[meeting] = before.changed(typed, time.monotonic())
        self._enable(history)

    def _enable(self, history: History) -> None:
        self._page.tools.undo.setEnabled(bool(history.past))
        self._page.tools.redo.setEnabled(bool(history.future))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """A line of text would keep these keys for what was typed in it alone."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return event.matches(_UNDO) or event.matches(_REDO)
        return super().eventFilter(watched, event)
