"""The first page of the meeting's form: where, who, and what will happen."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pnm_launcher.gui.controls import Combo, Segmented
from pnm_launcher.gui.devices.device_line import DeviceLine
from pnm_launcher.gui.parts import card
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Meeting
from pnm_launcher.schema import JOIN

from .pages import Columns, Page
from .summary import SummaryCard

_IN_MEETING = ("user_info.user_metadata.profile_pic", "user_info.user_metadata.preferred_lang",
               "user_info.user_metadata.record_webcam")  # fmt: skip


class YouPage(Page):
    """Where, who, and what will happen: all that most people ever need."""

    servers_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._meeting_server = ""
        self._servers: tuple[tuple[str, str], ...] | None = None
        self._server = Combo()
        self._server.setPlaceholderText(tr("Choose a server"))
        self._server.setAccessibleName(tr("Server"))
        self._server.setObjectName("server")
        self._opener = Segmented((tr("This app"), tr("Browser")))
        self._opener.setAccessibleName(tr("Open in"))
        self.summary = SummaryCard()
        self.devices = DeviceLine()
        self.summary.add(self.devices)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 20)
        layout.addWidget(Columns(self._where(), self._you(), self._in_meeting(), self.summary))
        layout.addStretch(1)
        self._server.currentIndexChanged.connect(self._server_chosen)
        self._opener.changed.connect(self.edited)

    def _where(self) -> QFrame:
        frame, layout = card(tr("Where"))
        room = self.form([JOIN.field("room_id")], before=[(tr("Server"), self._server)])
        room.add_row(tr("Open in"), self._opener)
        layout.addWidget(room)
        layout.addStretch(1)
        return frame

    def _you(self) -> QFrame:
        frame, layout = card(tr("You"))
        order = ("user_info.name", "user_info.is_admin", "user_info.user_id")
        layout.addWidget(self.form([JOIN.field(path) for path in order]))
        layout.addStretch(1)
        return frame

    def _in_meeting(self) -> QFrame:
        frame, layout = card(tr("In the meeting"))
        layout.addWidget(self.form([JOIN.field(path) for path in _IN_MEETING]))
        layout.addStretch(1)
        return frame

    def set_servers(self, servers: tuple[tuple[str, str], ...]) -> None:
        """Offer these servers, as pairs of id and name."""
        if servers == self._servers:
            return
        self._servers = servers
        with QSignalBlocker(self._server):
            self._server.clear()
            for server_id, name in servers:
                self._server.addItem(name, server_id)
            self._server.addItem(tr("Connect another server…"), "")
        self._show_server()

    def _show_server(self) -> None:
        """The meeting's server, or none where that is gone: another one must not take its place unasked."""
        with QSignalBlocker(self._server):
            self._server.setCurrentIndex(self._server.findData(self._meeting_server) if self._meeting_server else -1)

    def focus_server(self) -> None:
        self._server.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_meeting(self, meeting: Meeting) -> None:
        super().show_meeting(meeting)
        self._meeting_server = meeting.server
        self._show_server()
        with QSignalBlocker(self._opener):
            self._opener.set_index(1 if meeting.opener == "browser" else 0)
        self.summary.show_meeting(meeting)

    def changed_meeting(self, meeting: Meeting) -> Meeting:
        changed = super().changed_meeting(meeting)
        server = self._meeting_server = self._server.currentData() or changed.server
        changed = replace(changed, server=server, opener="browser" if self._opener.index() else "window")
        self.summary.show_meeting(changed)
        return changed

    def _server_chosen(self) -> None:
        if self._server.currentData() == "":
            self._show_server()
            self.servers_requested.emit()
        else:
            self.edited.emit()
