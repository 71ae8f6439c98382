"""Ends a meeting for everyone, as its moderator wished in its window."""

from PySide6.QtCore import QObject

from pnm_launcher.connections import Connections
from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library

from .opening import Opening


class Ending(QObject):
    """The window closes when the server has said yes; otherwise it stays, and says why the meeting goes on."""

    def __init__(self, connections: Connections, jobs: Jobs, opening: Opening, library: Library) -> None:
        super().__init__()
        self._connections, self._jobs, self._opening, self._library = connections, jobs, opening, library
        opening.end_requested.connect(self.end)

    def end(self, meeting_id: str) -> None:
        meeting, book = self._opening.meeting(meeting_id), self._library.book
        if meeting is None:
            return

        def call() -> None:
            server = self._connections.server_of(meeting, book)
            with self._connections.client(server) as client:
                client.end_room(meeting.room_id)

        def failed(error: LauncherError) -> None:
            window = self._opening.window(meeting_id)
            if window:
                window.say_not_ended(error)

        self._jobs.run(call, lambda _: self._opening.close(meeting_id), failed, owner=self)
