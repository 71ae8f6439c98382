"""Camera, microphone and notifications: asked in the program's own words, once, for the meeting's own origin."""

import pytest
from meeting_pages import HELLO
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QCheckBox

from pnm_launcher.gui.meeting.meeting_home import Home, Homes
from pnm_launcher.gui.meeting.permissions import THINGS, PermissionBook, Permissions

ASK = HELLO + (
    "<script>answers = {}; async function ask(name) { answers[name] = null; try { answers[name] = await ({"
    "both: () => navigator.mediaDevices.getUserMedia({audio: true, video: true}).then(s => s.getTracks().length),"
    "camera: () => navigator.mediaDevices.getUserMedia({video: true}).then(s => s.getTracks().length),"
    "notify: () => Notification.requestPermission()})[name]() } catch (fault) { answers[name] = fault.name } }"
    "document.body.onclick = () => wanted && ask(wanted); wanted = ''</script>"
)


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def asking(pages, open_meeting):
    pages.answers["/"] = ASK
    meeting = open_meeting(home=Home()).loaded()
    meeting.qtbot.waitActive(meeting.window)
    return meeting


def want(meeting, name):
    meeting.js(f"wanted = '{name}'")
    meeting.qtbot.wait(200)  # a person takes longer than the engine
    meeting.click("#hello")


def strips(meeting):
    return meeting.window.strips.shown()


def question(meeting):
    meeting.qtbot.waitUntil(lambda: len(strips(meeting)) == 1, timeout=10_000)
    return strips(meeting)[0]


@pytest.mark.parametrize(
    ("name", "words", "allowed", "refused"),
    [
        ("both", "use your camera and microphone?", 2, "NotAllowedError"),
        ("camera", "use your camera?", 1, "NotAllowedError"),
        ("notify", "show you notifications?", "granted", "denied"),
    ],
)
@pytest.mark.parametrize("yes", [True, False])
def test_the_question_names_the_host_and_the_thing_and_is_answered(asking, name, words, allowed, refused, yes):
    want(asking, name)
    strip = question(asking)
    assert asking.window.address.authority in strip.text
    assert words in strip.text
    assert asking.js(f"answers.{name}") is None, "the page waits for the user"
    strip.answers()["Allow" if yes else "Don't allow"].click()
    asking.wait_js(f"answers.{name}", allowed if yes else refused)
    assert not strips(asking)


def test_it_is_asked_once(asking):
    want(asking, "both")
    question(asking).answers()["Allow"].click()
    asking.wait_js("answers.both", 2)
    want(asking, "camera")
    asking.wait_js("answers.camera", 1)
    assert not strips(asking)


def test_the_answer_is_given_with_the_keyboard_and_escape_refuses(asking):
    want(asking, "camera")
    strip = question(asking)
    assert strip.answers()["Allow"].hasFocus()
    asking.qtbot.keyClick(strip, Qt.Key.Key_Escape)
    asking.wait_js("answers.camera", "NotAllowedError")


def test_a_refusal_is_explained_at_the_next_try_and_can_be_changed_there(asking):
    want(asking, "camera")
    question(asking).answers()["Don't allow"].click()
    asking.wait_js("answers.camera", "NotAllowedError")
    want(asking, "camera")
    strip = question(asking)
    assert "did not allow" in strip.text
    asking.wait_js("answers.camera", "NotAllowedError")
    strip.answers()["Allow"].click()
    want(asking, "camera")
    asking.wait_js("answers.camera", 1)


def test_the_menu_shows_the_answers_and_changes_them(asking):
    menu = asking.window.care.menu.permissions
    ticks = {action.text(): action for action in menu.actions()}
    assert not ticks["Camera"].isChecked()
    ticks["Camera"].trigger()
    want(asking, "camera")
    asking.wait_js("answers.camera", 1)
    next(action for action in menu.actions() if action.text() == "Ask me again").trigger()
    want(asking, "camera")
    assert "use your camera?" in question(asking).text


def test_a_camera_that_is_allowed_goes_on_and_ends_when_that_is_taken_back(asking):
    asking.js("(document.body.insertAdjacentHTML('beforeend', '<video id=v autoplay muted></video>'), 1)")
    asking.js("(navigator.mediaDevices.getUserMedia({video: true}).then(s => v.srcObject = track = s), 1)")
    question(asking).answers()["Allow"].click()
    asking.wait_js("v.videoWidth > 0", True)
    shown = asking.js("v.currentTime")
    asking.qtbot.wait(1_000)
    assert asking.js("v.currentTime") > shown + 0.5
    asking.window.home.permissions.set(("camera",), False, keep=False)
    asking.wait_js("track.getVideoTracks()[0].readyState", "ended")


def test_closing_the_window_while_it_asks_is_no_answer(asking):
    want(asking, "camera")
    question(asking)
    asking.close()


def test_a_question_waits_for_its_turn(asking):
    asking.js("(ask('camera'), ask('notify'), 1)")
    asked = {question(asking).text}
    asking.qtbot.wait(500)
    assert len(strips(asking)) == 1
    question(asking).answers()["Allow"].click()
    asking.qtbot.waitUntil(lambda: question(asking).text not in asked, timeout=5_000)
    question(asking).answers()["Allow"].click()
    asking.wait_js("[answers.camera, answers.notify]", [1, "granted"])


def test_an_answer_is_kept_only_where_the_user_wants_that(pages, open_meeting, settings):
    pages.answers["/"] = ASK
    for keep in (False, True):
        home = Homes(settings).of("m1", pages.origin, moderates=False)
        meeting = open_meeting(home=home).loaded()
        want(meeting, "camera")
        strip = question(meeting)
        strip.findChild(QCheckBox).setChecked(keep)
        strip.answers()["Allow"].click()
        meeting.wait_js("answers.camera", 1)
        meeting.close()
        assert Permissions(settings, "m1", pages.origin).answer(("camera",)) is (True if keep else None)


# --- the answers themselves --------------------------------------------------------------------------------------


def test_answers_belong_to_one_meeting_at_one_origin(settings):
    Permissions(settings, "m1", "https://a.example").set(("camera",), True, keep=True)
    assert Permissions(settings, "m1", "https://a.example").answer(("camera",)) is True
    assert Permissions(settings, "m1", "https://a.example:8443").answer(("camera",)) is None
    assert Permissions(settings, "m2", "https://a.example").answer(("camera",)) is None


def test_one_refused_thing_refuses_both_and_one_unknown_asks():
    permissions = Permissions()
    permissions.set(("camera",), True, keep=False)
    assert permissions.answer(("camera", "microphone")) is None
    permissions.set(("microphone",), False, keep=False)
    assert permissions.answer(("camera", "microphone")) is False


def test_a_meeting_that_is_joined_again_asks_nothing_again(settings):
    book = PermissionBook(settings)
    book.of("m1", "https://a.example").set(THINGS, True, keep=False)
    assert book.of("m1", "https://a.example").answer(THINGS) is True
    assert PermissionBook(settings).of("m1", "https://a.example").answer(THINGS) is None


def test_rubbish_in_the_settings_is_no_permission(settings):
    settings.setValue("permissions/m1/origin", "https://a.example")
    settings.setValue("permissions/m1/camera", "yes please")
    assert Permissions(settings, "m1", "https://a.example").answer(("camera",)) is None


# --- devices that are not there ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "words"),
    [("NotFoundError", "No camera or microphone was found"), ("NotReadableError", "in use by another program")],
)
def test_a_missing_or_busy_device_is_explained(asking, fault, words):
    asking.js(f"(document.documentElement.dataset.deviceFault = '{fault}', 1)")
    assert words in question(asking).text
    asking.window.strips.shown()[0].answers()["Close"].click()
    assert not strips(asking)


def test_the_page_gets_the_fault_and_the_window_a_note(asking):
    asking.window.care.pulse.stop()
    asking.js("(navigator.mediaDevices.getUserMedia({video: {deviceId: {exact: 'none'}}}).catch(f => got = f.name), 1)")
    asking.window.home.permissions.set(THINGS, True, keep=False)
    asking.wait_js("window.got", "OverconstrainedError")
    assert asking.js("document.documentElement.dataset.deviceFault") == "OverconstrainedError"


def test_a_page_can_only_say_what_the_window_knows(asking):
    told = []
    asking.window.care.pulse.told.connect(told.append)
    asking.js("(document.documentElement.dataset.deviceFault = '<b>Your computer is broken</b>', 1)")
    asking.qtbot.waitUntil(lambda: any(state.device_fault for state in told), timeout=5_000)
    assert not strips(asking)
