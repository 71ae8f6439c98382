"""Below the preview: which pairs of colours are hard to tell apart, through whose fault, and their mending."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr, translate

from .contrast_reading import Reading, findings_of, mended, reading_of, summary_of
from .contrast_table import ContrastTable

if TYPE_CHECKING:
    from pnm_launcher.design.audit import Finding

__all__ = ["DesignContrast", "findings_of", "summary_of"]

_PAUSE_MS: Final = 150
_MOST_ROWS: Final = 3


class DesignContrast(QFrame):
    """Counts in a thread, because the mathematics of colours loads slowly.

    Attributes:
        fix_chosen: parameters with new colours that mend a pair.
        pair_pointed: the id of a pair that is looked at; parameter_chosen: the parameter that can mend it.
    """

    fix_chosen = Signal(object)
    pair_pointed = Signal(str)
    parameter_chosen = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._jobs = jobs
        self._design: dict[str, str] = {}
        self._counted: dict[str, str] | None = None
        self._reading = Reading((), (), (), (), colored=False)
        self._small = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self.summary = label(tr("Contrast"), "strong", wrap=True)
        self._all = button(tr("Fix all"), "inline", name="fix-all")
        self._rows = QGridLayout()
        self._rows.setColumnStretch(0, 1)
        self._rows.setSpacing(0)
        self._more = label("", "small", wrap=True)
        self._inherited = label("", wrap=True)
        self._mend_inherited = button(tr("Fix"), "inline", name="fix-own-look")
        self._grades = label("", "small", wrap=True)
        self.every = button("", "inline", name="all-pairs")
        self.table = ContrastTable()
        self._build()
        self._connect()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(4)
        top = row(self.summary, self._all, self.every)
        top.setStretch(0, 1)
        layout.addLayout(top)
        layout.addLayout(self._rows)
        layout.addWidget(self._more)
        line = row(self._inherited, self._mend_inherited)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addWidget(self._grades)
        layout.addWidget(self.table, 1)
        self._mend_inherited.setAccessibleName(tr("Fix plugNmeet's own look"))
        self.every.setCheckable(True)
        for widget in (self._all, self._more, self._inherited, self._mend_inherited, self.every, self.table):
            widget.hide()

    def _connect(self) -> None:
        self._all.clicked.connect(lambda: self._fix([each.pair for each in self._reading.spoilt]))
        self._mend_inherited.clicked.connect(lambda: self._fix([each.pair for each in self._reading.inherited]))
        self.every.toggled.connect(lambda: self._show_reading(self._reading))
        self.table.pointed.connect(self.pair_pointed)
        self.table.chosen.connect(self._choose)
        self.table.fix_wanted.connect(lambda pair: self._fix([pair]))

    def keep_small(self, small: bool) -> None:
        """Be one line high until all pairs are asked for: where the preview needs the room."""
        if small != self._small:
            self._small = small
            self._show_reading(self._reading)

    def show_design(self, values: Mapping[str, str]) -> None:
        """Count the pairs of these values, all of them checked, once they have stood still for a moment."""
        self._design = dict(values)
        if self._design != self._counted:
            self._pause.start()

    def _count(self) -> None:
        design = self._counted = self._design
        self._jobs.run(partial(reading_of, design), partial(self._show, design), owner=self)

    def _show(self, design: Mapping[str, str], reading: Reading) -> None:
        if design is self._counted:
            self._reading = reading
            self._show_reading(reading)

    def _show_reading(self, reading: Reading) -> None:
        whole = self.every.isChecked()
        brief = self._small and not whole
        rows = 0 if whole or brief else _MOST_ROWS
        self.summary.setText(reading.summary())
        self._all.setVisible(len(reading.spoilt) > 1)
        self._clear()
        for place, finding in enumerate(reading.spoilt[:rows]):
            self._add_row(place, finding)
        more = len(reading.spoilt) - rows if rows else 0
        _say(self._more, tr("And {count} more.").format(count=more) if more > 0 else "")
        _say(self._inherited, "" if brief else reading.inherited_words(), self._mend_inherited)
        _say(self._grades, "" if brief else reading.grades())
        self.every.setVisible(bool(reading.pairs))
        self.every.setText(tr("Show fewer") if whole else tr("Show all {count}").format(count=len(reading.pairs)))
        self.table.setVisible(whole)
        if whole:
            self.table.show_findings(reading.pairs)

    def _add_row(self, place: int, finding: "Finding") -> None:
        mend = button(tr("Fix"), "inline")
        name = translate(finding.label)
        mend.setAccessibleName(tr("Fix: {name}").format(name=name))
        mend.clicked.connect(lambda: self._fix([finding.pair]))
        self._rows.addWidget(label(name), place, 0)
        self._rows.addWidget(label(f"{finding.shown_ratio} : 1", "bad"), place, 1)
        self._rows.addWidget(mend, place, 2)

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()

    def _choose(self, pair: str) -> None:
        """Go to what can mend a pair, then frame the pair itself."""
        found = next((each for each in self._reading.pairs if each.pair == pair), None)
        if found and found.parameters:
            self.parameter_chosen.emit(found.parameters[0])
        self.pair_pointed.emit(pair)

    def _fix(self, pairs: Collection[str]) -> None:
        self._jobs.run(partial(mended, self._counted or {}, pairs), self._mended, owner=self)

    def _mended(self, changes: dict[str, str]) -> None:
        if changes:
            self.fix_chosen.emit(changes)
        else:
            _say(self._more, tr("No tone of these colours mends this without breaking another pair."))


def _say(words: QLabel, text: str, step: QWidget | None = None) -> None:
    """Show a text and the button beside it, or neither where there is none."""
    words.setText(text)
    for widget in (words, step):
        if widget:
            widget.setVisible(bool(text))
