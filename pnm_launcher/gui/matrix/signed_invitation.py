"""A signed invitation that was sent by e-mail, from a file or pasted: hardly anybody needs it, so it is folded away."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from pnm_launcher.errors import InvalidValue, LauncherError
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import button, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.third_party import FIELD, ThirdPartySigned, parse_third_party

_LARGEST = 16 * 1024


class SignedInvitation(QWidget):
    """What was typed is checked when the room is joined.

    Attributes:
        changed: another text stands there.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setObjectName("matrix-third-party")
        self.text.setAccessibleName(tr("Signed invitation"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 4 + 24)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.open_file = button(tr("Open a file…"), name="matrix-third-party-file")
        self.more = button(tr("I have a signed invitation (JSON)"), "link", name="matrix-third-party-more")
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        caption = label(tr("Signed invitation (third_party_signed)"), "muted", wrap=True)
        caption.setBuddy(self.text)
        for each in (caption, self.text, self.problem):
            inside.addWidget(each)
        inside.addLayout(row(self.open_file, 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(self.more, 1))
        layout.addWidget(self._inside)
        self._inside.hide()
        self.more.clicked.connect(self._unfold)
        self.text.textChanged.connect(lambda: self._say(""))
        self.text.textChanged.connect(self.changed)

    def read_files_with(self, jobs: Jobs) -> None:
        self.open_file.clicked.connect(lambda: self._choose(jobs))

    def value(self, user_id: str) -> ThirdPartySigned | None:
        """The invitation for this person, None if there is none; raises `InvalidValue` after showing why."""
        text = self.text.toPlainText().strip()
        if not text:
            return None
        try:
            return parse_third_party(text, user_id)
        except InvalidValue as problem:
            self._unfold()
            self._say(sentence(problem))
            raise

    def clear(self) -> None:
        self.text.clear()

    def _unfold(self) -> None:
        self.more.hide()
        self._inside.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.text.setAccessibleDescription(problem)
        set_look(self.text, "wrong", bool(problem))

    def _choose(self, jobs: Jobs) -> None:
        dialog = QFileDialog(self, tr("Open a signed invitation"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Signed invitation (*.json *.txt)"), tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.load(Path(path), jobs))
        dialog.open()

    def load(self, path: Path, jobs: Jobs) -> None:
        owner: QObject = self
        jobs.run(lambda: _content(path), self.text.setPlainText, self._not_read, owner=owner)

    def _not_read(self, error: LauncherError) -> None:
        self._unfold()
        self._say(sentence(error))


def _content(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            data = stream.read(_LARGEST + 1) or b""
        if len(data) <= _LARGEST:
            return data.decode()
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError:
        reason = tr("it is no text")
    else:
        reason = tr("it is too long")
    raise InvalidValue(FIELD, tr("The file cannot be read: {reason}."), reason=reason)
