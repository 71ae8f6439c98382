"""A meeting's life as the page shows it: who is there, who comes in, and the ways in which it ends."""

from page_server import person
from page_visit import Visit


def test_panel_shows_who_is_there_and_can_be_searched(visit: Visit) -> None:
    names = "[...document.querySelectorAll('.participant-name')].map((one) => one.textContent)"
    visit.open()
    visit.enter()
    assert visit.text("[data-panel=participants] h2") == "Participants (3)"
    assert visit.js(names) == ["Alice Admin (me)", "Bob Brown", "Carol Chen"]
    assert visit.text(".avatar") == "AA"
    search = "document.querySelector('[data-panel=participants] input')"
    visit.js(f"({search}.value = 'bob', {search}.dispatchEvent(new Event('input')))")
    assert visit.js(names) == ["Bob Brown"]


def test_panel_follows_who_comes_and_goes(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.stub.meeting.events.put({"type": "participants", "participants": [person("alice", "Alice", me=True)]})
    visit.wait(lambda: visit.text("[data-panel=participants] h2") == "Participants (1)")


def test_moderator_lets_somebody_in(visit: Visit) -> None:
    visit.open()
    visit.enter()
    waiting = person("dora", "Dora") | {"wait_for_approval": True}
    visit.stub.meeting.events.put({"type": "participants", "participants": [person("alice", "A", me=True), waiting]})
    visit.wait(lambda: "Dora is waiting" in visit.text(".notices"))
    visit.click("[data-user=dora] .primary-button")
    visit.wait(lambda: "/practice/approve?session=session-1&user_id=dora" in visit.stub.meeting.calls)


def test_moderator_removes_somebody(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.click("[data-user=bob] .row-button")
    visit.click_text("[data-user=bob] [role=menuitem]", "Remove participant")
    visit.wait(lambda: "/practice/remove?session=session-1&user_id=bob&block=0" in visit.stub.meeting.calls)


def test_leaving_tells_the_server_and_shows_the_end(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.click_text("[role=menuitem]", "Leave Meeting")
    visit.click("dialog .danger-button")
    visit.wait_page("ended")
    assert "Disconnected" in visit.text()
    assert "You have been logged out." in visit.text()
    visit.wait(lambda: "/practice/leave?session=session-1" in visit.stub.meeting.calls)


def test_closing_the_confirmation_stays_in_the_room(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.click(".end-call")
    visit.click("dialog .primary-button")
    visit.wait_js("!document.querySelector('dialog')")
    assert visit.page_name() == "room"
    assert visit.stub.meeting.calls == ["/practice/verify", "/practice/enter"]


def test_moderators_red_button_ends_the_meeting_for_all(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.click(".end-call")
    visit.click("dialog .danger-button")
    visit.wait_page("ended")
    assert "The room has been closed." in visit.text()
    assert "/practice/end?session=session-1" in visit.stub.meeting.calls


def test_participants_red_button_only_leaves(visit: Visit) -> None:
    visit.stub.meeting.user = {"is_admin": False}
    visit.open()
    visit.enter()
    visit.click(".end-call")
    visit.click("dialog .danger-button")
    visit.wait_page("ended")
    assert not any("/practice/end" in call for call in visit.stub.meeting.calls)


def test_navigating_away_tells_the_server(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.load("about:blank")
    visit.wait(lambda: "/practice/leave?session=session-1" in visit.stub.meeting.calls)


def test_person_who_is_kicked_reads_why(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.stub.meeting.events.put({"type": "kicked", "reason": "notifications.room-disconnected-duplicate-entry"})
    visit.wait_page("ended")
    assert "You have joined from another place" in visit.text()


def test_end_goes_to_the_rooms_page_after_three_seconds(visit: Visit) -> None:
    visit.open()
    visit.enter()
    target = visit.stub.url("gone=1")
    visit.stub.meeting.events.put({"type": "ended", "reason": "notifications.room-not-active", "logout_url": target})
    visit.wait_page("ended")
    visit.wait(lambda: visit.page.url().toString() == target, target)


def test_end_does_not_go_to_what_is_no_web_address(visit: Visit) -> None:
    visit.stub.meeting.room = {"logout_url": "javascript:document.title='broken'"}
    visit.open()
    visit.enter()
    visit.js("(window.setTimeout = (go, delay) => { window.delay = delay })")
    visit.stub.meeting.events.put({"type": "ended", "reason": "notifications.room-not-active"})
    visit.wait_page("ended")
    assert visit.js("window.delay ?? null") is None


def test_lost_server_turns_the_signal_red_and_back(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.stub.meeting.broken = True
    visit.wait_for(".signal.lost")
    visit.stub.meeting.broken = False
    visit.wait_for(".signal:not(.lost)")
