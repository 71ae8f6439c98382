"""Each way in which joining can fail ends in its own sentence and next step, with nothing lost from the form."""

import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import keyring_services as services
import pytest
from keyring.backend import KeyringBackend
from practice_school import activate, button, dialog, visible
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton

from pnm_launcher.gui.servers.secret_dialog import SecretDialog
from pnm_launcher.gui.servers.server_dialog import ServerDialog
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.meetings import Server

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # keyring leaves it to the collector


def copy_link(qtbot, school) -> None:
    qtbot.mouseClick(school.window.copy_link, Qt.MouseButton.LeftButton)


def offers(school) -> list[str]:
    """The buttons of the banner."""
    return [each.text() for each in visible(QPushButton, school.banner) if each.text() != "Close"]


def joining_fails_with(qtbot, school, words: str, *buttons: str) -> None:
    """Press “Copy link…”, find the words in the banner with these buttons, and everything else as it was."""
    before = school.program.furniture.shelf.meeting()
    copy_link(qtbot, school)
    qtbot.waitUntil(lambda: school.banner.text() != "", timeout=20_000)
    assert school.banner.text() == words
    assert offers(school) == list(buttons)
    assert school.program.furniture.shelf.meeting() == before
    assert school.program.furniture.form.meeting == before
    assert school.window.findChild(QLineEdit, "user_info.name").text() == before.user_name
    assert school.window.copy_link.isEnabled()
    assert not school.window.cancel.isVisible()
    assert school.practice.secret not in school.banner.text()


@pytest.fixture
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("k")  # short: the path of a bus's socket has at most 108 bytes


class TestTheServer:
    def test_does_not_know_the_key(self, qtbot, school):
        other = replace(school.server, api_key="another-key")
        KeyringSecrets().put(other, school.practice.secret)
        school.program.furniture.library.apply(lambda book: book.with_server(other))
        joining_fails_with(qtbot, school, "The server does not know this API key. Copy the key again from the server's "
                           "config.yaml (client → api_key).", "Server settings")  # fmt: skip
        button(school.banner, "Server settings").click()
        settings = dialog(qtbot, ServerDialog, school.window)
        assert settings.fields.lines["api_key"].text() == "another-key"
        settings.reject()
        KeyringSecrets().forget(other)

    def test_does_not_accept_the_secret(self, qtbot, school):
        KeyringSecrets().put(school.server, "another secret")
        joining_fails_with(qtbot, school, "The API secret does not match this API key. Copy it again from the server's "
                           "config.yaml (client → secret).", "Server settings")  # fmt: skip

    def test_is_no_longer_told_off_once_another_meeting_is_chosen(self, qtbot, school):
        shelf = school.program.furniture.shelf
        failing = shelf.meeting()
        shelf.put(replace(failing, id="other", title="Another"))
        shelf.choose(failing.id)
        KeyringSecrets().put(school.server, "another secret")
        copy_link(qtbot, school)
        qtbot.waitUntil(lambda: school.banner.text() != "", timeout=20_000)
        shelf.put(replace(failing, pinned=True))
        assert school.banner.text() != "", "the same meeting keeps its news"
        shelf.choose("other")
        assert school.banner.text() == ""
        school.banner.show_info("Something else.")
        shelf.choose(failing.id)
        assert school.banner.text() == "Something else."

    def test_is_not_there(self, qtbot, school):
        school.practice.close()
        joining_fails_with(qtbot, school, "localhost does not accept connections. The server may be switched off or "
                           "starting. Try again in a minute, or ask your administrator.", "Try again")  # fmt: skip

    def test_is_not_there_and_then_it_is(self, qtbot, school):
        school.start_room()
        school.counter.answers["/auth/room/isRoomActive"] = {"status": False, "msg": "trouble"}
        joining_fails_with(qtbot, school, "The server refused: trouble If the sentence does not help, send it to your "
                           "administrator (code -).", "Try again")  # fmt: skip
        del school.counter.answers["/auth/room/isRoomActive"]
        button(school.banner, "Try again").click()
        qtbot.waitUntil(lambda: "copied" in school.banner.text(), timeout=10_000)

    def test_is_asked_again_with_what_stands_in_the_form_now(self, qtbot, school):
        school.start_room()
        school.start_room("algebra-10c")
        school.counter.answers["/auth/room/getJoinToken"] = {"status": False, "msg": "trouble"}
        joining_fails_with(qtbot, school, "The server refused: trouble If the sentence does not help, send it to your "
                           "administrator (code -).", "Try again")  # fmt: skip
        school.counter.answers.clear()
        school.window.findChild(QLineEdit, "room_id").setText("algebra-10c")
        button(school.banner, "Try again").click()
        qtbot.waitUntil(lambda: "copied" in school.banner.text(), timeout=10_000)
        token = parse_qs(urlsplit(QGuiApplication.clipboard().text()).query)["access_token"][0]
        assert school.page("verify", token)["room"]["room_id"] == "algebra-10c"
        assert school.program.furniture.shelf.meeting().room_id == "algebra-10c"

    def test_has_ended_the_room_in_this_moment(self, qtbot, school):
        school.start_room()
        school.counter.answers["/auth/room/getJoinToken"] = {
            "status": False, "msg": "room not active", "status_code": "ROOM_NOT_ACTIVE"}  # fmt: skip
        joining_fails_with(qtbot, school, "The meeting is not running. Start it: press Join and confirm, or wait for "
                           "the moderator.", "Try again")  # fmt: skip

    def test_has_blocked_the_person(self, qtbot, school):
        school.start_room()
        moderator = school.enter("moderator-1", admin=True)
        school.enter(school.meeting.user_id)
        school.page(f"remove?session={moderator}&user_id={school.meeting.user_id}&block=1")
        joining_fails_with(qtbot, school, "This user ID was removed from the running meeting and blocked. Wait until "
                           "the meeting has ended, or ask its moderator.", "Try again")  # fmt: skip

    def test_does_not_accept_fields_and_they_say_so(self, qtbot, school):
        activate(qtbot, school.window)
        school.start_room()
        refusal = ("validation errors:\n - user_info.name: value does not match regex pattern `^[a-z]{3,9}$`"
                   "\n - user_info.user_id: value length must be at most {n}")  # fmt: skip
        school.counter.answers["/auth/room/getJoinToken"] = {
            "status": False, "msg": refusal, "status_code": "INVALID_PARAMETERS"}  # fmt: skip
        joining_fails_with(qtbot, school, "The server did not accept a value: user_info.name: value does not match "
                           "regex pattern `^[a-z]{3,9}$`; user_info.user_id: value length must be at most {n} "
                           "Correct the field and try again.")  # fmt: skip
        shown = [each.text() for each in visible(QLabel, school.window)]
        assert "value does not match regex pattern `^[a-z]{3,9}$`" in shown
        assert "value length must be at most {n}" in shown
        field = school.window.findChild(QLineEdit, "user_info.name")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is field)

    def test_answers_nonsense(self, qtbot, school):
        school.counter.answers["/auth/room/isRoomActive"] = {"status": True, "is_active": "perhaps"}
        copy_link(qtbot, school)
        qtbot.waitUntil(lambda: school.banner.text() != "", timeout=10_000)
        assert "sent an answer this program does not understand" in school.banner.text()
        assert offers(school) == ["Try again"]


class TestTheKeyring:
    @pytest.fixture
    def empty_bus(self, folder, monkeypatch):
        with services.bus(folder) as address:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            yield address

    @pytest.fixture
    def own_keyring(self, folder, empty_bus):
        with services.keyring_daemon(folder, empty_bus):
            yield empty_bus

    NONE = ("This computer offers no keyring to keep the API secret in. Type the secret for this session only, or "
            "install a keyring (GNOME Keyring, KWallet) and sign in to your computer again.")  # fmt: skip

    def test_is_none_and_the_secret_for_this_session_works(self, qtbot, school, empty_bus):
        school.start_room()
        joining_fails_with(qtbot, school, self.NONE, "Type the secret…")
        button(school.banner, "Type the secret…").click()
        asking = dialog(qtbot, SecretDialog, school.window)
        qtbot.waitUntil(lambda: not asking.session_only.isEnabled())
        assert asking.session_only.isChecked()
        assert "the secret is forgotten when the program ends" in " ".join(
            each.text() for each in visible(QLabel, asking))  # fmt: skip
        save = button(asking, "Use this secret")
        assert not save.isEnabled()
        asking.field._line.setText(f"  {school.practice.secret}\n")
        save.click()
        qtbot.waitUntil(lambda: "copied" in school.banner.text(), timeout=20_000)
        assert school.practice.secret not in QGuiApplication.clipboard().text()
        copy_link(qtbot, school)
        qtbot.waitUntil(lambda: school.counter.count("getJoinToken") == 2, timeout=10_000)

    def test_does_not_know_the_secret_and_keeps_it_when_it_is_typed(self, qtbot, school):
        KeyringSecrets().forget(school.server)
        joining_fails_with(qtbot, school, "The API secret of Schule am See is not in your keyring. Type it once under "
                           "“Server settings”. Your administrator finds it in config.yaml (client → secret).",
                           "Try again", "Type the secret…")  # fmt: skip
        button(school.banner, "Type the secret…").click()
        asking = dialog(qtbot, SecretDialog, school.window)
        qtbot.waitUntil(lambda: "GNOME Keyring" in " ".join(each.text() for each in visible(QLabel, asking)))
        assert not asking.session_only.isChecked()
        asking.field._line.setText(school.practice.secret)
        button(asking, "Use this secret").click()
        box = dialog(qtbot, QMessageBox, school.window)
        button(box, "Cancel").click()
        assert KeyringSecrets().get(school.server) == school.practice.secret

    def test_is_locked(self, qtbot, school, own_keyring):
        KeyringSecrets().put(school.server, school.practice.secret)
        services.lock(own_keyring)
        words = ("Your keyring is locked. Unlock it with your login password, then try again. You can also type the "
                 "secret for this session only.")  # fmt: skip
        joining_fails_with(qtbot, school, words, "Try again", "Type the secret…")

    def test_never_answers(self, qtbot, school, empty_bus):
        words = ("Your keyring did not answer within 5 seconds. Look for a window that asks for your password, then "
                 "try again. You can also type the secret for this session only.")  # fmt: skip
        with services.dead_service(empty_bus):
            joining_fails_with(qtbot, school, words, "Try again", "Type the secret…")

    def test_does_not_keep_what_it_is_given(self, qtbot, school):
        class Forgetful(KeyringBackend):
            priority = 1

            def get_password(self, service, username):
                return None

            def set_password(self, service, username, password):
                pass

            def delete_password(self, service, username):
                pass

        school.start_room()
        school.program.furniture.connections.secrets._choose = Forgetful
        copy_link(qtbot, school)
        qtbot.waitUntil(lambda: "Type the secret…" in offers(school))
        button(school.banner, "Type the secret…").click()
        asking = dialog(qtbot, SecretDialog, school.window)
        qtbot.waitUntil(lambda: "Forgetful" in " ".join(each.text() for each in visible(QLabel, asking)))
        asking.field._line.setText(school.practice.secret)
        button(asking, "Use this secret").click()
        words = ("The keyring did not keep the secret as it was given. Nothing was saved. Type the secret for this "
                 "session only, and check the keyring's settings.")  # fmt: skip
        qtbot.waitUntil(lambda: school.banner.text() == words, timeout=10_000)
        assert offers(school) == ["Type the secret…"]

        button(school.banner, "Type the secret…").click()
        qtbot.waitUntil(lambda: any(each is not asking for each in visible(SecretDialog, school.window)))
        asking = next(each for each in visible(SecretDialog, school.window) if each is not asking)
        qtbot.waitUntil(lambda: "Forgetful" in " ".join(each.text() for each in visible(QLabel, asking)))
        asking.session_only.setChecked(True)
        asking.field._line.setText(school.practice.secret)
        button(asking, "Use this secret").click()
        qtbot.waitUntil(lambda: "copied" in school.banner.text(), timeout=10_000)

    def test_that_is_locked_is_not_asked_again_and_again(self, qtbot, school, own_keyring):
        KeyringSecrets().put(school.server, school.practice.secret)
        services.lock(own_keyring)
        watch, told = school.program.furniture.watch, []
        watch.told.connect(lambda *facts: told.append(facts))
        watch.look_now()
        qtbot.waitUntil(lambda: bool(told), timeout=10_000)
        assert not watch._period.isActive()
        assert not watch._settle.isActive()


def test_a_secret_typed_for_another_server_is_not_taken(qtbot, school):
    other = Server("other", "Other", school.practice.address, "other-key")
    school.program.furniture.library.apply(lambda book: book.with_server(other))
    school.program.furniture.connections.secrets.put_for_session(other, "other secret")
    assert school.program.furniture.connections.secrets.get(school.server) == school.practice.secret


def test_a_late_answer_about_another_room_is_dropped(qtbot, school):
    """The watch asked about the old room while the user typed a new one."""
    watch, told = school.program.furniture.watch, []
    qtbot.waitUntil(lambda: school.program.furniture.shelf.state() is not None, timeout=10_000)  # the first answer
    school.counter.seconds = 0.5
    watch.told.connect(lambda meeting_id, state: told.append(school.program.furniture.shelf.meeting().room_id))
    watch.look_now()
    calls = school.counter.count("isRoomActive")
    qtbot.waitUntil(lambda: school.counter.count("isRoomActive") > calls, timeout=10_000)
    school.window.findChild(QLineEdit, "room_id").setText("another-room")
    asked_again = school.counter.count("isRoomActive") + 1
    qtbot.waitUntil(lambda: school.counter.count("isRoomActive") == asked_again, timeout=10_000)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told == ["another-room"]
    assert school.program.furniture.shelf.state().running is False


def test_a_bug_while_joining_lets_go_of_the_buttons(qtbot, school, caplog, monkeypatch):
    from pnm_launcher.gui import joining
    from pnm_launcher.gui.problems import BugDialog

    begun = threading.Event()

    def broken(*facts, **more):
        begun.set()
        raise ZeroDivisionError

    monkeypatch.setattr(joining.launch, "room_state", broken)
    school.program.furniture.watch.stop()
    copy_link(qtbot, school)
    shown = dialog(qtbot, BugDialog, school.window)
    assert begun.is_set()
    assert "ZeroDivisionError" in shown.report
    assert school.window.copy_link.isEnabled()
    assert not school.window.cancel.isVisible()
    shown.accept()
    caplog.clear()  # this one was meant
