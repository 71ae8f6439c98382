"""One editor for each kind of value.

An editor has `value()`, `set_value()` and `changed`; None is "unset". What cannot be read as the kind is returned as
it was typed, so that nothing is lost: the table finds the problem, and the form shows it.
"""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QColorDialog, QLineEdit, QPlainTextEdit, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.fields import Field
from pnm_launcher.kinds import Choice, Color, Pairs, Text, Toggle
from pnm_launcher.values import Value

from .controls import Combo, Segmented, Swatch
from .parts import button, row
from .texts import tr, translate


class Editor(Protocol):
    changed: SignalInstance

    def value(self) -> Value | None: ...

    def set_value(self, value: Value | None) -> None: ...


class CheckEditor(QCheckBox):
    """For a toggle that has a default: None while it stands at the default, so that values stay sparse."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(translate(field.label))
        self._default = bool(field.default)
        self.toggled.connect(self.changed)

    def value(self) -> Value | None:
        return None if self.isChecked() == self._default else self.isChecked()

    def set_value(self, value: Value | None) -> None:
        self.setChecked(self._default if value is None else bool(value))


class SegmentedEditor(Segmented):
    """For a toggle with words of its own: three states, or two where there is a default."""

    def __init__(self, field: Field, kind: Toggle) -> None:
        self._states: list[bool | None] = [None, True, False] if field.default is None else [True, False]
        words = kind.words if field.default is None else kind.words[1:]
        super().__init__([translate(word) for word in words])
        self._default = field.default
        self.set_value(None)

    def value(self) -> Value | None:
        state = self._states[self.index()]
        return None if state == self._default else state

    def set_value(self, value: Value | None) -> None:
        state = self._default if value is None else bool(value)
        self.set_index(self._states.index(state))  # type: ignore[arg-type]  # a default of a toggle is a bool


class ChoiceEditor(Combo):
    changed = Signal()

    def __init__(self, options: tuple[tuple[Value, str], ...], unset: str) -> None:
        super().__init__()
        self._codes: list[Value | None] = [None, *(code for code, _ in options)]
        self.addItems([unset, *(name for _, name in options)])
        self.currentIndexChanged.connect(self.changed)

    def value(self) -> Value | None:
        return self._codes[self.currentIndex()]

    def set_value(self, value: Value | None) -> None:
        """A value that is not in the list is added to it, to be shown as the problem it is."""
        if value not in self._codes:
            self._codes.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self._codes.index(value))


class LineEditor(QLineEdit):
    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
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


class ColorEditor(QWidget):
    """A swatch that opens the picker, the colour as CSS text, and a button that clears it."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._swatch = Swatch()
        self._line = LineEditor(field)
        self._line.setPlaceholderText(tr("not set"))
        self._clear = button(tr("Clear"), "link")
        self.setLayout(row(self._swatch, self._line, self._clear))
        self.setFocusProxy(self._line)
        self._line.changed.connect(self._shown)
        self._swatch.clicked.connect(self._pick)
        self._clear.clicked.connect(self._line.clear)
        self._shown()

    def value(self) -> Value | None:
        return self._line.value()

    def set_value(self, value: Value | None) -> None:
        self._line.set_value(value)

    def setAccessibleName(self, name: str, /) -> None:
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)
        self._swatch.setAccessibleName(tr("Choose a colour: {name}").format(name=name))
        self._clear.setAccessibleName(tr("Clear: {name}").format(name=name))

    def line(self) -> QLineEdit:
        return self._line

    def _shown(self) -> None:
        self._swatch.set_color(to_qcolor(self.value()))
        self._clear.setEnabled(bool(self._line.text()))
        self.changed.emit()

    def _pick(self) -> None:
        dialog = QColorDialog(to_qcolor(self.value()) or QColor("#0A66C2"), self)
        dialog.setOptions(QColorDialog.ColorDialogOption.ShowAlphaChannel)
        dialog.currentColorChanged.connect(lambda color: self._line.setText(from_qcolor(color)))
        before = self._line.text()
        dialog.rejected.connect(lambda: self._line.setText(before))
        dialog.open()


def to_qcolor(value: Value | None) -> QColor | None:
    """A CSS colour as Qt's; `QColor("#rrggbbaa")` would read the first pair as alpha."""
    if not isinstance(value, str) or not value:
        return None
    from pnm_launcher.colors import rgba  # tinycss2 is not needed before a colour is shown

    try:
        return QColor.fromRgbF(*rgba(value))
    except InvalidValue:
        return None


def from_qcolor(color: QColor) -> str:
    """Qt's colour as `#rrggbb` or `#rrggbbaa`."""
    return color.name() + (f"{color.alpha():02x}" if color.alpha() < 255 else "")


def editor_for(field: Field) -> QWidget:
    """A new editor for a row of the table; the result is an `Editor`."""
    kind = field.kind
    if isinstance(kind, Toggle):
        if kind.words != Toggle().words:
            return SegmentedEditor(field, kind)
        if field.default is not None:
            return CheckEditor(field)
        unset, on, off = (translate(word) for word in kind.words)
        return ChoiceEditor(((True, on), (False, off)), unset)
    if isinstance(kind, Choice):
        return ChoiceEditor(kind.options, tr("Not set"))
    if isinstance(kind, Color):
        return ColorEditor(field)
    if isinstance(kind, Pairs) or (isinstance(kind, Text) and kind.lines > 1):
        return LinesEditor(field)
    return LineEditor(field)


def _read(field: Field, text: str) -> Value | None:
    if not text.strip():
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
