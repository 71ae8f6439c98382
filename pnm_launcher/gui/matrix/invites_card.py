"""Invitations to chat rooms, and one's own requests to join, each with its answers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import announce, button, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.ids import shown
from pnm_launcher.matrix.rooms import Invite
from pnm_launcher.texts import plain

_MOST = 20


class InvitesCard(QFrame):
    """What is shown comes from the inviter's server: nothing of it is certain before one joins.

    Attributes:
        accepted: enter this room (`Invite`).
        declined: refuse it, or take back the request.
        refresh_wanted: ask the server again.
    """

    accepted = Signal(object)
    declined = Signal(object)
    refresh_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.title = label(tr("Invitations"), "strong")
        self.note = label("", "muted", wrap=True)
        self.refresh = button(tr("Refresh"), "link", name="matrix-refresh")
        self.refresh.setAccessibleName(tr("Refresh the invitations"))
        self.refresh.clicked.connect(self.refresh_wanted)
        self.rows: list[InviteRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addLayout(row(self.title, 1, self.refresh))
        layout.addWidget(self.note)
        layout.addLayout(self._list)
        layout.addStretch(1)

    def show_note(self, text: str, *, may_refresh: bool = True) -> None:
        """In place of the list: why there is none. `may_refresh` tells whether asking again may help."""
        self.refresh.setVisible(may_refresh)
        self._empty()
        self.title.setText(tr("Invitations"))
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_invites(self, invites: tuple[Invite, ...]) -> None:
        self._empty()
        self.refresh.show()
        count = sum(not each.knocked for each in invites)
        self.title.setText(tr("Invitations ({count})").format(count=count) if count else tr("Invitations"))
        note = "" if invites else tr("Nobody is waiting for your answer.")
        if len(invites) > _MOST:
            note = tr("The first {count} are shown.").format(count=_MOST)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        for invite in invites[:_MOST]:
            made = InviteRow(invite)
            made.accept.clicked.connect(lambda _=False, invite=invite: self.accepted.emit(invite))
            made.decline.clicked.connect(lambda _=False, invite=invite: self.declined.emit(invite))
            self.rows.append(made)
            self._list.addWidget(made)
            made.show()
        if count:
            announce(self, self.title.text())

    def set_waiting(self, waits: bool) -> None:
        for each in self.rows:
            each.accept.setEnabled(not waits)
            each.decline.setEnabled(not waits)

    def _empty(self) -> None:
        for each in self.rows:
            self._list.removeWidget(each)
            each.hide()
            each.deleteLater()
        self.rows = []


class InviteRow(QWidget):
    def __init__(self, invite: Invite) -> None:
        super().__init__()
        name = plain(invite.name, 80) or shown(invite.alias or invite.room_id)
        self.accept = button(tr("Accept"), name="matrix-accept")
        self.decline = button(tr("Take back") if invite.knocked else tr("Decline"), name="matrix-decline")
        for each in (self.accept, self.decline):
            each.setAccessibleName(f"{each.text()}: {name}")
        self.accept.setVisible(not invite.knocked)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(name, "strong", wrap=True))
        for text in (_from(invite), plain(invite.topic, 120)):
            if text:
                texts.addWidget(label(text, "muted", wrap=True))
        line = row(self.decline, self.accept)
        line.insertLayout(0, texts, 1)
        self.setLayout(line)


def _from(invite: Invite) -> str:
    if invite.knocked:
        return tr("You have asked to join.")
    return tr("From {user}").format(user=shown(invite.inviter)) if invite.inviter else ""
