"""A window that a meeting opened, such as a breakout room."""

from typing import Final

from PySide6.QtCore import QTimer

from pnm_launcher.address import Address

from .meeting_home import Home
from .meeting_profile import MeetingProfile
from .page_care import PageCare
from .page_window import PageWindow

_APPEAR_MS: Final = 400


class RoomWindow(PageWindow):
    """It waits a moment before it appears, and does not appear at all when its page turns out to be a file to save."""

    def __init__(self, profile: MeetingProfile, address: Address, title: str, heading: str, home: Home) -> None:
        super().__init__(profile, address, title, heading, home)
        self.care = PageCare(self, is_room=True)
        self.care.menu.leave_requested.connect(self.close)
        self._appearing = QTimer(self, singleShot=True, interval=_APPEAR_MS)
        self._appearing.timeout.connect(self.show)
        self._appearing.start()

    def nothing_came(self) -> None:
        if not self.loaded:
            self._appearing.stop()
            self.close()
