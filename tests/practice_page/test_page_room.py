"""The room: languages and directions, light and dark, sizes, chat, and the keyboard."""

import pytest
from page_server import Stub
from page_visit import Visit
from PySide6.QtCore import QSize, Qt


@pytest.mark.parametrize(
    ("sent", "language", "direction"),
    [
        ("ar-SA", "ar-SA", "rtl"),
        ("AR-sa", "ar-SA", "rtl"),
        ("fa-IR", "fa-IR", "rtl"),
        ("he-IL", "he-IL", "rtl"),
        ("de-DE", "de-DE", "ltr"),
        ("zh-TW", "zh-TW", "ltr"),
        ("fi-FI", "en", "ltr"),
        ("", "en", "ltr"),
    ],
)
def test_preferred_language_is_applied_after_joining(visit: Visit, sent: str, language: str, direction: str) -> None:
    visit.stub.meeting.user = {"preferred_lang": sent}
    visit.open()
    visit.wait_page("landing")
    assert visit.js("document.documentElement.dir") == "ltr"
    visit.enter()
    assert visit.js("[document.documentElement.lang, document.documentElement.dir]") == [language, direction]


def test_right_to_left_puts_the_side_panel_on_the_left(visit: Visit) -> None:
    left = "document.querySelector('[data-panel=participants]').getBoundingClientRect().left"
    visit.open()
    visit.enter()
    assert visit.js(left) > visit.view.width() / 2
    visit.stub.meeting.user = {"preferred_lang": "he-IL"}
    visit.open()
    visit.enter()
    assert visit.js(left) == 0


def test_language_of_the_address_is_applied_at_once(visit: Visit) -> None:
    visit.open(query="lng=ar-SA")
    visit.wait_page("token-missing")
    assert visit.js("document.documentElement.dir") == "rtl"


def test_sizes_are_the_real_clients(visit: Visit) -> None:
    visit.open()
    visit.enter()
    box = (
        "(() => { const box = document.querySelector('%s').getBoundingClientRect(); return [box.width, box.height] })()"
    )
    width = visit.view.width()
    assert visit.js(box % "#main-header") == [width, 54]
    assert visit.js(box % "#main-footer") == [width, 54]
    assert visit.js(box % ".side-panels") == [300, visit.view.height() - 108]
    assert visit.js(box % "[data-lock=screen_sharing]") == [44, 44]
    assert visit.js(box % ".end-call") == [44, 44]
    assert visit.js(box % ".avatar") == [28, 28]


def test_header_switch_toggles_dark(visit: Visit) -> None:
    visit.open()
    visit.enter()
    switch = "document.querySelector('.theme-switch').getAttribute('aria-checked')"
    assert visit.js(switch) == "false"
    visit.click(".theme-switch")
    assert visit.js(switch) == "true"
    assert visit.style("#main-header", "backgroundColor") == "rgb(1, 16, 43)"


def test_dark_follows_the_system_while_the_page_is_open(visit: Visit) -> None:
    # The engine tells a page that is open of the system's change only on some desktops, so the news is brought by hand.
    visit.run_first(
        "const real = matchMedia.bind(window), news = new EventTarget(); news.matches = true;"
        "window.matchMedia = (query) => query.includes('dark') ? news : real(query);"
        "window.systemBecomes = (dark) => { news.matches = dark; news.dispatchEvent(new Event('change')); };"
    )
    visit.open()
    visit.enter()
    is_dark = "document.body.classList.contains('dark')"
    assert visit.js(is_dark) is True
    visit.js("systemBecomes(false)")
    assert visit.js(is_dark) is False
    visit.dark()
    visit.js("systemBecomes(false)")
    assert visit.js(is_dark) is False


def test_what_one_writes_is_shown_to_oneself(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.click("[data-lock=chat]")
    assert "Welcome to the mock" in visit.text(".messages")
    area = "document.querySelector('.message-form textarea')"
    visit.js(f"{area}.value = '<b>Hello</b>'")
    visit.js("document.querySelector('.message-form').requestSubmit()")
    assert visit.text(".message.mine .message-text") == "<b>Hello</b>"
    assert visit.js(f"{area}.value") == ""


def test_unread_messages_are_counted_until_the_chat_is_opened(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.click_text("[role=menuitem]", "Show example people")
    visit.wait(lambda: visit.text("[data-lock=chat] .unread-badge") == "1")
    visit.click("[data-lock=chat]")
    visit.wait_js("!document.querySelector('[data-lock=chat] .unread-badge')")


def test_features_that_are_off_are_not_offered(visit: Visit) -> None:
    visit.stub.meeting.room = {
        "room_features": {
            "allow_webcams": False,
            "allow_screen_share": False,
            "allow_reactions": False,
            "chat_features": {"is_allow": False},
            "whiteboard_features": {"is_allow": False},
            "recording_features": {"is_allow": False},
        }
    }
    visit.open()
    visit.enter()
    for name in ("webcam", "screen_sharing", "reactions", "chat", "whiteboard"):
        assert visit.js(f"document.querySelector('[data-lock={name}]')") is None
    assert visit.js("document.querySelector('.record')") is None


def test_every_control_has_a_name(visit: Visit) -> None:
    visit.open()
    visit.enter()
    nameless = (
        "[...document.querySelectorAll('button, input, select, textarea, [role=img]')]"
        ".filter((one) => !one.ariaLabel && !one.textContent.trim()).map((one) => one.outerHTML)"
    )
    assert visit.js(nameless) == []


def test_menus_and_dialogs_work_by_keyboard(visit: Visit) -> None:
    visit.open()
    visit.enter()
    visit.view.activateWindow()
    visit.view.setFocus()
    focused = "document.activeElement.textContent"
    visit.js("document.querySelector('.menu-button').focus()")
    visit.press(Qt.Key.Key_Return)
    visit.wait(lambda: visit.js(focused) == "Settings")
    visit.press(Qt.Key.Key_Down)
    visit.press(Qt.Key.Key_Down)
    visit.wait(lambda: visit.js(focused) == "Leave Meeting")
    visit.press(Qt.Key.Key_Escape)
    visit.wait_js("document.activeElement.classList.contains('menu-button')")
    assert visit.js("document.querySelector('.menu-button').ariaExpanded") == "false"

    visit.js("document.querySelector('.end-call').focus()")
    visit.press(Qt.Key.Key_Return)
    visit.wait_for("dialog[open]")
    visit.press(Qt.Key.Key_Escape)
    visit.wait_js("!document.querySelector('dialog')")
    assert visit.page_name() == "room"


def test_wide_window_has_the_larger_sizes(qapp: object, stub: Stub) -> None:
    visit = Visit(stub, QSize(1800, 900))
    try:
        visit.open()
        visit.enter()
        names = ("#main-header", "#main-footer", ".end-call")
        assert [visit.style(name, "height") for name in names] == ["68px", "76px", "52px"]
        assert visit.style(".side-panels", "width") == "340px"
    finally:
        visit.close()


def test_narrow_window_keeps_all_within_its_width(qapp: object, stub: Stub) -> None:
    visit = Visit(stub, QSize(390, 780))
    try:
        visit.open()
        visit.enter()
        outside = (
            "[...document.querySelectorAll('#main-header *, #main-footer *')].map((one) => one.getBoundingClientRect())"
            ".filter((box) => box.width && (box.left < 0 || box.right > innerWidth)).length"
        )
        assert visit.js(outside) == 0
        visit.click("[data-lock=chat]")
        assert visit.js("document.querySelector('[data-panel=chat]').getBoundingClientRect().width") == visit.js(
            "innerWidth"
        )
    finally:
        visit.close()
