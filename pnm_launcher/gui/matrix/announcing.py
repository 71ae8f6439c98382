"""Writes into a chat room which video meeting belongs to it, and invites people there; always after a question."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.questions import ask
from pnm_launcher.gui.shelf import Shelf
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix import announcement
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.announcement import AnnouncedMeeting
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.meetings import Meeting

from .calling import Calling
from .chat_page import ChatPage
from .meeting_in_room import announced_as, invitation_text
from .room_facts import Seen, look, name_of


class Announcing(QObject):
    """One for the page; `show` what is known of its room."""

    def __init__(self, page: ChatPage, library: Library, shelf: Shelf, accounts: MatrixAccounts, jobs: Jobs) -> None:
        super().__init__(page)
        self._page, self._library, self._shelf = page, library, shelf
        self._seen: Seen | None = None
        self.calling = Calling(accounts, jobs, self)
        self.calling.failed.connect(self._failed)
        self.calling.ended.connect(lambda: page.video.set_waiting(False))
        library.changed.connect(self._refresh)
        page.video.announce_wanted.connect(self._ask_to_announce)
        page.video.withdraw_wanted.connect(self._ask_to_withdraw)
        page.video.post_wanted.connect(self._ask_to_post)
        page.video.copy_wanted.connect(self._copy)
        page.video.adopt_wanted.connect(self.adopt)

    def show(self, seen: Seen) -> None:
        self._seen = seen
        self._page.video.setVisible(seen.summary.way == "open")
        self._refresh()

    def _refresh(self) -> None:
        if self._seen and self._seen is self._page.room.seen:
            encrypted = self._seen.summary.encrypted is not False
            servers = self._library.book.servers
            self._page.video.show_meeting(self._mine(), self._seen.meeting, servers, encrypted=encrypted)

    def _mine(self) -> AnnouncedMeeting | None:
        meeting = self._page.meeting
        return announced_as(meeting, self._library.book.servers) if meeting else None

    # --- questions, then the call ----------------------------------------------------------------------------------

    def _ask_to_announce(self) -> None:
        mine, seen = self._mine(), self._seen
        if mine and seen:
            detail = tr("All members can see it: room {room} on {server}. It takes the place of what is announced "
                        "there now. It is no key: everybody enters as themselves.")  # fmt: skip
            self._ask(tr("Announce this meeting in “{name}”?"), detail.format(room=mine.room_id, server=mine.server),
                      tr("Announce"), lambda client, room_id: announcement.announce(client, room_id, mine))  # fmt: skip

    def _ask_to_withdraw(self) -> None:
        self._ask(tr("Announce no meeting in “{name}” any more?"), tr("Members no longer see it in this program."),
                  tr("Announce nothing"), announcement.withdraw)  # fmt: skip

    def _ask_to_post(self) -> None:
        if text := self._invitation():
            self._ask(tr("Post this invitation in “{name}”?"), tr("All members can read it:") + "\n\n" + text,
                      tr("Post"), lambda client, room_id: announcement.post_invitation(client, room_id, text),
                      tr("The invitation was posted."))  # fmt: skip

    def _ask(self, question: str, detail: str, yes: str, write: Callable[[MatrixClient, str], object],
             told: str = "") -> None:  # fmt: skip
        seen = self._seen
        if seen is None:
            return

        def call(client: MatrixClient) -> Seen:
            write(client, seen.summary.room_id)
            return look(client, seen.account, seen.address)

        def go() -> None:
            self._page.video.set_waiting(True)
            self.calling.run(seen.account, call, lambda now: self._done(seen, now, told))

        ask(self._window(), question.format(name=name_of(seen)), detail, yes, go)

    def _done(self, before: Seen, now: Seen, told: str) -> None:
        if self._page.room.seen is before:  # the user may be elsewhere by now
            self._page.room.show_seen(now)
            self._page.room.status.setText(told)
            self.show(now)

    def _failed(self, error: LauncherError) -> None:
        self._page.room.show_fault(error)

    def _copy(self) -> None:
        if text := self._invitation():
            data = QMimeData()
            data.setText(text)
            QGuiApplication.clipboard().setMimeData(data)
            self._page.room.status.setText(tr("The invitation was copied."))

    def _invitation(self) -> str:
        mine, meeting = self._mine(), self._page.meeting
        return invitation_text(meeting.title, mine) if mine and meeting else ""

    # --- what the room announces -----------------------------------------------------------------------------------

    def adopt(self) -> None:
        """The card leads to the meeting that the room announces; Undo brings back what it led to."""
        if self._seen and self._page.meeting:
            self.take_over(self._page.meeting, self._seen.meeting)

    def take_over(self, meeting: Meeting, announced: AnnouncedMeeting | None) -> None:
        server = announced.on_one_of(self._library.book.servers) if announced else None
        if announced is None or server is None:
            return
        join = {**meeting.join, "room_id": announced.room_id}
        self._shelf.put(replace(meeting, server=server.id, join=join))
        self._page.room.banner.show_info(
            tr("This card now leads to {room} on {server}.").format(room=announced.room_id, server=server.name), "",
            (tr("Undo"), lambda: self._shelf.put(meeting)),
        )  # fmt: skip

    def _window(self) -> QWidget:
        return self._page.window()
