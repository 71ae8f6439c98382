"""Hands a design over: as a text for every surface, to copy or to save, with what is not in it."""

from collections.abc import Mapping
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from pnm_launcher.address import Address
from pnm_launcher.design.files import file_name
from pnm_launcher.design.handover import MEASURED, WAYS, WHERE, Handover, Way, hand_over
from pnm_launcher.design.length import without_defaults
from pnm_launcher.design.surfaces import Loss
from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.faults import next_step, sentence
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import announce, button, label, row, set_look
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.schema import DESIGN
from pnm_launcher.whole_files import write_whole

from .export_length import ExportLength
from .handover_text import HandoverText

_WAYS: Final = tuple(WAYS)


class ExportDialog(Dialog):
    """Every way in which a design goes to somebody else.

    Attributes:
        taken: parameters that the design itself shall lose, as a `dict[str, str]` with "" for each.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, values: Mapping[str, str], *, name: str, page: Address | None,
                 jobs: Jobs) -> None:  # fmt: skip
        super().__init__(parent)
        self._values, self._name, self._page, self._jobs = dict(values), name, page, jobs
        self._spare: tuple[str, ...] = ()
        self._asked = 0
        self.ways = QListWidget()
        self.text = HandoverText()
        self.length = ExportLength()
        self.copy = button(tr("Copy"), "primary", name="copy-design")
        self.save = button(tr("Save as…"), name="save-design")
        self.close_button = button(tr("Close"), name="close-export")
        self.where = label("", wrap=True)
        self.missing = label("", "muted", wrap=True)
        self.said = label("", "muted", wrap=True)
        self.setWindowTitle(tr("Hand over the design"))
        self._build()
        if self._values:
            self._jobs.run(partial(_spare_in, self._values), self._show_spare, self._show_fault, owner=self)
            self.ways.setCurrentRow(0)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        self.close_button.clicked.connect(self.accept)
        if not self._values:
            layout.addWidget(label(tr("There is nothing to hand over yet"), "heading"))
            layout.addWidget(label(tr("This design sets no value. Choose a colour or a logo first; here you then get "
                                      "it for join addresses, servers and plugins."), wrap=True))  # fmt: skip
            layout.addLayout(row(1, self.close_button))
            self.setMinimumWidth(480)
            return
        self.resize(940, 640)
        layout.addWidget(label(self.windowTitle(), "heading"))
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.ways)
        columns.addLayout(self._detail(), 1)
        layout.addLayout(columns, 1)
        end = row(self.said, self.close_button, self.save, self.copy)
        end.setStretch(0, 1)
        layout.addLayout(end)
        self._connect()

    def _detail(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.text.setReadOnly(True)
        for widget in (self.where, self.text, self.missing, self.length):
            column.addWidget(widget)
        column.setStretch(1, 1)
        return column

    def _connect(self) -> None:
        self.ways.setObjectName("Choices")
        self.ways.setAccessibleName(tr("Where it goes"))
        self.ways.addItems([translate(name) for name in WAYS.values()])
        self.ways.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ways.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.ways.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.ways.currentRowChanged.connect(self._ask)
        self.length.trim_toggled.connect(self._ask)
        self.length.removal_wanted.connect(self._remove)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._choose_file)
        self.copy.setDefault(True)
        self.ways.setFocus()

    # --- the text -----------------------------------------------------------------------------------------------------

    def way(self) -> Way:
        return _WAYS[self.ways.currentRow()]

    def _ask(self) -> None:
        """Write the design for the chosen way, behind the scenes."""
        way, self._asked = self.way(), self._asked + 1
        trimmed = self.length.trim.isChecked() and way in MEASURED
        values = {path: value for path, value in self._values.items() if not (trimmed and path in self._spare)}
        self.where.setText(translate(WHERE[way]))
        self.length.setVisible(way in MEASURED)
        self._say("")
        self.copy.setEnabled(False)
        self.save.setEnabled(False)
        self._jobs.run(partial(hand_over, values, way, name=self._name, page=self._page, say=translate),
                       partial(self._show, self._asked), partial(self._failed, self._asked), owner=self)  # fmt: skip

    def _show(self, asked: int, made: Handover) -> None:
        if asked != self._asked:
            return
        name = translate(WAYS[self.way()])
        self.text.setPlainText(made.text)
        self.text.setAccessibleName(tr("The design as text: {surface}").format(surface=name))
        self.text.setAccessibleDescription(self.where.text())
        lines = [translate(note) for note in made.notes] + _grouped(made.lost)
        self.missing.setText("\n".join(lines))
        self.missing.setVisible(bool(lines))
        for each in (self.copy, self.save):
            each.setEnabled(bool(made.text))
            each.setAccessibleDescription("" if made.text else self.missing.text())
        if made.length:
            self.length.show_length(made.length)

    def _failed(self, asked: int, error: LauncherError) -> None:
        self._show(asked, Handover(""))
        self._show_fault(error)

    def _show_fault(self, error: LauncherError) -> None:
        self._say(f"{sentence(error)} {next_step(error)}".strip(), "problem")

    def _say(self, words: str, look: str = "muted") -> None:
        set_look(self.said, "look", look)
        self.said.setText(words)
        if words:
            announce(self.said, words)

    # --- what could be left out ---------------------------------------------------------------------------------------

    def _show_spare(self, spare: tuple[str, ...]) -> None:
        self._spare = spare
        self.length.show_spare(spare, left=len(self._values) - len(spare))

    def _remove(self) -> None:
        """The second step: what was left out of the text leaves the design, too."""
        spare, self._spare = self._spare, ()
        self._values = {path: value for path, value in self._values.items() if path not in spare}
        self.taken.emit(dict.fromkeys(spare, ""))
        self.length.show_spare((), left=len(self._values))
        self._say(tr("Removed from the design. “Undo” brings it back."))
        self.length.trim.setFocus() if self.length.trim.isEnabled() else self.ways.setFocus()

    # --- copy and save ------------------------------------------------------------------------------------------------

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._say(tr("Copied."))

    def _choose_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = file_name(self._name, self.way())
        ending = Path(suggested).suffix
        dialog = QFileDialog(self, tr("Save the design"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{translate(WAYS[self.way()])} (*{ending})", tr("All files (*)")])
        dialog.setDefaultSuffix(ending[1:])
        dialog.selectFile(suggested)
        dialog.fileSelected.connect(partial(self._save_as, self.text.toPlainText()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_as(self, text: str, name: str) -> None:
        path = Path(name)
        done = tr("Saved as “{name}”.").format(name=path.name)
        self._jobs.run(partial(write_whole, path, f"{text.rstrip()}\n".encode()), lambda _: self._say(done),
                       self._show_fault, owner=self)  # fmt: skip


def _spare_in(values: Mapping[str, str]) -> tuple[str, ...]:
    fewer = without_defaults(values)
    return tuple(path for path in values if path not in fewer)


def _grouped(lost: tuple[Loss, ...]) -> list[str]:
    """What is not in it, in one line for each reason."""
    by_reason = groupby(sorted(lost, key=lambda loss: loss.reason), key=lambda loss: loss.reason)
    lines = []
    for reason, losses in by_reason:
        names = ", ".join(translate(DESIGN.field(loss.path).label) for loss in losses)
        lines.append(tr("Not in it: {names}. {reason}").format(names=names, reason=translate(reason)))
    return lines
