"""What happens between the click on Join and the open meeting, with the questions on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pnm_launcher import launch
from pnm_launcher.connections import Connections
from pnm_launcher.errors import LauncherError
from pnm_launcher.handoff import open_in_browser
from pnm_launcher.links import Link
from pnm_launcher.meetings import PRACTICE, Book, Meeting
from pnm_launcher.rooms import RoomState
from pnm_launcher.work import Cancellation

from .jobs import Jobs
from .questions import ask
from .texts import tr

How = Literal["window", "browser", "copy"]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Wish:
    """One press of a button: which meeting, and how to open it; `moving` from where the same person is in it now."""

    meeting: Meeting
    book: Book
    how: How
    moving: bool = False


class Joining(QObject):
    """One joining at a time: a second press while one is under way changes nothing.

    Attributes:
        busy: what is going on, "" when nothing is.
        opened: the link is to be shown in the meeting window (`Wish`, `Link`), was opened, or is to be copied.
        failed: it ended with an error (`Wish`, `LauncherError`).
    """

    busy = Signal(str)
    opened = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, connections: Connections, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._connections, self._jobs, self._window = connections, jobs, window
        self._cancellation: Cancellation | None = None

    @property
    def under_way(self) -> bool:
        return self._cancellation is not None

    def start(self, wish: Wish) -> None:
        if self.under_way:
            return
        cancellation = self._cancellation = Cancellation()
        self.busy.emit(tr("Looking at the meeting…"))

        def look() -> RoomState:
            server = self._connections.server_of(wish.meeting, wish.book)
            with self._connections.client(server) as client:
                return launch.room_state(client, wish.meeting.room_id, wish.meeting.user_id, cancel=cancellation)

        self._run(look, lambda state: self._looked(wish, state), wish)

    def cancel(self) -> None:
        """Stop at once; what is still on its way is dropped when it comes."""
        if self._cancellation:
            self._cancellation.cancel()
            self._idle()

    def _run(self, call: Callable[[], _T], done: Callable[[_T], object], wish: Wish) -> None:
        failed = self._unless_cancelled(lambda error: self._fail(wish, error))
        self._jobs.run(call, self._unless_cancelled(done), failed, broke=self._unless_cancelled(self._idle), owner=self)

    def _unless_cancelled(self, act: Callable[..., object]) -> Callable[..., object]:
        """The same, while this very joining is still under way."""
        current = self._cancellation
        return lambda *facts: act(*facts) if self._cancellation is current else None

    def _looked(self, wish: Wish, state: RoomState) -> None:
        def go(*, create: bool) -> Callable[[], object]:
            return self._unless_cancelled(lambda: self._go(wish, create=create))

        if state.same_user_online and not wish.moving:
            ask(self._window, tr("You are already in this meeting on another device."),
                tr("“{user}” is in the room now. If you join here, the other device leaves the meeting; for everybody "
                   "else it goes on.").format(user=wish.meeting.user_id),
                tr("Join here"), go(create=False), self._unless_cancelled(self._idle))  # fmt: skip
        elif state.running or wish.meeting.server == PRACTICE:
            self._go(wish, create=not state.running)
        else:
            ask(self._window, tr("“{title}” is not running.").format(title=wish.meeting.title),
                tr("Start it now? The settings of the page “Room” are used."),
                tr("Start the meeting"), go(create=True), self._unless_cancelled(self._idle))  # fmt: skip

    def _go(self, wish: Wish, *, create: bool) -> None:
        cancellation = self._cancellation
        self.busy.emit(tr("Starting the meeting…") if create else tr("Joining…"))

        def join() -> Link:
            server = self._connections.server_of(wish.meeting, wish.book)
            page = self._connections.page(server)
            with self._connections.client(server) as client:
                return launch.join(wish.meeting, client, page=page, create=create, cancel=cancellation)

        self._run(join, lambda link: self._joined(wish, link), wish)

    def _joined(self, wish: Wish, link: Link) -> None:
        if wish.how != "browser":
            self._end(wish, link)
            return
        self.busy.emit(tr("Waiting for the browser…"))
        cancellation = self._cancellation
        self._run(lambda: open_in_browser(link, cancel=cancellation), lambda _: self._end(wish, link), wish)

    def _end(self, wish: Wish, link: Link) -> None:
        self._idle()
        self.opened.emit(wish, link)

    def _fail(self, wish: Wish, error: LauncherError) -> None:
        self._idle()
        self.failed.emit(wish, error)

    def _idle(self) -> None:
        self._cancellation = None
        self.busy.emit("")
