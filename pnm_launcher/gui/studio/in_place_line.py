"""A line of text that is changed where it stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pnm_launcher.texts import plain


class InPlaceLine(QLineEdit):
    """Enter, or leaving it, keeps what was typed; Escape brings back what stood there.

    Attributes:
        kept: the text, when it was changed.
        left: Enter or Escape was pressed, and what stands there is kept: the keyboard may go elsewhere.
    """

    kept = Signal(str)
    left = Signal()

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self._before = ""
        self.setAccessibleName(name)
        self.setMaxLength(most)

    def show_text(self, text: str) -> None:
        """Show another text, unless one is being typed."""
        if self.isModified() and self.hasFocus() and text == self._before:
            return
        self._before = text
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    def begin(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def keep(self) -> None:
        """Keep what was typed until now, on one line and without what is not to be seen."""
        typed = plain(self.text(), self.maxLength())
        if typed == self._before:
            self.setText(typed)
        else:
            self.kept.emit(typed)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            if self.text() == self._before:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._before:
            self.setText(self._before)
            self.setModified(False)
            self.left.emit()
        else:
            super().keyPressEvent(event)
