"""Camera, microphone and screen, with the web engine's made-up devices: shown, stopped, and refused in words."""

import pytest
from page_visit import Visit

TILE = ".tiles .tile video"
PLAYS = f"document.querySelector('{TILE}')?.videoWidth > 0 && !document.querySelector('{TILE}').hidden"


def enable(visit: Visit) -> None:
    visit.wait_page("landing")
    visit.click(".landing-entrance .primary-button")
    visit.wait_js("document.querySelector('.landing-entrance .primary-button').textContent === 'Join'")


def join_with_devices(visit: Visit) -> None:
    visit.open()
    enable(visit)
    visit.click(".landing-entrance .primary-button")
    visit.wait_page("room")
    visit.wait_js(PLAYS)


def test_nothing_is_asked_before_a_click(visit: Visit) -> None:
    asked: list[object] = []
    visit.page.permissionRequested.connect(lambda request: asked.append(request.permissionType()))
    visit.open()
    visit.enter()
    assert asked == []


def test_camera_is_seen_before_and_after_joining(visit: Visit) -> None:
    visit.open()
    enable(visit)
    visit.wait_js("document.querySelector('.landing-video video').videoWidth > 0")
    visit.click(".landing-entrance .primary-button")
    visit.wait_page("room")
    visit.wait_js(PLAYS)
    assert visit.text(".tile-name") == "(Me)"


def test_someone_who_speaks_gets_the_pill_and_the_border(visit: Visit) -> None:
    join_with_devices(visit)
    visit.wait_js("!document.querySelector('.speaker-pill').hidden")
    assert visit.text(".speaker-pill") == "Alice Admin"
    assert visit.style(".tile", "borderTopColor") == "rgb(0, 161, 242)"
    visit.click("[data-lock=microphone]")
    visit.wait_js("document.querySelector('.speaker-pill').hidden")
    assert visit.js("document.querySelector('[data-lock=microphone]').ariaLabel") == "Unmute"


def test_camera_off_leaves_the_initials(visit: Visit) -> None:
    join_with_devices(visit)
    visit.click("[data-lock=webcam]")
    visit.wait_js(f"document.querySelector('{TILE}').hidden")
    assert visit.text(".tile-initials") == "AA"
    visit.click("[data-lock=webcam]")
    visit.wait_js(PLAYS)


def test_listener_has_no_tile_and_can_start_the_camera_later(visit: Visit) -> None:
    visit.open()
    visit.enter()
    assert visit.js(f"document.querySelector('{TILE}')") is None
    visit.click("[data-lock=webcam]")
    visit.wait_js(PLAYS)


def test_room_that_mutes_on_start_mutes(visit: Visit) -> None:
    visit.stub.meeting.room = {"room_features": {"mute_on_start": True}}
    join_with_devices(visit)
    assert visit.js("document.querySelector('[data-lock=microphone]').ariaLabel") == "Unmute"
    assert visit.js("document.querySelectorAll('.split.muted').length") == 1


def test_leaving_stops_the_devices(visit: Visit) -> None:
    join_with_devices(visit)
    visit.js(f"(window.kept = document.querySelector('{TILE}').srcObject.getTracks()).length")
    visit.click_text("[role=menuitem]", "Leave Meeting")
    visit.click("dialog .danger-button")
    visit.wait_page("ended")
    assert visit.js("kept.map((track) => track.readyState)") == ["ended"]


def test_shared_screen_is_shown_beside_the_tiles(visit: Visit) -> None:
    join_with_devices(visit)
    visit.click("[data-lock=screen_sharing]")
    visit.wait_js("document.querySelector('.focus video')?.videoWidth > 0")
    assert visit.js("document.querySelector('.tiles').getBoundingClientRect().width") == 212
    visit.click("[data-lock=screen_sharing]")
    visit.wait_js("document.querySelector('.focus').hidden")


@pytest.mark.parametrize("control", ["[data-lock=webcam]", "[data-lock=microphone]", "[data-lock=screen_sharing]"])
def test_refusal_in_the_room_is_said_in_words(visit: Visit, control: str) -> None:
    visit.page.allows = False
    visit.open()
    visit.enter()
    visit.click(control)
    visit.wait(lambda: "was refused" in visit.text(".notices"), "a notice")
    assert visit.page_name() == "room"


def test_refusal_on_the_landing_page_leaves_the_way_in_as_a_listener(visit: Visit) -> None:
    visit.page.allows = False
    visit.open()
    visit.wait_page("landing")
    visit.click(".landing-entrance .primary-button")
    visit.wait(lambda: "was refused" in visit.text(".landing-fault"), "a reason")
    visit.enter()
