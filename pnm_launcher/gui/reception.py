"""Where links, meeting files and second starts arrive: read elsewhere, shown, and done only when the user agrees."""

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from pnm_launcher import invitations, product
from pnm_launcher.errors import LauncherError, UnknownServer
from pnm_launcher.invitations import Invitation
from pnm_launcher.meetings import PRACTICE, Book, Meeting, Server
from pnm_launcher.running import hand_over
from pnm_launcher.values import Values
from pnm_launcher.whole_files import write_whole

from .doorbell import Doorbell
from .drafts import new_meeting
from .invitation_dialog import InvitationDialog
from .matrix.chat_links import is_room_link
from .texts import tr

if TYPE_CHECKING:
    from .app import Program

_MOST_WAITING = 5


class Reception(QObject):
    """One for the running program; what arrives while a question is open waits its turn."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program.window)
        self._window = program.window
        parts = program.furniture
        self._shelf, self._library, self._jobs, self._form = parts.shelf, parts.library, parts.jobs, parts.form
        self._chats = parts.chats
        self._waiting: list[Invitation] = []
        self.dialog: InvitationDialog | None = None
        self.doorbell = Doorbell()
        self.doorbell.rung.connect(self.receive)
        self._window.closing.connect(self._closing)
        parts.shelf.list.handed_on.connect(self.hand_on)
        app = QApplication.instance()
        if app and sys.platform == "darwin":
            app.installEventFilter(self)

    def begin(self, opened: str) -> None:
        """Be the one window that is found by others; if another was faster, it gets what was opened here."""
        if not self.doorbell.hang_up() and hand_over(opened):
            self._window.close()
            return
        if opened:
            self.receive(opened)

    def receive(self, opened: str, folder: str = "") -> None:
        """Come to the front, and show what was opened, if anything."""
        self._window.come_forward()
        if is_room_link(opened):
            self._chats.links.receive(opened)
        elif opened:
            self._jobs.run(lambda: invitations.read(opened, folder), self._read, self._refused, owner=self)

    def hand_on(self, meeting_id: str) -> None:
        """Save a meeting as a file for others."""
        meeting = self._library.book.meeting(meeting_id)
        try:
            data = invitations.to_file(meeting, self._server(meeting))
        except (LauncherError, UnknownServer) as error:
            self._window.banner.show_error(error)
            return
        name = (
            "".join(char if char.isalnum() or char in " ._-" else "-" for char in meeting.title).strip(" .") or "room"
        )
        dialog = QFileDialog(self._window, tr("Save the meeting as a file"), str(Path.home() / name[:80]))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Meeting file (*{suffix})").format(suffix=product.FILE_SUFFIX))
        dialog.setDefaultSuffix(product.FILE_SUFFIX.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._write(Path(path), data))
        dialog.open()

    def _write(self, path: Path, data: bytes) -> None:
        text = tr("The meeting was saved as {path}. It holds no key, no secret and no link to join.")
        self._jobs.run(lambda: write_whole(path, data), lambda _: self._window.banner.show_info(text.format(path=path)),
                       self._window.banner.show_error, owner=self)  # fmt: skip

    def _server(self, meeting: Meeting) -> Server | None:
        return None if meeting.server == PRACTICE else self._library.book.server(meeting.server)

    def _refused(self, error: LauncherError) -> None:
        self._window.banner.show_error(error)

    def _read(self, invitation: Invitation) -> None:
        if self.dialog is None:
            self._ask(invitation)
        elif len(self._waiting) < _MOST_WAITING and invitation not in (self.dialog.invitation, *self._waiting):
            self._waiting.append(invitation)

    def _ask(self, invitation: Invitation) -> None:
        server = self._known_server(invitation)
        mine = self._same(invitation, server) if server or not invitation.address else None
        dialog = InvitationDialog(invitation, server.name if server else "", mine.title if mine else "", self._window)
        dialog.added.connect(partial(self._add, invitation, server))
        dialog.shown.connect(partial(self._shelf.choose, mine.id if mine else ""))
        dialog.finished.connect(self._answered)
        self.dialog = dialog
        dialog.open()

    def _answered(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
        self.dialog = None
        if self._waiting:
            self._ask(self._waiting.pop(0))

    def _known_server(self, invitation: Invitation) -> Server | None:
        return next((each for each in self._library.book.servers if each.address == invitation.address), None)

    def _same(self, invitation: Invitation, server: Server | None) -> Meeting | None:
        place = server.id if server else PRACTICE
        meetings = self._library.book.meetings
        return next((each for each in meetings if (each.server, each.room_id) == (place, invitation.room_id)), None)

    def _add(self, invitation: Invitation, server: Server | None) -> None:
        place = server.id if server else "" if invitation.address else PRACTICE
        self._shelf.put(invitation.meeting(place, _who(self._library.book)))
        if not place:
            self._window.banner.show_info(
                tr("This meeting is on {address}, which is not connected yet.").format(address=invitation.address),
                tr("Ask the owner of that server for an API key and its secret, then connect it."),
                (tr("Connect…"), self._form.servers_requested.emit),
            )

    def _closing(self) -> None:
        with suppress(RuntimeError):
            if not self._window.stays:
                self.doorbell.take_down()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """macOS hands over links and files as events."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.receive(event.url().toString())
            return True
        return False


def _who(book: Book) -> Values:
    """The person that a new meeting would begin with."""
    return {path: value for path, value in new_meeting(book).join.items() if path.startswith("user_info.")}
