"""The page on the real practice server: what the server sends is what the page understands."""

import hashlib
import hmac
import json
import urllib.request
from typing import Any

import pytest
from page_visit import Visit

from pnm_launcher.practice.server import PracticeServer


def call(server: PracticeServer, name: str, body: dict[str, Any]) -> dict[str, Any]:
    data = json.dumps(body).encode()
    signature = hmac.new(server.secret.encode(), data, hashlib.sha256).hexdigest()
    headers = {"API-KEY": server.api_key, "HASH-SIGNATURE": signature, "Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.address}/auth/{name}", data, headers)
    with urllib.request.urlopen(request) as answer:
        result: dict[str, Any] = json.load(answer)
    assert result["status"] is True, result
    return result


def create(server: PracticeServer, **metadata: object) -> None:
    room = {"room_title": "Tuesday class", "room_features": {}, **metadata}
    call(server, "room/create", {"room_id": "class-1", "metadata": room})


def join(visit: Visit, server: PracticeServer, user_id: str, **user: Any) -> None:
    info = {"user_id": user_id, "name": user_id.title(), **user}
    token = call(server, "room/getJoinToken", {"room_id": "class-1", "user_info": info})["token"]
    visit.load(f"{server.address}/?access_token={token}")


@pytest.fixture
def other(qapp: object, visit: Visit) -> Any:
    second = Visit(visit.stub)
    yield second
    second.close()


def test_moderator_and_participant_meet_and_the_meeting_ends_for_both(
    practice: PracticeServer, visit: Visit, other: Visit
) -> None:
    create(practice)
    join(visit, practice, "mona", is_admin=True)
    visit.enter()
    assert visit.page.title() == "Tuesday class"
    join(other, practice, "pia", user_metadata={"lock_settings": {"lock_webcam": True}})
    other.enter()
    assert other.js("document.querySelector('[data-lock=webcam]').dataset.locked") == "true"
    assert other.js("document.querySelector('[data-lock=whiteboard]').dataset.locked") == "true"  # the room's default
    assert visit.js("document.querySelector('[data-lock=whiteboard]').dataset.locked") == "false"
    visit.wait(lambda: "Pia" in visit.text("[data-panel=participants]"), "Pia")

    visit.click(".end-call")
    visit.click("dialog .danger-button")
    for page in (visit, other):
        page.wait_page("ended")
        assert "notifications." not in page.text()


def test_same_user_id_sends_the_first_page_out(practice: PracticeServer, visit: Visit, other: Visit) -> None:
    create(practice)
    join(visit, practice, "pia")
    visit.enter()
    join(other, practice, "pia")
    visit.wait_page("ended")
    assert "You have joined from another place" in visit.text()
    other.enter()


def test_waiting_room_opens_when_the_moderator_approves(practice: PracticeServer, visit: Visit, other: Visit) -> None:
    create(practice, room_features={"waiting_room_features": {"is_active": True, "waiting_room_msg": "Coffee first."}})
    join(visit, practice, "mona", is_admin=True)
    visit.enter()
    join(other, practice, "pia")
    other.wait_page("landing")
    other.click(".landing-entrance .secondary-button")
    other.wait_page("waiting")
    assert "Coffee first." in other.text()
    visit.click("[data-user=pia] .primary-button")
    other.wait_page("room")


def test_participant_who_is_removed_reads_why(practice: PracticeServer, visit: Visit, other: Visit) -> None:
    create(practice)
    join(visit, practice, "mona", is_admin=True)
    visit.enter()
    join(other, practice, "pia")
    other.enter()
    visit.click("[data-user=pia] .row-button")
    visit.click_text("[data-user=pia] [role=menuitem]", "Remove participant")
    other.wait_page("ended")
    assert "You have been removed" in other.text()


def test_reloading_comes_back_in(practice: PracticeServer, visit: Visit) -> None:
    create(practice)
    join(visit, practice, "pia")
    visit.enter()
    visit.load(visit.page.url().toString())
    visit.enter()


def test_token_that_is_not_good_is_refused_in_words(practice: PracticeServer, visit: Visit) -> None:
    visit.load(f"{practice.address}/?access_token=nonsense")
    visit.wait_page("refused")
    assert "The access token is not valid." in visit.text()
