"""Below the preview: how many pairs of colours are hard to tell apart, which, and one click that mends each."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from .jobs import Jobs
from .parts import button, label, row
from .texts import tr, translate

if TYPE_CHECKING:
    from pnm_launcher.design.audit import Finding

_PAUSE_MS: Final = 150
_MOST_ROWS: Final = 3


class DesignContrast(QFrame):
    """Counts in a thread, because the mathematics of colours loads slowly.

    Attributes:
        fix_chosen: parameters with new colours that mend a pair.
    """

    fix_chosen = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._jobs = jobs
        self._design: dict[str, str] = {}
        self._counted: dict[str, str] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self.summary = label(tr("Contrast"), "strong")
        self._rows = QGridLayout()
        self._rows.setColumnStretch(0, 1)
        self._rows.setSpacing(0)
        self._all = button(tr("Fix all"), "inline", name="fix-all")
        self._all.clicked.connect(self._fix_all)
        self._all.hide()
        self._more = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(4)
        layout.addLayout(row(self.summary, 1, self._all))
        layout.addLayout(self._rows)
        layout.addWidget(self._more)

    def show_design(self, values: Mapping[str, str]) -> None:
        """Count the pairs of these values, all of them checked, once they have stood still for a moment."""
        self._design = dict(values)
        if self._design != self._counted:
            self._pause.start()

    def _count(self) -> None:
        design = self._counted = self._design
        self._jobs.run(partial(findings_of, design), partial(self._show, design), owner=self)

    def _show(self, design: Mapping[str, str], findings: "tuple[Finding, ...]") -> None:
        if design is not self._counted:
            return
        failing = sorted((each for each in findings if not each.passes), key=partial(_urgency, design))
        mine = [each for each in failing if not each.own]
        self.summary.setText(summary_of(len(mine), len(findings)))
        self._all.setVisible(len(mine) > 1)
        self._clear()
        for place, finding in enumerate(mine[:_MOST_ROWS]):
            self._add_row(place, finding)
        more, own = len(mine) - _MOST_ROWS, len(failing) - len(mine)
        texts = [tr("And {count} more.").format(count=more)] if more > 0 else []
        if own:
            texts.append(tr("{count} more fail in plugNmeet itself, whatever the design.").format(count=own))
        self._more.setText(" ".join(texts))
        self._more.setVisible(bool(texts))

    def _add_row(self, place: int, finding: "Finding") -> None:
        mend = button(tr("Fix"), "inline")
        name = translate(finding.label)
        mend.setAccessibleName(tr("Fix: {name}").format(name=name))
        mend.clicked.connect(partial(self._fix, finding))
        self._rows.addWidget(label(name), place, 0)
        self._rows.addWidget(label(f"{finding.shown_ratio} : 1", "bad"), place, 1)
        self._rows.addWidget(mend, place, 2)

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()

    def _fix(self, finding: "Finding") -> None:
        self._jobs.run(partial(_mend, self._counted or {}, finding), self._mended, owner=self)

    def _fix_all(self) -> None:
        self._jobs.run(partial(_mend_all, self._counted or {}), self._mended, owner=self)

    def _mended(self, changes: dict[str, str] | None) -> None:
        if changes:
            self.fix_chosen.emit(changes)
        else:
            self._more.setText(tr("No tone of these colours mends this without breaking another pair."))
            self._more.show()


def _urgency(design: Mapping[str, str], finding: "Finding") -> tuple[bool, float]:
    """What this design has spoilt comes before what it has left as it was."""
    return not any(name in design for name in finding.parameters), finding.ratio


def summary_of(failing: int, pairs: int) -> str:
    """How many pairs of a design fail."""
    if not failing:
        return tr("Contrast: all {pairs} pairs pass").format(pairs=pairs)
    if failing == 1:
        return tr("Contrast: 1 of {pairs} pairs fails").format(pairs=pairs)
    return tr("Contrast: {count} of {pairs} pairs fail").format(count=failing, pairs=pairs)


def findings_of(design: Mapping[str, str]) -> "tuple[Finding, ...]":
    """The audit of checked values; for a thread."""
    from pnm_launcher.design.audit import audit  # loads the mathematics of colours

    return audit(design)


def _mend(design: Mapping[str, str], finding: "Finding") -> dict[str, str] | None:
    from pnm_launcher.design.fix import fix

    return fix(design, finding)


def _mend_all(design: Mapping[str, str]) -> dict[str, str]:
    from pnm_launcher.design.fix import fix_all

    return fix_all(design)
