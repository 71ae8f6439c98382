"""Signing in and out of Matrix accounts in the window, at a real homeserver; nothing of a password is left anywhere."""

import gc
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from chat_user import ChatUser
from oauth_homeserver import oauth_homeserver, refused
from practice_school import visible
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QWidget
from synapse_server import PASSWORD

from pnm_launcher import log
from pnm_launcher.errors import KeyringMissing
from pnm_launcher.gui.matrix.accounts_dialog import AccountsDialog
from pnm_launcher.gui.matrix.sign_in_dialog import SignInDialog
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix.tokens import TokenStore
from pnm_launcher.work import background

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # keyring leaves it to the collector


def tokens(user: ChatUser) -> list[str]:
    kept = TokenStore(KeyringSecrets()).load(user.account)
    return [each for each in (kept.access, kept.refresh) if each]


def texts_of_all_widgets() -> str:
    found = []
    for each in QApplication.allWidgets():
        found += [each.windowTitle(), each.toolTip(), each.accessibleName(), each.accessibleDescription()]
        if isinstance(each, QLabel | QLineEdit):
            found.append(each.text())
        elif isinstance(each, QPlainTextEdit):
            found.append(each.toPlainText())
        elif isinstance(each, QComboBox):
            found += [each.itemText(number) for number in range(each.count())]
    return "\n".join(found)


def processes() -> str:
    """The arguments and the environment of every process one can read."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        for each in (path, path.with_name("environ")):
            try:
                found.append(each.read_bytes().decode(errors="replace"))
            except OSError:
                continue
    return "\n".join(found)


def test_signing_in_by_typing_leaves_password_and_token_in_the_keyring_alone(user, ana, caplog, tmp_path):
    caplog.set_level("DEBUG")
    user.sign_in(ana)
    assert (user.account.user_id, user.account.homeserver) == (ana.id, ana.address)
    assert user.account.device_id in ana.devices()
    user.until(lambda: not user.parts.library.unsaved)
    gc.collect()
    canaries = [PASSWORD, *tokens(user)]
    files = "\n".join(path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file())
    assert ana.id in files
    places = {"widgets": texts_of_all_widgets(), "processes": processes(), "log": caplog.text + "\n".join(log.recent()),
              "files": files, "clipboard": QApplication.clipboard().text()}  # fmt: skip
    assert [(name, canary[:9]) for name, text in places.items() for canary in canaries if canary in text] == []


def test_fields_for_secrets_are_hidden_and_empty_when_the_dialog_closes(user, ana):
    signing_in = user.find_server(ana.address)
    user.press("Use an access token instead", signing_in)
    for line in (signing_in.ways.password, signing_in.ways.token):
        assert line.echoMode() == QLineEdit.EchoMode.Password
        user.type(line, "canary-secret")
        line.copy()
    assert "canary" not in QApplication.clipboard().text()
    lines = signing_in.ways.password, signing_in.ways.token
    signing_in.finished.disconnect(signing_in.deleteLater)
    signing_in.reject()
    for line in lines:
        assert (line.text(), line.isUndoAvailable()) == ("", False)
    signing_in.deleteLater()


def test_a_wrong_password_is_told_beside_its_field_and_keeps_what_was_typed(user, ana):
    signing_in = user.find_server(ana.address)
    user.type(signing_in.ways.user, ana.name)
    user.type(signing_in.ways.password, "wrong")
    user.press("Sign in", signing_in)
    user.until(lambda: signing_in.ways.problem.text())
    assert "did not accept this user name and password" in signing_in.ways.problem.text()
    assert signing_in.ways.user.text() == ana.name
    assert signing_in.ways.password.selectedText()
    user.type(signing_in.ways.password, PASSWORD)
    assert signing_in.ways.problem.text() == ""
    user.press("Sign in", signing_in)
    user.until(lambda: bool(user.book.matrix_accounts))


@pytest.mark.parametrize(("typed", "words"), [
    ("", "Type your Matrix address (@name:server), or that of your server."),
    ("no server", "Type your Matrix address"),
    ("http://hs.test", "Signing in needs https://"),
    ("https://localhost:1", "localhost does not accept connections."),
])  # fmt: skip
def test_an_address_without_a_server_is_told_beside_the_field(user, typed, words):
    signing_in = user.find_server(typed)
    assert signing_in.ways is None
    assert words in signing_in.problem.text()
    assert signing_in.address.text() == typed


def test_a_pasted_token_signs_in(user, ana):
    signing_in = user.find_server(ana.address)
    user.press("Use an access token instead", signing_in)
    user.type(signing_in.ways.token, "nonsense")
    user.press("Use this token", signing_in)
    user.until(lambda: "does not know this access token" in signing_in.ways.problem.text())
    user.type(signing_in.ways.token, ana.token)
    user.press("Use this token", signing_in)
    user.until(lambda: bool(user.book.matrix_accounts))
    assert (user.account.user_id, user.account.device_id) == (ana.id, ana.device)


def visit(address: str) -> None:
    """What a browser and somebody in front of it do: follow the way, and agree at the server's question."""
    import re

    with requests.Session() as web:
        page = web.get(address, timeout=30)
        if page.url.startswith("http://localhost") and "loginToken" not in page.url:
            link = re.search(r'href="([^"]*loginToken[^"]*)"', page.text)
            web.get(urljoin(page.url, link[1].replace("&amp;", "&")), timeout=30)


def test_signing_in_with_the_browser(user, homeserver, browser, cas):
    signing_in = user.find_server(homeserver.address)
    user.press("Continue with School", signing_in)
    user.until(lambda: len(browser) == 1)
    assert "hs.test" not in browser[0]
    assert not signing_in.ways.isEnabled()
    background(lambda: visit(browser[0]), "browser")
    user.until(lambda: bool(user.book.matrix_accounts))
    assert user.account.user_id == "@casper:hs.test"


def test_cancel_ends_the_wait_for_the_browser_and_keeps_the_dialog(user, homeserver, browser):
    signing_in = user.find_server(homeserver.address)
    user.press("Continue with School", signing_in)
    user.until(lambda: len(browser) == 1)
    user.press("Cancel", signing_in)
    assert signing_in.isVisible()
    assert signing_in.ways.isEnabled()
    with pytest.raises(requests.ConnectionError):
        requests.get(browser[0], timeout=5)


def test_signing_out_ends_it_at_the_server_and_signing_in_again_keeps_the_device(user, ana):
    user.sign_in(ana)
    device = user.account.device_id
    user.press("Accounts…")
    accounts = user.dialog(AccountsDialog)
    user.until(lambda: "Signed in" in user.words(accounts))
    user.press("Sign out", accounts)
    user.press("Sign out", user.dialog(QMessageBox))
    user.until(lambda: "Signed out" in user.words(accounts))
    assert device not in ana.devices()
    assert not user.parts.chats.tokens.is_signed_in(user.account)
    user.press("Sign in again", accounts)
    signing_in = user.dialog(SignInDialog)
    user.until(lambda: signing_in.ways is not None)
    assert signing_in.ways.user.text() == ana.id
    user.type(signing_in.ways.password, PASSWORD)
    user.press("Sign in", signing_in)
    user.until(lambda: "Signed in" in user.words(accounts))
    assert [each.device_id for each in user.book.matrix_accounts] == [device]
    assert device in ana.devices()


def test_an_account_is_removed_only_after_it_was_signed_out(user, ana):
    user.sign_in(ana)
    user.press("Accounts…")
    accounts = user.dialog(AccountsDialog)
    user.until(lambda: "Signed in" in user.words(accounts))
    row = accounts.rows[user.account.id]
    assert not row.remove.isVisible()
    user.press("Sign out", accounts)
    user.press("Sign out", user.dialog(QMessageBox))
    user.until(row.remove.isVisible)
    user.click(row.remove)
    user.until(lambda: user.book.matrix_accounts == ())
    assert not visible(type(row), accounts)


def test_without_a_keyring_the_sign_in_is_kept_for_the_session_if_wanted(user, ana, monkeypatch):
    def refuse(*_):
        raise KeyringMissing

    monkeypatch.setattr(KeyringSecrets, "put", refuse)
    signing_in = user.find_server(ana.address)
    user.type(signing_in.ways.user, ana.name)
    user.type(signing_in.ways.password, PASSWORD)
    user.press("Sign in", signing_in)
    user.until(lambda: signing_in.banner.text())
    assert user.book.matrix_accounts == ()
    user.press("Sign in for this session only", signing_in)
    user.until(lambda: bool(user.book.matrix_accounts))
    assert user.parts.chats.tokens.is_signed_in(user.account)


def test_a_sign_in_that_cannot_be_kept_is_ended_at_the_server(user, ana, monkeypatch):
    def refuse(*_):
        raise KeyringMissing

    monkeypatch.setattr(KeyringSecrets, "put", refuse)
    before = ana.devices()
    signing_in = user.find_server(ana.address)
    user.type(signing_in.ways.user, ana.name)
    user.type(signing_in.ways.password, PASSWORD)
    user.press("Sign in", signing_in)
    user.until(lambda: signing_in.banner.text())
    assert len(ana.devices()) == len(before) + 1
    signing_in.reject()
    user.until(lambda: ana.devices() == before)
    assert user.book.matrix_accounts == ()


def test_the_organisations_element_web_is_checked_and_kept(user, ana):
    user.sign_in(ana)
    user.press("Accounts…")
    row = user.dialog(AccountsDialog).rows[user.account.id]
    user.type(row.web, "not an address")
    row.web.editingFinished.emit()
    assert row.problem.isVisible()
    assert user.account.web_client == ""
    user.type(row.web, "https://chat.school.example/")
    row.web.editingFinished.emit()
    user.until(lambda: user.account.web_client == "https://chat.school.example")
    assert not row.problem.isVisible()


def test_every_control_of_the_dialogs_has_a_name(user, ana):
    signing_in = user.find_server(ana.address)
    nameless = [each for each in signing_in.findChildren(QWidget) if isinstance(each, QLineEdit) and not
                each.accessibleName()]  # fmt: skip
    assert nameless == []


@pytest.fixture
def auth():
    with oauth_homeserver() as made:
        yield made


def test_a_code_is_shown_and_confirmed_on_the_servers_page(user, auth, browser):
    auth.waiting = [refused("authorization_pending")]
    signing_in = user.find_server(auth.address)
    user.press("Sign in on the server's web page", signing_in)
    user.until(lambda: signing_in._code is not None and signing_in._code.isVisible())
    assert signing_in._code.code.text() == "ABCD-1234"
    assert signing_in._code.page.text() == f"{auth.address}/link?code=ABCD-1234"
    user.press("Open the page", signing_in)
    user.until(lambda: browser == [f"{auth.address}/link?code=ABCD-1234"])
    user.until(lambda: bool(user.book.matrix_accounts))
    assert (user.account.user_id, user.account.client_id) == ("@ana:hs.test", "client-1")
    assert "canary" not in texts_of_all_widgets()


def test_a_code_that_is_declined_is_told_and_the_ways_are_there_again(user, auth):
    auth.waiting = [refused("access_denied")]
    signing_in = user.find_server(auth.address)
    user.press("Sign in on the server's web page", signing_in)
    user.until(lambda: signing_in.banner.text())
    assert signing_in.banner.text().startswith("The sign-in was declined in the browser.")
    assert signing_in.ways.isVisible()
    assert signing_in._code is None


def test_waiting_for_the_code_is_cancelled(user, auth):
    auth.waiting = [refused("authorization_pending")] * 50
    signing_in = user.find_server(auth.address)
    user.press("Sign in on the server's web page", signing_in)
    user.until(lambda: signing_in._code is not None)
    user.press("Cancel", signing_in)
    user.until(signing_in.ways.isVisible)
    assert signing_in.ways.isEnabled()
    assert user.book.matrix_accounts == ()
