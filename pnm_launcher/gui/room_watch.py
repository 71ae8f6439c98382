"""Asks now and then whether the shown meeting is running, outside the GUI thread."""

from PySide6.QtCore import QObject, QTimer, Signal

from pnm_launcher import launch
from pnm_launcher.connections import Connections
from pnm_launcher.errors import LauncherError, SecretError
from pnm_launcher.meetings import PRACTICE, Book, Meeting
from pnm_launcher.rooms import RoomState
from pnm_launcher.schema import JOIN

from .jobs import Jobs

_PERIOD_MS = 30_000
_SETTLE_MS = 500


class RoomWatch(QObject):
    """Watches one meeting; never calls anything that has an effect.

    Attributes:
        told: the meeting's id, and its `RoomState` or `LauncherError`.
    """

    told = Signal(str, object)

    def __init__(self, connections: Connections, jobs: Jobs) -> None:
        super().__init__()
        self._connections, self._jobs = connections, jobs
        self._target: tuple[Meeting, Book] | None = None
        self._period = QTimer(self, interval=_PERIOD_MS)
        self._period.timeout.connect(self._ask)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._ask)

    def watch(self, meeting: Meeting | None, book: Book) -> None:
        """Watch this meeting from now on; its room is asked for when the user pauses typing."""
        before = self._key()
        self._target = (meeting, book) if meeting else None
        if self._key() != before:
            self._period.stop()
            self._settle.start()

    def look_now(self) -> None:
        self._settle.start()

    def stop(self) -> None:
        self._settle.stop()
        self._period.stop()
        self._target = None

    def _key(self) -> tuple[str, str, str] | None:
        return (self._target[0].id, self._target[0].server, self._target[0].room_id) if self._target else None

    def _ask(self) -> None:
        if self._target is None:
            return
        self._period.start()
        meeting, book = self._target
        if meeting.server == PRACTICE or any(problem.path == "room_id" for problem in JOIN.problems(meeting.join)):
            return

        def look() -> RoomState:
            server = self._connections.server_of(meeting, book)
            with self._connections.client(server) as client:
                return launch.room_state(client, meeting.room_id, meeting.user_id)

        asked = self._key()

        def tell(state: RoomState | LauncherError) -> None:
            if isinstance(state, SecretError):
                self._period.stop()  # asking again would show the keyring's own window again and again
            if self._key() == asked:
                self.told.emit(meeting.id, state)

        self._jobs.run(look, tell, tell, owner=self)
