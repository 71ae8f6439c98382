"""A meeting of the list is joined in both roles with one choice of its menu."""

import pytest
from PySide6.QtWidgets import QMenu

LOADED_MS = 30_000


@pytest.fixture
def choose(school):
    """Choose an entry of the meeting's menu as the user does."""

    def chosen(text):
        view = school.program.furniture.shelf.list.view
        view.customContextMenuRequested.emit(view.visualRect(view.currentIndex()).center())
        menu = next(each for each in school.program.furniture.shelf.list.findChildren(QMenu) if each.isVisible())
        next(each for each in menu.actions() if each.text() == text).trigger()
        menu.close()

    return chosen


def roles(opening):
    return sorted(bool(meeting.join.get("user_info.is_admin")) for meeting, _ in opening._windows.values())


def test_both_windows_open_beside_each_other(school, qtbot, choose):
    school.start_room()
    opening = school.program.furniture.opening
    choose("Join in both roles, side by side")
    qtbot.waitUntil(lambda: len(opening._windows) == 2, timeout=LOADED_MS)
    qtbot.waitUntil(lambda: all(window.loaded for _, window in opening._windows.values()), timeout=LOADED_MS)
    assert roles(opening) == [False, True]
    left, right = (window for _, window in opening._windows.values())
    qtbot.waitUntil(lambda: right.geometry().left() >= left.geometry().right() - 2, timeout=5_000)
    assert len({meeting.user_id for meeting, _ in opening._windows.values()}) == 2
    choose("Join in both roles, side by side")
    qtbot.wait(500)
    assert len(opening._windows) == 2, "once is enough"


def test_the_other_side_joins_a_meeting_that_is_open(school, qtbot, choose):
    school.start_room()
    opening = school.program.furniture.opening
    choose("Join")
    qtbot.waitUntil(lambda: len(opening._windows) == 1, timeout=LOADED_MS)
    choose("Join in both roles, side by side")
    qtbot.waitUntil(lambda: len(opening._windows) == 2, timeout=LOADED_MS)
    assert school.counter.count("getJoinToken") == 2


def test_a_joining_that_was_cancelled_opens_no_other_side_later(school, qtbot, choose):
    opening, joining = school.program.furniture.opening, school.program.furniture.joining
    choose("Join in both roles, side by side")
    assert joining.under_way
    joining.cancel()
    qtbot.wait(50)
    school.start_room()
    choose("Join")
    qtbot.waitUntil(lambda: len(opening._windows) == 1, timeout=LOADED_MS)
    qtbot.wait(500)
    assert len(opening._windows) == 1
    assert not joining.under_way
