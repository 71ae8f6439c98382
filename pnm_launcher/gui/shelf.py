"""The list of meetings: which one is chosen, and making, changing, pinning and deleting them."""

from dataclasses import replace

from PySide6.QtCore import QObject, QSettings, Signal

from pnm_launcher.errors import InvalidValue, LauncherError, SecretError, UnknownServer
from pnm_launcher.matrix.room_address import parse_room
from pnm_launcher.meetings import PRACTICE, Meeting
from pnm_launcher.rooms import RoomState

from .drafts import copy_of, new_meeting
from .library import Library
from .main_window import MainWindow
from .meeting_list import MeetingList
from .meeting_model import Entry
from .texts import tr


class Shelf(QObject):
    """Keeps the window's list and head as the library says.

    Attributes:
        shown: the chosen meeting, or None, after anything about it or its servers changed.
    """

    shown = Signal(object)

    def __init__(self, window: MainWindow, library: Library, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._library, self._settings = window, library, settings
        self._states: dict[str, RoomState | LauncherError] = {}
        self._chosen = str(settings.value("selected", ""))
        self.list = MeetingList()
        window.sidebar.fill(self.list, self.list.view)
        window.title_edited.connect(self._titled)
        window.sidebar.searched.connect(self.list.search)
        window.sidebar.new_requested.connect(self.new)
        self.list.chosen.connect(self.choose)
        self.list.pin_toggled.connect(self._pin)
        self.list.duplicated.connect(self._duplicate)
        self.list.deleted.connect(self._delete)
        library.changed.connect(self.refresh)
        self.refresh()

    def meeting(self) -> Meeting | None:
        return next((meeting for meeting in self._library.book.meetings if meeting.id == self._chosen), None)

    def state(self) -> RoomState | LauncherError | None:
        """What is known of the chosen meeting's room."""
        return self._states.get(self._chosen)

    def refresh(self) -> None:
        book = self._library.book
        if not book.meetings and not book.servers:
            self._window.show_welcome()
            return
        if self.meeting() is None and book.meetings:
            self._chosen = book.meetings[0].id
        meeting = self.meeting()
        self.list.set_entries(tuple(self._entry(each) for each in book.meetings), self._chosen)
        self._window.sidebar.set_foot(*self._foot())
        self._window.show_meeting(meeting, self._place(meeting) if meeting else "")
        self._window.show_room(_words(self.state()))
        self.shown.emit(meeting)

    def _entry(self, meeting: Meeting) -> Entry:
        state = self._states.get(meeting.id)
        running = state.running if isinstance(state, RoomState) else None
        return Entry(meeting, self._place(meeting), running, state.people if isinstance(state, RoomState) else 0)

    def _place(self, meeting: Meeting) -> str:
        """Both doors: the video meeting and the chat room."""
        chat = _chat_room(meeting)
        if chat and not meeting.server:
            return chat
        video = self._video(meeting)
        return tr("{video} and {chat}").format(video=video, chat=chat) if chat else video

    def _video(self, meeting: Meeting) -> str:
        if meeting.server == PRACTICE:
            host = tr("Practice server")
        else:
            try:
                host = self._library.book.server(meeting.server).address.partition("://")[2]
            except UnknownServer:
                return tr("No server chosen")
        return f"{host} · {meeting.room_id}" if meeting.room_id else host

    def _foot(self) -> tuple[str, str]:
        count = len(self._library.book.servers)
        if count == 0:
            return tr("No server connected"), tr("Connect yours here")
        text = tr("1 server connected") if count == 1 else tr("{count} servers connected").format(count=count)
        return text, tr("Secrets in your system's keyring")

    def set_state(self, meeting_id: str, state: RoomState | LauncherError | None) -> None:
        if state is None:
            self._states.pop(meeting_id, None)
        else:
            self._states[meeting_id] = state
        self.refresh()

    def choose(self, meeting_id: str) -> None:
        self._chosen = meeting_id
        self.refresh()

    def put(self, meeting: Meeting, position: int | None = None) -> None:
        """Save a meeting and show it."""
        before = self.meeting()
        if before and before.id == meeting.id and (before.server, before.room_id) != (meeting.server, meeting.room_id):
            self._states.pop(meeting.id, None)
        self._chosen = meeting.id
        self._library.apply(lambda book: book.with_meeting(meeting, position))

    def new(self) -> None:
        self.put(new_meeting(self._library.book))
        self._window.focus_title()

    def _titled(self, title: str) -> None:
        meeting = self.meeting()
        if meeting:
            self.put(replace(meeting, title=title))

    def _pin(self, meeting_id: str) -> None:
        meeting = self._library.book.meeting(meeting_id)
        changed = replace(meeting, pinned=not meeting.pinned)
        self._library.apply(lambda book: book.with_meeting(changed))

    def _duplicate(self, meeting_id: str) -> None:
        self.put(copy_of(self._library.book.meeting(meeting_id)))

    def _delete(self, meeting_id: str) -> None:
        book = self._library.book
        meeting = book.meeting(meeting_id)
        position = book.meetings.index(meeting)
        self._library.apply(lambda book: book.without_meeting(meeting_id))
        text = tr("“{title}” was deleted.").format(title=meeting.title)
        self._window.banner.show_info(text, "", (tr("Undo"), lambda: self.put(meeting, position)))

    def remember(self) -> None:
        """Keep for the next start which meeting is chosen, and whether there is any to show."""
        self._settings.setValue("selected", self._chosen)
        self._settings.setValue("welcome", not (self._library.book.meetings or self._library.book.servers))


def _chat_room(meeting: Meeting) -> str:
    if meeting.matrix is None:
        return ""
    try:
        address = parse_room(meeting.matrix.room)
        return address.shown if address.is_alias else tr("a chat room")
    except InvalidValue:
        return ""


def _words(state: RoomState | LauncherError | None) -> str:
    if state is None:
        return ""
    if isinstance(state, SecretError):
        return tr("Secret not available")
    if isinstance(state, LauncherError):
        return tr("Not reachable")
    if not state.running:
        return tr("Not running")
    people = tr("1 person") if state.people == 1 else tr("{count} people").format(count=state.people)
    if state.since is None:
        return tr("Running · {people}").format(people=people)
    return tr("Running since {time} · {people}").format(time=f"{state.since.astimezone():%H:%M}", people=people)
