"""The chooser of what is shared: pictures of the right windows, a search, and what it says when there is nothing."""

import subprocess
import sys

import pytest
from meeting_pages import HELLO
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pnm_launcher.gui.meeting import screen_picker
from pnm_launcher.gui.meeting.screen_picker import ScreenPicker
from pnm_launcher.gui.meeting.screen_pictures import Pictures
from pnm_launcher.gui.meeting.screen_sources import Sources
from pnm_launcher.gui.meeting.x11_windows import XWindows

PAGE = HELLO + (
    "<script>answer = stopped = null; document.body.onclick = async () => { try {"
    "const stream = await navigator.mediaDevices.getDisplayMedia({video: true});"
    "track = stream.getVideoTracks()[0]; track.onended = () => stopped = 'ended';"
    "answer = track.getSettings().displaySurface } catch (fault) { answer = fault.name } }</script>"
)
OTHER_PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["other"])
window = QLabel()
window.setWindowTitle(sys.argv[1])
window.setStyleSheet("background: #00c853")
window.resize(300, 200)
window.show()
app.exec()
"""


@pytest.fixture
def quiet(pages, open_meeting):
    """A meeting that asks for the screen once its page is clicked."""
    pages.answers["/"] = PAGE
    meeting = open_meeting().loaded()
    meeting.qtbot.waitActive(meeting.window)
    return meeting


@pytest.fixture
def asking(quiet):
    quiet.click("#hello")
    return quiet


@pytest.fixture
def windows(qtbot):
    """Makes windows of this program: (title, colour) → the widget."""
    made = []

    def make(title, color):
        window = QWidget()
        qtbot.addWidget(window)
        window.setWindowTitle(title)
        window.setStyleSheet(f"background: {color}")
        window.resize(300, 200)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    return make


def titles(view):
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def middle(view, row):
    """The colour in the middle of a tile's picture, "" while there is none."""
    picture = view.model().index(row, 0).data(Qt.ItemDataRole.DecorationRole)
    if not isinstance(picture, QPixmap):
        return ""
    return picture.toImage().pixelColor(picture.width() // 2, picture.height() // 2).name()


def listed(meeting, picker, title):
    meeting.qtbot.waitUntil(lambda: title in titles(picker.windows), timeout=10_000)
    return titles(picker.windows).index(title)


def choose(meeting, picker, title):
    """Wait until the window is listed, and stays chosen while the list comes to rest."""

    def chosen():
        if title in titles(picker.windows) and picker.chosen() != title:
            picker.windows.setCurrentIndex(picker.windows.model().index(titles(picker.windows).index(title), 0))
        return picker.chosen() == title

    meeting.qtbot.waitUntil(chosen, timeout=10_000)


def test_each_window_is_shown_with_its_own_picture_also_where_another_covers_it(quiet, windows):
    asking, below, above = quiet, windows("Below", "#ff0000"), windows("Above", "#0000ff")
    above.resize(600, 500)
    below.move(300, 300)
    above.move(200, 200)
    asking.qtbot.waitUntil(lambda: above.geometry().contains(below.geometry()), timeout=5_000)
    asking.qtbot.wait(300)  # the X server has drawn them there by now
    asking.click("#hello")
    picker = asking.dialog(ScreenPicker)
    for title, color in (("Below (this program)", "#ff0000"), ("Above (this program)", "#0000ff")):
        listed(asking, picker, title)
        asking.qtbot.waitUntil(
            lambda title=title, color=color: middle(picker.windows, titles(picker.windows).index(title)) == color,
            timeout=10_000,
        )


def test_two_windows_of_one_title_are_not_mixed_up(asking, windows):
    first, second = windows("Twin", "#ff0000"), windows("Twin", "#0000ff")
    second.move(first.pos())
    picker = asking.dialog(ScreenPicker)
    name = "Twin (this program)"
    asking.qtbot.waitUntil(lambda: titles(picker.windows).count(name) == 2, timeout=10_000)

    def pictures():
        shown = titles(picker.windows)
        return [middle(picker.windows, row) for row, title in enumerate(shown) if title == name]

    asking.qtbot.waitUntil(lambda: pictures() == ["#0000ff", "#ff0000"], timeout=10_000)  # topmost first
    first.raise_()
    asking.qtbot.waitUntil(lambda: pictures() == ["#ff0000", "#0000ff"], timeout=10_000)


def test_the_picture_follows_what_happens_in_the_window(asking, windows):
    window = windows("Slides", "#ff0000")
    picker = asking.dialog(ScreenPicker)
    row = listed(asking, picker, "Slides (this program)")
    asking.qtbot.waitUntil(lambda: middle(picker.windows, row) == "#ff0000", timeout=10_000)
    window.setStyleSheet("background: #00ff00")
    asking.qtbot.waitUntil(
        lambda: middle(picker.windows, titles(picker.windows).index("Slides (this program)")) == "#00ff00",
        timeout=10_000,
    )


@pytest.mark.parametrize("title", ["Notes", "Größe – «Ελλάδα» 日本"])
def test_windows_of_other_programs_are_not_marked_and_have_pictures(asking, title):
    other = subprocess.Popen([sys.executable, "-c", OTHER_PROGRAM, title])
    try:
        picker = asking.dialog(ScreenPicker)
        row = listed(asking, picker, title)
        asking.qtbot.waitUntil(lambda: middle(picker.windows, row) == "#00c853", timeout=10_000)
    finally:
        other.kill()
        other.wait()
    asking.qtbot.waitUntil(lambda: title not in titles(picker.windows), timeout=10_000)


def test_the_screen_has_a_picture(asking):
    picker = asking.dialog(ScreenPicker)
    asking.qtbot.waitUntil(lambda: middle(picker.screens, 0) != "", timeout=10_000)


def test_the_chooser_does_not_offer_itself(qtbot):
    """Whether the engine lists it differs from system to system."""
    chooser = QWidget()
    qtbot.addWidget(chooser)
    chooser.setWindowTitle("Share your screen")
    pictures = Pictures(chooser)
    sources = Sources(QStringListModel(["Notes", "Share your screen", "Slides"]), pictures, chooser, screens=False)
    assert [sources.index(row, 0).data() for row in range(sources.rowCount())] == ["Notes", "Slides"]
    pictures.stop()


@pytest.mark.parametrize(
    ("engine", "names"),
    [
        (["the engine's word"], ["Entire screen"]),
        (["Screen 1", "Screen 2"], ["Screen 1", "Screen 2"]),
        (["Screen 1", "DELL U2723QE"], ["Screen 1", "DELL U2723QE"]),
    ],
)
def test_screens_have_names_of_our_own(qtbot, engine, names):
    """Which can be translated; the engine's are English. A screen that it calls by its make keeps that."""
    chooser = QWidget()
    qtbot.addWidget(chooser)
    pictures = Pictures(chooser)
    sources = Sources(QStringListModel(engine), pictures, chooser, screens=True)
    assert [sources.index(row, 0).data() for row in range(sources.rowCount())] == names
    pictures.stop()


def test_the_search_leaves_what_has_all_of_the_words_and_keeps_no_hidden_choice(asking, windows):
    windows("Maths – slides", "red"), windows("Maths – notes", "blue")
    picker = asking.dialog(ScreenPicker)
    listed(asking, picker, "Maths – notes (this program)")
    choose(asking, picker, "Maths – slides (this program)")
    assert picker.share.isEnabled()
    assert picker.focusWidget() is picker.search
    QTest.keyClicks(picker.search, "NOTES maths")
    assert titles(picker.windows) == ["Maths – notes (this program)"]
    assert not picker.share.isEnabled()
    picker.search.setText("nothing like it")
    assert "No window has these words" in picker.no_windows.text()
    assert picker.no_windows.isVisible()
    picker.search.clear()
    assert len(titles(picker.windows)) >= 2


def test_when_the_chosen_window_closes_nothing_is_chosen(asking, windows):
    chosen = windows("Chosen", "red")
    windows("Neighbour", "blue")
    picker = asking.dialog(ScreenPicker)
    listed(asking, picker, "Neighbour (this program)")
    choose(asking, picker, "Chosen (this program)")
    chosen.close()
    asking.qtbot.waitUntil(lambda: "Chosen (this program)" not in titles(picker.windows), timeout=10_000)
    assert picker.chosen() == ""
    assert not picker.share.isEnabled()


def test_without_a_window_it_says_why(asking):
    asking.window.setWindowTitle("")
    picker = asking.dialog(ScreenPicker)
    for window in QApplication.topLevelWidgets():
        window.setWindowTitle("" if window is not picker else picker.windowTitle())
    asking.qtbot.waitUntil(lambda: not titles(picker.windows), timeout=10_000)
    assert "minimised" in picker.no_windows.text()
    assert picker.no_windows.isVisible()


def test_a_window_is_shared_with_the_keyboard(asking, windows):
    windows("Slides", "red")
    picker = asking.dialog(ScreenPicker)
    picker.windows.setFocus()
    choose(asking, picker, "Slides (this program)")
    QTest.keyClick(picker.windows, Qt.Key.Key_Return)
    asking.wait_js("answer", "window")
    asking.qtbot.waitUntil(asking.window.bar.sharing.isVisible, timeout=10_000)
    words = [each.text() for each in asking.window.bar.sharing.findChildren(QLabel)]
    assert words == ["You are sharing “Slides (this program)”"]


def test_a_cancelled_choice_is_the_refusal_that_the_client_knows(asking):
    QTest.keyClick(asking.dialog(ScreenPicker), Qt.Key.Key_Escape)
    asking.wait_js("answer", "NotAllowedError")


def test_what_is_shared_stands_in_the_bar_and_stops_there(asking):
    picker = asking.dialog(ScreenPicker)
    bar = asking.window.bar
    assert bar.sharing.isHidden()
    picker.screens.setCurrentIndex(picker.screens.model().index(0, 0))
    picker.share.click()
    asking.wait_js("answer", "monitor")
    asking.qtbot.waitUntil(bar.sharing.isVisible, timeout=10_000)
    bar.stop.click()
    asking.wait_js("stopped", "ended")
    assert asking.js("track.readyState") == "ended"
    asking.qtbot.waitUntil(bar.sharing.isHidden, timeout=10_000)


GRAB = """grab = async (id) => {
    const mandatory = {chromeMediaSource: 'desktop', chromeMediaSourceId: id};
    try {
        const stream = await navigator.mediaDevices.getUserMedia({audio: false, video: {mandatory}});
        return stream.getVideoTracks()[0].label;
    } catch (fault) { return fault.name }
}"""
REFUSED = ["NotAllowedError"] * 2


def ids_of(meeting):
    """Of the whole screen, which is the same on every X11 display, and of the meeting's own window."""
    return ["screen:-1:0", f"window:{int(meeting.window.winId())}:0"]


def test_a_page_that_names_the_screen_itself_gets_no_picture_of_it_unasked(quiet):
    """The way of browsers' extensions, which need no chooser: neither before a choice, nor beside one, nor after it."""

    def grab():
        quiet.js(f"(got = null, Promise.all({ids_of(quiet)}.map(grab)).then(all => got = all), 1)")

    quiet.js(f"({GRAB}, 1)")
    grab()
    quiet.wait_js("got", REFUSED)
    quiet.click("#hello")
    picker = quiet.dialog(ScreenPicker)
    grab()  # waits for the chooser's answer
    picker.screens.setCurrentIndex(picker.screens.model().index(0, 0))
    picker.share.click()
    quiet.wait_js("answer", "monitor")
    quiet.wait_js("got", REFUSED)
    grab()
    quiet.wait_js("got", REFUSED)


@pytest.mark.parametrize("allowed", ["", "camera *; microphone *; display-capture *"])
def test_a_site_inside_the_page_gets_no_picture_of_the_screen_either(pages, open_meeting, allowed):
    pages.answers["/inside"] = (
        f"<!doctype html><title>Inside</title><body><script>{GRAB};"
        "onmessage = async (event) => parent.postMessage(await Promise.all(event.data.map(grab)), '*');"
        "parent.postMessage('here', '*')</script>"
    )
    meeting = open_meeting().loaded()
    frame = f"{{allow: '{allowed}', src: '{pages.foreign}/inside'}}"
    meeting.js("(onmessage = event => got = event.data, got = '', inside = document.createElement('iframe'), "
               f"Object.assign(inside, {frame}), document.body.append(inside), 1)")  # fmt: skip
    meeting.wait_js("got", "here")
    meeting.js(f"(inside.contentWindow.postMessage({ids_of(meeting)}, '*'), 1)")
    meeting.wait_js("got", ["AbortError"] * 2)  # as the engine calls it where our script does not reach


def test_on_wayland_only_the_desktops_own_chooser_asks(pages, open_meeting, monkeypatch):
    monkeypatch.setattr(screen_picker, "system_asks", lambda: True)
    pages.answers["/"] = PAGE
    meeting = open_meeting().loaded()
    meeting.click("#hello")
    meeting.wait_js("answer", "monitor")  # here the engine's one entry is the screen itself
    assert not meeting.dialogs(ScreenPicker)


@pytest.mark.parametrize(
    ("session", "display", "wayland"),
    [("wayland", "wayland-0", True), ("x11", "wayland-0", False), ("wayland", "", False)],
)
def test_wayland_is_known_by_the_session_not_by_how_our_windows_are_drawn(monkeypatch, session, display, wayland):
    monkeypatch.setenv("XDG_SESSION_TYPE", session)
    monkeypatch.setenv("WAYLAND_DISPLAY", display)
    assert screen_picker.system_asks() is wayland


def test_a_covered_window_is_pictured_whole_once_it_is_drawn_apart(windows, qtbot):
    """Where no compositing manager does it, as here."""
    below, above = windows("Below", "#ff0000"), windows("Above", "#0000ff")
    above.resize(600, 500)
    below.move(300, 300)
    above.move(200, 200)
    qtbot.waitUntil(lambda: above.geometry().contains(below.geometry()), timeout=5_000)
    x11 = XWindows()

    def color():
        found = next(each for each in x11.listed() if each.titles == ("Below",))
        picture = x11.picture(found)
        return picture.pixels[picture.width * 4 * 100 + 400 :][:3] if picture else None

    qtbot.waitUntil(lambda: color() not in (None, b"\x00\x00\xff"), timeout=5_000)
    x11.draw_apart(next(each for each in x11.listed() if each.titles == ("Below",)))
    qtbot.waitUntil(lambda: color() == b"\x00\x00\xff", timeout=5_000)


def test_a_window_that_is_gone_has_no_picture_and_does_no_harm(windows, qtbot):
    window = windows("Gone", "red")
    x11 = XWindows()
    found = []
    qtbot.waitUntil(lambda: found.extend(each for each in x11.listed() if each.titles == ("Gone",)) or bool(found))
    x11.draw_apart(found[0])
    qtbot.waitUntil(lambda: x11.picture(found[0]) is not None)
    window.close()
    qtbot.waitUntil(lambda: x11.picture(found[0]) is None)
    x11.draw_apart(found[0])
    assert isinstance(x11.listed(), list), "the connection still works"


def test_without_an_x_server_there_are_no_pictures_of_windows(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(OSError, match="no X server"):
        XWindows()


@pytest.mark.parametrize("height", [500, 620, 780, 900])
def test_tiles_stand_in_as_many_columns_as_fit_at_every_height(asking, windows, height):
    for number in range(5):
        windows(f"Window {number}", "red")
    picker = asking.dialog(ScreenPicker)
    picker.resize(760, height)
    listed(asking, picker, "Window 4 (this program)")
    view = picker.windows

    def columns():
        places = [view.visualRect(view.model().index(row, 0)) for row in range(view.model().rowCount())]
        return len({place.left() for place in places}), len({place.top() for place in places})

    asking.qtbot.waitUntil(lambda: columns() == (3, -(-view.model().rowCount() // 3)), timeout=5_000)
