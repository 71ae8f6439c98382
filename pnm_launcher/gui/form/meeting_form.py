"""The selected meeting's form: its pages, made from the table when they are first shown."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pnm_launcher.errors import InvalidValue, LauncherError
from pnm_launcher.fields import Field
from pnm_launcher.gui.controls import Tab, one_tab_stop
from pnm_launcher.gui.scrolled import scrolled
from pnm_launcher.gui.studio.design_page import DesignPage
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Meeting
from pnm_launcher.rooms import RoomState
from pnm_launcher.schema import CREATE, SCHEMAS
from pnm_launcher.values import Value

from .pages import AdvancedPage, LocksPage, Page
from .room_page import RoomPage
from .you_page import YouPage

CHAT = 5
"""The number of the page “Chat room”."""
_ROUND_FOCUS = 40
"""Pixels above and below a field that are brought into sight with it."""


class MeetingForm(QWidget):
    """Shows one meeting and reports what the user makes of it.

    Attributes:
        edited: the meeting with the user's changes.
        preview_requested: the design shall be looked at in a practice room.
        page_made: a page was made, at the first time it is needed.
    """

    edited = Signal(object)
    preview_requested = Signal()
    servers_requested = Signal()
    page_made = Signal()

    def __init__(self, make_design_page: Callable[[], Page] = DesignPage,
                 make_chat_page: Callable[[], Page] | None = None) -> None:  # fmt: skip
        super().__init__()
        self.meeting: Meeting | None = None
        self._makers: list[Callable[[], Page]] = [YouPage, LocksPage, make_design_page, RoomPage, AdvancedPage]
        if make_chat_page:
            self._makers.append(make_chat_page)
        self._pages: dict[int, Page] = {}
        self._servers: tuple[tuple[str, str], ...] = ()
        self._asked_to_join = ""
        self._tabs = QButtonGroup(self)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tab_bar())
        layout.addWidget(self._stack, 1)
        for _ in self._makers:
            self._stack.addWidget(scrolled(sideways=True))
        self._tabs.idClicked.connect(self.show_page)
        self.show_page(0)

    def _tab_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("Header")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(4)
        names = (tr("You"), tr("Locks"), tr("Design"), tr("Room"), tr("Advanced"), tr("Chat room"))
        for index, text in enumerate(names[: len(self._makers)]):
            tab = Tab(text)
            tab.setObjectName(f"tab-{index}")
            self._tabs.addButton(tab, index)
            layout.addWidget(tab)
        one_tab_stop(self._tabs)
        layout.addStretch(1)
        return bar

    def page(self, index: int) -> Page:
        """The page of a tab, made at its first use."""
        if index not in self._pages:
            page = self._pages[index] = self._makers[index]()
            page.edited.connect(self._edited)
            if isinstance(page, YouPage):
                page.set_servers(self._servers)
                page.servers_requested.connect(self.servers_requested)
            if isinstance(page, DesignPage):
                page.preview_requested.connect(self.preview_requested)
            if self.meeting:
                page.show_meeting(self.meeting)
                page.show_problems(self._shown_problems())
            scroller = self._stack.widget(index)
            assert isinstance(scroller, QScrollArea)  # noqa: S101 - made above
            scroller.setWidget(page)
            self.page_made.emit()
        return self._pages[index]

    def show_page(self, index: int) -> None:
        self.page(index)
        self._tabs.button(index).setChecked(True)
        self._stack.setCurrentIndex(index)

    def set_servers(self, servers: tuple[tuple[str, str], ...]) -> None:
        """Pairs of id and name for the choice of the server."""
        self._servers = servers
        page = self._pages.get(0)
        if isinstance(page, YouPage):
            page.set_servers(servers)

    def show_meeting(self, meeting: Meeting) -> None:
        if meeting == self.meeting:
            return
        self.meeting = meeting
        for page in self._pages.values():
            page.show_meeting(meeting)
        self._show_problems()

    def show_state(self, state: RoomState | LauncherError | None) -> None:
        """What is known of the room, for the card that says what will happen."""
        page = self._pages.get(0)
        if isinstance(page, YouPage):
            page.summary.show_state(state)

    def show_missing(self) -> None:
        """From now on also say what is still missing in this meeting: the user wants to join."""
        self._asked_to_join = self.meeting.id if self.meeting else ""
        self._show_problems()

    def problems(self) -> list[InvalidValue]:
        return self._problems(self.meeting) if self.meeting else []

    def focus(self, path: str) -> bool:
        """Show the page that has a field and put the cursor into it."""
        for index in range(len(self._makers)):
            if self.page(index).has(path):
                self.show_page(index)
                self.page(index).focus_field(path)
                QTimer.singleShot(0, self, self._scroll_to_focus)  # once a group that was just opened has its place
                return True
        return False

    def focus_server(self) -> None:
        page = self.page(0)
        if isinstance(page, YouPage):
            self.show_page(0)
            page.focus_server()

    def _scroll_to_focus(self) -> None:
        focused, area = QApplication.focusWidget(), self._stack.currentWidget()
        page = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and page and focused and page.isAncestorOf(focused):
            top = focused.mapTo(page, QPoint()).y()
            area.ensureVisible(0, top + focused.height() + _ROUND_FOCUS, 0, 0)  # its problem is below it
            area.ensureVisible(0, max(0, top - _ROUND_FOCUS), 0, 0)

    def end(self) -> None:
        """The program closes."""
        for page in self._pages.values():
            page.end()

    def refuse(self, violations: list[InvalidValue]) -> bool:
        """Show what the server refused beside its fields, and go to the first; True if any of them is here."""
        shown = [problem for problem in violations if any(problem.path in schema for schema in SCHEMAS)]
        if not shown:
            return False
        self.focus(shown[0].path)
        for page in self._pages.values():
            page.show_problems(shown)
        return True

    def _edited(self) -> None:
        if self.meeting is None:
            return
        meeting = self.meeting
        for page in self._pages.values():
            meeting = page.changed_meeting(meeting)
        if meeting != self.meeting:
            self.meeting = meeting
            self._show_problems()
            self.edited.emit(meeting)

    def _show_problems(self) -> None:
        problems = self._shown_problems()
        for page in self._pages.values():
            page.show_problems(problems)

    def _shown_problems(self) -> list[InvalidValue]:
        """All problems; but an empty field is none before the user tries to join."""
        if self.meeting is None or self._asked_to_join == self.meeting.id:
            return self.problems()
        filled = {path for table in SCHEMAS for path in self.meeting.values(table.name)}
        return [problem for problem in self.problems() if problem.path in filled]

    @staticmethod
    def _problems(meeting: Meeting) -> list[InvalidValue]:
        whole = replace(meeting, create={"metadata.room_title": meeting.title, **meeting.create})
        return [
            _as_typed(problem, schema.field(problem.path), whole.values(schema.name).get(problem.path))
            for schema in SCHEMAS
            for problem in schema.problems(whole.values(schema.name))
            if schema is not CREATE or problem.path != "room_id"  # the room of the first page
        ]


def _as_typed(problem: InvalidValue, field: Field, value: Value | None) -> InvalidValue:
    """What is wrong with a text that could not be read, which says more than that it is no value of the kind."""
    if isinstance(value, str):
        try:
            field.parse(value)
        except InvalidValue as better:
            return better
    return problem
