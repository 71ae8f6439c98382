"""The question before a meeting file or link does anything: what it would add, in full."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from pnm_launcher.invitations import Invitation
from pnm_launcher.schema import JOIN
from pnm_launcher.texts import plain

from .dialogs import Dialog
from .parts import button, card, label, row
from .texts import tr, translate


class InvitationDialog(Dialog):
    """Shows a meeting that came from outside; nothing is changed unless one of these is emitted.

    Attributes:
        added: add it to the list.
        shown: show the meeting of the same room that is in the list already.
    """

    added = Signal()
    shown = Signal()

    def __init__(self, invitation: Invitation, server: str, mine: str, parent: QWidget) -> None:
        """`server` is the name of the connected server at its address, `mine` the title of the same room's meeting in
        the list; "" where there is none."""
        super().__init__(parent)
        self.invitation = invitation
        self.setWindowTitle(tr("Add this meeting?"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(plain(invitation.title, 120), "heading", wrap=True))
        layout.addWidget(label(tr("A file or link would add this meeting to your list. Add it only if you know who "
                                  "gave it to you."), "muted", wrap=True))  # fmt: skip
        frame, inside = card()
        inside.addLayout(self._facts(_facts(invitation, server)))
        layout.addWidget(frame)
        if mine:
            text = tr("You already have this room as “{title}”.").format(title=plain(mine, 120))
            layout.addWidget(label(text, "strong", wrap=True))
        layout.addStretch(1)
        self.cancel = button(tr("Cancel"), name="invitation-cancel")
        self.show_mine = button(tr("Show the one I have"), "primary" if mine else "", name="invitation-show")
        self.add = button(tr("Add as another one") if mine else tr("Add to my meetings"), "" if mine else "primary",
                          name="invitation-add")  # fmt: skip
        self.show_mine.setVisible(bool(mine))
        layout.addLayout(row(1, self.cancel, self.add, self.show_mine))
        self.cancel.clicked.connect(self.reject)
        self.add.clicked.connect(self._add)
        self.show_mine.clicked.connect(self._show)
        (self.show_mine if mine else self.cancel).setFocus()

    def _add(self) -> None:
        self.accept()
        self.added.emit()

    def _show(self) -> None:
        self.accept()
        self.shown.emit()

    @staticmethod
    def _facts(facts: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, (name, text) in enumerate(facts):
            value = label(text, wrap=True)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            value.setAccessibleName(f"{name}: {text}")
            head: QLabel = label(name, "muted")
            grid.addWidget(head, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1)
        return grid


def _facts(invitation: Invitation, server: str) -> list[tuple[str, str]]:
    facts = [
        (tr("Server"), _server(invitation, server)),
        (tr("Room"), invitation.room_id),
        (tr("You join as"), tr("Participant, under your own name")),
    ]
    locked = [translate(JOIN.field(path).label) for path, value in invitation.locks.items() if value]
    allowed = [translate(JOIN.field(path).label) for path, value in invitation.locks.items() if not value]
    if locked:
        facts.append((tr("Locked for you"), ", ".join(locked)))
    if allowed:
        facts.append((tr("Allowed for you"), ", ".join(allowed)))
    if invitation.design:
        facts.append((tr("Design"), _design(invitation)))
    return facts


def _server(invitation: Invitation, server: str) -> str:
    if not invitation.address:
        return tr("Practice server on this computer")
    if server:
        return tr("{address}\nconnected as “{name}”").format(address=invitation.address, name=plain(server, 80))
    return tr("{address}\nnot connected yet").format(address=invitation.address)


def _design(invitation: Invitation) -> str:
    count = len(invitation.design)
    text = tr("1 parameter") if count == 1 else tr("{count} parameters").format(count=count)
    if not invitation.hosts:
        return text
    hosts = ", ".join(plain(host, 80) for host in invitation.hosts)
    return tr("{parameters}, with pictures or styles from {hosts}").format(parameters=text, hosts=hosts)
