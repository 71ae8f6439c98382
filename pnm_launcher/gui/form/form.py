"""A form made from rows of the table: values in, values out, a problem beside its field."""

from collections.abc import Iterable
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.fields import Field
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.parts import label, set_look
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.kinds import Choice, Color, Toggle
from pnm_launcher.values import Value, Values

from .editors import Editor, editor_for

_NO_LIMIT: Final = (1 << 24) - 1  # Qt's QWIDGETSIZE_MAX
_ABOVE_CAPTION: Final = 8
_GAP: Final = 8
"""Pixels: what brings a caption to the height of its editor's text, and what parts a row from the next."""


class Form(QWidget):
    """The rows of some fields, in a grid of labels and editors.

    Attributes:
        changed: the path of a field whose value the user changed.
    """

    changed = Signal(str)

    def __init__(self, fields: Iterable[Field], *, label_width: int = 110,
                 before: Iterable[tuple[str, QWidget]] = ()) -> None:  # fmt: skip
        super().__init__()
        self._rows: dict[str, _Row] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, label_width)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        for caption, widget in before:
            self.add_row(caption, widget)
        for field in fields:
            self._rows[field.path] = _Row(field, grid, grid.rowCount())
            self._rows[field.path].editor.changed.connect(lambda path=field.path: self._edited(path))
        self._filling = False

    def add_row(self, caption: str, widget: QWidget) -> None:
        """A row that is not of the table, below the others."""
        line = self._grid.rowCount()
        text = label(caption, "muted", wrap=True)
        text.setContentsMargins(0, _ABOVE_CAPTION, 0, 0)
        text.setBuddy(widget)
        self._grid.addWidget(text, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(widget, line, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowMinimumHeight(line + 1, _GAP)

    def values(self) -> dict[str, Value]:
        """What is set, sparse; what cannot be read is returned as it was typed."""
        found = ((path, row.editor.value()) for path, row in self._rows.items())
        return {path: value for path, value in found if value is not None}

    def set_values(self, values: Values) -> None:
        """Show values without announcing a change."""
        self._filling = True
        try:
            for path, row in self._rows.items():
                row.editor.set_value(values.get(path))
        finally:
            self._filling = False

    def show_problems(self, problems: Iterable[InvalidValue]) -> None:
        """Show each problem under its field, and the help under the others."""
        by_path = {problem.path: problem for problem in problems}
        for path, row in self._rows.items():
            row.show(by_path.get(path))

    def focus(self, path: str) -> bool:
        """Put the cursor into a field; False if it is not in this form."""
        if path not in self._rows:
            return False
        self._rows[path].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def editor(self, path: str) -> QWidget:
        return self._rows[path].widget

    def has(self, path: str) -> bool:
        return path in self._rows

    def paths(self) -> list[str]:
        return list(self._rows)

    def filter(self, words: str) -> bool:
        """Show only the rows that have all words in label, path or help; True if any is left."""
        wanted = words.casefold().split()
        shown = [row.set_visible(all(word in row.text for word in wanted)) for row in self._rows.values()]
        return any(shown)

    def _edited(self, path: str) -> None:
        if not self._filling:
            self.changed.emit(path)


class _Row:
    """The widgets of one field: label, editor, and a line for its problem or its help."""

    def __init__(self, field: Field, grid: QGridLayout, line: int) -> None:
        name = translate(field.label)
        self.help = translate(field.help) if field.help else ""
        self.text = f"{name} {field.path} {self.help}".casefold()
        self.widget = editor_for(field)
        self.editor = cast(Editor, self.widget)
        self.widget.setObjectName(field.path)
        self.widget.setAccessibleName(name)
        self.widget.setToolTip(f"{self.help}\n{field.path}".strip())
        self.caption = label("" if isinstance(self.widget, QCheckBox) else name, "muted", wrap=True)
        self.message = label(self.help, "small", wrap=True)
        # Rows that can be wrong keep a line free, so that nothing jumps when a problem appears.
        self._reserved = not isinstance(field.kind, Toggle | Choice | Color)
        self._shown: tuple[str, bool] | None = None
        top = Qt.AlignmentFlag.AlignTop
        self.caption.setContentsMargins(0, _ABOVE_CAPTION, 0, 0)
        self.caption.setBuddy(self.widget)
        self.message.setContentsMargins(0, 0, 0, _GAP - grid.verticalSpacing())
        grid.addWidget(self.caption, line, 0, top)
        grid.addWidget(self.widget, line, 1, top)
        grid.addWidget(self.message, line + 1, 1, top)
        self.show(None)

    def show(self, problem: InvalidValue | None) -> None:
        text = sentence(problem) if problem else self.help
        if self._shown == (text, bool(problem)):
            return
        self._shown = text, bool(problem)
        self.message.setText(text)
        set_look(self.message, "look", "problem" if problem else "small")
        target: QWidget = self.widget.focusProxy() or self.widget
        set_look(target, "wrong", bool(problem))
        self.widget.setAccessibleDescription(tr("Problem: {text}").format(text=text) if problem else self.help)
        gap = self.message.contentsMargins().bottom()
        used = bool(text) or self._reserved
        self.message.setMinimumHeight(gap + (self.message.fontMetrics().height() if used else 0))
        self.message.setMaximumHeight(_NO_LIMIT if used else gap)

    def set_visible(self, visible: bool) -> bool:
        for widget in (self.caption, self.widget, self.message):
            widget.setVisible(visible)
        return visible
