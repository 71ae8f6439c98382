"""The page “Chat room” of a meeting: where the room is, how it looks, invitations, and its video meeting."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.form.pages import Columns, Page
from pnm_launcher.gui.parts import card, label
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.meetings import Meeting

from .invites_card import InvitesCard
from .meeting_in_room import MeetingInRoom
from .room_card import RoomCard
from .room_fields import RoomFields
from .signed_invitation import SignedInvitation


class ChatPage(Page):
    """Holds what was typed, also what cannot be used; the servers are asked by `RoomVisit`.

    Attributes:
        room_changed: account or room are others now; typed or shown.
        shown: the page came into sight.
        hidden: it went out of sight.
        chat_only_wanted: the meeting shall have a chat room alone (True), or a video meeting again.
    """

    room_changed = Signal()
    shown = Signal()
    hidden = Signal()
    chat_only_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.meeting: Meeting | None = None
        self._drafts: dict[str, str] = {}
        self.fields, self.signed = RoomFields(), SignedInvitation()
        self.room, self.invites, self.video = RoomCard(), InvitesCard(), MeetingInRoom()
        self.chat_only = Tick(tr("Only a chat, without a video meeting"))
        self.chat_only.setObjectName("matrix-chat-only")
        where, inside = card(tr("Chat room"))
        intro = tr("A Matrix room beside the video meeting, for what is written before, during and after it.")
        inside.addWidget(label(intro, "muted", wrap=True))
        inside.addWidget(self.fields)
        inside.addWidget(self.chat_only)
        inside.addWidget(self.signed)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 20)
        layout.addWidget(Columns(where, self.room, self.invites, self.video))
        layout.addStretch(1)
        self.video.hide()
        self.fields.changed.connect(self._typed)
        self.chat_only.toggled.connect(self.chat_only_wanted)

    def set_accounts(self, accounts: tuple[MatrixAccount, ...]) -> None:
        before = self.fields.chosen_account()
        self.fields.set_accounts(accounts)
        if self.fields.chosen_account() != before:
            self.room_changed.emit()

    def choice(self) -> tuple[MatrixAccount | None, RoomAddress | None]:
        return self.fields.chosen_account(), self.fields.address()

    def show_meeting(self, meeting: Meeting) -> None:
        before, self.meeting = self.meeting, meeting
        with QSignalBlocker(self.chat_only):
            self.chat_only.setChecked(not meeting.server)
        same = before is not None and before.id == meeting.id
        if not same or meeting.matrix != self.fields.matrix():
            self.fields.fill(meeting.matrix, "" if meeting.matrix else self._drafts.get(meeting.id, ""))
            if not same:
                self.signed.clear()
            self.room_changed.emit()
        self._offer_chat_only()

    def changed_meeting(self, meeting: Meeting) -> Meeting:
        self.meeting = replace(meeting, matrix=self.fields.matrix())
        self._offer_chat_only()
        return self.meeting

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    def _typed(self) -> None:
        if self.meeting:
            self._drafts[self.meeting.id] = self.fields.typed()
        self.edited.emit()
        self.room_changed.emit()

    def _offer_chat_only(self) -> None:
        self.chat_only.setVisible(self.meeting is not None and (self.meeting.matrix is not None or
                                                                not self.meeting.server))  # fmt: skip
