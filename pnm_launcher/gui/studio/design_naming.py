"""Asks for the name and the note with which a design is kept."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.texts import plain

from .named_designs import MOST_NAME

MOST_NOTE: Final = 300
"""Characters; what `texts.plain` keeps."""


class DesignNaming(Dialog):
    """A name and a note; without a `name_of` only the note is asked for.

    `name_of` gives the name of the design that has the typed one, "" if there is none.

    Attributes:
        given: name and note, both safe.
    """

    given = Signal(str, str)

    def __init__(self, parent: QWidget, heading: str, name: str, name_of: Callable[[str], str] | None = None) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self.setWindowTitle(heading)
        self.setMinimumWidth(480)
        self.name, self.note = QLineEdit(name), QLineEdit()
        self.hint = label("", "muted", wrap=True)
        self.save = button(tr("Save"), "primary", name="save-design")
        self._build(heading)
        self._typed()

    def _build(self, heading: str) -> None:
        cancel = button(tr("Cancel"), name="cancel-design")
        name_label, note_label = label(tr("Name"), "strong"), label(tr("Note"), "strong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(8)
        layout.addWidget(label(heading, "heading", wrap=True))
        for each, line in ((name_label, self.name), (note_label, self.note)):
            each.setBuddy(line)
            line.setAccessibleName(each.text())
            layout.addWidget(each)
            layout.addWidget(line)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        layout.addLayout(row(1, cancel, self.save))
        name_label.setVisible(self._name_of is not None)
        self.name.setVisible(self._name_of is not None)
        self.name.setMaxLength(MOST_NAME)
        self.note.setMaxLength(MOST_NOTE)
        self.note.setPlaceholderText(tr("What is new? (optional)"))
        self.save.setDefault(True)
        self.name.textChanged.connect(self._typed)
        self.save.clicked.connect(self._give)
        cancel.clicked.connect(self.reject)
        (self.name if self._name_of else self.note).setFocus()
        self.name.selectAll()

    def _typed(self) -> None:
        name = plain(self.name.text(), MOST_NAME)
        known = self._name_of(name) if self._name_of else ""
        words = tr("The library has “{name}” already: it gets a new version, and its present state is kept.")
        self.hint.setText(words.format(name=known) if known else "")
        self.save.setText(tr("Save as a new version") if known or not self._name_of else tr("Save"))
        self.save.setEnabled(bool(name))

    def _give(self) -> None:
        self.given.emit(plain(self.name.text(), MOST_NAME), plain(self.note.text(), MOST_NOTE))
        self.accept()
