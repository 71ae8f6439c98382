"""What was found in a text that somebody handed over: notes, values beside the present ones, and what was refused."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from pnm_launcher.design.settle import Import, Note
from pnm_launcher.errors import InvalidValue
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.parts import announce, label, set_look
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.schema import DESIGN

from .import_changes import ImportChanges


class ImportFindings(QScrollArea):
    """One thing at a time: a hint, a reason why nothing could be read, or what was read."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("OnSurface")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("What was found"))
        self.setMinimumWidth(360)
        self.summary = label("", "muted", wrap=True)
        self.notice, self.notes = _notice()
        self.changes = ImportChanges()
        self.refused = label("", "problem", wrap=True)
        inner = QFrame()
        inner.setObjectName("Card")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        for widget in (self.summary, self.notice, self.refused, self.changes):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(inner)

    def show_nothing(self, hint: str) -> None:
        self._show(hint, "muted")

    def show_fault(self, words: str) -> None:
        self._show(words, "bad")

    def show_import(self, found: Import, before: Mapping[str, str]) -> None:
        """Show what was read beside the present values, all of them checked."""
        after = {path: str(value) for path, value in found.values.items()}
        self._show(_counted(len(after), len(found.problems)), "strong", found.notes, found.problems)
        self.changes.show_changes(before if after else {}, after)

    def _show(self, summary: str, look: str, notes: Iterable[Note] = (), problems: Iterable[InvalidValue] = ()) -> None:
        self.changes.clear()
        set_look(self.summary, "look", look)
        self.summary.setText(summary)
        _fill(self.notes, [f"• {translate(str(note))}" for note in notes])
        self.notice.setVisible(bool(self.notes.text()))
        _fill(self.refused, [_refusal(problem) for problem in problems])
        announce(self, " ".join(text for text in (summary, self.notes.text(), self.refused.text()) if text))


def _notice() -> tuple[QWidget, QLabel]:
    frame = QFrame()
    frame.setObjectName("Notice")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(12, 8, 12, 8)
    notes = label("", wrap=True)
    layout.addWidget(notes)
    return frame, notes


def _fill(shown: QLabel, lines: list[str]) -> None:
    shown.setText("\n".join(lines))
    shown.setVisible(bool(lines))


def _counted(values: int, refused: int) -> str:
    if not values and not refused:
        return tr("No values were found.")
    words = tr("1 value was found") if values == 1 else tr("{count} values were found").format(count=values)
    if not refused:
        return f"{words}."
    if refused == 1:
        return tr("{found}, and 1 was refused.").format(found=words)
    return tr("{found}, and {count} were refused.").format(found=words, count=refused)


def _refusal(problem: InvalidValue) -> str:
    name = translate(DESIGN.field(problem.path).label) if problem.path in DESIGN else problem.path
    return tr("✕ {name}: {reason}").format(name=name, reason=sentence(problem))
