"""The same meeting twice, beside each other: as a moderator and as an attendee, to see it as the others see it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Meeting, new_id

from .opening import Opening

_ADMIN, _NAME, _ID = "user_info.is_admin", "user_info.name", "user_info.user_id"

_FRAME_MS: Final = 400


def other_side(meeting: Meeting) -> Meeting:
    """The same room for another person in the other role; this meeting is not saved."""
    moderates = bool(meeting.join.get(_ADMIN))
    name = tr("{name} (attendee)") if moderates else tr("{name} (moderator)")
    values = {
        **meeting.join,
        _ADMIN: not moderates,
        _NAME: name.format(name=meeting.user_name),
        _ID: f"{meeting.user_id}-{'attendee' if moderates else 'moderator'}",
    }
    return replace(meeting, id=new_id(), join=values)


class SideBySide(QObject):
    """Opens the other side when a window wishes it, and shares the screen between the two."""

    def __init__(self, opening: Opening, go: Callable[[Meeting], object]) -> None:
        super().__init__()
        self._opening, self._go = opening, go
        self._pairs: dict[str, str] = {}
        self._first = ""
        opening.other_side_requested.connect(self._wish)
        opening.opened.connect(self._opened)

    def both(self, meeting: Meeting) -> None:
        """Open a meeting and its other side, or the latter alone where the meeting is open."""
        if self._opening.window(meeting.id):
            self._wish(meeting.id)
        else:
            self._first = meeting.id
            self._go(meeting)

    def forget(self) -> None:
        """The first side does not open after all."""
        self._first = ""

    def _wish(self, meeting_id: str) -> None:
        """Once is enough: a second wish brings the window to the front that is there."""
        for other, first in self._pairs.items():
            if first == meeting_id and self._opening.raise_window(other):
                return
        meeting = self._opening.meeting(meeting_id)
        if meeting:
            other_meeting = other_side(meeting)
            self._pairs[other_meeting.id] = meeting_id
            self._go(other_meeting)

    def _opened(self, meeting_id: str) -> None:
        if meeting_id == self._first:
            self._first = ""
            self._wish(meeting_id)
            return
        first, second = self._opening.window(self._pairs.get(meeting_id, "")), self._opening.window(meeting_id)
        if not (isinstance(first, QWidget) and isinstance(second, QWidget)):
            return
        for window in (first, second):
            window.showNormal()
        if QGuiApplication.platformName() == "wayland":  # where no program may place windows
            second.say_how_to_place()
            return
        self._share(first, second)
        QTimer.singleShot(_FRAME_MS, second, lambda: self._share(first, second))

    @staticmethod
    def _share(first: QWidget, second: QWidget) -> None:
        """Half of the screen for each; done again when the window manager has put a frame around the new one."""
        if not isValid(first):
            return
        room = first.screen().availableGeometry()
        frame = first.frameGeometry().size() - first.geometry().size()
        for window, left in ((first, room.left()), (second, room.left() + room.width() // 2)):
            half = QRect(left, room.top(), room.width() // 2, room.height())
            window.move(half.topLeft())
            window.resize(half.size() - frame)
