"""Element Web in a window of this program, with a profile of its own on disk, apart from every video meeting."""

from typing import Final

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWebEngineCore import QWebEngineProfile
from shiboken6 import isValid

from pnm_launcher.address import Address, parse_address
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.meeting.downloads import Downloads
from pnm_launcher.gui.meeting.meeting_home import Homes
from pnm_launcher.gui.meeting.meeting_profile import MeetingProfile
from pnm_launcher.gui.meeting.page_care import PageCare
from pnm_launcher.gui.meeting.page_window import PageWindow
from pnm_launcher.gui.texts import tr
from pnm_launcher.paths import config_folder

_NAME: Final = "matrix-chat"


class ChatProfile(MeetingProfile):
    """Keeps the sign-in of Element Web, which knows nothing of this program's accounts, for the next time.

    It stays until `let_go`, because there must never be two of one place on disk.
    """

    def __init__(self) -> None:
        super().__init__(name=_NAME)
        self._kept = True
        folder = config_folder() / _NAME
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.setPersistentStoragePath(str(folder / "storage"))
        self.setCachePath(str(folder / "cache"))
        self.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.AllowPersistentCookies)
        self.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)

    def let_go(self) -> None:
        self._kept = False
        self.end_if_unused()

    def end_if_unused(self) -> None:
        if not self._kept:
            super().end_if_unused()


class ChatWindow(PageWindow):
    """Stays at the origin of its Element Web; other pages open in the system's browser."""

    def __init__(self, profile: ChatProfile, address: Address, homes: Homes) -> None:
        home = homes.of(_NAME, address.origin, moderates=False)
        super().__init__(profile, address, tr("Chat"), tr("Opening the chat room…"), home)
        self.care = PageCare(self, is_room=True)
        self.care.menu.leave_requested.connect(self.close)

    def after_a_crash(self) -> tuple[str, str]:
        return tr("The chat's page stopped working."), tr("Close this window, and open the chat room again.")


class ChatWindows(QObject):
    """At most one window: another room is shown in the same."""

    def __init__(self, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._homes = Homes(settings)
        self._profile: ChatProfile | None = None
        self.window: ChatWindow | None = None

    def open(self, url: str) -> None:
        """Show a room; `url` is that of an Element Web, made by `openers`."""
        address = parse_address(url.partition("#")[0])
        if self.window and (not isValid(self.window) or self.window.page.leaving or self.window.address != address):
            if isValid(self.window):
                self.window.close()
            self.window = None
        if self.window is None:
            engine.start()
            if self._profile is None:
                self._profile = ChatProfile()
                self._downloads = Downloads(self._profile)
                self._downloads.said.connect(self._say)
            self.window = ChatWindow(self._profile, address, self._homes)
        self.window.load(url)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        if self.window and isValid(self.window):
            self.window.close()
        if self._profile and isValid(self._profile):
            self._profile.let_go()
        self.window = self._profile = None

    def _say(self, text: str, folder: str) -> None:
        """How a download ended."""
        if self.window and isValid(self.window):
            self.window.strips.say(text, folder)
