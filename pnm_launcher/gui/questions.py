"""Questions before something that affects other people."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from .texts import tr


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
