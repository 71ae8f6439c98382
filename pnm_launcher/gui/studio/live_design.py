"""The design being edited, shown in the running meeting: no new join, no new token, no call to the server."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer

from pnm_launcher.gui.meeting.opening import Opening, Window
from pnm_launcher.gui.shelf import Shelf
from pnm_launcher.meetings import Meeting

from .design_page import DesignPage

_FRAME_MS: Final = 16
_ADDRESSES: Final = ("background_image", "custom_logo", "custom_css_url")


class LiveDesign(QObject):
    """Follows the chosen meeting and its window, if one is open, and speaks to it while the user wants that."""

    def __init__(self, opening: Opening, shelf: Shelf, join: Callable[[], object]) -> None:
        super().__init__()
        self._opening, self._shelf, self._join = opening, shelf, join
        self._page: DesignPage | None = None
        self._window: Window | None = None
        self._wanted = False
        self._soon = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._soon.timeout.connect(self._restyle)
        opening.opened.connect(self._look)
        opening.closed.connect(self._look)
        shelf.shown.connect(self._look)

    def attach(self, page: DesignPage) -> None:
        """The page was made on which the design is edited."""
        self._page = page
        page.live.wanted.connect(self._want)
        page.design_shown.connect(self._changed)
        page.live.rejoin_wanted.connect(self._rejoin)
        self._look()

    def _look(self) -> None:
        meeting = self._shelf.meeting()
        window = self._opening.window(meeting.id) if meeting else None
        if self._page and (window is not self._window or window is None):
            self._window, self._wanted = window, False
            self._page.live.offer(meeting.title if meeting and window else "")

    def _want(self, wanted: bool) -> None:
        self._wanted = wanted
        if self._window and not wanted:
            self._window.revert_design()
        self._changed()

    def _changed(self) -> None:
        if self._wanted and self._window and not self._soon.isActive():
            self._soon.start()

    def _restyle(self) -> None:
        meeting = self._shelf.meeting()
        if self._wanted and self._window and self._page and meeting:
            self._window.restyle(self._agreed(self._page, meeting), self._answered)

    def _agreed(self, page: DesignPage, meeting: Meeting) -> Mapping[str, str]:
        """The design without addresses that neither the user nor the meeting's own link has loaded before."""
        opened = self._opening.meeting(meeting.id)
        known = {*page.agreed_addresses(), *(opened.design.values() if opened else ())}
        return {name: text for name, text in page.design().items() if name not in _ADDRESSES or text in known}

    def _answered(self, done: bool) -> None:
        if self._page and self._wanted and not done:
            self._page.live.show_failed()

    def _rejoin(self) -> None:
        """Enter again with what stands in the form now."""
        meeting = self._shelf.meeting()
        if meeting:
            self._opening.close(meeting.id)
            self._join()
