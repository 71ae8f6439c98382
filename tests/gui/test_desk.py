"""Joining in the main window with a real server and a real keyring: what is asked, and what is done once."""

import http.client
import socket
import webbrowser
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from practice_school import activate, button, dialog, visible
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMessageBox, QPushButton

from pnm_launcher.gui.meeting.opening import Opening
from pnm_launcher.gui.servers.server_dialog import ServerDialog
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.meetings import PRACTICE


def press(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def question(qtbot, school) -> QMessageBox:
    return dialog(qtbot, QMessageBox, school.window)


def answer(qtbot, school, text) -> None:
    press(qtbot, button(question(qtbot, school), text))


def message(qtbot, school) -> str:
    """What the banner says, once it says something."""
    qtbot.waitUntil(lambda: school.banner.text() != "", timeout=20_000)
    return school.banner.text()


def at_rest(school) -> bool:
    window = school.window
    buttons = (window.join, window.in_browser, window.copy_link)
    return all(each.isEnabled() for each in buttons) and not window.cancel.isVisible()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


class TestAMeetingThatIsNotRunning:
    def test_is_started_only_after_a_question(self, qtbot, school):
        press(qtbot, school.window.copy_link)
        box = question(qtbot, school)
        assert box.text() == "“Algebra 10b” is not running."
        assert school.counter.count("create") == school.counter.count("getJoinToken") == 0
        press(qtbot, button(box, "Start the meeting"))
        assert "copied" in message(qtbot, school)
        assert school.counter.count("create") == school.counter.count("getJoinToken") == 1

    def test_stays_so_when_the_question_is_answered_with_no(self, qtbot, school):
        for no in (lambda box: press(qtbot, button(box, "Cancel")), lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape)):
            press(qtbot, school.window.join)
            no(question(qtbot, school))
            qtbot.waitUntil(lambda: at_rest(school))
        assert school.counter.count("create") == school.counter.count("getJoinToken") == 0
        assert school.banner.text() == ""
        assert school.window.status() == "Ready. Camera and microphone are off until you say so."

    def test_is_started_with_the_settings_of_the_page_room(self, qtbot, school):
        created = school.meeting.with_values("create", {"metadata.welcome_message": "Hello, 10b!"})
        school.program.furniture.shelf.put(created)
        press(qtbot, school.window.copy_link)
        answer(qtbot, school, "Start the meeting")
        message(qtbot, school)
        room = school.client().active_room("algebra-10b")
        assert room.info.title == "Algebra 10b"
        assert '"welcome_message":"Hello, 10b!"' in room.info.metadata.replace(": ", ":")


class TestARunningMeeting:
    @pytest.fixture(autouse=True)
    def running(self, school):
        school.start_room()

    def test_is_joined_without_a_question(self, qtbot, school):
        press(qtbot, school.window.copy_link)
        assert "copied" in message(qtbot, school)
        assert visible(QMessageBox, school.window) == []
        assert school.counter.count("create") == 1, "that of somebody else"

    def test_tells_its_state_beside_its_title(self, qtbot, school):
        school.enter("somebody-else")
        school.program.furniture.watch.look_now()

        def told() -> bool:
            return any("· 1 person" in each.text() for each in visible(QLabel, school.window))

        qtbot.waitUntil(told)

    def test_where_the_same_user_is_online_is_joined_only_after_a_question(self, qtbot, school):
        school.enter(school.meeting.user_id)
        tokens = school.counter.count("getJoinToken")
        press(qtbot, school.window.copy_link)
        box = question(qtbot, school)
        assert box.text() == "You are already in this meeting on another device."
        assert school.meeting.user_id in box.informativeText()
        assert school.counter.count("getJoinToken") == tokens, "the other device would be thrown out"
        press(qtbot, button(box, "Cancel"))
        qtbot.waitUntil(lambda: at_rest(school))
        assert school.counter.count("getJoinToken") == tokens

        press(qtbot, school.window.copy_link)
        answer(qtbot, school, "Join here")
        assert "copied" in message(qtbot, school)
        assert school.counter.count("getJoinToken") == tokens + 1

    def test_tells_before_the_click_that_the_same_user_is_online(self, qtbot, school):
        school.enter(school.meeting.user_id)
        school.program.furniture.watch.look_now()

        def warned() -> bool:
            return any("is already in this room on another device" in each.text()
                       for each in visible(QLabel, school.window))  # fmt: skip

        qtbot.waitUntil(warned)
        assert school.counter.count("getJoinToken") == 1, "that of the other device"


class TestOnce:
    def test_a_double_click_on_join_asks_for_one_token_and_opens_one_window(self, qtbot, school):
        school.start_room()
        opened = []
        school.program.furniture.joining.opened.connect(lambda *_: opened.append(1))
        press(qtbot, school.window.join)
        qtbot.mouseDClick(school.window.join, Qt.MouseButton.LeftButton)
        press(qtbot, school.window.join)
        opening = school.program.furniture.opening
        qtbot.waitUntil(lambda: opening.window(school.meeting.id) is not None, timeout=20_000)
        assert school.counter.count("getJoinToken") == 1
        window = opening.window(school.meeting.id)
        qtbot.waitUntil(lambda: at_rest(school))

        press(qtbot, school.window.join)
        qtbot.wait(300)  # nothing may happen, so there is nothing to wait for
        assert opening.window(school.meeting.id) is window, "the open window came to the front"
        assert school.counter.count("getJoinToken") == 1
        assert opened == [1]

    def test_another_button_while_joining_changes_nothing(self, qtbot, school):
        school.start_room()
        school.counter.seconds = 0.3
        press(qtbot, school.window.copy_link)
        school.program.furniture.desk.join("browser")
        school.program.furniture.desk.join("copy")
        assert "copied" in message(qtbot, school)
        qtbot.waitUntil(lambda: at_rest(school))
        assert school.counter.count("getJoinToken") == 1


class TestCancel:
    def test_acts_at_once_and_nothing_comes_later(self, qtbot, school):
        school.start_room()
        school.counter.seconds = 1.0
        press(qtbot, school.window.copy_link)
        qtbot.waitUntil(lambda: school.window.cancel.isVisible())
        assert not school.window.join.isEnabled()
        before = clipboard()
        press(qtbot, school.window.cancel)
        assert at_rest(school)
        school.counter.seconds = 0.0
        qtbot.wait(1_500)  # what was under way would have come by now
        assert clipboard() == before
        assert school.banner.text() == ""

    def test_leaves_the_next_joining_alone(self, qtbot, school):
        school.start_room()
        school.counter.seconds = 0.5
        press(qtbot, school.window.copy_link)
        press(qtbot, school.window.cancel)
        press(qtbot, school.window.copy_link)
        assert not at_rest(school)
        assert "copied" in message(qtbot, school)

    def test_ends_the_waiting_for_the_browser(self, qtbot, school, monkeypatch):
        addresses = []
        monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
        school.start_room()
        press(qtbot, school.window.in_browser)
        qtbot.waitUntil(lambda: bool(addresses))
        assert school.window.status() == "Waiting for the browser…"
        press(qtbot, school.window.cancel)
        assert at_rest(school)
        qtbot.waitUntil(lambda: not listening(addresses[0]))


def listening(address: str) -> bool:
    """Whether anybody is there, without using up the one answer."""
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=5).close()
    except OSError:
        return False
    return True


def fetch(address: str) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


class TestProblems:
    def test_bring_the_cursor_to_the_field_and_no_call_is_made(self, qtbot, school):
        activate(qtbot, school.window)
        wrong = school.meeting.with_values("join", {**school.meeting.join, "user_info.user_id": "user_maria"})
        school.program.furniture.shelf.put(wrong)
        qtbot.wait(700)  # the room watch has looked
        calls = len(school.counter.paths)
        for each in (school.window.join, school.window.in_browser, school.window.copy_link):
            press(qtbot, each)
        field = school.window.findChild(QLineEdit, "user_info.user_id")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
        assert "The server refuses IDs that begin with “user_”." in [
            each.text() for each in visible(QLabel, school.window)
        ]
        assert school.window.status() == "One field needs your attention."
        assert len(school.counter.paths) == calls

    def test_on_another_page_open_that_page(self, qtbot, school):
        activate(qtbot, school.window)
        school.program.furniture.shelf.put(school.meeting.with_values("design", {"custom_logo": "ftp://x"}))
        press(qtbot, school.window.join)
        field = school.window.findChild(QLineEdit, "custom_logo")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
        assert field.isVisible()

    def test_missing_fields_are_told_only_after_join(self, qtbot, school):
        empty = replace(school.meeting, id="new", title="New", join={})
        school.program.furniture.shelf.put(empty)
        assert "This is needed." not in [each.text() for each in visible(QLabel, school.window)]
        press(qtbot, school.window.join)
        assert [each.text() for each in visible(QLabel, school.window)].count("This is needed.") == 3
        field = school.window.findChild(QLineEdit, "room_id")
        activate(qtbot, school.window)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is field)

    def test_a_missing_user_id_is_made_from_the_name_and_saved(self, qtbot, school):
        school.start_room()
        join = {**school.meeting.join, "user_info.name": "Zoë Ångström"}
        del join["user_info.user_id"]
        school.program.furniture.shelf.put(school.meeting.with_values("join", join))
        press(qtbot, school.window.copy_link)
        assert "copied" in message(qtbot, school)
        assert school.program.furniture.shelf.meeting().user_id.startswith("zoe-angstrom-")

    def test_a_meeting_whose_server_is_gone_asks_for_one(self, qtbot, school):
        activate(qtbot, school.window)
        school.program.furniture.library.apply(lambda book: book.without_server("school"))
        press(qtbot, school.window.join)
        assert message(qtbot, school) == (
            "This meeting has no server. Choose one on the page “You”, or connect yours.")  # fmt: skip
        server = school.window.findChild(QComboBox, "server")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is server)
        assert server.currentIndex() == -1


class TestCopiedLink:
    @pytest.fixture
    def copied(self, qtbot, school):
        school.start_room()
        press(qtbot, school.window.copy_link)
        message(qtbot, school)
        return QGuiApplication.clipboard().mimeData()

    def test_opens_the_meeting_as_this_person(self, school, copied):
        link = urlsplit(copied.text())
        assert f"{link.scheme}://{link.netloc}" == school.server.address
        token = parse_qs(link.query)["access_token"][0]
        visit = school.page("verify", token)
        assert visit["user"]["user_id"] == school.meeting.user_id
        assert visit["user"]["is_admin"] is True

    def test_is_marked_so_that_clipboard_histories_leave_it_out(self, copied):
        assert copied.data("x-kde-passwordManagerHint").data() == b"secret"
        assert copied.hasFormat("application/x-nspasteboard-concealed-type")
        assert any("ExcludeClipboardContentFromMonitorProcessing" in each for each in copied.formats())

    def test_is_told_to_be_a_key_with_its_end_and_its_name(self, qtbot, school, copied):
        token = parse_qs(urlsplit(copied.text()).query)["access_token"][0]
        said = school.banner.text()
        assert "It is a key" in said
        assert "Maria Weber" in said
        now = datetime.now().astimezone()
        ends = [now.replace(second=0) + each for each in minutes(range(8, 12))]  # with the date, if it is tomorrow
        assert any(f"{end:%H:%M}, whoever has it" in said for end in ends)
        assert token not in said

    def test_that_is_too_long_is_told(self, qtbot, school):
        school.start_room()
        logo = "https://cdn.example.org/" + "l" * 1_900
        school.program.furniture.shelf.put(school.meeting.with_values("design", {"custom_logo": logo}))
        press(qtbot, school.window.copy_link)
        assert "so long that the server may refuse it" in message(qtbot, school)


def minutes(numbers):
    from datetime import timedelta

    return [timedelta(minutes=number) for number in numbers]


class TestBrowser:
    @pytest.fixture
    def opened(self, monkeypatch):
        """The addresses a browser was given; it fetches each of them like a browser."""
        given = []

        def browser(address: str) -> bool:
            given.append((address, fetch(address)))
            return True

        monkeypatch.setattr(webbrowser, "open", browser)
        return given

    def test_gets_the_link_over_a_way_that_works_once(self, qtbot, school, opened):
        school.start_room()
        press(qtbot, school.window.in_browser)
        assert message(qtbot, school) == "The meeting was opened in your browser."
        ((address, answer),) = opened
        link = answer.headers["Location"]
        token = parse_qs(urlsplit(link).query)["access_token"][0]
        assert answer.status == 302
        assert token not in address
        assert "access_token" not in address
        assert school.page("verify", token)["status"] is True
        qtbot.waitUntil(lambda: not listening(address))
        assert at_rest(school)

    def test_is_what_join_means_where_the_meeting_says_so(self, qtbot, school, opened):
        school.start_room()
        school.program.furniture.shelf.put(replace(school.meeting, opener="browser"))
        press(qtbot, school.window.join)
        assert message(qtbot, school) == "The meeting was opened in your browser."
        assert school.program.furniture.opening.window(school.meeting.id) is None

    def test_that_cannot_be_opened_is_told(self, qtbot, school, monkeypatch):
        monkeypatch.setattr(webbrowser, "open", lambda address: False)
        school.start_room()
        press(qtbot, school.window.in_browser)
        assert message(qtbot, school) == ("No web browser could be opened. Set a default browser in your system's "
                                          "settings, or join in this app.")  # fmt: skip


class TestThePracticeServer:
    def test_needs_no_question_no_keyring_and_no_server(self, qtbot, school):
        school.program.furniture.shelf.put(replace(school.meeting, server=PRACTICE))
        press(qtbot, school.window.copy_link)
        assert "copied" in message(qtbot, school)
        assert visible(QMessageBox, school.window) == []
        assert clipboard().startswith("http://localhost:")

    def test_shows_a_design_without_saving_another_meeting(self, qtbot, school):
        school.program.furniture.shelf.put(school.meeting.with_values("design", {"primary_color": "#8e24aa"}))
        school.program.furniture.form.show_page(2)
        wished = []
        school.program.furniture.joining.opened.connect(lambda wish, link: wished.append((wish, link)))
        press(qtbot, school.window.findChild(QPushButton, "preview"))
        qtbot.waitUntil(lambda: bool(wished), timeout=20_000)
        wish, link = wished[0]
        assert wish.meeting.server == PRACTICE
        assert "8e24aa" in link.design
        assert [each.title for each in school.program.furniture.library.book.meetings] == ["Algebra 10b"]
        assert school.counter.count("getJoinToken") == 0


class TestConnectingFromTheForm:
    def test_moves_the_meeting_to_the_new_server(self, qtbot, school):
        from practice_school import CountedPractice

        other = CountedPractice.begin()
        server = school.window.findChild(QComboBox, "server")
        server.setCurrentIndex(server.count() - 1)
        opened = dialog(qtbot, ServerDialog, school.window)
        assert server.currentText() == "Schule am See", "nothing is chosen yet"
        opened.fields.lines["address"].setText(other.address)
        opened.fields.lines["api_key"].setText(other.api_key)
        opened.fields.lines["name"].setText("Other school")
        opened.fields.secret._line.setText(other.secret)
        opened.check.click()
        qtbot.waitUntil(lambda: school.program.furniture.shelf.meeting().server != "school", timeout=20_000)
        assert server.currentText() == "Other school"
        KeyringSecrets().forget(school.program.furniture.library.book.server("Other school"))
        other.close()

    def test_cancelled_leaves_the_meeting_where_it_is(self, qtbot, school):
        server = school.window.findChild(QComboBox, "server")
        server.setCurrentIndex(server.count() - 1)
        dialog(qtbot, ServerDialog, school.window).reject()
        assert server.currentText() == "Schule am See"
        assert school.program.furniture.shelf.meeting().server == "school"


def test_enter_on_a_meeting_in_the_list_joins_it(qtbot, school):
    school.start_room()
    activate(qtbot, school.window)
    wished = []
    school.program.furniture.joining.opened.connect(lambda wish, link: wished.append(wish.how))
    view = school.program.furniture.shelf.list.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wished == ["window"], timeout=20_000)


class TestMeetingWindows:
    """With windows that close when they are told to, as the real ones do after their page has gone."""

    class Window(QObject):
        closed, rejoin_requested, browser_requested = Signal(), Signal(), Signal()
        end_requested, other_side_requested, in_meeting = Signal(), Signal(), False
        show = raise_ = activateWindow = lambda self: None

        def close(self) -> bool:
            return True

    @pytest.fixture
    def opening(self, school):
        made = []
        opening = Opening(lambda meeting, link: made.append(self.Window()) or made[-1])
        opening.made = made
        return opening

    def test_one_that_closes_late_does_not_take_the_next_with_it(self, school, opening):
        opening.open(school.meeting, None)
        opening.close(school.meeting.id)
        opening.open(school.meeting, None)
        opening.made[0].closed.emit()
        assert opening.window(school.meeting.id) is opening.made[1]
        opening.made[1].closed.emit()
        assert opening.window(school.meeting.id) is None

    def test_say_which_meeting_they_mean(self, school, opening):
        told = []
        opening.rejoin_requested.connect(lambda meeting_id: told.append(("again", meeting_id)))
        opening.browser_requested.connect(lambda meeting_id: told.append(("browser", meeting_id)))
        opening.closed.connect(lambda meeting_id: told.append(("closed", meeting_id)))
        opening.open(school.meeting, None)
        for each in ("rejoin_requested", "browser_requested", "closed"):
            getattr(opening.made[0], each).emit()
        assert told == [("again", "algebra"), ("browser", "algebra"), ("closed", "algebra")]

    def test_joining_again_gets_a_new_token_for_the_same_person(self, qtbot, school):
        school.start_room()
        parts = school.program.furniture
        parts.opening._make_window = lambda meeting, link: self.Window()
        press(qtbot, school.window.join)
        qtbot.waitUntil(lambda: parts.opening.window("algebra") is not None, timeout=10_000)
        first = parts.opening.window("algebra")
        first.close = first.closed.emit
        first.rejoin_requested.emit()
        qtbot.waitUntil(lambda: parts.opening.window("algebra") not in (None, first), timeout=10_000)
        assert school.counter.count("getJoinToken") == 2
        parts.opening.window("algebra").closed.emit()
