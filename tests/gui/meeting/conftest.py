"""A meeting window on the screen, its pages on a web server here, and what a test does with them."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from meeting_pages import HELLO, Pages, serving
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

SCHEMES = ("http", "https", "mailto", "file", "data", "javascript", "matrix", "steam", "tel")


class Outside(QObject):
    """What would have been opened by the system's programs."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.urls.append(url.toString())


class Meeting:
    """Opens the window, and speaks to its page from outside and as the user."""

    def __init__(self, qtbot: QtBot, pages: Pages, **settings: Any) -> None:
        from pnm_launcher.gui.meeting.meeting_home import Home
        from pnm_launcher.gui.meeting.meeting_window import MeetingWindow
        from pnm_launcher.gui.meeting.permissions import THINGS

        self.qtbot, self.pages = qtbot, pages
        if "home" not in settings:  # a user who has allowed everything before
            settings["home"] = Home()
            settings["home"].permissions.set(THINGS, True, keep=False)
        self.window = MeetingWindow(pages.link(), "Maths", **settings)
        self.window.show()

    def loaded(self) -> "Meeting":
        self.qtbot.waitUntil(lambda: self.window.loaded, timeout=15_000)
        return self

    def js(self, code: str, window: Any = None) -> Any:
        """The JSON value of an expression in the page's own world."""
        answers: list[str] = []
        (window or self.window).page.runJavaScript(f"JSON.stringify({code})", answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0]) if answers[0] else None

    def wait_js(self, code: str, wanted: object, window: Any = None) -> None:
        deadline = time.monotonic() + 20
        while (got := self.js(code, window)) != wanted and time.monotonic() < deadline:
            self.qtbot.wait(20)
        assert got == wanted

    def painted(self) -> None:
        """Before its first picture a page gets no clicks and keys."""
        self.js("(painted = false, requestAnimationFrame(() => requestAnimationFrame(() => painted = true)), 1)")
        self.wait_js("painted", True)

    def click(self, selector: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """A real click, so that the page has what browsers call user activation."""
        self.painted()
        area = self.js(f"document.querySelector('{selector}').getBoundingClientRect()")
        place = QPoint(int(area["x"] + area["width"] / 2), int(area["y"] + area["height"] / 2))
        QTest.mouseClick(self.window.view.focusProxy(), button, pos=place)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.painted()
        self.qtbot.waitActive(self.window)
        QTest.keyClick(self.window.view.focusProxy(), key, modifier)

    def rooms(self) -> list[Any]:
        """The visible windows that the meeting opened."""
        from pnm_launcher.gui.meeting import page_window

        return [window for window in page_window._open if window is not self.window and window.isVisible()]

    def dialog(self, kind: type[QDialog] = QDialog) -> Any:
        """The dialog that is open, waited for."""
        self.qtbot.waitUntil(lambda: bool(self.dialogs(kind)), timeout=10_000)
        return self.dialogs(kind)[0]

    @staticmethod
    def dialogs(kind: type[QDialog] = QDialog) -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    def close(self) -> None:
        self.window.close()
        self.wait_gone(self.window)

    def wait_gone(self, window: QObject) -> None:
        self.qtbot.waitUntil(lambda: not isValid(window), timeout=5_000)


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serving(Pages({"/": HELLO})) as made:
        yield made


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, made, "open")
    yield made
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def open_meeting(qtbot: QtBot, pages: Pages, outside: Outside) -> Iterator[Callable[..., Meeting]]:
    """Opens a meeting window; at the end all of them are closed, and really gone."""
    from pnm_launcher.gui.meeting import page_window

    yield lambda **settings: Meeting(qtbot, pages, **settings)
    for window in list(page_window._open):
        window.close()
    qtbot.waitUntil(lambda: not page_window._open, timeout=10_000)


@pytest.fixture
def meeting(open_meeting: Callable[..., Meeting]) -> Meeting:
    """A meeting window that is still loading `/`."""
    return open_meeting()
