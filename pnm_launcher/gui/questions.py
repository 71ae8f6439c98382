"""Questions before something that affects other people."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from .parts import button
from .texts import tr


def ask(parent: QWidget, text: str, detail: str, yes: str, on_yes: Callable[[], object],
        on_no: Callable[[], object] = bool) -> QMessageBox:  # fmt: skip
    """Ask before something that affects other people or cannot be undone; the dialog does not block the program."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, tr("plugNmeet Launcher"), text, QMessageBox.StandardButton.NoButton,
                      parent)  # fmt: skip
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    accept, cancel = button(yes, "primary"), button(tr("Cancel"))
    for each, role in ((accept, QMessageBox.ButtonRole.AcceptRole), (cancel, QMessageBox.ButtonRole.RejectRole)):
        each.setParent(box)  # PySide does not see that the box keeps them
        box.addButton(each, role)
    box.setDefaultButton(accept)
    box.setEscapeButton(cancel)
    if layout := box.layout():
        layout.setContentsMargins(28, 24, 28, 20)
    box.finished.connect(lambda: (on_yes if box.clickedButton() is accept else on_no)())
    box.finished.connect(box.deleteLater)
    box.open()
    return box
