"""The field for an API secret: hidden, never copied from, gone from memory when the dialog closes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pnm_launcher.errors import SecretInvalid
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.parts import label, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.keychain import clean_secret, fingerprint


class SecretField(QWidget):
    """Trims what was pasted and says so; shows a fingerprint that two people can compare, never the secret."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setObjectName("api-secret")
        self._line.setAccessibleName(tr("API secret"))
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
                                       | Qt.InputMethodHint.ImhNoPredictiveText)  # fmt: skip
        self._line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._line.setDragEnabled(False)
        self._line.setMaxLength(4096)
        self._note = label("", "small", wrap=True)
        self._note.setMinimumHeight(self._note.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._line)
        layout.addWidget(self._note)
        self.setFocusProxy(self._line)
        self._line.textChanged.connect(self._typed)

    def secret(self) -> str | None:
        try:
            return clean_secret(self._line.text())[0]
        except SecretInvalid:
            return None

    def is_empty(self) -> bool:
        return not self._line.text()

    def ask_for(self, text: str) -> None:
        """Say beside the field why it must be filled in, and put the cursor into it."""
        self._say(text, "problem")
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()

    def set_read_only(self, wait: bool) -> None:
        self._line.setReadOnly(wait)

    def set_placeholder(self, text: str) -> None:
        self._line.setPlaceholderText(text)

    def clear(self) -> None:
        self._line.clear()

    def _typed(self, text: str) -> None:
        look, note = "small", ""
        if text:
            try:
                secret, removed = clean_secret(text)
                note = tr("Fingerprint {code}: compare it with your administrator's.").format(code=fingerprint(secret))
                if removed:
                    spaces = tr("Blanks before and after it were removed: {count}.").format(count=removed)
                    note = f"{spaces} {note}"
            except SecretInvalid as error:
                look, note = "problem", sentence(error)
        self._say(note, look)
        self.changed.emit()

    def _say(self, note: str, look: str) -> None:
        self._note.setText(note)
        self._line.setAccessibleDescription(note)
        set_look(self._note, "look", look)
        set_look(self._line, "wrong", look == "problem")
