"""The list of meetings in the main window: making, copying, pinning, deleting and finding them."""

from datetime import UTC, datetime

import pytest
from practice_school import button
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QMenu

from pnm_launcher.errors import ConnectionRefused, KeyringMissing
from pnm_launcher.gui.app import Program
from pnm_launcher.meetings import PRACTICE, Meeting, Server
from pnm_launcher.rooms import RoomState
from pnm_launcher.schema import JOIN

SCHOOL = Server("s1", "School", "https://meet.school.example", "key")
TITLES = ("Algebra", "Biology", "Chemistry", "Drama")


def meeting(title: str, **more) -> Meeting:
    join = {"room_id": title.lower(), "user_info.name": "Maria", "user_info.user_id": "maria-1"}
    return Meeting(title.lower(), title, SCHOOL.id, join, **more)


@pytest.fixture
def shelf(program):
    def fill(book):
        book = book.with_server(SCHOOL)
        for title in TITLES:
            book = book.with_meeting(meeting(title))
        return book

    program.furniture.library.apply(fill)
    return program.furniture.shelf


@pytest.fixture
def view(program, shelf) -> QListView:
    return program.window.findChild(QListView, "Meetings")


def shown(view) -> list[str]:
    return [view.model().index(number, 0).data() for number in range(view.model().rowCount())]


def place(view, title) -> QRect:
    index = next(view.model().index(number, 0) for number, text in enumerate(shown(view)) if text == title)
    return view.visualRect(index)


def click(qtbot, view, title) -> None:
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place(view, title).center())


def menu(qtbot, view, title) -> QMenu:
    view.customContextMenuRequested.emit(place(view, title).center())
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def choose(qtbot, view, title, words) -> None:
    opened = menu(qtbot, view, title)
    action = next(action for action in opened.actions() if action.text() == words)
    qtbot.mouseClick(opened, Qt.MouseButton.LeftButton, pos=opened.actionGeometry(action).center())
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def titles(program) -> list[str]:
    return [each.title for each in program.furniture.library.book.meetings]


def head(program) -> str:
    return program.window.findChild(QLineEdit, "title").text()


class TestChoosing:
    def test_the_first_meeting_is_shown_at_first(self, program, shelf):
        assert head(program) == "Algebra"

    def test_a_click_shows_a_meeting(self, qtbot, program, view):
        click(qtbot, view, "Chemistry")
        assert head(program) == "Chemistry"
        assert program.furniture.form.meeting.title == "Chemistry"

    def test_the_arrow_keys_show_the_next(self, qtbot, program, view):
        view.setFocus()
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert head(program) == "Biology"
        qtbot.keyClick(view, Qt.Key.Key_End)
        assert head(program) == "Drama"

    def test_is_remembered_for_the_next_start(self, qtbot, program, view):
        click(qtbot, view, "Chemistry")
        program.window.close()
        again = Program(QApplication.instance())
        again.furnish()
        assert again.furniture.shelf.meeting().title == "Chemistry"
        again.window.close()


class TestNew:
    def test_has_everything_that_can_be_known_and_waits_for_its_title(self, qtbot, program, shelf):
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        qtbot.mouseClick(program.window.sidebar.new, Qt.MouseButton.LeftButton)
        made = shelf.meeting()
        assert titles(program) == [*TITLES, "New meeting"]
        assert made.server == SCHOOL.id
        assert made.user_name == "Maria", "the name used last"
        assert JOIN.problems(made.join) == ()
        assert QApplication.focusWidget() is program.window.findChild(QLineEdit, "title")
        qtbot.keyClicks(QApplication.focusWidget(), "Ethics")
        assert shelf.meeting().title == "Ethics"
        assert titles(program)[-1] == "Ethics"

    def test_gets_a_room_and_a_person_of_its_own(self, qtbot, program, shelf):
        for _ in range(2):
            program.window.sidebar.new.click()
        one, other = program.furniture.library.book.meetings[-2:]
        assert one.title != other.title
        assert one.room_id != other.room_id
        assert one.user_id != other.user_id

    def test_comes_by_its_key_too(self, qtbot, program, shelf):
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        qtbot.keyClick(program.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert titles(program)[-1] == "New meeting"


def test_a_copy_is_another_meeting_with_the_same_values(qtbot, program, view, shelf):
    choose(qtbot, view, "Biology", "Duplicate")
    made = shelf.meeting()
    assert made.title == "Biology (copy)"
    assert made.id != "biology"
    assert made.join == meeting("Biology").join


class TestPinned:
    def test_meetings_come_first_and_back_to_their_place(self, qtbot, program, view):
        choose(qtbot, view, "Chemistry", "Pin to the top")
        assert shown(view) == ["Pinned", "Chemistry", "All meetings", "Algebra", "Biology", "Drama"]
        choose(qtbot, view, "Chemistry", "Unpin")
        assert shown(view) == list(TITLES)
        assert titles(program) == list(TITLES)

    def test_pinning_another_meeting_keeps_the_chosen_one(self, qtbot, program, view):
        click(qtbot, view, "Drama")
        choose(qtbot, view, "Biology", "Pin to the top")
        assert head(program) == "Drama"

    def test_headings_cannot_be_chosen(self, qtbot, program, view):
        choose(qtbot, view, "Chemistry", "Pin to the top")
        click(qtbot, view, "Biology")
        click(qtbot, view, "Pinned")
        assert head(program) == "Biology"


class TestDeleted:
    @pytest.mark.parametrize("title", TITLES)
    def test_comes_back_to_its_place_with_undo(self, qtbot, program, view, title):
        choose(qtbot, view, title, "Delete")
        assert titles(program) == [each for each in TITLES if each != title]
        assert program.window.banner.text() == f"“{title}” was deleted."
        button(program.window, "Undo").click()
        assert titles(program) == list(TITLES)
        assert head(program) == title
        assert program.window.banner.text() == ""

    def test_by_its_key(self, qtbot, program, view):
        click(qtbot, view, "Biology")
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        view.setFocus()
        qtbot.keyClick(view, Qt.Key.Key_Delete)
        assert titles(program) == ["Algebra", "Chemistry", "Drama"]

    def test_the_key_in_a_field_deletes_no_meeting(self, qtbot, program, view):
        line = program.window.findChild(QLineEdit, "title")
        line.setFocus()
        line.selectAll()
        qtbot.keyClick(line, Qt.Key.Key_Delete)
        assert len(titles(program)) == len(TITLES)

    def test_the_last_meeting_can_be_brought_back_too(self, qtbot, program, view):
        for title in TITLES[1:]:
            choose(qtbot, view, title, "Delete")
        choose(qtbot, view, "Algebra", "Delete")
        assert titles(program) == []
        assert program.window.banner.isVisible()
        button(program.window, "Undo").click()
        assert titles(program) == ["Algebra"]
        assert head(program) == "Algebra"

    def test_without_a_server_either_the_welcome_page_offers_undo(self, qtbot, program):
        program.furniture.library.apply(lambda book: book.with_meeting(Meeting("p", "Practice", PRACTICE, {})))
        choose(qtbot, program.window.findChild(QListView, "Meetings"), "Practice", "Delete")
        assert program.window.welcome.isVisible()
        button(program.window, "Undo").click()
        assert titles(program) == ["Practice"]
        assert not program.window.welcome.isVisible()


class TestSearch:
    @pytest.fixture
    def search(self, program, shelf):
        return program.window.findChild(QLineEdit, "search")

    def test_finds_by_all_words_of_title_and_place(self, search, view):
        search.setText("SCHOOL chem")
        assert shown(view) == ["Chemistry"]

    def test_says_when_nothing_is_found_and_brings_all_back(self, program, search, view):
        search.setText("geography")
        assert shown(view) == []
        assert "No meeting has these words." in texts(program.window)
        search.clear()
        assert shown(view) == list(TITLES)
        assert "No meeting has these words." not in texts(program.window)

    def test_keeps_the_chosen_meeting_in_the_form(self, qtbot, program, search, view):
        click(qtbot, view, "Drama")
        search.setText("algebra")
        assert head(program) == "Drama"
        search.clear()
        assert view.currentIndex().data() == "Drama"

    def test_comes_by_its_key(self, qtbot, program, search):
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        qtbot.keyClick(program.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert search.hasFocus()


def texts(window) -> list[str]:
    return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]


class TestState:
    def test_of_the_room_is_told_in_words(self, program, shelf):
        since = datetime(2026, 3, 2, 9, 2, tzinfo=UTC)
        shelf.set_state("algebra", RoomState(True, since=since, people=14))
        assert f"Running since {since.astimezone():%H:%M} · 14 people" in texts(program.window)
        shelf.set_state("algebra", RoomState(True, since=since, people=1))
        assert any(text.endswith("· 1 person") for text in texts(program.window))
        shelf.set_state("algebra", RoomState(False))
        assert "Not running" in texts(program.window)
        shelf.set_state("algebra", ConnectionRefused(host="h"))
        assert "Not reachable" in texts(program.window)
        shelf.set_state("algebra", KeyringMissing())
        assert "Secret not available" in texts(program.window), "it is not the server's fault"

    def test_is_spoken_with_the_entry(self, program, shelf, view):
        shelf.set_state("algebra", RoomState(True, people=3))
        shelf.set_state("biology", RoomState(False))
        found = QAccessible.queryAccessibleInterface(view)
        spoken = [found.child(number).text(QAccessible.Text.Name) for number in range(found.childCount())]
        assert spoken == [
            "Algebra, meet.school.example · algebra, running, people in the room: 3",
            "Biology, meet.school.example · biology, not running",
            "Chemistry, meet.school.example · chemistry",
            "Drama, meet.school.example · drama",
        ]

    def test_of_another_room_is_not_shown(self, program, shelf):
        shelf.set_state("algebra", RoomState(True, people=14))
        changed = meeting("Algebra").with_values("join", {**meeting("Algebra").join, "room_id": "another"})
        shelf.put(changed)
        assert not any("Running" in text for text in texts(program.window))

    def test_in_the_list_is_painted_without_a_fault(self, program, shelf, view):
        for number, state in enumerate((RoomState(True, people=14), RoomState(True), RoomState(False), None)):
            shelf.set_state(TITLES[number].lower(), state)
        picture = view.grab().toImage()
        assert not picture.isNull()
        colors = {picture.pixelColor(QPoint(x, y)).name() for x in range(picture.width()) for y in range(60)}
        assert "#157347" in colors or "#5fd08f" in colors, "the dot of a room that runs"


def test_the_foot_tells_how_many_servers_there_are(program, shelf):
    foot = QAccessible.queryAccessibleInterface(program.window.sidebar._foot)
    assert foot.text(QAccessible.Text.Name) == "1 server connected. Secrets in your system's keyring"
    program.furniture.library.apply(lambda book: book.with_server(Server("s2", "Other", "https://o.example", "k")))
    assert foot.text(QAccessible.Text.Name).startswith("2 servers connected")


def test_a_meeting_whose_server_is_gone_says_so(program, shelf):
    program.furniture.library.apply(lambda book: book.without_server(SCHOOL.id))
    assert "No server chosen" in texts(program.window)
