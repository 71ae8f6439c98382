"""The whole main job on real parts: the main window, the keyring, HTTP, QtWebEngine with its sandbox, the room."""

import base64
import json
import os
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from pnm_launcher import log
from pnm_launcher.gui.app import Program
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.meetings import Meeting, Server

LOCKS = "user_info.user_metadata.lock_settings"
DESIGN = {
    "primary_color": "#8e24aa",
    "header_bg_color": "#c62828",
    "footer_bg_color": "#2e7d32",
    "footer_icon_bg_color": "#ffee58",
    "side_panel_bg_color": "#b3e5fc80",
    "background_color": "#ffe0b2",
}


@pytest.fixture
def saved(program, practice):
    """The practice server as any server: its row in the library, its secret in the real keyring."""
    server = Server("school", "School", practice.address, practice.api_key)
    KeyringSecrets().put(server, practice.secret)
    join = {
        "room_id": "maths-9b",
        "user_info.name": "Zoë Martín 日本",
        "user_info.user_id": "zoe-1",
        f"{LOCKS}.lock_microphone": True,
        f"{LOCKS}.lock_whiteboard": False,
    }
    create = {"metadata.default_lock_settings.lock_chat": True, "metadata.room_title": "Maths, class 9b"}
    meeting = Meeting("m1", "Monday", "school", join, create, DESIGN)
    program.furniture.library.apply(lambda book: book.with_server(server).with_meeting(meeting))
    yield meeting
    KeyringSecrets().forget(server)


def press(qtbot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def answer(qtbot, program: Program, text: str) -> None:
    """Press the button of that text in the question that the window asks."""

    def box() -> QMessageBox | None:
        return next((each for each in program.window.findChildren(QMessageBox) if each.isVisible()), None)

    qtbot.waitUntil(lambda: box() is not None, timeout=10_000)
    press(qtbot, next(each for each in box().findChildren(QPushButton) if each.text() == text))


def ask_page(qtbot, window, code: str):
    """The value of a JavaScript expression in the meeting's page."""
    found: list[str] = []
    window.page.runJavaScript(f"JSON.stringify({code})", found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=5_000)
    return json.loads(found[0]) if found[0] else None


def wait_for(qtbot, window, code: str) -> None:
    def there() -> None:
        assert ask_page(qtbot, window, code), code

    qtbot.waitUntil(there, timeout=20_000)


def opened_window(qtbot, program: Program, meeting: Meeting):
    opening = program.furniture.opening
    qtbot.waitUntil(lambda: opening.window(meeting.id) is not None, timeout=20_000)
    return opening.window(meeting.id)


def color_of(selector: str) -> str:
    return f"getComputedStyle(document.querySelector({json.dumps(selector)})).backgroundColor"


def test_a_click_on_join_leads_to_the_room_with_name_role_locks_and_colours(qtbot, program, saved):
    links = []
    program.furniture.joining.opened.connect(lambda wish, link: links.append(link))
    press(qtbot, program.window.join)
    answer(qtbot, program, "Start the meeting")
    window = opened_window(qtbot, program, saved)
    wait_for(qtbot, window, "!!document.querySelector('.secondary-button')")
    assert "Zoë Martín 日本" in ask_page(qtbot, window, "document.body.innerText")
    ask_page(qtbot, window, "(document.querySelector('.secondary-button').click(), true)")
    wait_for(qtbot, window, "!!document.querySelector('#main-footer')")

    wait_for(qtbot, window, "document.body.innerText.includes('Zoë Martín 日本 (me)')")
    assert ask_page(qtbot, window, "document.title") == "Maths, class 9b"
    locks = dict(ask_page(qtbot, window, "[...document.querySelectorAll('[data-lock]')].map("
                                         "each => [each.dataset.lock, each.dataset.locked])"))  # fmt: skip
    assert locks["microphone"] == "true"
    assert locks["whiteboard"] == "false"
    assert locks["chat"] == "true", "left to the room, which locks it"
    assert locks["webcam"] == "false", "left to the room, which says nothing"
    assert locks["screen_sharing"] == "true", "left to the room, which locks it by default"
    assert ask_page(qtbot, window, color_of("#main-header")) == "rgb(198, 40, 40)"
    assert ask_page(qtbot, window, color_of("#main-footer")) == "rgb(46, 125, 50)"
    assert ask_page(qtbot, window, color_of(".side-panel-bg-color")).startswith("rgba(179, 229, 252, 0.5"), "alpha last"
    nothing_leaked(qtbot, program, window, links[0].token)


def nothing_leaked(qtbot, program: Program, window, token: str) -> None:
    """The token is in no address, title, referrer, file, argument, environment, log line or widget."""
    secret = program.furniture.connections.secrets.get(program.furniture.library.book.server("school"))
    pages = ask_page(qtbot, window, "[location.href, document.title, document.referrer, document.body.innerText,"
                                    "...performance.getEntriesByType('resource').map(each => each.name)]")  # fmt: skip
    titles = [each.windowTitle() for each in QApplication.topLevelWidgets()]
    texts = [each.toolTip() + each.accessibleName() for each in QApplication.allWidgets()]
    history = [item.url().toString() for item in window.page.history().items()]
    logged = [*log.recent(), repr(program.furniture.connections), repr(window)]
    for canary in (token, secret):
        for form in (canary, quote(canary, safe=""), base64.b64encode(canary.encode()).decode()):
            for place in (*pages, *titles, *texts, *history, *logged, *processes()):
                assert form not in place
            assert not files_with(form)
    assert ask_page(qtbot, window, "document.cookie.includes('pnm_access_token=')"), "the token is where it belongs"


def processes() -> list[str]:
    """Arguments and environments of this process and all it has started."""
    found = subprocess.run(["ps", "-eo", "pid="], capture_output=True, text=True, check=True).stdout.split()
    texts = []
    for pid in found:
        for name in ("cmdline", "environ"):
            try:
                texts.append(Path(f"/proc/{pid}/{name}").read_bytes().decode("utf-8", "replace"))
            except OSError:
                continue
    return texts


def files_with(text: str) -> list[str]:
    """Files below the home and configuration folders that hold a text, the keyring's own (encrypted) ones included."""
    folders = [os.environ["HOME"], os.environ["PNM_LAUNCHER_HOME"]]
    done = subprocess.run(["grep", "-rlaF", "--", text, *folders], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def test_the_meeting_window_keeps_the_sandbox_and_listens_to_nobody(qtbot, program, saved):
    press(qtbot, program.window.join)
    answer(qtbot, program, "Start the meeting")
    window = opened_window(qtbot, program, saved)
    wait_for(qtbot, window, "!!document.querySelector('.secondary-button')")
    status = Path(f"/proc/{window.page.renderProcessPid()}/status").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status


def test_a_moderator_loses_all_locks_and_is_told_so_before(qtbot, program, saved):
    moderator = saved.with_values("join", {**saved.join, "user_info.is_admin": True})
    program.furniture.shelf.put(moderator)
    press(qtbot, program.window.join)
    answer(qtbot, program, "Start the meeting")
    window = opened_window(qtbot, program, saved)
    wait_for(qtbot, window, "!!document.querySelector('.secondary-button')")
    ask_page(qtbot, window, "(document.querySelector('.secondary-button').click(), true)")
    wait_for(qtbot, window, "!!document.querySelector('#main-footer')")
    locked = ask_page(qtbot, window, "[...document.querySelectorAll('[data-locked=true]')].map(e => e.dataset.lock)")
    assert locked == []


def test_try_it_now_is_one_click_from_the_welcome_page_to_the_practice_room(qtbot, program):
    press(qtbot, program.window.welcome.practice)
    opening = program.furniture.opening
    qtbot.waitUntil(lambda: program.furniture.shelf.meeting() is not None, timeout=5_000)
    window = opened_window(qtbot, program, program.furniture.shelf.meeting())
    wait_for(qtbot, window, "!!document.querySelector('.primary-button')")
    assert opening.meeting(program.furniture.shelf.meeting().id).user_name in ask_page(
        qtbot, window, "document.body.innerText")  # fmt: skip
