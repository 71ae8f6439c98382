"""Opens links: in a window per meeting, or on the clipboard with a warning."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QMimeData, QObject, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication

from pnm_launcher.errors import LauncherError, MeetingWindowUnavailable
from pnm_launcher.gui.texts import tr
from pnm_launcher.links import Link
from pnm_launcher.meetings import Meeting

from . import engine


class Window(Protocol):
    """What this module needs of a meeting window."""

    closed: SignalInstance
    rejoin_requested: SignalInstance
    browser_requested: SignalInstance
    end_requested: SignalInstance
    other_side_requested: SignalInstance

    @property
    def in_meeting(self) -> bool: ...
    def show(self) -> None: ...
    def raise_(self) -> None: ...
    def activateWindow(self) -> None: ...
    def close(self) -> bool: ...
    def restyle(self, design: Mapping[str, str], answered: Callable[[bool], object]) -> None: ...
    def revert_design(self) -> None: ...
    def say_not_ended(self, error: LauncherError) -> None: ...
    def say_how_to_place(self) -> None: ...


class Opening(QObject):
    """At most one window for each meeting.

    Attributes:
        opened: a meeting's window is there; closed, rejoin_requested, browser_requested, end_requested,
            other_side_requested: what it says. All with the meeting's id.
    """

    opened = Signal(str)
    closed = Signal(str)
    rejoin_requested = Signal(str)
    browser_requested = Signal(str)
    end_requested = Signal(str)
    other_side_requested = Signal(str)

    def __init__(self, make_window: Callable[[Meeting, Link], Window]) -> None:
        super().__init__()
        self._make_window = make_window
        self._windows: dict[str, tuple[Meeting, Window]] = {}

    @staticmethod
    def unavailable() -> MeetingWindowUnavailable | None:
        reason = engine.unavailable_reason()
        return MeetingWindowUnavailable(reason=reason) if reason else None

    def open(self, meeting: Meeting, link: Link) -> None:
        window = self._make_window(meeting, link)
        self._windows[meeting.id] = meeting, window
        window.closed.connect(lambda: self._gone(meeting.id, window))
        window.rejoin_requested.connect(lambda: self.rejoin_requested.emit(meeting.id))
        window.browser_requested.connect(lambda: self.browser_requested.emit(meeting.id))
        window.end_requested.connect(lambda: self.end_requested.emit(meeting.id))
        window.other_side_requested.connect(lambda: self.other_side_requested.emit(meeting.id))
        window.show()
        self.opened.emit(meeting.id)

    def meeting(self, meeting_id: str) -> Meeting | None:
        return self._windows[meeting_id][0] if meeting_id in self._windows else None

    def window(self, meeting_id: str) -> Window | None:
        return self._windows[meeting_id][1] if meeting_id in self._windows else None

    def raise_window(self, meeting_id: str) -> bool:
        """Bring a meeting's open window to the front; False if there is none."""
        window = self.window(meeting_id)
        if window is None:
            return False
        window.show()
        window.raise_()
        window.activateWindow()
        return True

    def close(self, meeting_id: str) -> None:
        window = self.window(meeting_id)
        if window:
            window.close()

    def under_way(self) -> list[str]:
        """The titles of the meetings that somebody is in."""
        return [meeting.title for meeting, window in self._windows.values() if window.in_meeting]

    def close_all(self) -> None:
        for meeting_id in list(self._windows):
            self.close(meeting_id)

    def _gone(self, meeting_id: str, window: Window) -> None:
        """Forget a window; not the next one of the same meeting, which may have opened while this one was closing."""
        if self.window(meeting_id) is window:
            del self._windows[meeting_id]
        self.closed.emit(meeting_id)

    @staticmethod
    def copy(link: Link) -> None:
        """Put the link on the clipboard, marked so that clipboard histories leave it out."""
        data = QMimeData()
        data.setText(link.url)
        data.setData("x-kde-passwordManagerHint", b"secret")
        data.setData("application/x-nspasteboard-concealed-type", b"1")
        data.setData('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1")
        QGuiApplication.clipboard().setMimeData(data)

    @staticmethod
    def warning(meeting: Meeting, link: Link) -> tuple[str, str]:
        """What must be said about a copied link."""
        until = _moment(link.expires_at.astimezone()) if link.expires_at else tr("an unknown time")
        text = tr("The link was copied. It is a key: until {time}, whoever has it enters as {name}.").format(
            time=until, name=meeting.user_name)  # fmt: skip
        long = tr("It is so long that the server may refuse it: clear some values of the design.")
        return text, long if link.too_long else tr("Give it only to the person it is meant for.")


def _moment(moment: datetime) -> str:
    """A time of this day as a time, another one with its date."""
    today = moment.date() == datetime.now(moment.tzinfo).date()
    return f"{moment:%H:%M}" if today else f"{moment:%Y-%m-%d %H:%M}"
