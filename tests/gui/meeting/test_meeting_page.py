"""What the page may do: devices, screens, other sites, dialogs."""

import pytest
from meeting_pages import HELLO
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from pnm_launcher.gui.meeting.screen_picker import ScreenPicker

ASK = """<script>
async function ask(name) {
    const media = navigator.mediaDevices;
    const asking = {
        devices: () => media.getUserMedia({audio: true, video: true})
            .then(stream => stream.getTracks().map(track => track.kind)),
        camera: () => media.getUserMedia({video: true}).then(stream => stream.getTracks().length),
        screen: () => media.getDisplayMedia({video: true}).then(stream => stream.getTracks().length),
        notify: () => Notification.requestPermission(),
        place: () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)),
        fonts: () => queryLocalFonts(),
        lock: () => document.body.requestPointerLock(),
        write: () => navigator.clipboard.writeText('a link').then(() => 'written'),
        read: () => navigator.clipboard.readText(),
    };
    try { return await asking[name](); } catch (error) { return 'refused: ' + error.message; }
}
answer = null;
</script>"""
FRAME = (
    ASK
    + """<script>
onmessage = async event => event.source.postMessage(await ask(event.data), '*');
</script>"""
)


def ask(meeting, name):
    """What the page gets when the user clicks and it asks for that."""
    meeting.js(f"(answer = null, document.body.onclick = async () => answer = await ask('{name}'), 1)")
    meeting.click("#hello")


def answer(meeting):
    meeting.qtbot.waitUntil(lambda: meeting.js("answer") is not None, timeout=10_000)
    return meeting.js("answer")


@pytest.fixture
def asking(pages, open_meeting):
    pages.answers["/"] = HELLO + ASK
    meeting = open_meeting().loaded()
    meeting.qtbot.waitActive(meeting.window)
    return meeting


# --- devices -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "outcome"),
    [("devices", ["audio", "video"]), ("camera", 1), ("notify", "granted"), ("write", "written")],
)
def test_the_meeting_gets_what_a_meeting_needs(asking, wish, outcome):
    ask(asking, wish)
    assert answer(asking) == outcome


@pytest.mark.parametrize("wish", ["place", "read", "fonts", "lock"])
def test_and_nothing_else_and_always_an_answer(asking, wish):
    ask(asking, wish)
    assert answer(asking) == [] or str(answer(asking)).startswith("refused")


@pytest.mark.parametrize("wish", ["devices", "camera", "notify", "screen"])
def test_another_site_inside_the_page_gets_nothing(pages, open_meeting, wish):
    pages.answers["/frame"] = FRAME
    pages.answers["/"] = HELLO + (
        f"<iframe src='{pages.foreign}/frame' allow='camera *; microphone *; display-capture *'></iframe>"
        "<script>answer = null; onmessage = event => answer = event.data;"
        f"document.body.onclick = () => frames[0].postMessage('{wish}', '*')</script>"
    )
    meeting = open_meeting().loaded()
    meeting.click("#hello")
    if wish == "screen":  # the web engine asks which one before it asks whether
        picker = meeting.dialog(ScreenPicker)
        picker.screens.setCurrentIndex(picker.screens.model().index(0, 0))
        picker.share.click()
    assert answer(meeting) == ("denied" if wish == "notify" else "refused: Invalid state")  # our script is not in it


def test_the_same_page_inside_the_page_counts_as_the_meeting(pages, open_meeting):
    pages.answers["/frame"] = FRAME
    pages.answers["/"] = HELLO + (
        "<iframe src='/frame'></iframe><script>answer = null; onmessage = event => answer = event.data;"
        "document.body.onclick = () => frames[0].postMessage('camera', '*')</script>"
    )
    meeting = open_meeting().loaded()
    meeting.click("#hello")
    assert answer(meeting) == 1


def test_a_notification_is_shown_and_the_task_bar_calls(asking, monkeypatch):
    called = []
    monkeypatch.setattr(QApplication, "alert", called.append)
    ask(asking, "notify")
    assert answer(asking) == "granted"
    asking.js("(shown = 0, new Notification('A hand is up').onshow = () => shown = 1, 1)")
    asking.wait_js("shown", 1)
    assert called == [asking.window]


# --- the screen --------------------------------------------------------------------------------------------------


def test_a_chosen_screen_is_shared(asking):
    ask(asking, "screen")
    picker = asking.dialog(ScreenPicker)
    assert not picker.share.isEnabled()
    picker.screens.setCurrentIndex(picker.screens.model().index(0, 0))
    picker.share.click()
    assert answer(asking) == 1


def test_a_chosen_window_is_shared_and_our_own_are_marked(asking):
    ask(asking, "screen")
    picker = asking.dialog(ScreenPicker)
    asking.qtbot.waitUntil(lambda: picker.windows.model().rowCount() > 0, timeout=5_000)
    titles = [picker.windows.model().index(row, 0).data() for row in range(picker.windows.model().rowCount())]
    assert f"{asking.window.windowTitle()} (this program)" in titles
    picker.screens.setCurrentIndex(picker.screens.model().index(0, 0))
    picker.windows.setCurrentIndex(picker.windows.model().index(0, 0))
    assert not picker.screens.selectedIndexes(), "one choice, not two"
    picker.share.click()
    assert answer(asking) == 1


def test_nothing_is_shared_when_the_chooser_is_cancelled(asking):
    ask(asking, "screen")
    asking.dialog(ScreenPicker).reject()
    assert str(answer(asking)).startswith("refused")


def test_choosing_may_take_its_time(asking):
    ask(asking, "screen")
    picker = asking.dialog(ScreenPicker)
    asking.qtbot.wait(1_500)
    picker.screens.setCurrentIndex(picker.screens.model().index(0, 0))
    picker.screens.doubleClicked.emit(picker.screens.currentIndex())
    assert answer(asking) == 1


# --- other sites -------------------------------------------------------------------------------------------------


def link(url, target=""):
    return HELLO + f"<a id=link href='{url}' target='{target}'>link</a>"


def stays(meeting):
    meeting.qtbot.wait(300)  # for what must not come
    return meeting.js("location.origin") == meeting.pages.origin and meeting.window.curtain.isHidden()


@pytest.mark.parametrize("target", ["", "_blank"])
def test_a_clicked_link_to_another_site_opens_in_the_browser(pages, open_meeting, outside, target):
    pages.answers["/"] = link("https://elsewhere.example/page?a=1", target)
    meeting = open_meeting().loaded()
    meeting.click("#link")
    meeting.qtbot.waitUntil(lambda: bool(outside.urls), timeout=5_000)
    assert outside.urls == ["https://elsewhere.example/page?a=1"]
    assert stays(meeting)
    assert not meeting.rooms()


def test_the_same_host_on_another_port_or_scheme_is_another_site(pages, open_meeting, outside):
    pages.answers["/"] = link(f"https://localhost:{pages.port}/")
    meeting = open_meeting().loaded()
    meeting.click("#link")
    meeting.qtbot.waitUntil(lambda: bool(outside.urls), timeout=5_000)
    assert stays(meeting)


@pytest.mark.parametrize(
    "code",
    [
        "location = 'https://elsewhere.example/'",
        "location.replace('https://elsewhere.example/')",
        "document.body.append(Object.assign(document.createElement('a'), {id: 'b', href: 'https://elsewhere.example/'})),"
        "b.click()",
        "open('https://elsewhere.example/')",
        "open('mailto:a@b.example')",
    ],
)
def test_a_script_alone_opens_nothing_outside(pages, meeting, outside, code):
    meeting.loaded().js(f"({code}, 1)")
    assert stays(meeting)
    assert outside.urls == []
    assert not meeting.rooms()


@pytest.mark.parametrize("target", ["", "_blank"])
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "data:text/html,<h1>x</h1>", "javascript:void(document.title = 1)",
        "matrix:r/room:x.example", "steam://run/1", "tel:123", "view-source:https://x.example/", "chrome://version",
        "mailto:a@b.example?attach=/etc/passwd", "https://user:word@elsewhere.example/", "qrc:/x",
        "blob:https://elsewhere.example/1", "ftp://x.example/",
    ],
)  # fmt: skip
def test_a_clicked_link_of_any_other_kind_does_nothing(pages, open_meeting, outside, url, target):
    pages.answers["/"] = link(url, target)
    meeting = open_meeting().loaded()
    meeting.click("#link")
    assert stays(meeting)
    assert outside.urls == []
    assert not meeting.rooms()


def test_a_mail_address_opens_in_the_mail_program(pages, open_meeting, outside):
    pages.answers["/"] = link("mailto:a@b.example?subject=Maths", "_blank")
    meeting = open_meeting().loaded()
    meeting.click("#link")
    meeting.qtbot.waitUntil(lambda: outside.urls == ["mailto:a@b.example?subject=Maths"], timeout=5_000)


def test_one_click_opens_one_page_outside(pages, open_meeting, outside):
    pages.answers["/"] = HELLO + (
        "<script>document.body.onclick = () => {"
        "for (let n = 0; n < 50; n++) open('https://elsewhere.example/' + n);"
        "setTimeout(() => location = 'https://elsewhere.example/own', 1200) }</script>"
    )
    meeting = open_meeting().loaded()
    meeting.click("#hello")
    meeting.qtbot.waitUntil(lambda: bool(outside.urls), timeout=5_000)
    meeting.qtbot.wait(1_500)
    assert stays(meeting)
    assert len(outside.urls) == 1


def test_other_sites_may_be_shown_inside_the_page(pages, open_meeting):
    pages.answers["/frame"] = "<script>parent.postMessage('shown', '*')</script>"
    pages.answers["/"] = HELLO + (
        "<script>shown = ''; onmessage = event => shown = event.data</script>"
        f"<iframe src='{pages.foreign}/frame'></iframe>"
    )
    open_meeting().loaded().wait_js("shown", "shown")


def test_pages_of_the_meeting_may_follow_each_other(pages, open_meeting):
    pages.answers["/next"] = HELLO.replace("Maths 9b", "Next")
    pages.answers["/"] = link("/next")
    meeting = open_meeting().loaded()
    meeting.click("#link")
    meeting.wait_js("document.title", "Next")


# --- dialogs -----------------------------------------------------------------------------------------------------


def test_a_message_of_the_page_is_plain_and_short_and_does_not_stop_it(pages, meeting):
    meeting.loaded().js("(alert('<b>Hello</b>\\u202e' + 'x'.repeat(9999)), 1)")
    box = meeting.dialog(QMessageBox)
    assert box.text().startswith("<b>Hello</b>xxx")
    assert len(box.text()) <= 300
    assert box.windowTitle() == meeting.window.windowTitle()
    assert meeting.js("1 + 1") == 2


def test_a_flood_of_messages_is_cut(meeting):
    meeting.loaded().js("(Array.from({length: 100}, (_, n) => alert(n)), 1)")
    meeting.qtbot.waitUntil(lambda: len(meeting.dialogs(QMessageBox)) == 3, timeout=5_000)
    meeting.qtbot.wait(200)
    assert len(meeting.dialogs(QMessageBox)) == 3


def confirm(meeting, react):
    """Let the page ask, which waits for an answer, and react as soon as the question is there."""
    poll = QTimer(interval=10)
    poll.timeout.connect(lambda: meeting.dialogs(QMessageBox) and (poll.stop(), react(meeting.dialogs(QMessageBox)[0])))
    poll.start()
    meeting.loaded().window.page.runJavaScript("setTimeout(() => answer = confirm('Clear the whiteboard?'), 10)")
    meeting.qtbot.waitUntil(lambda: not poll.isActive(), timeout=10_000)


@pytest.mark.parametrize("yes", [True, False])
def test_a_question_of_the_page_is_answered_by_the_user(meeting, yes):
    wanted = QMessageBox.StandardButton.Ok if yes else QMessageBox.StandardButton.Cancel
    confirm(meeting, lambda box: box.button(wanted).click())
    meeting.wait_js("window.answer", yes)


def test_closing_the_window_ends_its_questions(meeting):
    confirm(meeting, lambda box: meeting.window.close())
    meeting.wait_gone(meeting.window)
    assert not meeting.dialogs(QDialog)


def test_only_the_last_place_of_the_page_is_a_web_address(meeting):
    assert meeting.loaded().window.page.url() == QUrl(meeting.pages.link().url_without_token)
