"""How a bug of ours is shown: a dialog with a report that can be copied."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from pnm_launcher.report import bug_report

from .dialogs import Dialog
from .parts import button, label, row
from .texts import tr

_log = logging.getLogger(__name__)


class BugDialog(Dialog):
    """Says that the program itself failed, and shows the report that can be copied."""

    def __init__(self, error: BaseException, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong in this program"))
        self.setMinimumSize(640, 420)
        self.report = bug_report(error)
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
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
        sys.stderr.write(bug_report(error) + "\n")
        self._raised.emit(error)

    def _closed(self) -> None:
        if self._dialog:
            self._dialog.deleteLater()
        self._dialog = None
