"""What the main window's signals mean: which meeting is shown, edited, joined, deleted, and what is said about it."""

from dataclasses import replace

from PySide6.QtCore import QObject, QSettings

from pnm_launcher.errors import InvalidValue, KeyringMissing, LauncherError, SecretError, StoreError, UnknownServer
from pnm_launcher.launch import RoomState
from pnm_launcher.links import Link
from pnm_launcher.meetings import PRACTICE, Meeting, new_id, user_id_for
from pnm_launcher.refusals import ApiKeyUnknown, FieldRefused, SecretWrong

from .drafts import copy_of, new_meeting, practice_meeting
from .jobs import Jobs
from .joining import How, Joining, Wish
from .library import Library
from .main_window import MainWindow
from .meeting_model import Entry
from .opening import Opening
from .room_watch import RoomWatch
from .server_desk import ServerDesk
from .texts import tr


class Desk(QObject):
    """Wires the windows' wishes to the library, the joining and the opening."""

    def __init__(self, window: MainWindow, library: Library, joining: Joining, opening: Opening, watch: RoomWatch,
                 servers: ServerDesk, settings: QSettings, jobs: Jobs) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._library, self._joining, self._opening = window, library, joining, opening
        self._watch, self._servers, self._settings, self._jobs = watch, servers, settings, jobs
        self._states: dict[str, RoomState | LauncherError] = {}
        self._selected = str(settings.value("selected", ""))
        self._connect()
        self._show_all()
        window.join.setFocus()
        if library.problem:
            window.banner.show_error(library.problem)

    def _connect(self) -> None:
        window, sidebar, form = self._window, self._window.sidebar, self._window.form
        window.welcome.practice_requested.connect(self.try_it_now)
        window.welcome.connect_requested.connect(self._servers.add)
        window.join_requested.connect(self.join)
        window.cancel_requested.connect(self._joining.cancel)
        window.title_edited.connect(self._titled)
        window.closing.connect(self._close)
        sidebar.chosen.connect(self.select)
        sidebar.activated.connect(self._activate)
        sidebar.new_requested.connect(self.new)
        sidebar.servers_requested.connect(self._servers.choose)
        sidebar.pin_toggled.connect(self._pin)
        sidebar.duplicated.connect(self._duplicate)
        sidebar.deleted.connect(self._delete)
        form.edited.connect(self._edited)
        form.preview_requested.connect(self._preview)
        form.servers_requested.connect(self._servers.add)
        self._library.changed.connect(self._show_all)
        self._library.failed.connect(window.banner.show_error)
        self._joining.busy.connect(self._busy)
        self._joining.opened.connect(self._opened)
        self._joining.failed.connect(self._failed)
        self._opening.closed.connect(lambda _: self._watch.look_now())
        self._opening.rejoin_requested.connect(self._rejoin)
        self._opening.browser_requested.connect(lambda meeting_id: self._rejoin(meeting_id, "browser"))
        self._watch.told.connect(self._told)
        self._servers.added.connect(self._server_added)

    # --- showing -------------------------------------------------------------------------------------------------

    def meeting(self) -> Meeting | None:
        return next((meeting for meeting in self._library.book.meetings if meeting.id == self._selected), None)

    def _show_all(self) -> None:
        book = self._library.book
        if not book.meetings and not book.servers:
            self._window.show_welcome()
            return
        if self.meeting() is None and book.meetings:
            self._selected = book.meetings[0].id
        meeting = self.meeting()
        servers = [(server.id, server.name) for server in book.servers]
        self._window.form.set_servers((*servers, (PRACTICE, tr("Practice server on this computer"))))
        entries = tuple(self._entry(each) for each in book.meetings)
        self._window.sidebar.set_entries(entries, self._selected)
        self._window.sidebar.set_foot(*self._servers.summary())
        self._window.show_meeting(meeting, self._place(meeting) if meeting else "")
        self._show_state()
        self._watch.watch(meeting, book)

    def _entry(self, meeting: Meeting) -> Entry:
        state = self._states.get(meeting.id)
        running = state.running if isinstance(state, RoomState) else None
        return Entry(meeting, self._place(meeting), running, state.people if isinstance(state, RoomState) else 0)

    def _place(self, meeting: Meeting) -> str:
        if meeting.server == PRACTICE:
            return tr("Practice server on this computer")
        try:
            host = self._library.book.server(meeting.server).address.partition("://")[2]
        except UnknownServer:
            return tr("No server chosen")
        return f"{host} · {meeting.room_id}" if meeting.room_id else host

    def _show_state(self) -> None:
        meeting = self.meeting()
        state = self._states.get(meeting.id) if meeting else None
        self._window.form.show_state(state)
        self._window.show_room(self._words(state))
        if not self._joining.under_way:
            self._window.show_status(self._ready(meeting))

    @staticmethod
    def _words(state: RoomState | LauncherError | None) -> str:
        if state is None:
            return ""
        if isinstance(state, LauncherError):
            return tr("Not reachable")
        if not state.running:
            return tr("Not running")
        people = tr("{count} people").format(count=state.people) if state.people != 1 else tr("1 person")
        if state.since is None:
            return tr("Running · {people}").format(people=people)
        return tr("Running since {time} · {people}").format(time=f"{state.since.astimezone():%H:%M}", people=people)

    def _ready(self, meeting: Meeting | None) -> str:
        problems = self._window.form.problems() if meeting else []
        if len(problems) == 1:
            return tr("One field needs your attention.")
        if problems:
            return tr("{count} fields need your attention.").format(count=len(problems))
        return tr("Ready. Camera and microphone are off until you say so.")

    def _told(self, meeting_id: str, state: RoomState | LauncherError) -> None:
        self._states[meeting_id] = state
        self._show_all()

    # --- changing the list ---------------------------------------------------------------------------------------

    def select(self, meeting_id: str) -> None:
        self._selected = meeting_id
        self._show_all()

    def new(self) -> None:
        book = self._library.book
        made = new_meeting(book)
        self._put(made)
        self._window.focus_title()

    def try_it_now(self) -> None:
        made = next((meeting for meeting in self._library.book.meetings if meeting.server == PRACTICE), None)
        if made is None:
            made = practice_meeting(self._library.book)
            self._put(made)
        self.select(made.id)
        self.join("window")

    def _put(self, meeting: Meeting, position: int | None = None) -> None:
        self._selected = meeting.id
        self._library.apply(lambda book: book.with_meeting(meeting, position))

    def _edited(self, meeting: Meeting) -> None:
        before = self.meeting()
        if before and (before.server, before.room_id) != (meeting.server, meeting.room_id):
            self._states.pop(meeting.id, None)
        self._put(meeting)

    def _titled(self, title: str) -> None:
        meeting = self.meeting()
        if meeting:
            self._put(replace(meeting, title=title))

    def _pin(self, meeting_id: str) -> None:
        meeting = self._library.book.meeting(meeting_id)
        changed = replace(meeting, pinned=not meeting.pinned)
        self._library.apply(lambda book: book.with_meeting(changed))

    def _duplicate(self, meeting_id: str) -> None:
        self._put(copy_of(self._library.book.meeting(meeting_id)))

    def _delete(self, meeting_id: str) -> None:
        book = self._library.book
        meeting = book.meeting(meeting_id)
        position = book.meetings.index(meeting)
        self._library.apply(lambda book: book.without_meeting(meeting_id))
        text = tr("“{title}” was deleted.").format(title=meeting.title)
        self._window.banner.show_info(text, "", (tr("Undo"), lambda: self._put(meeting, position)))

    def _server_added(self, server_id: str) -> None:
        book = self._library.book
        meeting = self.meeting()
        if meeting and (meeting.server not in {server.id for server in book.servers} and meeting.server != PRACTICE):
            self._put(replace(meeting, server=server_id))
        elif not book.meetings:
            self._put(replace(new_meeting(book), server=server_id))
            self._window.focus_title()

    # --- joining -------------------------------------------------------------------------------------------------

    def join(self, how: str) -> None:
        meeting = self._completed()
        if meeting is None or self._joining.under_way:
            return
        problems = self._window.form.problems()
        if problems:
            self._window.form.show_missing()
            self._window.form.focus(problems[0].path)
            self._window.show_status(self._ready(meeting))
            return
        if how == "window" and meeting.opener == "browser":
            how = "browser"
        self._go(meeting, "browser" if how == "browser" else "copy" if how == "copy" else "window")

    def _go(self, meeting: Meeting, how: How) -> None:
        if how == "window":
            if self._opening.raise_window(meeting.id):
                return
            if (reason := self._opening.unavailable()) is not None:
                self._window.banner.show_error(reason, (tr("Open in browser"), lambda: self.join("browser")))
                return
        self._window.banner.hide()
        self._joining.start(Wish(meeting, self._library.book, how))

    def _completed(self) -> Meeting | None:
        """The shown meeting; a missing user id is made from the name, once, and saved with it."""
        meeting = self.meeting()
        if meeting and meeting.user_name and not meeting.user_id:
            meeting = meeting.with_values("join", {**meeting.join, "user_info.user_id": user_id_for(meeting.user_name)})
            self._put(meeting)
        return meeting

    def _activate(self, meeting_id: str) -> None:
        self.select(meeting_id)
        self.join("window")

    def _preview(self) -> None:
        meeting = self._completed()
        if meeting and not self._window.form.problems():
            look = tr("Design of {title}").format(title=meeting.title)
            practice = replace(practice_meeting(self._library.book), id=new_id(), title=look, design=meeting.design)
            self._go(practice, "window")
        else:
            self.join("window")

    def _rejoin(self, meeting_id: str, how: How = "window") -> None:
        meeting = self._opening.meeting(meeting_id)
        self._opening.close(meeting_id)
        if meeting:
            self._go(meeting, how)

    def _busy(self, words: str) -> None:
        self._window.show_busy(words)
        if not words:
            self._show_state()

    def _opened(self, wish: Wish, link: Link) -> None:
        if wish.how == "window":
            self._opening.open(wish.meeting, link)
        elif wish.how == "browser":
            self._window.banner.show_info(tr("The meeting was opened in your browser."))
        else:
            self._opening.copy(link)
            self._window.banner.show_info(*self._opening.warning(wish.meeting, link))
        self._watch.look_now()

    def _failed(self, wish: Wish, error: LauncherError) -> None:
        again = (tr("Try again"), lambda: self._go(wish.meeting, wish.how))
        if isinstance(error, FieldRefused) and self._window.form.refuse(
                [InvalidValue(path, text) for path, text in error.violations]):  # fmt: skip
            self._window.banner.show_error(error)
        elif isinstance(error, SecretError):
            secret = (tr("Type the secret…"), lambda: self._servers.ask_secret(wish.meeting.server, again[1]))
            self._window.banner.show_error(error, *([secret] if isinstance(error, KeyringMissing) else [again, secret]))
        elif isinstance(error, ApiKeyUnknown | SecretWrong):
            self._window.banner.show_error(error, (tr("Server settings"), lambda: self._servers.edit(
                wish.meeting.server)))  # fmt: skip
        else:
            self._window.banner.show_error(error, again)

    # --- the end -------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        self._settings.setValue("selected", self._selected)
        self._window.save_place(self._settings)
        self._watch.stop()
        self._joining.cancel()
        self._opening.close_all()
        try:
            self._library.flush()
        except StoreError as error:
            self._window.banner.show_error(error)
        self._jobs.close()
