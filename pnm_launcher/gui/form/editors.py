"""One editor for each kind of value.

An editor has `value()`, `set_value()` and `changed`; None is "unset". What cannot be read as the kind is returned as
it was typed, so that nothing is lost: the table finds the problem, and the form shows it.
"""

from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from pnm_launcher.fields import Field
from pnm_launcher.gui.controls import Combo, Segmented, Tick
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.kinds import Choice, Color, Pairs, Text, Toggle
from pnm_launcher.texts import plain
from pnm_launcher.values import Value

from .color_editor import ColorEditor
from .text_editors import LineEditor, LinesEditor


class Editor(Protocol):
    changed: SignalInstance

    def value(self) -> Value | None: ...

    def set_value(self, value: Value | None) -> None: ...


class CheckEditor(Tick):
    """For a toggle that has a default: None while it stands at the default, so that values stay sparse."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(translate(field.label))
        self._default = bool(field.default)
        self._alien: Value | None = None
        self.setChecked(self._default)
        self.toggled.connect(self._toggled)

    def value(self) -> Value | None:
        if self._alien is not None:
            return self._alien
        return None if self.isChecked() == self._default else self.isChecked()

    def set_value(self, value: Value | None) -> None:
        """A value that is no toggle's, from a file, stays as it is until the user chooses."""
        self.setChecked(value if isinstance(value, bool) else self._default)
        self._alien = None if value is None or isinstance(value, bool) else value

    def _toggled(self) -> None:
        self._alien = None
        self.changed.emit()


class SegmentedEditor(Segmented):
    """For a toggle with words of its own: three states, or two where there is a default."""

    def __init__(self, field: Field, kind: Toggle) -> None:
        self._states: list[bool | None] = [None, True, False] if field.default is None else [True, False]
        words = kind.words if field.default is None else kind.words[1:]
        super().__init__([translate(word) for word in words])
        self._default = None if field.default is None else bool(field.default)
        self._alien: Value | None = None
        self.changed.connect(self._chosen)
        self._group.idClicked.connect(self._pressed)
        self.set_value(None)

    def value(self) -> Value | None:
        if self._alien is not None:
            return self._alien
        state = self._states[self.index()]
        return None if state == self._default else state

    def set_value(self, value: Value | None) -> None:
        """As with `CheckEditor`."""
        self.set_index(self._states.index(value if isinstance(value, bool) else self._default))
        self._alien = None if value is None or isinstance(value, bool) else value

    def _chosen(self) -> None:
        self._alien = None

    def _pressed(self) -> None:
        """The segment that was shown in place of such a value was pressed: now it is meant."""
        if self._alien is not None:
            self.changed.emit()


class ChoiceEditor(Combo):
    changed = Signal()

    def __init__(self, options: tuple[tuple[Value, str], ...], unset: str) -> None:
        super().__init__()
        self._codes: list[Value | None] = [None, *(code for code, _ in options)]
        self._known = len(self._codes)
        self.addItems([unset, *(name for _, name in options)])
        self.currentIndexChanged.connect(self.changed)

    def value(self) -> Value | None:
        return self._codes[self.currentIndex()]

    def set_value(self, value: Value | None) -> None:
        """A value that is not in the list is added to it while it is shown, as the problem it is."""
        if value not in self._codes:
            self._codes.append(value)
            self.addItem(plain(str(value)))
        self.setCurrentIndex(self._codes.index(value))
        for place in reversed(range(self._known, len(self._codes))):
            if place != self.currentIndex():
                del self._codes[place]
                self.removeItem(place)


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
