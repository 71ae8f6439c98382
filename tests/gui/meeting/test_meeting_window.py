"""The token's way, the sandbox, what the window shows, and the windows a meeting opens."""

import os
from pathlib import Path

import pytest
from meeting_pages import HELLO, TOKEN
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

SHOWS_COOKIE = HELLO + "<script>document.body.append(document.cookie)</script>"


# --- the token ---------------------------------------------------------------------------------------------------


def test_the_token_comes_with_the_first_request_and_in_the_page_as_a_cookie(pages, meeting):
    meeting.loaded()
    assert pages.requests[0].path.startswith("/?custom_design=%7B%22")
    assert pages.requests[0].headers["Cookie"] == f"pnm_access_token={TOKEN}"
    assert meeting.js("document.cookie") == f"pnm_access_token={TOKEN}"
    assert meeting.js("JSON.parse(new URLSearchParams(location.search).get('custom_design'))") == {
        "primary_color": "#0a66c2"
    }


def test_the_token_is_in_no_address_title_history_or_referrer(pages, open_meeting):
    pages.answers["/"] = (
        HELLO + '<img src="/picture.png"><script src="/code.js"></script><a id=next href="/next">next</a>'
    )
    pages.answers["/next"] = SHOWS_COOKIE
    meeting = open_meeting().loaded()
    meeting.click("#next")
    meeting.wait_js("location.pathname", "/next")
    meeting.wait_js("document.cookie.length > 0", True)
    page = meeting.window.page
    history = [item.url().toString() + item.title() for item in page.history().items()]
    assert len(history) == 2
    told = [page.url().toString(), page.requestedUrl().toString(), meeting.window.windowTitle(), *history]
    told += [meeting.js("location.href + document.referrer + document.title + JSON.stringify(history.state)")]
    assert not [text for text in told if TOKEN in text]
    assert {"/picture.png", "/code.js", "/next"} <= set(pages.paths())
    for request in pages.requests:
        spoken = {name: value for name, value in request.headers.items() if name != "Cookie"}
        assert TOKEN not in request.path + str(spoken)
        assert request.headers.get("Referer", pages.origin).startswith(pages.origin)


def test_another_site_in_the_page_does_not_get_the_token(pages, open_meeting):
    pages.answers["/"] = HELLO + f'<iframe src="{pages.foreign}/frame"></iframe><img src="{pages.foreign}/picture.png">'
    open_meeting().loaded()
    foreign = [request for request in pages.requests if request.host.startswith("127.0.0.1")]
    assert {request.path for request in foreign} == {"/frame", "/picture.png"}
    assert TOKEN not in str(foreign)


def test_two_meetings_know_nothing_of_each_other(pages, open_meeting):
    first, second = open_meeting().loaded(), open_meeting().loaded()
    first.js("(document.cookie = 'mine=1', localStorage.mine = '1', 1)")
    assert second.js("[document.cookie, localStorage.mine || '']") == [f"pnm_access_token={TOKEN}", ""]


def test_nothing_of_a_meeting_stays_on_the_disk(pages, open_meeting):
    pages.answers["/"] = SHOWS_COOKIE + "<script>localStorage.seen = 'canary-4be1a7'; indexedDB.open('room')</script>"
    meeting = open_meeting().loaded()
    assert meeting.window.page.profile().isOffTheRecord()
    meeting.close()
    home = Path(os.environ["HOME"])
    kept = [path for path in home.rglob("*") if path.is_file() and b"canary-4be1a7" in path.read_bytes()]
    assert kept == []


def test_what_a_page_says_to_its_console_is_not_printed(pages, open_meeting, capfd):
    pages.answers["/"] = HELLO + "<script>console.log(document.cookie); console.error(document.cookie)</script>"
    open_meeting().loaded()
    assert TOKEN not in "".join(capfd.readouterr())


def test_the_page_is_asked_for_in_the_meetings_language(pages, open_meeting):
    meeting = open_meeting(language="de-DE").loaded()
    assert pages.requests[0].headers["Accept-Language"].startswith("de-DE")
    assert meeting.js("navigator.language") == "de-DE"


# --- the sandbox -------------------------------------------------------------------------------------------------


def status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_the_page_is_locked_in(meeting):
    renderer = meeting.loaded().window.page.renderProcessPid()
    assert status(renderer)["Seccomp"] == "2"
    assert status(renderer)["NoNewPrivs"] == "1"
    for namespace in ("user", "pid", "net"):
        own = Path(f"/proc/{renderer}/ns/{namespace}").readlink()
        assert own != Path(f"/proc/self/ns/{namespace}").readlink(), namespace


def descendants(pid: int) -> set[int]:
    children = {
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    }
    return {pid}.union(*(descendants(child) for child in children))


def sockets(pid: int) -> set[str]:
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()]
    return {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:")}


def listening() -> set[int]:
    """The ports at which this program and all it has started wait for connections."""
    ours = set().union(*(sockets(pid) for pid in descendants(os.getpid())))
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "0A" and row[9] in ours}


def test_the_program_opens_no_door_of_its_own(pages, open_meeting):
    before = listening()
    assert pages.port in before, "the port of this test's own web server"
    open_meeting().loaded()
    assert listening() == before


# --- what is shown -----------------------------------------------------------------------------------------------


def test_the_title_says_the_host_first(pages, open_meeting):
    pages.answers["/"] = HELLO + "<script>document.title = 'bank.example – \\u202eLogin\\n' + 'x'.repeat(500)</script>"
    title = open_meeting().loaded().window.windowTitle()
    assert title.startswith(f"localhost:{pages.port} – bank.example – Login x")
    assert len(title) < 120
    assert title.isprintable()


def test_a_page_without_a_title_is_named_by_the_meeting(pages, open_meeting):
    pages.answers["/"] = "<!doctype html><body>no title"
    assert open_meeting().loaded().window.windowTitle() == f"localhost:{pages.port} – Maths"


def test_a_calm_page_stands_there_until_the_meeting_has_loaded(pages, open_meeting):
    pages.answers["/"] = HELLO + '<script src="/slow.js"></script>'
    meeting = open_meeting()
    meeting.qtbot.waitUntil(lambda: "/slow.js" in pages.paths(), timeout=10_000)
    assert meeting.window.curtain.isVisible()
    assert f"localhost:{pages.port}" in meeting.window.curtain.text
    assert not meeting.window.loaded
    pages.hold.set()
    meeting.loaded()
    assert not meeting.window.curtain.isVisible()
    assert meeting.window.view.hasFocus()


def test_the_window_fits_the_screen_and_has_its_meetings_id(open_meeting):
    window = open_meeting(meeting_id="m1").window
    assert window.meeting_id == "m1"
    assert window.screen().availableGeometry().size().expandedTo(window.size()) == window.screen().availableSize()


def menu_at(meeting, selector):
    """The texts of the context menu there; none if no menu opens."""
    area = meeting.js(f"document.querySelector('{selector}').getBoundingClientRect()")
    place = QPoint(int(area["x"]) + 8, int(area["y"]) + 8)
    view = meeting.window.view
    meeting.painted()
    meeting.js("(window.asked = 0, addEventListener('contextmenu', () => asked++), 1)")
    QTest.mouseClick(view.focusProxy(), Qt.MouseButton.RightButton, pos=place)
    meeting.wait_js("asked > 0", True)
    meeting.qtbot.wait(100)  # for a menu that must not come
    menus = [one for one in view.findChildren(QMenu) if one.isVisible()]
    texts = [action.text().replace("&", "") for menu in menus for action in menu.actions()]
    for menu in menus:
        menu.close()
    return texts


def test_the_context_menu_edits_texts_and_does_nothing_else(pages, open_meeting):
    pages.answers["/"] = HELLO + "<textarea id=text>some words</textarea><div id=empty style='height:60px'></div>"
    meeting = open_meeting().loaded()
    assert menu_at(meeting, "#empty") == []
    editing = menu_at(meeting, "#text")
    assert {"Undo", "Cut", "Copy", "Paste"} <= set(editing)
    meeting.js("(getSelection().selectAllChildren(hello), 1)")
    assert menu_at(meeting, "#hello") == ["Copy"]
    assert not {"Reload", "Back", "View page source", "Save page"} & set(editing)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)],
)
def test_reloading_asks_for_a_new_join_and_loads_nothing(pages, meeting, key, modifier):
    meeting.loaded()
    before = len(pages.requests)
    with meeting.qtbot.waitSignal(meeting.window.rejoin_requested):
        meeting.press(key, modifier)
    meeting.qtbot.wait(300)
    assert len(pages.requests) == before


def test_full_screen_has_a_hint_and_a_way_out(pages, open_meeting):
    pages.answers["/"] = HELLO + "<button id=full onclick='document.body.requestFullscreen()'>full</button>"
    meeting = open_meeting().loaded()
    meeting.click("#full")
    meeting.qtbot.waitUntil(lambda: meeting.window.isFullScreen(), timeout=5_000)
    meeting.wait_js("!!document.fullscreenElement", True)
    assert meeting.window.hint.isVisible()
    assert "Esc" in meeting.window.hint.text()
    meeting.press(Qt.Key.Key_Escape)
    meeting.qtbot.waitUntil(lambda: not meeting.window.isFullScreen(), timeout=5_000)
    meeting.wait_js("!!document.fullscreenElement", False)


def test_escape_belongs_to_the_page_when_it_is_not_full_screen(pages, open_meeting):
    pages.answers["/"] = HELLO + "<script>keys = []; onkeydown = event => keys.push(event.key)</script>"
    meeting = open_meeting().loaded()
    meeting.press(Qt.Key.Key_Escape)
    meeting.wait_js("keys", ["Escape"])


# --- windows of the meeting --------------------------------------------------------------------------------------


def test_a_breakout_room_opens_without_a_click_with_the_cookie_and_its_opener(pages, open_meeting):
    pages.answers["/room"] = SHOWS_COOKIE.replace("Maths 9b", "Group 1")
    meeting = open_meeting().loaded()
    meeting.js("(room = open('/room?access_token=another', '_blank'), 1)")
    meeting.qtbot.waitUntil(lambda: len(meeting.rooms()) == 1 and meeting.rooms()[0].loaded, timeout=10_000)
    [room] = meeting.rooms()
    assert room.windowTitle() == f"localhost:{pages.port} – Group 1"
    assert TOKEN in meeting.js("document.body.innerText", room)
    assert meeting.js("!!opener", room)
    meeting.js("(room.close(), 1)")
    meeting.wait_gone(room)
    assert meeting.js("room.closed")
    assert meeting.window.isVisible()


def test_a_room_without_a_title_is_not_named_by_its_address(pages, open_meeting):
    pages.answers["/room"] = "<!doctype html><body>no title"
    meeting = open_meeting().loaded()
    meeting.js("(open('/room?access_token=secret-of-the-room'), 1)")
    meeting.qtbot.waitUntil(lambda: len(meeting.rooms()) == 1 and meeting.rooms()[0].loaded, timeout=10_000)
    assert meeting.rooms()[0].windowTitle() == f"localhost:{pages.port} – Maths"


def test_a_room_may_outlive_the_window_it_came_from(pages, open_meeting):
    pages.answers["/room"] = SHOWS_COOKIE
    meeting = open_meeting().loaded()
    meeting.js("(open('/room'), 1)")
    meeting.qtbot.waitUntil(lambda: len(meeting.rooms()) == 1 and meeting.rooms()[0].loaded, timeout=10_000)
    [room] = meeting.rooms()
    meeting.close()
    assert meeting.js("document.cookie", room) == f"pnm_access_token={TOKEN}"
    room.close()
    meeting.wait_gone(room)


def test_a_flood_of_windows_is_cut(pages, open_meeting):
    pages.answers["/room"] = HELLO
    meeting = open_meeting().loaded()
    meeting.js("(Array.from({length: 100}, () => open('/room')), 1)")
    meeting.qtbot.waitUntil(lambda: len(meeting.rooms()) == 5, timeout=15_000)
    meeting.qtbot.wait(500)
    assert len(meeting.rooms()) == 5
