"""The card that says what will happen when you join, before you do."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.parts import label
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import PRACTICE, Meeting
from pnm_launcher.rooms import RoomState
from pnm_launcher.texts import plain


class SummaryCard(QFrame):
    """Words for the meeting's role, room and consequences."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._meeting: Meeting | None = None
        self._state: RoomState | LauncherError | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(label(tr("What happens when you join"), "strong"))
        self._text = label("", "muted", wrap=True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._notice = QFrame()
        self._notice.setObjectName("Notice")
        inside = QVBoxLayout(self._notice)
        inside.setContentsMargins(12, 8, 12, 8)
        self._warning = label("", wrap=True)
        inside.addWidget(self._warning)
        layout.addWidget(self._text)
        layout.addWidget(self._notice)
        layout.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Something to do before, below what is said."""
        layout = self.layout()
        if layout:
            layout.addWidget(widget)

    def show_meeting(self, meeting: Meeting) -> None:
        if self._meeting is None or (meeting.id, meeting.room_id) != (self._meeting.id, self._meeting.room_id):
            self._state = None
        self._meeting = meeting
        self._refresh()

    def show_state(self, state: RoomState | LauncherError | None) -> None:
        self._state = state
        self._refresh()

    def _refresh(self) -> None:
        if self._meeting is None:
            return
        self._text.setText(f"<qt>{self._enter(self._meeting)} {escape(self._room(self._meeting))}</qt>")
        warning = self._consequence(self._meeting)
        self._warning.setText(warning)
        self._notice.setVisible(bool(warning))

    @staticmethod
    def _enter(meeting: Meeting) -> str:
        if meeting.matrix and not meeting.server:
            return escape(tr("You enter the chat room, and it opens. The page “Chat room” shows it."))
        if not (meeting.user_name.strip() and meeting.room_id):
            return escape(tr("Fill in a room and your name, then press Join."))
        name, room = (f"<b>{escape(plain(text, 80))}</b>" for text in (meeting.user_name, meeting.room_id))
        if meeting.join.get("user_info.is_admin"):
            return escape(tr("You enter {room} as moderator {name}.")).format(room=room, name=name)
        return escape(tr("You enter {room} as participant {name}.")).format(room=room, name=name)

    def _room(self, meeting: Meeting) -> str:
        if not meeting.server:
            return ""
        if isinstance(self._state, RoomState) and self._state.running:
            return tr("The room is running, so nothing is created.")
        if meeting.server == PRACTICE:
            return tr("The room is made on this computer; nothing leaves it.")
        if isinstance(self._state, RoomState):
            return tr("The meeting is not running: you are asked before it is started.")
        return ""

    def _consequence(self, meeting: Meeting) -> str:
        if isinstance(self._state, LauncherError):
            return sentence(self._state)
        if isinstance(self._state, RoomState) and self._state.same_user_online:
            return tr("“{user}” is already in this room on another device. Joining moves you here and ends it "
                      "there.").format(user=meeting.join.get("user_info.user_id", ""))  # fmt: skip
        return ""
