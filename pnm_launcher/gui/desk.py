"""What the buttons mean: editing, joining, opening, and what is said when something does not work."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from pnm_launcher.errors import InvalidValue, KeyringMissing, LauncherError, SecretError, UnknownMeeting
from pnm_launcher.links import Link
from pnm_launcher.meetings import PRACTICE, Meeting, new_id, user_id_for
from pnm_launcher.refusals import ApiKeyUnknown, FieldRefused, SecretWrong

from .drafts import new_meeting, practice_meeting
from .form.meeting_form import MeetingForm
from .joining import How, Joining, Wish
from .library import Library
from .main_window import MainWindow
from .meeting.opening import Opening
from .meeting.side_by_side import SideBySide
from .room_watch import RoomWatch
from .servers.server_desk import ServerDesk
from .shelf import Shelf
from .texts import tr


class Desk(QObject):
    """Connects the window's wishes to the form, the joining and the opening. Made after the first paint.

    Attributes:
        chat_requested: the chosen meeting is a chat room alone, and shall be joined.
    """

    chat_requested = Signal()

    def __init__(self, window: MainWindow, form: MeetingForm, shelf: Shelf, library: Library, joining: Joining,
                 opening: Opening, watch: RoomWatch, servers: ServerDesk) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._form, self._shelf, self._library = window, form, shelf, library
        self._joining, self._opening, self._watch, self._servers = joining, opening, watch, servers
        self._fault = ("", "")
        self._connect_window()
        joining.busy.connect(self.show_busy)
        joining.opened.connect(self._opened)
        joining.failed.connect(self._failed)
        opening.closed.connect(lambda _: watch.look_now())
        opening.rejoin_requested.connect(self._rejoin)
        opening.browser_requested.connect(lambda meeting_id: self._rejoin(meeting_id, "browser"))
        self._sides = SideBySide(opening, lambda meeting: self._go(meeting, "window"))
        watch.told.connect(shelf.set_state)
        servers.added.connect(self._server_added)
        servers.changed.connect(watch.look_now)
        library.failed.connect(window.banner.show_error)
        shelf.shown.connect(self._show)
        shelf.refresh()

    def _connect_window(self) -> None:
        window = self._window
        window.welcome.practice_requested.connect(self.try_it_now)
        window.welcome.connect_requested.connect(self._servers.add)
        window.join_requested.connect(self.join)
        window.cancel_requested.connect(self._joining.cancel)
        self._shelf.list.activated.connect(self._activate)
        self._shelf.list.both_requested.connect(self._join_both)
        window.sidebar.servers_requested.connect(self._servers.choose)
        self._form.edited.connect(self._shelf.put)
        self._form.page_made.connect(window.put_buttons_last)
        self._form.preview_requested.connect(self._preview)
        self._form.servers_requested.connect(self._connect_for_meeting)

    def _show(self, meeting: Meeting | None) -> None:
        servers = [(server.id, server.name) for server in self._library.book.servers]
        self._form.set_servers((*servers, (PRACTICE, tr("Practice server on this computer"))))
        if meeting:
            self._form.show_meeting(meeting)
            self._drop_old_fault(meeting)
        self._form.show_state(self._shelf.state())
        self._watch.watch(meeting, self._library.book)
        if not self._joining.under_way:
            self._window.show_status(self._ready())

    def _drop_old_fault(self, meeting: Meeting) -> None:
        """What went wrong with one meeting is no news of another."""
        owner, words = self._fault
        if owner != meeting.id and words and words == self._window.banner.text():
            self._window.banner.hide()

    def _ready(self) -> str:
        if _is_chat_alone(self._shelf.meeting()):
            return tr("Ready. Join enters the chat room and opens it.")
        problems = self._form.problems()
        if len(problems) == 1:
            return tr("One field needs your attention.")
        if problems:
            return tr("{count} fields need your attention.").format(count=len(problems))
        return tr("Ready. Camera and microphone are off until you say so.")

    def try_it_now(self) -> None:
        """The practice room in one click: made at the first time, joined at once."""
        book = self._library.book
        made = next((meeting for meeting in book.meetings if meeting.server == PRACTICE), None)
        self._shelf.put(made or practice_meeting(book))
        self.join("window")

    def _connect_for_meeting(self) -> None:
        """Connect a server from the form: once it is saved, the meeting moves to it."""
        meeting = self._shelf.meeting()
        dialog = self._servers.add()
        if meeting:
            dialog.saved.connect(lambda server: self._move(meeting.id, server.id))

    def _move(self, meeting_id: str, server_id: str) -> None:
        with suppress(UnknownMeeting):  # deleted meanwhile
            self._shelf.put(replace(self._library.book.meeting(meeting_id), server=server_id))

    def _server_added(self, server_id: str) -> None:
        book, meeting = self._library.book, self._shelf.meeting()
        if meeting and meeting.server != PRACTICE and meeting.server not in {server.id for server in book.servers}:
            self._shelf.put(replace(meeting, server=server_id))
        elif not book.meetings:
            self._shelf.put(replace(new_meeting(book), server=server_id))
            self._window.focus_title()

    def join(self, how: How) -> None:
        """Join the chosen meeting, or show what is still missing in it."""
        meeting = self._completed()
        if meeting is None or self._joining.under_way:
            return
        if _is_chat_alone(meeting):
            self.chat_requested.emit()
            return
        problems = self._form.problems()
        if problems:
            self._form.show_missing()
            self._form.focus(problems[0].path)
            self._window.show_status(self._ready())
            return
        if meeting.server != PRACTICE and all(server.id != meeting.server for server in self._library.book.servers):
            self._form.focus_server()
            self._window.banner.show_info(
                tr("This meeting has no server."), tr("Choose one on the page “You”, or connect yours.")
            )
            return
        self._go(meeting, "browser" if how == "window" and meeting.opener == "browser" else how)

    def _go(self, meeting: Meeting, how: How, *, moving: bool = False) -> None:
        if how == "window":
            if self._opening.raise_window(meeting.id):
                return
            if (reason := self._opening.unavailable()) is not None:
                self._window.banner.show_error(reason, (tr("Open in browser"), lambda: self._go(meeting, "browser")))
                return
        self._window.banner.hide()
        self._joining.start(Wish(meeting, self._library.book, how, moving))

    def _completed(self) -> Meeting | None:
        """The chosen meeting; a missing user id is made from the name, once, and saved with it."""
        meeting = self._shelf.meeting()
        if meeting and meeting.user_name and not meeting.user_id:
            meeting = meeting.with_values("join", {**meeting.join, "user_info.user_id": user_id_for(meeting.user_name)})
            self._shelf.put(meeting)
        return meeting

    def _activate(self, meeting_id: str) -> None:
        self._shelf.choose(meeting_id)
        self.join("window")

    def _join_both(self, meeting_id: str) -> None:
        """In windows, wherever the meeting is opened otherwise: only they can stand beside each other."""
        self._shelf.choose(meeting_id)
        meeting = self._completed()
        if meeting and meeting.server and not self._form.problems():
            self._sides.both(meeting)
        else:
            self.join("window")

    def _preview(self) -> None:
        """Look at the chosen meeting's design in a practice room of its own, which is not saved."""
        meeting = self._completed()
        if meeting is None or self._form.problems():
            self.join("window")
            return
        title = tr("Design of {title}").format(title=meeting.title)
        room = replace(practice_meeting(self._library.book), id=new_id(), title=title, design=meeting.design)
        self._go(room, "window")

    def _rejoin(self, meeting_id: str, how: How = "window") -> None:
        """A fresh token for the same person; the old window closes first, unless another joining is under way."""
        meeting = self._opening.meeting(meeting_id)
        if meeting and not self._joining.under_way:
            self._opening.close(meeting_id)
            self._go(meeting, how, moving=True)

    def show_busy(self, words: str) -> None:
        """What is going on, "" when nothing is."""
        self._window.show_busy(words)
        if not words:
            QTimer.singleShot(0, self, self._sides.forget)  # what was joined opens first
            self._window.show_status(self._ready())

    def _opened(self, wish: Wish, link: Link) -> None:
        if wish.how == "window":
            self._opening.open(wish.meeting, link)
        elif wish.how == "browser":
            here = (tr("Move it to a window"), lambda: self._go(wish.meeting, "window", moving=True))
            self._window.banner.show_info(tr("The meeting was opened in your browser."), "", here)
        else:
            self._opening.copy(link)
            self._window.banner.show_info(*self._opening.warning(wish.meeting, link))
        self._watch.look_now()

    def _again(self, wish: Wish) -> None:
        """Join as wished, but with what stands in the form now."""
        if any(meeting.id == wish.meeting.id for meeting in self._library.book.meetings):
            self._shelf.choose(wish.meeting.id)
            self.join(wish.how)
        else:
            self._go(wish.meeting, wish.how)

    def _failed(self, wish: Wish, error: LauncherError) -> None:
        banner, server = self._window.banner, wish.meeting.server
        if wish.moving:
            self._window.come_forward()
        again = (tr("Try again"), lambda: self._again(wish))
        if isinstance(error, FieldRefused):
            self._form.refuse([InvalidValue(path, "{text}", text=text) for path, text in error.violations])
            banner.show_error(error)
        elif isinstance(error, SecretError):
            typing = (tr("Type the secret…"), lambda: self._servers.ask_secret(server, again[1]))
            banner.show_error(error, *([typing] if isinstance(error, KeyringMissing) else [again, typing]))
        elif isinstance(error, ApiKeyUnknown | SecretWrong):
            banner.show_error(error, (tr("Server settings"), lambda: self._servers.edit(server)))
        else:
            banner.show_error(error, again)
        self._fault = (wish.meeting.id, banner.text())


def _is_chat_alone(meeting: Meeting | None) -> bool:
    """A card with a Matrix room and no video meeting."""
    return meeting is not None and not meeting.server and meeting.matrix is not None
