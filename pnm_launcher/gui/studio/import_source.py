"""Where a design comes from: typed, pasted, dropped, or out of a file that is read behind the scenes."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from pnm_launcher.design.files import read_design
from pnm_launcher.design.settle import LARGEST
from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.faults import next_step, sentence
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import announce, button, label, row
from pnm_launcher.gui.texts import tr

from .handover_text import HandoverInput


class ImportSource(QWidget):
    """A field for the text, and what fills it. What cannot be read is said, and leaves the text as it is.

    Attributes:
        edited: there is another text.
    """

    edited = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._ended = False
        self.text = HandoverInput()
        self.text.setAccessibleName(tr("The design, as text"))
        self.text.setPlaceholderText(tr("Paste it here"))
        self.trouble = label("", "problem", wrap=True)
        self.trouble.hide()
        self.paste = button(tr("Paste"), name="paste-design")
        self.file = button(tr("Open a file…"), name="open-design")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.trouble)
        layout.addLayout(row(self.paste, self.file, 1))
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._edited)
        self.text.file_given.connect(self.open_file)
        self.text.too_long.connect(self._say_too_long)
        self.paste.clicked.connect(self._paste)
        self.file.clicked.connect(self._choose_file)

    def forget(self) -> None:
        """Keep nothing of the text, not even to undo, and take no other: it may hold a key to a meeting."""
        self._ended = True
        self.text.clear()

    def open_file(self, path: Path) -> None:
        """Read a file behind the scenes, and show its text."""
        self._jobs.run(partial(read_design, path), self._show_text, self._say_fault, owner=self)

    def _edited(self) -> None:
        self._say("")
        self.edited.emit()

    def _paste(self) -> None:
        self.text.take(QGuiApplication.clipboard().mimeData())
        self.text.setFocus()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Open a design"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Designs (*.json *.js *.txt)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_text(self, text: str) -> None:
        if self._ended:
            return
        if len(text) > LARGEST:
            self._say_too_long()
        else:
            self.text.replace(text)
            self.text.setFocus()

    def _say_fault(self, error: LauncherError) -> None:
        self._say(f"{sentence(error)} {next_step(error)}".strip())

    def _say_too_long(self) -> None:
        self._say(tr("This is larger than any design, and was not read."))

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self.trouble, words)
