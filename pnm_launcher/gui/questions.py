"""Questions before something that affects other people."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from .parts import set_look
from .texts import tr


def ask(parent: QWidget, text: str, detail: str, yes: str, on_yes: Callable[[], object],
        on_no: Callable[[], object] = bool) -> QMessageBox:  # fmt: skip
    """Ask before something that affects other people or cannot be undone; the dialog does not block the program."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, tr("plugNmeet Launcher"), text, QMessageBox.StandardButton.NoButton,
                      parent)  # fmt: skip
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    set_look(accept, "look", "primary")
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(accept)
    box.setEscapeButton(cancel)
    if layout := box.layout():
        layout.setContentsMargins(28, 24, 28, 20)
    box.finished.connect(lambda: (on_yes if box.clickedButton() is accept else on_no)())
    box.finished.connect(box.deleteLater)
    box.open()
    return box
