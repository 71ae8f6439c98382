"""Asks a meeting's page now and then how it is: whether it still answers, and what it wants its window to know.

Nothing can be called from the page: it only leaves notes in its document, and every note is taken for what it is, the
word of a stranger.
"""

import json
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEngineScript

from pnm_launcher.texts import plain

from .meeting_page import MeetingPage

_PERIOD_MS: Final = 1_000
HUNG_MS: Final = 10_000
_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_LOOK: Final = """(() => {
  const end = document.querySelector('#errorPage');
  const text = (part) => end?.querySelector(part)?.textContent ?? '';
  const notes = document.documentElement.dataset;
  const { deviceFault = '', sharing = '', limit = '' } = notes;
  delete notes.deviceFault;
  delete notes.limit;
  return JSON.stringify([end ? [text('h1, h2'), text('p')] : null, deviceFault, sharing, limit]);
})()"""


@dataclass(frozen=True)
class State:
    """What a page shows: the title and the reason of its last page (see the client's `extra-pages/Error.tsx`), the name
    of the fault of a device (`NotFoundError`), whether it shares a screen, and what it needs that the engine lacks (see
    `meeting_limits.js`)."""

    end: tuple[str, str] | None = None
    device_fault: str = ""
    sharing: bool = False
    limit: str = ""


def read_state(answer: object) -> State:
    """The state a page claims, from JSON that may be anything."""
    try:
        end, fault, sharing, limit = json.loads(str(answer))
        texts = (plain(str(end[0]), 120), plain(str(end[1]), 300)) if end else None
    except (ValueError, TypeError, KeyError, IndexError):
        return State()
    return State(texts, plain(str(fault), 40), bool(sharing), plain(str(limit), 40))


class Pulse(QObject):
    """
    Attributes:
        told: the page's `State`, once a second.
        hung, back: it has not answered for ten seconds; it answers again.
    """

    told = Signal(object)
    hung = Signal()
    back = Signal()

    def __init__(self, page: MeetingPage, hung_ms: int = HUNG_MS) -> None:
        super().__init__(page)
        self._page, self._hung_ms = page, hung_ms
        self._asked = QElapsedTimer()
        self._is_hung = False
        self._timer = QTimer(self, interval=_PERIOD_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._asked.invalidate()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        if not self._asked.isValid():
            self._asked.start()
            self._page.runJavaScript(_LOOK, _WORLD, self._answered)
        elif self._page.asks:  # it waits for the user's answer, and cannot speak meanwhile
            self._asked.restart()
        elif self._asked.elapsed() > self._hung_ms and not self._is_hung:
            self._is_hung = True
            self.hung.emit()

    def _answered(self, answer: object) -> None:
        self._asked.invalidate()
        if self._is_hung:
            self._is_hung = False
            self.back.emit()
        if self._timer.isActive():
            self.told.emit(read_state(answer))
