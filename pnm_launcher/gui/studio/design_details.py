"""One design of the library: its name and note, its values, where it is used, and its versions."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import button, label
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Design, Meeting
from pnm_launcher.schema import DESIGN
from pnm_launcher.texts import plain

from .design_model import moment
from .design_naming import MOST_NOTE
from .design_table import DesignTable
from .design_values import readable, refused
from .design_versions import DesignVersions
from .in_place_line import InPlaceLine
from .named_designs import MOST_NAME, shown_name

_MOST_NAMED: Final = 4
"""Meetings, or values that cannot be used, that are named before the rest is counted."""

_SPARE_COLUMN: Final = 4


class DesignDetails(QWidget):
    """Says what the user wants; `DesignLibrary` does it.

    Attributes:
        renamed, noted: another name or note was typed.
    """

    renamed = Signal(str)
    noted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name = InPlaceLine(tr("Name of the design"), MOST_NAME)
        self.name.setProperty("look", "title")
        self.name.setToolTip(tr("Click or press F2 to rename it"))
        self.problem = label("", "problem", wrap=True)
        self.note = InPlaceLine(tr("Note"), MOST_NOTE)
        self.note.setProperty("look", "quiet")
        self.note.setPlaceholderText(tr("Add a note"))
        self.used = label("", "muted", wrap=True)
        self.unusable = label("", "problem", wrap=True)
        self.save_version = button(tr("Save a new version…"), name="save-version")
        self.duplicate = button(tr("Duplicate"), name="duplicate-design")
        self.compare = button("", name="compare-designs")
        self.delete = button(tr("Delete"), "danger", name="delete-design")
        keys = QKeySequence(QKeySequence.StandardKey.Delete)
        self.delete.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        self.values = DesignTable(tr("Values"), (tr("Value"),))
        self.values.horizontalHeader().hide()
        self.counted = label("", "strong")
        self.versions = DesignVersions()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.name.kept.connect(self.renamed)
        self.note.kept.connect(self.noted)

    def _build(self) -> None:
        values = QWidget()
        inside = QVBoxLayout(values)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.counted)
        inside.addWidget(self.values, 1)
        self._halves.setSpacing(16)
        self._halves.addWidget(values, 1)
        self._halves.addWidget(self.versions, 1)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.name, self.problem, self.note, self.used, self.unusable):
            layout.addWidget(widget)
        layout.addLayout(self._buttons)
        layout.addSpacing(4)
        layout.addLayout(self._halves, 1)
        self.problem.hide()

    def show_design(self, design: Design, meetings: Sequence[Meeting], *, savable: bool) -> None:
        """Show a design, and the meetings that have the same; `savable`: this meeting has another one."""
        values, bad = readable(design.values), refused(design.values)
        self.name.show_text(shown_name(design))
        self.note.show_text(plain(design.note, MOST_NOTE))
        self.problem.hide()
        self.used.setText(_use(moment(design.saved), [plain(each.title, 60) for each in meetings]))
        self.unusable.setText(_bad(bad))
        self.unusable.setVisible(bool(bad))
        self.counted.setText(tr("{count} of {all} values set").format(count=len(values), all=sum(1 for _ in DESIGN)))
        self.values.show_values(values)
        self.versions.show_design(design)
        self.save_version.setEnabled(savable)
        why_not = tr("This meeting has no other design to save.")
        self.save_version.setToolTip(tr("Save this meeting's design as its new version") if savable else why_not)

    def show_problem(self, words: str) -> None:
        """Say why the name was not taken."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        need = self.versions.minimumSizeHint().width() * 2 + self._halves.spacing()
        self._halves.setDirection(beside if width >= need else below)
        self._place_buttons(width)

    def _place_buttons(self, room: int) -> None:
        """In one line, where there is room, else in two or in four."""
        buttons = (self.save_version, self.compare, self.duplicate, self.delete)
        widths, gap = [each.sizeHint().width() for each in buttons], self._buttons.spacing()
        fits = (each for each in (4, 2) if sum(max(widths[column::each]) + gap for column in range(each)) <= room + gap)
        columns = next(fits, 1)
        for number, each in enumerate(buttons):
            self._buttons.addWidget(each, number // columns, number % columns)
        self._buttons.setColumnStretch(_SPARE_COLUMN, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.versions.minimumSizeHint().width(), super().minimumSizeHint().height())


def _use(saved: str, titles: Sequence[str]) -> str:
    """When it was saved and which meetings use it."""
    when = tr("Saved {time}.").format(time=saved) if saved else ""
    if not titles:
        return f"{when} ".lstrip() + tr("No meeting has this design now.")
    named = ", ".join(tr("“{title}”").format(title=title) for title in titles[:_MOST_NAMED])
    more = len(titles) - _MOST_NAMED
    if more > 0:
        named = tr("{titles} and {count} more").format(titles=named, count=more)
    return f"{when} ".lstrip() + tr("Used in {meetings}.").format(meetings=named)


def _bad(names: Sequence[str]) -> str:
    if not names:
        return ""
    named = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    words = tr("Values that cannot be used, and are left out ({count}): {names}.")
    return words.format(count=len(names), names=named)
