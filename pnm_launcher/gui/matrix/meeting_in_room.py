"""A meeting and the chat room beside it: what the room announces, announcing this meeting, and inviting people."""

from urllib.parse import quote

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pnm_launcher import product
from pnm_launcher.gui.parts import button, card, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.announcement import AnnouncedMeeting
from pnm_launcher.meetings import Meeting, Server
from pnm_launcher.texts import plain


class MeetingInRoom(QFrame):
    """Attributes:
    announce_wanted, withdraw_wanted, post_wanted, copy_wanted: as the buttons say; nothing was asked yet.
    adopt_wanted: put what the room announces into the list.
    """

    announce_wanted = Signal()
    withdraw_wanted = Signal()
    post_wanted = Signal()
    copy_wanted = Signal()
    adopt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        frame, inside = card(tr("Video meeting of this room"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.news, self.note = label("", wrap=True), label("", "muted", wrap=True)
        self.adopt = button(tr("Use that meeting"), "primary", name="matrix-adopt")
        self.announce = button(tr("Announce this meeting…"), name="matrix-announce")
        self.withdraw = button(tr("Announce nothing…"), name="matrix-withdraw")
        self.post = button(tr("Post an invitation…"), name="matrix-post")
        self.copy = button(tr("Copy the invitation"), name="matrix-copy")
        inside.addWidget(self.news)
        inside.addLayout(row(self.adopt, 1))
        inside.addWidget(self.note)
        inside.addLayout(row(self.announce, self.withdraw, 1))
        inside.addLayout(row(self.post, self.copy, 1))
        self.announce.clicked.connect(self.announce_wanted)
        self.withdraw.clicked.connect(self.withdraw_wanted)
        self.post.clicked.connect(self.post_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.adopt.clicked.connect(self.adopt_wanted)

    def show_meeting(self, mine: AnnouncedMeeting | None, announced: AnnouncedMeeting | None,
                     servers: tuple[Server, ...], *, encrypted: bool) -> None:  # fmt: skip
        """`mine` is this meeting as it would be announced, None where it has no server that others can reach."""
        server = announced.on_one_of(servers) if announced else None
        same = announced is not None and announced == mine
        self.adopt.setVisible(server is not None and not same)
        self.news.setText(_news(announced, server, same=same))
        self.announce.setVisible(mine is not None and not same)
        self.withdraw.setVisible(same)
        self.post.setVisible(mine is not None and not encrypted)
        self.copy.setVisible(mine is not None)
        if mine is None:
            note = tr("Choose a server that others can reach on the page “You” to announce a meeting here.")
        elif encrypted:
            note = tr("This room is encrypted, so this program cannot write into it. Copy the invitation and send it "
                      "with your Matrix app.")  # fmt: skip
        else:
            note = ""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def set_waiting(self, waits: bool) -> None:
        for each in (self.announce, self.withdraw, self.post):
            each.setEnabled(not waits)


def announced_as(meeting: Meeting, servers: tuple[Server, ...]) -> AnnouncedMeeting | None:
    """The meeting as a room would announce it: a server that others can reach, and the room there."""
    server = next((each for each in servers if each.id == meeting.server), None)
    if server is None or not server.address.startswith("https://") or not meeting.room_id:
        return None
    return AnnouncedMeeting(server.address, meeting.room_id)


def invitation_text(title: str, meeting: AnnouncedMeeting) -> str:
    """A message for people: where the meeting is, without any key to it."""
    link = f"{product.SCHEME}:meeting?server={quote(meeting.server, safe=':/')}&room={quote(meeting.room_id, safe='')}"
    words = tr("Video meeting “{title}”: room {room} on {server}")
    first = words.format(title=plain(title, 80), room=meeting.room_id, server=meeting.server)
    return "\n".join([first, tr("With the plugNmeet Launcher: {link}").format(link=link)])


def _news(announced: AnnouncedMeeting | None, server: Server | None, *, same: bool) -> str:
    if announced is None:
        return tr("The room announces no video meeting.")
    if same:
        return tr("The room announces this meeting. Members who use this program see it.")
    room = plain(announced.room_id, 80)
    if server:
        return tr("This room has a meeting: {room} on {server}.").format(room=room, server=plain(server.name, 80))
    host = plain(announced.server.partition("://")[2], 80)
    return tr("The room announces a meeting on {host}, which is none of your servers.").format(host=host)
