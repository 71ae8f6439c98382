"""How faults are shown: a banner with the next step, and a dialog with a report for what is a bug of ours."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from pnm_launcher.errors import LauncherError
from pnm_launcher.report import bug_report

from .controls import button, label, row, set_look
from .texts import next_step, sentence, tr

_log = logging.getLogger(__name__)


class Banner(QFrame):
    """One message at a time, with its next step, at most two buttons and a way to close it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Banner")
        self._sentence = label("", "strong", wrap=True)
        self._step = label("", wrap=True)
        self._buttons = QHBoxLayout()
        self._close = button(tr("Close"), "link", name="banner-close")
        self._close.clicked.connect(self.hide)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._sentence)
        texts.addWidget(self._step)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(28, 10, 20, 10)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(self._close)
        self.hide()

    def show_error(self, error: LauncherError, *actions: tuple[str, Callable[[], object]]) -> None:
        self._show("danger", sentence(error), next_step(error), actions)

    def show_info(self, text: str, detail: str = "", *actions: tuple[str, Callable[[], object]]) -> None:
        self._show("info", text, detail, actions)

    def text(self) -> str:
        """What is shown now, "" if nothing is."""
        return "" if self.isHidden() else f"{self._sentence.text()} {self._step.text()}".strip()

    def _show(self, tone: str, text: str, detail: str, actions: tuple[tuple[str, Callable[[], object]], ...]) -> None:
        set_look(self, "tone", tone)
        self._sentence.setText(text)
        self._step.setText(detail)
        self._step.setVisible(bool(detail))
        while (item := self._buttons.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for caption, action in actions:
            made = button(caption)
            made.clicked.connect(lambda _=False, action=action: self._act(action))
            self._buttons.addWidget(made)
        self.setAccessibleName(f"{text} {detail}".strip())
        self.show()

    def _act(self, action: Callable[[], object]) -> None:
        self.hide()
        action()


class BugDialog(QDialog):
    """Says that the program itself failed, and shows the report that can be copied."""

    def __init__(self, error: BaseException, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong in this program"))
        self.setMinimumSize(640, 420)
        self.report = bug_report(error)
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setAccessibleName(tr("Report"))
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        copy, close = button(tr("Copy the report"), "primary"), button(tr("Close"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addWidget(label(tr("This is a fault of the program, not yours. What you typed is still there, and you "
                                  "can go on. Please send this report to whoever looks after the program; it holds no "
                                  "secret and no link."), wrap=True))  # fmt: skip
        layout.addWidget(text, 1)
        layout.addLayout(row(1, close, copy))


class Bugs(QObject):
    """Shows bugs wherever they happen, one dialog at a time, and never a dialog about the dialog."""

    _raised = Signal(object)

    def __init__(self, parent_window: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._parent_window = parent_window
        self._dialog: BugDialog | None = None
        self._raised.connect(self.show)

    def install(self) -> None:
        sys.excepthook = self._hook

    def show(self, error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        _log.error("unexpected failure", exc_info=error)
        if self._dialog is None:
            self._dialog = BugDialog(error, self._parent_window())
            self._dialog.finished.connect(self._closed)
            self._dialog.open()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._raised.emit(error)

    def _closed(self) -> None:
        if self._dialog:
            self._dialog.deleteLater()
        self._dialog = None


def ask(parent: QWidget, text: str, detail: str, yes: str, on_yes: Callable[[], object],
        on_no: Callable[[], object] = bool) -> QMessageBox:  # fmt: skip
    """Ask before something that affects other people; the dialog does not block the program."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, tr("Join"), text, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(detail)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    accept.setProperty("look", "primary")
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(accept)
    box.setEscapeButton(cancel)
    box.finished.connect(lambda: (on_yes if box.clickedButton() is accept else on_no)())
    box.finished.connect(box.deleteLater)
    box.open()
    return box
