"""Connecting a server: each step of the check, what is saved, and the secret that is nowhere but in the keyring."""

import gc

import pytest
from faults import FaultServer, after_request, answering, closed_port, reply
from keyring.backend import KeyringBackend
from practice_school import CountedPractice, button, dialog, visible
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QMessageBox, QWidget

from pnm_launcher import log
from pnm_launcher.errors import KeyringLocked, SecretMissing
from pnm_launcher.gui.servers.server_dialog import ServerDialog
from pnm_launcher.keychain import KeyringSecrets, fingerprint
from pnm_launcher.ladder import STEPS
from pnm_launcher.meetings import Server
from pnm_launcher.work import Cancellation

KEYS = "from the server's config.yaml (client → "


@pytest.fixture
def server():
    """A real server that nobody has connected yet."""
    made = CountedPractice.begin()
    yield made
    made.close()
    KeyringSecrets().forget(Server("x", "x", made.address, made.api_key))


@pytest.fixture
def adding(qtbot, program):
    """The dialog for a new server, as the welcome page opens it."""
    program.window.welcome.connect_server.click()
    return dialog(qtbot, ServerDialog, program.window)


def fill(adding, address, api_key, secret) -> None:
    adding.fields.lines["address"].setText(address)
    adding.fields.lines["api_key"].setText(api_key)
    adding.fields.secret._line.setText(secret)


def check(qtbot, shown) -> None:
    qtbot.mouseClick(shown.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown._under_way is None, timeout=30_000)


def steps(shown) -> dict[str, tuple[str, str]]:
    """The sign and the words of each step, as they stand there."""
    return {name: (sign.text(), text.text()) for name, (sign, _, text) in shown.ladder._rows.items()}


def saved(program) -> list[Server]:
    return list(program.furniture.library.book.servers)


def words(shown) -> list[str]:
    return [each.text() for each in visible(QLabel, shown) if each.text()]


class TestCheck:
    def test_starts_with_all_steps_in_sight(self, adding):
        assert list(steps(adding)) == list(STEPS)
        assert set(steps(adding).values()) == {("○", "not checked yet")}
        assert not adding.anyway.isVisible()

    def test_of_a_good_server_saves_it_and_its_secret(self, qtbot, program, adding, server):
        fill(adding, f"  {server.address}/ ", f" {server.api_key} ", server.secret)
        check(qtbot, adding)
        qtbot.waitUntil(lambda: bool(saved(program)), timeout=10_000)
        assert visible(ServerDialog, program.window) == []
        (made,) = saved(program)
        assert (made.address, made.api_key) == (server.address, server.api_key)
        assert made.name == server.address.partition("://")[2]
        assert KeyringSecrets().get(made) == server.secret
        assert {path.rpartition("/")[2] for path in server.counter.paths} <= {"healthCheck", "getClientFiles"}, (
            "the check changes nothing on the server")  # fmt: skip
        assert program.furniture.shelf.meeting().server == made.id, "the first meeting is offered at once"
        assert not program.window.welcome.isVisible()

    def test_tells_each_step(self, qtbot, adding, server):
        told = []
        adding.ladder.show_step = lambda step, show=adding.ladder.show_step: (told.append((step.name, step.state)),
                                                                              show(step))  # fmt: skip
        fill(adding, server.address, server.api_key, server.secret)
        check(qtbot, adding)
        assert told == [(STEPS[0], "ok"), (STEPS[1], "skipped"), (STEPS[2], "ok"), (STEPS[3], "ok"), (STEPS[4], "ok"),
                        (STEPS[5], "ok")]  # fmt: skip

    @pytest.mark.parametrize(("key", "secret", "step", "said"), [
        ("wrong", None, "API key", f"The server does not know this API key. Copy the key again {KEYS}api_key)."),
        (None, "wrong", "API secret", f"The API secret does not match this API key. Copy it again {KEYS}secret)."),
    ])  # fmt: skip
    def test_that_fails_says_which_step_and_what_to_do(self, qtbot, program, adding, server, key, secret, step, said):
        fill(adding, server.address, key or server.api_key, secret or server.secret)
        check(qtbot, adding)
        failed = {name: text for name, (sign, text) in steps(adding).items() if sign == "✕"}
        assert failed == {step: said}
        after = list(STEPS)[list(STEPS).index(step) + 1 :]
        assert {steps(adding)[name] for name in after} == {("○", "waits for the step before it")}
        assert adding.isVisible()
        assert saved(program) == []
        assert adding.check.text() == "Check again"
        assert adding.anyway.isVisible()
        field = adding.fields.lines["api_key"] if key else adding.fields.secret._line
        qtbot.waitUntil(lambda: QApplication.focusWidget() is field)

    def test_is_readable_in_full(self, qtbot, adding, server):
        fill(adding, server.address, server.api_key, "wrong")
        check(qtbot, adding)
        qtbot.wait(50)  # the layout has settled
        for each in visible(QLabel, adding):
            assert each.height() >= each.heightForWidth(each.width()) - 1, each.text()
        boxes = [each for each in visible(QLabel, adding) + visible(QLineEdit, adding) if each.height() > 1]
        for one in boxes:
            for other in boxes:
                if one is not other and one.parent() is other.parent():
                    assert not one.geometry().adjusted(1, 1, -1, -1).intersects(other.geometry())

    def test_finds_no_server(self, qtbot, adding):
        fill(adding, f"http://localhost:{closed_port()}", "key", "secret")
        check(qtbot, adding)
        said = ("localhost does not accept connections. The server may be switched off or starting. Try again in a "
                "minute, or ask your administrator.")  # fmt: skip
        assert steps(adding)["Address"] == ("✕", said)

    def test_finds_a_server_that_is_no_plugnmeet(self, qtbot, adding):
        page = reply("200 OK", "<html><body>Welcome to the coffee shop</body></html>")
        with FaultServer(answering(page)) as other:
            fill(adding, f"http://localhost:{other.port}", "key", "secret")
            check(qtbot, adding)
        assert steps(adding)["Address"][0] == "✓"
        said = ("localhost answered with a web page, not as a plugNmeet server. You may have to sign in to the network "
                "first. Otherwise check the address: it is the one your meetings open at.")  # fmt: skip
        assert steps(adding)["Server"] == ("✕", said)

    def test_finds_a_broken_server(self, qtbot, adding):
        with FaultServer(answering(reply("502 Bad Gateway", "<h1>nginx</h1>"))) as other:
            fill(adding, f"http://localhost:{other.port}", "key", "secret")
            check(qtbot, adding)
        assert steps(adding)["Server"][0] == "✕"
        assert "is not running (code 502)" in steps(adding)["Server"][1]

    def test_can_be_saved_anyway(self, qtbot, program, adding):
        address = f"http://localhost:{closed_port()}"
        fill(adding, address, "key", "secret-of-a-server-that-is-off")
        check(qtbot, adding)
        adding.anyway.click()
        qtbot.waitUntil(lambda: bool(saved(program)), timeout=10_000)
        (made,) = saved(program)
        assert KeyringSecrets().get(made) == "secret-of-a-server-that-is-off"
        KeyringSecrets().forget(made)

    def test_must_be_made_again_after_a_change(self, qtbot, adding):
        fill(adding, f"http://localhost:{closed_port()}", "key", "secret")
        for change in (lambda: adding.fields.lines["api_key"].setText("other"),
                       lambda: adding.fields.secret._line.setText("other")):  # fmt: skip
            check(qtbot, adding)
            assert adding.anyway.isVisible()
            change()
            assert not adding.anyway.isVisible()

    def test_lets_nothing_be_typed_meanwhile(self, qtbot, program, adding, server):
        server.counter.seconds = 0.3
        fill(adding, server.address, server.api_key, server.secret)
        adding.check.click()
        QTest.keyClicks(adding.fields.lines["address"], "/elsewhere")
        QTest.keyClicks(adding.fields.secret._line, "more")
        adding.check.click()
        qtbot.waitUntil(lambda: bool(saved(program)), timeout=20_000)
        assert saved(program)[0].address == server.address
        assert KeyringSecrets().get(saved(program)[0]) == server.secret
        assert server.counter.count("getClientFiles") == 1

    def test_can_be_left_and_then_saves_nothing(self, qtbot, program, adding, server):
        server.counter.seconds = 0.3
        fill(adding, server.address, server.api_key, server.secret)
        adding.check.click()
        qtbot.waitUntil(lambda: bool(server.counter.paths), timeout=10_000)
        qtbot.keyClick(adding, Qt.Key.Key_Escape)
        assert not adding.isVisible()
        server.counter.seconds = 0.0
        qtbot.wait(1_000)  # the answers have come
        assert saved(program) == []
        with pytest.raises(SecretMissing):
            KeyringSecrets().get(Server("x", "x", server.address, server.api_key))

    def test_that_ends_in_the_moment_of_leaving_changes_nothing(self, adding):
        """The answer may be in the queue already when the user presses Escape."""
        told = []
        adding._wait(Cancellation())
        answer = adding._unless_stopped(lambda: told.append("saved"))
        adding.reject()
        answer()
        assert told == []

    def test_of_a_server_that_never_answers_can_be_left_at_once(self, qtbot, adding):
        with FaultServer(after_request(every=30, again=False)) as dead:
            fill(adding, f"http://localhost:{dead.port}", "key", "secret")
            adding.check.click()
            qtbot.waitUntil(lambda: steps(adding)["Address"][0] == "✓", timeout=10_000)
            adding.cancel.click()
            assert not adding.isVisible()


class TestFields:
    @pytest.mark.parametrize("address", [
        "", "meet.example.org/a b", "ftp://meet.example.org", "https://", "https://user:pass@meet.example.org",
        "http://meet.example.org",
    ])  # fmt: skip
    def test_a_bad_address_is_told_beside_it_and_nothing_is_sent(self, qtbot, adding, address):
        fill(adding, address, "key", "secret")
        adding.check.click()
        assert adding._under_way is None
        problem = adding.fields.problems["address"]
        assert problem.text()
        assert problem.isVisible()
        line = adding.fields.lines["address"]
        assert line.property("wrong") is True
        assert QAccessible.queryAccessibleInterface(line).text(QAccessible.Text.Description) == problem.text()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
        line.setText("https://meet.example.org")
        assert problem.text() == ""
        assert line.property("wrong") is False

    @pytest.mark.parametrize("key", ["", "two words", "schlüssel", "tab\tinside"])
    def test_a_bad_key_is_told_beside_it(self, adding, key):
        fill(adding, "https://meet.example.org", key, "secret")
        adding.check.click()
        assert adding._under_way is None
        assert adding.fields.problems["api_key"].text() == f"Copy the key {KEYS}api_key)."

    def test_a_missing_secret_is_told_beside_it(self, qtbot, adding):
        fill(adding, "https://meet.example.org", "key", "")
        adding.check.click()
        assert adding._under_way is None
        assert "Type the API secret of this key. It is in the server's config.yaml (client → secret)." in words(adding)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is adding.fields.secret._line)

    @pytest.mark.parametrize("typed", ["two words", "gehéim", "a\u200bb"])
    def test_what_can_be_no_secret_is_told_and_not_taken_for_unchanged(self, qtbot, adding, typed):
        fill(adding, "https://meet.example.org", "key", typed)
        assert any(each.startswith("This is not an API secret") for each in words(adding))
        adding.check.click()
        assert adding._under_way is None
        assert any(each.startswith("This cannot be a secret.") for each in words(adding))

    def test_white_space_around_the_secret_is_removed_and_told(self, qtbot, program, adding, server):
        fill(adding, server.address, server.api_key, f" \t{server.secret} ")
        assert f"Blanks before and after it were removed: 3. Fingerprint {fingerprint(server.secret)}: compare it " \
               "with your administrator's." in words(adding)  # fmt: skip
        check(qtbot, adding)
        qtbot.waitUntil(lambda: bool(saved(program)), timeout=10_000)
        assert KeyringSecrets().get(saved(program)[0]) == server.secret

    def test_more_settings_come_when_wanted(self, qtbot, adding):
        assert not adding.fields.lines["page"].isVisible()
        button(adding, "More settings").click()
        assert adding.fields.lines["page"].isVisible()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is adding.fields.lines["name"])

    def test_a_certificate_file_that_is_none_is_told(self, qtbot, adding, server):
        button(adding, "More settings").click()
        adding.fields.lines["ca_file"].setText("/nowhere/ca.pem")
        fill(adding, "https://localhost:1", "key", "secret")
        check(qtbot, adding)
        everything = " ".join((adding.banner.text(), *(text for _, text in steps(adding).values())))
        assert "/nowhere/ca.pem" in everything or "does not accept connections" in everything
        assert adding.isVisible()


class TestEditing:
    @pytest.fixture
    def known(self, qtbot, program, server):
        made = Server("s1", "School", server.address, server.api_key)
        KeyringSecrets().put(made, server.secret)
        program.furniture.library.apply(lambda book: book.with_server(made))
        return made

    @pytest.fixture
    def editing(self, qtbot, program, known):
        program.furniture.servers.edit("s1")
        return dialog(qtbot, ServerDialog, program.window)

    def test_shows_what_is_saved_but_not_the_secret(self, editing, known):
        assert editing.fields.lines["address"].text() == known.address
        assert editing.fields.secret._line.text() == ""
        assert editing.fields.secret._line.placeholderText() == "unchanged: it is in your keyring"

    def test_keeps_the_secret_when_the_field_stays_empty(self, qtbot, program, editing, server):
        editing.fields.lines["name"].setText("New name")
        check(qtbot, editing)
        qtbot.waitUntil(lambda: saved(program)[0].name == "New name", timeout=10_000)
        assert KeyringSecrets().get(saved(program)[0]) == server.secret
        assert len(saved(program)) == 1

    def test_does_not_take_a_bad_secret_for_an_empty_field(self, qtbot, program, editing):
        editing.fields.secret._line.setText("two words")
        editing.check.click()
        assert editing._under_way is None
        assert editing.isVisible()

    def test_another_key_needs_its_own_secret_and_the_old_one_is_forgotten(self, qtbot, program, editing, known):
        other = CountedPractice.begin()
        editing.fields.lines["address"].setText(other.address)
        editing.fields.lines["api_key"].setText(other.api_key)
        editing.check.click()
        assert editing._under_way is None
        editing.fields.secret._line.setText(other.secret)
        check(qtbot, editing)
        qtbot.waitUntil(lambda: saved(program)[0].api_key == other.api_key, timeout=10_000)
        assert KeyringSecrets().get(saved(program)[0]) == other.secret
        qtbot.waitUntil(lambda: not has_secret(known), timeout=10_000)
        KeyringSecrets().forget(saved(program)[0])
        other.close()

    def test_removing_asks_and_then_forgets_the_secret_too(self, qtbot, program, editing, known):
        editing.remove.click()
        box = dialog(qtbot, QMessageBox, editing)
        button(box, "Cancel").click()
        assert editing.isVisible()
        editing.remove.click()
        button(dialog(qtbot, QMessageBox, editing), "Remove").click()
        qtbot.waitUntil(lambda: saved(program) == [], timeout=10_000)
        assert not has_secret(known)
        assert "“School” was removed, and its secret deleted from the keyring." in program.window.banner.text()
        assert program.window.banner.isVisible()

    def test_removing_keeps_the_secret_of_another_server_with_the_same_key(
        self, qtbot, program, editing, known, server
    ):
        twin = Server("s2", "Twin", known.address, known.api_key)
        program.furniture.library.apply(lambda book: book.with_server(twin))
        editing.remove.click()
        button(dialog(qtbot, QMessageBox, editing), "Remove").click()
        qtbot.waitUntil(lambda: [each.id for each in saved(program)] == ["s2"], timeout=10_000)
        assert KeyringSecrets().get(twin) == server.secret

    def test_a_keyring_that_does_not_forget_keeps_the_server(self, qtbot, program, editing):
        def locked():
            raise KeyringLocked

        editing.remove.click()
        program.furniture.connections.secrets._choose = locked
        button(dialog(qtbot, QMessageBox, editing), "Remove").click()
        qtbot.waitUntil(lambda: "Your keyring is locked." in program.window.banner.text(), timeout=10_000)
        assert len(saved(program)) == 1
        program.furniture.connections.secrets._choose = KeyringSecrets()._choose
        button(program.window.banner, "Try again").click()
        qtbot.waitUntil(lambda: saved(program) == [], timeout=10_000)

    def test_the_foot_of_the_list_leads_to_the_settings(self, qtbot, program, known):
        program.window.sidebar._foot.click()
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        opened = QApplication.activePopupWidget()
        assert [each.text() for each in opened.actions() if each.text()] == ["School: settings…",
                                                                             "Connect another server…"]  # fmt: skip
        first = opened.actions()[0]
        qtbot.mouseClick(opened, Qt.MouseButton.LeftButton, pos=opened.actionGeometry(first).center())
        shown = dialog(qtbot, ServerDialog, program.window)
        assert shown.windowTitle() == "Server settings"
        shown.reject()


def has_secret(server) -> bool:
    try:
        KeyringSecrets().get(server)
    except SecretMissing:
        return False
    return True


class TestWithoutAKeyring:
    def test_the_secret_can_be_kept_for_this_session(self, qtbot, program, adding, server):
        def none():
            from pnm_launcher.errors import KeyringMissing

            raise KeyringMissing

        program.furniture.connections.secrets._choose = none
        fill(adding, server.address, server.api_key, server.secret)
        check(qtbot, adding)
        qtbot.waitUntil(lambda: "offers no keyring" in adding.banner.text(), timeout=10_000)
        assert saved(program) == []
        button(adding.banner, "Save for this session only").click()
        qtbot.waitUntil(lambda: bool(saved(program)), timeout=10_000)
        assert program.furniture.connections.secrets.get(saved(program)[0]) == server.secret

    def test_that_keeps_something_else_saves_nothing(self, qtbot, program, adding, server):
        class Broken(KeyringBackend):
            priority = 1

            def get_password(self, service, username):
                return "something else"

            def set_password(self, service, username, password):
                pass

            def delete_password(self, service, username):
                pass

        program.furniture.connections.secrets._choose = Broken
        fill(adding, server.address, server.api_key, server.secret)
        check(qtbot, adding)
        qtbot.waitUntil(lambda: "did not keep the secret" in adding.banner.text(), timeout=10_000)
        assert saved(program) == []
        assert adding.isVisible()
        assert adding.check.isEnabled()


def test_the_secret_is_nowhere_but_in_the_keyring(qtbot, program, adding, server):
    """Typed, checked with success and failure, saved: then looked for in everything that can be read."""
    QGuiApplication.clipboard().clear()
    line = adding.fields.secret._line
    line.setFocus()
    QTest.keyClicks(line, server.secret)
    assert leaks(server.secret) == []
    line.selectAll()
    for keys in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut):
        QTest.keySequence(line, QKeySequence(keys))
    assert leaks(server.secret) == []
    line.setText(server.secret)

    fill(adding, server.address, "wrong", server.secret)
    check(qtbot, adding)
    assert leaks(server.secret) == []
    adding.fields.lines["api_key"].setText(server.api_key)
    at_the_end = []
    adding.finished.connect(lambda: at_the_end.extend((line.text(), line.undo(), line.text())))
    check(qtbot, adding)
    qtbot.waitUntil(lambda: bool(saved(program)), timeout=10_000)
    assert KeyringSecrets().get(saved(program)[0]) == server.secret
    assert at_the_end == ["", None, ""], "the field is empty, and undo brings nothing back"
    assert leaks(server.secret) == []


def leaks(canary: str) -> list[str]:
    """Where a text can be read: in widgets, by screen readers, on the clipboard, in the log, in reprs."""
    clipboard = QGuiApplication.clipboard()
    places = {
        "clipboard": clipboard.text(clipboard.Mode.Clipboard),
        "selection": clipboard.text(clipboard.Mode.Selection),
        "log": log.recent(),
        "servers": [repr(each) for each in gc.get_objects() if isinstance(each, Server)],
    }
    for widget in QApplication.allWidgets():
        places[f"{widget} on the screen"] = (*shown_by(widget), *properties(widget))
        places[f"{widget} for screen readers"] = tuple(spoken(widget))
    return [place for place, texts in places.items() if canary in str(texts)]


def shown_by(widget: QWidget) -> list[str]:
    names = ["windowTitle", "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription"]
    names += ["displayText", "toPlainText", "selectedText", "placeholderText"]
    if not isinstance(widget, QLineEdit) or widget.echoMode() == QLineEdit.EchoMode.Normal:
        names.append("text")
    return [repr(widget), *(str(getattr(widget, name)()) for name in names if hasattr(widget, name))]


def properties(widget: QWidget) -> list[str]:
    """What the style sheet looks at; Qt's own properties are of types that Python does not know."""
    return [str(widget.property(name)) for name in ("look", "tone", "wrong", "place")]


def spoken(widget: QWidget) -> list[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return []
    found = [interface.text(kind) for kind in QAccessible.Text if kind != QAccessible.Text.UserText]
    text = interface.textInterface()
    return [*found, text.text(0, text.characterCount())] if text else found
