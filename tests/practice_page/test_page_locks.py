"""The effective locks are visible: to the eye, and as `data-lock` and `data-locked` on the control they rule."""

import pytest
from page_server import LOCKS
from page_visit import Visit

CONTROLS = "[...document.querySelectorAll('[data-lock]')]"
STATES = f"Object.fromEntries({CONTROLS}.map((one) => [one.dataset.lock, one.dataset.locked]))"
DISABLED = ("microphone", "webcam", "screen_sharing", "chat_send_message", "chat_file_share", "reactions")
ICONS = ("microphone", "webcam", "screen_sharing", "whiteboard", "reactions", "chat")
TEXTS = ("chat_send_message",)
RED = "rgb(250, 50, 50)"


def join(visit: Visit, *locked: str) -> None:
    visit.stub.meeting.locked = locked
    visit.stub.meeting.user = {"is_admin": False}
    visit.open()
    visit.enter()


def test_nothing_locked_means_every_control_is_open(visit: Visit) -> None:
    join(visit)
    assert visit.js(STATES) == dict.fromkeys(LOCKS, "false")
    assert visit.js("document.querySelectorAll('.room .locked').length") == 0


@pytest.mark.parametrize("name", LOCKS)
def test_each_lock_locks_its_control_in_red_and_no_other(visit: Visit, name: str) -> None:
    join(visit, name)
    control = f"[data-lock={name}]"
    assert visit.js(STATES) == {**dict.fromkeys(LOCKS, "false"), name: "true"}
    assert visit.js(f"document.querySelectorAll('{control}').length") == 1
    assert visit.js(f"document.querySelector('{control}').classList.contains('locked')")
    assert visit.js(f"document.querySelectorAll('{control} .lock-badge.primaryColor svg').length") == (
        name not in TEXTS
    )
    if name in DISABLED:
        assert visit.js(f"document.querySelector('{control}').disabled") is True
    if name in ICONS:
        inner = f"{control} .footer-icon-bg"
        assert visit.styles([(inner, "color"), (inner, "borderTopColor")]) == [RED, "rgb(247, 186, 186)"]


def test_locked_chat_says_so_and_takes_nothing(visit: Visit) -> None:
    join(visit, "chat")
    visit.click("[data-lock=chat]")
    assert visit.js("document.querySelector('.message-form textarea').disabled") is True
    assert visit.js("document.querySelector('.message-form textarea').placeholder") == "The chat is locked for you."
    visit.js("document.querySelector('.message-form textarea').value = 'hello'")
    visit.js("document.querySelector('.message-form').requestSubmit()")
    assert visit.js("document.querySelectorAll('.message').length") == 0


def test_locked_private_chat_leaves_everybody_and_moderators(visit: Visit) -> None:
    visit.stub.meeting.people = [
        {"user_id": "alice", "name": "Alice", "is_admin": False, "me": True},
        {"user_id": "bob", "name": "Bob", "is_admin": False, "me": False},
        {"user_id": "mona", "name": "Mona", "is_admin": True, "me": False},
    ]
    names = "[...document.querySelectorAll('.recipient option')].map((one) => one.textContent)"
    join(visit, "private_chat")
    assert visit.js(names) == ["Public Chat", "Mona"]
    join(visit)
    assert visit.js(names) == ["Public Chat", "Bob", "Mona"]


@pytest.mark.parametrize(("lock", "board"), [("whiteboard", "whiteboard"), ("shared_notepad", "notepad")])
def test_locked_board_can_be_looked_at_only(visit: Visit, lock: str, board: str) -> None:
    join(visit, lock)
    visit.click(f"[data-lock={lock}]")
    visit.wait_for(f"[data-board={board}]")
    assert "is locked" in visit.text(f"[data-board={board}]")
    writable = ".board :is(.tool, textarea):not(:disabled, :read-only)"
    assert visit.js(f"document.querySelectorAll('{writable}').length") == 0


def test_landing_does_not_offer_locked_devices(visit: Visit) -> None:
    visit.stub.meeting.locked = ("microphone", "webcam")
    visit.open()
    visit.wait_page("landing")
    assert visit.js("[...document.querySelectorAll('.landing-device')].map((one) => one.disabled)") == [True, True]
    assert visit.js("document.querySelector('.landing-entrance .primary-button').hidden") is True
    visit.enter()


@pytest.mark.parametrize(("locked", "offer"), [("microphone", "Enable Camera"), ("webcam", "Enable Microphone")])
def test_landing_offers_the_device_that_is_left(visit: Visit, locked: str, offer: str) -> None:
    visit.stub.meeting.locked = (locked,)
    visit.open()
    visit.wait_page("landing")
    assert visit.text(".landing-entrance .primary-button") == offer


def test_all_locks_can_be_read_in_words(visit: Visit) -> None:
    join(visit, "webcam")
    visit.click_text("[role=menuitem]", "Your locks")
    visit.wait_for("dialog[open]")
    facts = visit.js("[...document.querySelectorAll('.facts dd')].map((one) => one.textContent)")
    assert len(facts) == len(LOCKS)
    assert facts.count("Locked") == 1
