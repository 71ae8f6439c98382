"""The program on Wayland, the default of today's desktops: what works there, and what is said where it cannot."""

import pytest
from wayland_desktop import SIZE, wait_until, wayland_program

STRIPS = "[strip.text for strip in windows()[-1].strips.shown()]"


@pytest.fixture(scope="module")
def program():
    with wayland_program() as made:
        yield made


@pytest.fixture(scope="module")
def meeting(program):
    """A practice room, entered as a new user does, with the mouse."""
    wait_until(lambda: program.desktop.front() == "plugNmeet Launcher")
    program.click("program.window.welcome.practice")
    wait_until(lambda: program.ask("len(windows())") == 1)
    wait_until(lambda: "Practice room" in program.desktop.front())
    wait_until(lambda: program.page("!!document.querySelector('[data-page=landing]')"))
    return program


def enter(meeting, button):
    meeting.page(f"(document.querySelector('.landing-entrance .{button}-button').click(), 1)")


def entry(text):
    return f"next(each for each in windows()[0].actions() if each.text() == {text!r})"


def share(meeting):
    """The page asks for the screen; wait for its answer."""
    meeting.page(
        "(shared = '', navigator.mediaDevices.getDisplayMedia().then(() => shared = 'yes', no => shared = no.name), 1)"
    )
    return wait_until(lambda: meeting.page("shared"))


def test_it_runs_on_wayland_itself_also_where_the_session_does_not_say_so(program):
    assert program.ask("app.platformName()") == "wayland"
    (window,) = [each for each in program.desktop.windows() if each["name"] == "plugNmeet Launcher"]
    assert window["app_id"] == "pnm-launcher", "the desktop finds name and picture by it"


def test_the_page_of_a_meeting_is_painted_and_takes_clicks(meeting):
    place = next(each["rect"] for each in meeting.desktop.windows() if each["focused"])
    corner = place["x"] + 20, place["y"] + place["height"] - 20
    cover = "position: fixed; inset: 0; z-index: 9999; background: #cc0011"
    meeting.page(f"(cover = document.createElement('div'), cover.style = '{cover}', document.body.append(cover), 1)")
    wait_until(lambda: meeting.desktop.color(*corner) == "#cc0011")
    meeting.page("(cover.onclick = () => cover.remove(), 1)")
    meeting.desktop.mouse.click(*corner)
    wait_until(lambda: meeting.desktop.color(*corner) != "#cc0011")


def test_the_camera_is_asked_for_and_shown(meeting):
    enter(meeting, "primary")
    wait_until(lambda: "use your camera" in str(meeting.ask(STRIPS)))
    meeting.click("windows()[0].strips.shown()[0].answers()['Allow']")
    wait_until(lambda: meeting.page("!!document.querySelector('video')?.srcObject"))
    enter(meeting, "primary")
    wait_until(lambda: meeting.page("!!document.querySelector('[data-page=room]')"))


def test_a_screen_that_cannot_be_shared_is_said_with_the_way_to_the_browser(meeting):
    assert share(meeting) == "NotAllowedError"
    wait_until(lambda: "cannot share your screen" in str(meeting.ask(STRIPS)))
    assert meeting.ask("list(windows()[0].strips.shown()[-1].answers())") == ["Move to the browser", "Close"]
    meeting.click("windows()[0].strips.shown()[-1].answers()['Close']")
    wait_until(lambda: meeting.ask(STRIPS) == [])


def test_what_no_window_may_do_there_is_not_offered(meeting):
    texts = meeting.ask("[action.text() for action in windows()[0].actions()]")
    assert "Full screen" in texts
    assert "Keep on top" not in texts


def test_full_screen_fills_the_screen_and_comes_back(meeting):
    def full():
        return next(each["fullscreen_mode"] for each in meeting.desktop.windows() if each["focused"])

    meeting.ask(f"{entry('Full screen')}.trigger()")
    wait_until(lambda: full() == 1)
    meeting.ask(f"{entry('Full screen')}.trigger()")
    wait_until(lambda: full() == 0)


def test_a_second_start_brings_the_first_window_back_to_the_front(meeting):
    assert "Practice room" in meeting.desktop.front()
    assert meeting.start_again() == 0
    wait_until(lambda: meeting.desktop.front() == "plugNmeet Launcher")


def test_both_roles_leave_the_places_to_the_user_and_say_how(meeting):
    meeting.ask("windows()[0].other_side_requested.emit()")
    wait_until(lambda: meeting.ask("len(windows())") == 2)
    said = "[strip.text for window in windows() for strip in window.strips.shown()]"
    wait_until(lambda: meeting.ask(said))
    assert "beside each other" in meeting.ask(said)[0]
    widths = meeting.ask("[window.width() for window in windows()]")
    assert min(widths) > SIZE[0] // 2, "none is made narrow where it cannot be put beside the other"
