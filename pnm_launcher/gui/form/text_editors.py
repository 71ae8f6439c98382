"""The editors in which text is typed, on one line or on several."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from pnm_launcher.errors import InvalidValue
from pnm_launcher.fields import Field
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.kinds import Pairs, Text
from pnm_launcher.values import Value

_LONGEST: Final = 1_000_000
"""Characters of a line. Qt would cut off what is longer than 32,767 without a word, and a picture may be longer."""


class LineEditor(QLineEdit):
    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.setMaxLength(_LONGEST)
        unit = getattr(field.kind, "unit", "")
        self.setPlaceholderText(translate(unit) if unit else "")
        self.textChanged.connect(self.changed)

    def value(self) -> Value | None:
        return _read(self._field, self.text())

    def set_value(self, value: Value | None) -> None:
        text = _text(value)
        if text != self.text() and value != self.value():
            self.setText(text)


class LinesEditor(QPlainTextEdit):
    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.setTabChangesFocus(True)
        lines = field.kind.lines if isinstance(field.kind, Text) else 3
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24)
        if isinstance(field.kind, Pairs):
            self.setPlaceholderText(tr("name=text, one on a line"))
        self.textChanged.connect(self.changed)

    def value(self) -> Value | None:
        return _read(self._field, self.toPlainText())

    def set_value(self, value: Value | None) -> None:
        text = _text(value)
        if text != self.toPlainText() and value != self.value():
            self.setPlainText(text)


def _read(field: Field, text: str) -> Value | None:
    if not text.strip() and not (text and field.required):
        return None
    try:
        return field.parse(text)
    except InvalidValue:
        return text


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "\n".join(f"{name}={content}" for name, content in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value)
