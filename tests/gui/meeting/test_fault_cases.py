"""The fault cases W1 to W17 of a web view, by their ids: each has a test here or elsewhere, or a reason."""

import re
from pathlib import Path

import pytest
from meeting_pages import HELLO, TOKEN
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QDialog

FOLDER = Path(__file__).parent
CASES = {
    "W1 started as root": ["test_engine.py::test_root_may_not"],
    "W2 no user namespaces": [
        "test_engine.py::test_a_system_without_user_namespaces_may_not",
        "test_engine.py::test_apparmor_may_forbid_it",
    ],
    "W3 switches from outside": [
        "test_meeting_end.py::test_the_environment_and_the_command_line_cannot_open_the_door",
        "test_hardships.py::test_every_renderer_is_locked_in",
        "test_locked_down.py::test_every_renderer_is_locked_in_whatever_the_surroundings_say",
    ],
    "W4 the main frame is led away": [
        "test_meeting_failures.py::test_a_page_that_sends_visitors_on_to_another_site_is_not_followed",
        "test_leaving.py::test_a_meeting_that_leads_away_without_an_end_is_not_followed_and_not_left",
    ],
    "W5 windows and a flood of them": [
        "test_meeting_window.py::test_a_flood_of_windows_is_cut",
        "test_meeting_page.py::test_one_click_opens_one_page_outside",
    ],
    "W6 other schemes": ["test_meeting_page.py::test_a_clicked_link_of_any_other_kind_does_nothing"],
    "W7 devices and permissions": [
        "test_permissions.py::test_the_question_names_the_host_and_the_thing_and_is_answered",
        "test_meeting_page.py::test_and_nothing_else_and_always_an_answer",
        "test_fault_cases.py::test_W7_a_page_cannot_register_itself_for_a_kind_of_link",
        "test_host_page.py::test_a_request_is_answered",
    ],
    "W8 another site asks from inside": ["test_meeting_page.py::test_another_site_inside_the_page_gets_nothing"],
    "W9 downloads": [
        "test_downloads.py::test_a_name_is_made_harmless",
        "test_downloads.py::test_files_are_asked_about_one_at_a_time_and_a_flood_is_cut",
    ],
    "W10 crash and hang": [
        "test_hardships.py::test_twenty_pages_killed_in_a_row_each_say_so_and_nothing_is_loaded_again",
        "test_hardships.py::test_a_page_that_hangs_is_said_with_waiting_and_joining_again",
    ],
    "W11 page before profile": [
        "test_meeting_end.py::test_page_profile_and_window_are_gone_after_closing",
        "test_hardships.py::test_a_hundred_windows_closed_while_loading_leave_no_process",
    ],
    "W12 sign-in dialogs": ["test_fault_cases.py::test_W12_a_page_behind_a_sign_in_is_a_fault_without_a_dialog"],
    "W13 spoofing and floods of dialogs": [
        "test_fault_cases.py::test_W13_a_title_of_a_megabyte_comes_after_the_host_and_is_cut",
        "test_meeting_page.py::test_a_flood_of_messages_is_cut",
        "test_meeting_end.py::test_closing_a_page_that_does_not_answer_takes_a_second_at_most",
    ],
    "W14 full screen": ["test_meeting_window.py::test_full_screen_has_a_hint_and_a_way_out"],
    "W15 the console": ["test_meeting_window.py::test_what_a_page_says_to_its_console_is_not_printed"],
    "W16 copies of the address": [
        "test_fault_cases.py::test_W16_no_way_of_the_engine_gives_the_token_away",
        "test_meeting_window.py::test_the_context_menu_edits_texts_and_does_nothing_else",
    ],
    "W17 after leaving": [
        "test_fault_cases.py::test_W17_the_next_meeting_of_the_same_server_does_not_find_the_last_token",
        "test_meeting_window.py::test_nothing_of_a_meeting_stays_on_the_disk",
        "test_locked_down.py::test_nor_after_they_were_closed",
    ],
}
"""Of W10, a page without memory and a graphics process that dies are left out: the first would take the memory of the
whole machine, the second does not exist where there is no graphics chip. Both end as the killed page does."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.partition(" ")[0])
def test_the_case_has_its_tests(case):
    for name in CASES[case]:
        file, _, function = name.partition("::")
        assert re.search(rf"^def {function}\(", (FOLDER / file).read_text(), re.MULTILINE), name


def test_no_case_is_forgotten():
    assert [case.partition(" ")[0] for case in CASES] == [f"W{number}" for number in range(1, 18)]


def test_W7_a_page_cannot_register_itself_for_a_kind_of_link(meeting):
    asked = []
    meeting.loaded().window.page.registerProtocolHandlerRequested.connect(
        lambda request: asked.append(request.scheme())
    )
    meeting.click("#hello")
    meeting.js("(navigator.registerProtocolHandler('mailto', location.origin + '/?mail=%s'), 1)")
    meeting.qtbot.wait(300)
    assert meeting.js("1 + 1") == 2


def test_W12_a_page_behind_a_sign_in_is_a_fault_without_a_dialog(pages, open_meeting):
    pages.answers["/"] = (401, {"WWW-Authenticate": 'Basic realm="School"'}, "")
    meeting = open_meeting()
    meeting.qtbot.waitUntil(lambda: not meeting.window.curtain._busy.isVisible(), timeout=15_000)
    assert "localhost" in meeting.window.curtain.text
    assert not meeting.window.loaded
    assert not meeting.dialogs(QDialog)


def test_W13_a_title_of_a_megabyte_comes_after_the_host_and_is_cut(meeting):
    meeting.loaded().js("(document.title = '\\u202ebank.example \\u2013 ' + 'x'.repeat(1e6), 1)")
    host = meeting.window.address.authority
    meeting.qtbot.waitUntil(lambda: "bank" in meeting.window.windowTitle(), timeout=10_000)
    title = meeting.window.windowTitle()
    assert title.startswith(f"{host} – ")
    assert "\u202e" not in title
    assert len(title) < 120
    assert meeting.window.bar.host.text() == host


def test_W16_no_way_of_the_engine_gives_the_token_away(pages, open_meeting):
    pages.answers["/"] = HELLO + "<script>addEventListener('click', () => print())</script>"
    meeting = open_meeting().loaded()
    page = meeting.window.page
    meeting.click("#hello")
    meeting.qtbot.wait(300)
    assert not meeting.dialogs(QDialog), "printing does nothing"
    page.triggerAction(QWebEnginePage.WebAction.ViewSource)
    page.triggerAction(QWebEnginePage.WebAction.InspectElement)
    meeting.qtbot.wait(300)
    assert not meeting.rooms()
    places = [page.url().toString(), page.requestedUrl().toString(), page.title(), page.iconUrl().toString()]
    places += [item.url().toString() for item in page.history().items()]
    assert all(TOKEN not in place for place in places)


def test_W17_the_next_meeting_of_the_same_server_does_not_find_the_last_token(pages, open_meeting):
    open_meeting().loaded().close()
    pages.requests.clear()
    meeting = open_meeting().loaded()
    assert meeting.js("document.cookie").count("pnm_access_token") == 1
    cookies = [request.headers.get("Cookie", "") for request in pages.requests if request.path.startswith("/?")]
    assert [cookie.count("pnm_access_token") for cookie in cookies] == [1]
