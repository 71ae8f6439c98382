"""Takes a design in: pasted, dropped or from a file, in whatever form somebody handed it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pnm_launcher.design.readers import detect
from pnm_launcher.design.settle import LARGEST, Import
from pnm_launcher.design.surfaces import SURFACES, Surface, examine_design
from pnm_launcher.errors import InvalidValue
from pnm_launcher.gui.controls import Combo, Segmented
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr, translate

from .handover_text import can_take
from .import_findings import ImportFindings
from .import_source import ImportSource

_PAUSE_MS: Final = 150
_REPLACE: Final = 1


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text was read as, and what came of it: an import, or the reason why there is none."""

    surface: Surface | None
    found: Import | None = None
    fault: InvalidValue | None = None


class ImportDialog(Dialog):
    """Shows what a text would change, before anything changes. The text may hold a key to a meeting, and is forgotten
    with the dialog.

    Attributes:
        taken: the parameters to set, checked, as a `dict[str, str]`; "" clears one.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, current: Mapping[str, str], *, jobs: Jobs) -> None:
        super().__init__(parent)
        self._current, self._jobs = dict(current), jobs
        self._reading: _Reading | None = None
        self._asked = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.source = ImportSource(jobs)
        self.text = self.source.text
        self.surface = Combo()
        self.findings = ImportFindings()
        self.choice = Segmented([tr("Only what it names"), tr("Replace the whole design")])
        self.take = button(tr("Use these values"), "primary", name="take-design")
        self.cancel = button(tr("Cancel"), name="cancel-import")
        self.reason = label("", "muted", wrap=True)
        self._build()
        self._connect()
        self._show(self._asked, None)

    def _build(self) -> None:
        self.setWindowTitle(tr("Import a design"))
        self.setAcceptDrops(True)
        self.resize(940, 600)
        self.surface.setAccessibleName(tr("Read as"))
        self.surface.addItem("", None)
        for surface, name in SURFACES.items():
            self.surface.addItem(translate(name), surface)
        self.choice.setAccessibleName(tr("What happens to the other values"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addWidget(label(tr("Paste or drop what you were given: a join address, the server's config.js, a design "
                                  "file, or the lines of a form. You see what it changes before it does."), "muted",
                               wrap=True))  # fmt: skip
        layout.addLayout(self._columns(), 1)
        end = row(self.reason, self.cancel, self.take)
        end.setStretch(0, 1)
        layout.addLayout(end)
        self.take.setDefault(True)
        self.source.setFocus()

    def _columns(self) -> QHBoxLayout:
        """The text, and beside it what was found there."""
        caption = label(tr("Read as"), "muted")
        caption.setBuddy(self.surface)
        read_as = row(caption, self.surface)
        read_as.setStretch(1, 1)
        found = QVBoxLayout()
        found.setSpacing(8)
        found.addLayout(read_as)
        found.addWidget(self.findings, 1)
        found.addWidget(self.choice)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.source, 2)
        columns.addLayout(found, 3)
        return columns

    def _connect(self) -> None:
        self.source.edited.connect(self._edited)
        self._pause.timeout.connect(self._read)
        self.surface.currentIndexChanged.connect(self._edited)
        self.choice.changed.connect(self._weigh)
        self.cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self._take)
        self.finished.connect(self._forget)

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent, /) -> None:
        self.text.take(event.mimeData())
        event.acceptProposedAction()

    # --- what is in it ------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        """What was found is no longer what stands here, and cannot be taken until it was read again."""
        self._reading = None
        self._asked += 1
        self.take.setEnabled(False)
        self._pause.start()

    def _read(self) -> None:
        text, surface = self.text.toPlainText(), self.surface.currentData()
        if text.strip():
            self._jobs.run(partial(_examined, text, surface), partial(self._show, self._asked), owner=self)
        else:
            self._show(self._asked, None)

    def _show(self, asked: int, reading: _Reading | None) -> None:
        if asked != self._asked:
            return
        self._reading = reading
        recognised = reading.surface if reading and self.surface.currentData() is None else None
        name = translate(SURFACES[recognised]) if recognised else ""
        self.surface.setItemText(0, tr("{surface} (recognised)").format(surface=name) if name else tr("Recognise it"))
        self._weigh()

    def changes(self) -> dict[str, str]:
        """What would be set and cleared now; nothing while there is nothing to take."""
        found = self._reading.found if self._reading else None
        if found is None or not found.values:
            return {}
        after = {path: str(value) for path, value in found.values.items()}
        cleared = self._current.keys() - after.keys() if self.choice.index() == _REPLACE else set()
        changed = {path: value for path, value in after.items() if self._current.get(path) != value}
        return changed | dict.fromkeys(sorted(cleared), "")

    def _weigh(self) -> None:
        """Show what would become of the design, and whether there is anything to take."""
        reading, changes = self._reading, self.changes()
        if reading is None:
            self.findings.show_nothing(tr("What is in it appears here, beside what the design has now."))
        elif reading.fault:
            self.findings.show_fault(sentence(reading.fault))
        elif reading.found:
            shown = reading.found.values.keys() | changes.keys()
            before = {path: value for path, value in self._current.items() if path in shown}
            self.findings.show_import(reading.found, before)
        self.take.setEnabled(bool(changes))
        self.reason.setText("" if changes else self._why_not())
        self.take.setAccessibleDescription(self.reason.text())

    def _why_not(self) -> str:
        found = self._reading.found if self._reading else None
        if self._reading is None:
            return tr("Paste or open a design first.")
        if self._reading.fault:
            return tr("This text cannot be read: see the reason above.")
        if found and found.values:
            return tr("The design has these values already.")
        if found and found.problems:
            return tr("No value can be used: see the reasons above.")
        return tr("There is nothing in it that a design can use.")

    # --- the end ------------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        if changes := self.changes():
            self.taken.emit(changes)
            self.accept()

    def _forget(self) -> None:
        """Keep nothing of the text, not even to undo: it may hold a key to a meeting."""
        self.source.forget()
        self._pause.stop()
        self._asked += 1
        self._reading = None


def _examined(text: str, chosen: Surface | None) -> _Reading:
    text = text.removeprefix("\ufeff")
    surface = chosen or (detect(text) if len(text) <= LARGEST else None)
    try:
        return _Reading(surface, examine_design(text, surface))
    except InvalidValue as fault:
        return _Reading(surface, fault=fault)
