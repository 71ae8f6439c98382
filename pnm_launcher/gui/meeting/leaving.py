"""The question when a meeting's window is closed by the user: stay, leave, or end it for everyone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from pnm_launcher.gui.parts import button
from pnm_launcher.gui.texts import tr


def ask_to_leave(parent: QWidget, title: str, leave: Callable[[], object],
                 end: Callable[[], object] | None) -> QMessageBox:  # fmt: skip
    """Ask once; Escape stays. `end` is for moderators."""
    detail = tr("The others stay in the meeting. You can join again at any time.")
    if end:
        detail = tr("If you leave, the others stay in the meeting. If you end it, it is over for everyone.")
    choices: list[tuple[str, str, Callable[[], object]]] = [(tr("Leave"), "primary", leave)]
    if end:
        choices.insert(0, (tr("End for everyone"), "danger", end))
    return choose(parent, tr("Leave “{title}”?").format(title=title), detail, tr("Stay"), choices)


def ask_to_quit(parent: QWidget, titles: list[str], leave: Callable[[], object]) -> QMessageBox:
    """Ask once for all meetings that are open."""
    text = tr("Leave “{title}” and quit?").format(title=titles[0])
    if len(titles) > 1:
        text = tr("Leave {count} meetings and quit?").format(count=len(titles))
    detail = tr("All windows of this program close. The others stay in the meeting.")
    return choose(parent, text, detail, tr("Stay"), [(tr("Leave and quit"), "primary", leave)])


def choose(parent: QWidget, text: str, detail: str, stay: str,
           choices: list[tuple[str, str, Callable[[], object]]]) -> QMessageBox:  # fmt: skip
    """A question with more than one way to go on; it does not block the program."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, tr("plugNmeet Launcher"), text, QMessageBox.StandardButton.NoButton,
                      parent)  # fmt: skip
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    acts: dict[object, Callable[[], object]] = {}
    remain = button(stay)
    remain.setParent(box)  # PySide does not see that the box keeps them
    box.addButton(remain, QMessageBox.ButtonRole.RejectRole)
    for caption, look, act in choices:
        made = button(caption, look)
        made.setParent(box)
        box.addButton(made, QMessageBox.ButtonRole.AcceptRole if look == "primary" else QMessageBox.ButtonRole.NoRole)
        acts[made] = act
        if look == "primary":
            box.setDefaultButton(made)
    box.setEscapeButton(remain)
    if layout := box.layout():
        layout.setContentsMargins(28, 24, 28, 20)
    box.finished.connect(lambda: acts.get(box.clickedButton(), bool)())
    box.finished.connect(box.deleteLater)
    box.open()
    return box
