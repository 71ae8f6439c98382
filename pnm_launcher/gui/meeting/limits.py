"""What the program's web engine cannot do, said where a meeting needs it, with the way to the browser."""

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QObject, Signal

from pnm_launcher.gui.about import engine_days
from pnm_launcher.gui.texts import tr

from .page_pulse import State
from .strips import Strips
from .window_memory import WindowMemory

OLD_DAYS: Final = 90
"""Chromium mends holes that are being used every two to four weeks."""
_REMIND_DAYS: Final = 30
_OLD: Final = "old-engine"


class Limits(QObject):
    """Tells each limit once a window, the engine's age once a month over all windows.

    Attributes:
        browser_requested: the user takes the browser instead.
    """

    browser_requested = Signal()

    def __init__(self, strips: Strips, memory: WindowMemory, parent: QObject) -> None:
        super().__init__(parent)
        self._strips, self._memory = strips, memory
        self._told: set[str] = set()

    def page_told(self, state: State) -> None:
        """A page may be wrong about what it needs, or lie: all it gets is a sentence of ours."""
        texts = {
            "codec": (tr("This server sends pictures as H.264, which this window cannot show."),
                      tr("Cameras and shared screens of the others may stay black here. Your browser shows them.")),
            "video": (tr("A video of this meeting cannot be played in this window."),
                      tr("Mostly that is an MP4 video: they are made with H.264, which your browser knows.")),
        }  # fmt: skip
        if state.limit in texts and state.limit not in self._told:
            self._told.add(state.limit)
            self._say(*texts[state.limit])

    def look_at_age(self, now: datetime | None = None) -> None:
        """Say that the engine is old, unless that was said within a month or nothing can be remembered."""
        now = now or datetime.now(UTC)
        days = engine_days(now)
        if days is None or days <= OLD_DAYS or not self._memory.is_due(_OLD, now.date(), _REMIND_DAYS):
            return
        self._memory.keep_said(_OLD, now.date())
        self._say(tr("The part of this program that shows web pages is {count} days old.").format(count=days),
                  tr("Newer protection is missing in it. Look for a newer version of this program, "
                     "or use your browser."))  # fmt: skip

    def _say(self, text: str, detail: str) -> None:
        self._strips.say(text, detail, (tr("Move to the browser"), self.browser_requested.emit))
