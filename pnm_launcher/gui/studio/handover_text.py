"""The text fields of the hand-over: one that takes designs in, and one that shows a design to copy."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from pnm_launcher.design.settle import LARGEST


class HandoverText(QPlainTextEdit):
    """Text in letters of one width, wrapped anywhere: addresses have no spaces. Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        letters.setPointSizeF(self.font().pointSizeF())
        self.setFont(letters)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 5 + 24)


class HandoverInput(HandoverText):
    """Takes text that is typed, pasted or dropped, and hands on files.

    Attributes:
        file_given: the path of a file that was dropped or pasted.
        too_long: a text longer than any design was given, and not taken.
    """

    file_given = Signal(object)
    too_long = Signal()

    def canInsertFromMimeData(self, source: QMimeData, /) -> bool:
        return can_take(source)

    def insertFromMimeData(self, source: QMimeData, /) -> None:
        self.take(source, whole=False)

    def take(self, source: QMimeData, *, whole: bool = True) -> None:
        """Take a file or a text: as the whole content, or where the cursor is."""
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_given.emit(Path(files[0]))
            return
        text = source.text()
        if len(text) + (0 if whole else self.document().characterCount()) > LARGEST:
            self.too_long.emit()
        elif whole:
            self.replace(text)
        else:
            self.insertPlainText(text)

    def replace(self, text: str) -> None:
        """Put a text in the place of what is there; Undo brings that back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)


def can_take(source: QMimeData) -> bool:
    """Whether there is a text, or a file on this computer."""
    return source.hasText() or any(url.isLocalFile() for url in source.urls())
