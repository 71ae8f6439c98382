"""Two designs side by side: both previews, the values that differ, and how well each can be read."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QDialog, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import button, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Server
from pnm_launcher.schema import DESIGN
from pnm_launcher.texts import plain

from .design_contrast import findings_of, summary_of
from .design_preview import DesignPreview
from .design_table import DesignTable, Line
from .design_values import differences, readable
from .preview_choices import PreviewChoices

if TYPE_CHECKING:
    from pnm_launcher.design.audit import Finding

_MOST_TITLE: Final = 60
_SIZE: Final = QSize(1240, 880)
_ROOM: Final = 0.94
"""How much of the screen the dialog takes at most."""


class Side(QWidget):
    """One of the two designs: its name, its preview and what there is to say of its contrast."""

    def __init__(self, name: str, design: Mapping[str, str], preview: DesignPreview) -> None:
        super().__init__()
        self.design, self.preview = design, preview
        self.name = label(plain(name, _MOST_TITLE), "strong", wrap=True)
        self.verdict: QLabel = label(tr("Counting the contrast…"), "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = row(self.name, self.verdict)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(preview, 1)
        preview.show_design(design)

    def count(self, jobs: Jobs) -> None:
        jobs.run(partial(findings_of, dict(self.design)), self._show, owner=self)

    def _show(self, findings: "tuple[Finding, ...]") -> None:
        failing = sum(not each.passes and not each.own for each in findings)
        self.verdict.setText(summary_of(failing, len(findings)))
        set_look(self.verdict, "look", "bad" if failing else "good")


class CompareDialog(QDialog):
    """One set of choices for both previews. `left` and `right` are a name and values; what of these must not reach a
    style sheet is left out."""

    def __init__(self, parent: QWidget, left: tuple[str, Mapping[str, str]], right: tuple[str, Mapping[str, str]], *,
                 practice: Callable[[], Server], jobs: Jobs) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(tr("Compare two designs"))
        self.choices = PreviewChoices()
        self.left, self.right = (
            Side(name, readable(values), DesignPreview(practice, jobs, self.choices)) for name, values in (left, right)
        )
        self.every = Tick(tr("Show the equal values too"))
        self.counted = label("", "strong")
        self.table = DesignTable(tr("Values of both designs"), (self.left.name.text(), self.right.name.text()))
        self._build()
        self._connect()
        for side in (self.left, self.right):
            side.count(jobs)

    def _build(self) -> None:
        self.close_button = button(tr("Close"), name="close-compare")
        self.close_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(self.choices)
        self.choices.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        sides = row(self.left, self.right, spacing=20)
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        layout.addLayout(sides, 1)
        layout.addLayout(row(self.counted, 1, self.every))
        layout.addWidget(self.table)
        layout.addLayout(row(1, self.close_button))
        if screen := self.screen():
            room = screen.availableGeometry().size() * _ROOM
            self.resize(_SIZE.boundedTo(room))
        self._fill()

    def _connect(self) -> None:
        self.every.toggled.connect(self._fill)
        self.close_button.clicked.connect(self.reject)
        for side in (self.left, self.right):
            self.table.parameter_chosen.connect(side.preview.outline)
            side.preview.picked.connect(self._pick)
        self.finished.connect(self.end)
        app = QCoreApplication.instance()
        if app:
            app.aboutToQuit.connect(self.end)

    def _fill(self) -> None:
        both = differences(self.left.design, self.right.design)
        different = [each for each in both if each.differs]
        shown = both if self.every.isChecked() else different
        self.table.set_lines(tuple(Line(each.parameter, (each.left, each.right)) for each in shown))
        self.counted.setText(_counted(len(different)))

    def _pick(self, parameter: str) -> None:
        """What was clicked in a preview is shown in the table, also if both designs have it in common."""
        if parameter in DESIGN and not self.table.choose(parameter):
            self.every.setChecked(True)
            self.table.choose(parameter)

    def end(self) -> None:
        """End both web pages and then their profiles; may be called twice."""
        for side in (self.left, self.right):
            side.preview.end()


def _counted(different: int) -> str:
    if not different:
        return tr("Both designs have the same values.")
    if different == 1:
        return tr("1 parameter differs")
    return tr("{count} parameters differ").format(count=different)
