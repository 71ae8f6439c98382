"""A line for a password or a token: hidden, never copied from, and empty once it was used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

_LONGEST = 4_096


class HiddenLine(QLineEdit):
    def __init__(self, name: str, object_name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
                                 | Qt.InputMethodHint.ImhNoPredictiveText)  # fmt: skip
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setMaxLength(_LONGEST)

    def take(self) -> str:
        """What was typed; the line is empty afterwards, and has nothing to undo."""
        text = self.text()
        self.clear()
        return text

    def clear(self) -> None:
        self.setText("")  # unlike QLineEdit.clear, this forgets what could be undone
