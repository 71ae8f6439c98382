"""The pages around the room: which one appears when, and that the token stays out of sight."""

import pytest
from page_server import TOKEN
from page_visit import Visit


def test_without_a_token_nothing_is_asked_of_the_server(visit: Visit) -> None:
    visit.open(query="a=b")
    visit.wait_page("token-missing")
    assert "Access Token Missing" in visit.text()
    assert visit.stub.meeting.calls == []


def test_plain_http_is_refused_unless_the_host_is_called_localhost(visit: Visit) -> None:
    visit.open(host="127.0.0.1")
    visit.wait_page("insecure")
    assert "Secure Connection Required" in visit.text()
    assert visit.stub.meeting.calls == []


def test_missing_token_is_told_before_the_missing_security(visit: Visit) -> None:
    visit.open(query="a=b", host="127.0.0.1")
    visit.wait_page("token-missing")


def test_token_may_come_as_a_cookie(visit: Visit) -> None:
    visit.set_cookie(TOKEN)
    visit.open(query="a=b")
    visit.wait_page("landing")


def test_token_in_the_address_beats_the_cookie(visit: Visit) -> None:
    visit.set_cookie("another")
    visit.open()
    visit.wait_page("landing")


@pytest.mark.parametrize(
    ("status", "msg", "sentence"),
    [
        (401, "notifications.auth-header-missing", "The access token did not arrive at the server."),
        (401, "notifications.invalid-token", "The access token is not valid."),
        (401, "notifications.token-expired", "The session has expired."),
        (401, "notifications.room-not-active", "The room is not active."),
        (200, "notifications.user-info-not-found", "The server does not know this person."),
        (200, "notifications.room-disconnected-duplicate-entry", "You have joined from another place"),
        (200, "notifications.you-are-blocked", "You have been blocked"),
        (200, "notifications.max-num-participates-exceeded", "The meeting is full."),
        (200, "something of another server", "something of another server"),
    ],
)
def test_each_refusal_has_its_sentence(visit: Visit, status: int, msg: str, sentence: str) -> None:
    visit.stub.meeting.refusal = (status, msg)
    visit.open()
    visit.wait_page("refused")
    assert "Verification Failed!" in visit.text()
    assert sentence in visit.text()
    assert "notifications." not in visit.text()


def test_server_that_answers_nonsense_is_a_network_error(visit: Visit) -> None:
    visit.stub.meeting.garbled = True
    visit.open()
    visit.wait_page("refused")
    assert "ERR_NETWORK: Network Error" in visit.text()


def test_landing_names_the_person_and_the_two_ways_in(visit: Visit) -> None:
    visit.open()
    visit.wait_page("landing")
    words = visit.text()
    for expected in (
        "Microphone and Camera Preferences",
        "Alice Admin · Moderator",
        "Ready to join?",
        "Enable Microphone and Camera",
        "Join as a listener",
    ):
        assert expected in words


def test_title_becomes_the_rooms_title_once_the_token_is_good(visit: Visit) -> None:
    visit.open(query="a=b")
    visit.wait_page("token-missing")
    assert visit.page.title() == "plugNmeet"
    visit.open()
    visit.wait_page("landing")
    visit.wait(lambda: visit.page.title() == "Mock room title")


def test_names_and_titles_are_shown_as_text_never_as_markup(visit: Visit) -> None:
    nasty = "<img src=x onerror=document.title='broken'>"
    visit.stub.meeting.user = {"name": nasty, "user_id": "alice"}
    visit.stub.meeting.room = {"room_title": nasty, "welcome_message": nasty}
    visit.open()
    visit.enter()
    visit.click("[data-lock=chat]")
    assert visit.js("document.querySelectorAll('#plugNmeet-app img').length") == 0
    assert visit.text(".header-title") == nasty
    assert visit.text(".system-message") == nasty


def test_token_is_nowhere_but_in_the_address_that_brought_it(visit: Visit) -> None:
    visit.set_cookie(TOKEN)
    visit.open(query="a=b")
    visit.enter()
    assert visit.js("document.documentElement.outerHTML.includes('token-1')") is False
    assert visit.js("[...Object.values(localStorage), ...Object.values(sessionStorage)].length") == 0
    assert TOKEN not in visit.page.title()
    assert TOKEN not in " ".join([*visit.page.console, *visit.stub.meeting.calls])
    assert (
        visit.js("Object.values({...window}).filter((one) => typeof one === 'string' && one.includes('token-1'))") == []
    )


def test_person_who_must_wait_sees_the_rooms_words_until_let_in(visit: Visit) -> None:
    visit.stub.meeting.user = {"wait_for_approval": True, "is_admin": False}
    visit.stub.meeting.room = {"room_features": {"waiting_room_features": {"waiting_room_msg": "Coffee first."}}}
    visit.open()
    visit.wait_page("landing")
    visit.click(".landing-entrance .secondary-button")
    visit.wait_page("waiting")
    assert "Coffee first." in visit.text()
    visit.stub.meeting.events.put({"type": "approved"})
    visit.wait_page("room")


def test_everything_the_page_loads_comes_from_its_own_server(visit: Visit) -> None:
    visit.open()
    visit.enter()
    loaded = visit.js("performance.getEntriesByType('resource').map((one) => new URL(one.name).origin)")
    assert set(loaded) == {visit.stub.url("").removesuffix("/?")}
    assert visit.page.console == []
