"""The real program in the bench's own process, and how the bench waits for it."""

import os
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

os.environ["PNM_LAUNCHER_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from shiboken6 import isValid

from pnm_launcher.gui.app import Program, make_application
from pnm_launcher.gui.drafts import practice_meeting

if TYPE_CHECKING:
    from pnm_launcher.gui.meeting.meeting_window import MeetingWindow

_PATIENCE = 60
_WARM_SECONDS = 4


class RealProgram:
    """With the practice meeting chosen, and the web engine warmed up as it is while the user reads the window."""

    def __init__(self) -> None:
        self.app = make_application(["bench"])
        self.program = Program(self.app)
        self.program.window.show()
        self.program.furnish()
        self.parts = self.program.furniture
        self.meeting = practice_meeting(self.parts.library.book)
        self.parts.shelf.put(self.meeting)
        self.spend(_WARM_SECONDS)

    def until(self, wanted: Callable[[], object]) -> None:
        ends = time.monotonic() + _PATIENCE
        loop = QEventLoop()
        timer = QTimer(interval=5)
        timer.timeout.connect(lambda: loop.quit() if wanted() or time.monotonic() > ends else None)
        timer.start()
        if not wanted():
            loop.exec()
        if not wanted():
            raise TimeoutError

    @staticmethod
    def spend(seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def click_join(self) -> None:
        QTest.mouseClick(self.program.window.join, Qt.MouseButton.LeftButton)

    def meeting_window(self) -> "MeetingWindow":
        self.until(lambda: self.parts.opening.window(self.meeting.id))
        return cast("MeetingWindow", self.parts.opening.window(self.meeting.id))

    def leave(self) -> None:
        window = self.meeting_window()
        window.close()
        self.until(lambda: not isValid(window))

    def close(self) -> None:
        self.program.window.close()
