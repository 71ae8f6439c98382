"""The meeting window: one meeting in the program itself."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWebEngineCore import QWebEngineNotification
from PySide6.QtWidgets import QApplication

from pnm_launcher.errors import Redirected
from pnm_launcher.links import Link

from . import engine
from .downloads import Downloads
from .meeting_profile import MeetingProfile
from .page_window import PageWindow
from .texts import tr


class MeetingWindow(PageWindow):
    """Opens a link: the token goes to the page as a cookie, so that it is in no address, title, history or referrer.

    `title` names the meeting until its page does; `language` is the meeting's language (a code of the table). The
    window never loads its page twice, because the token may be used up by then: it asks for a new join instead.

    Attributes:
        rejoin_requested: the user wants to join again, with a new token.
        browser_requested: the user wants the meeting in the system's browser.
    """

    rejoin_requested = Signal()
    browser_requested = Signal()

    def __init__(self, link: Link, title: str, *, meeting_id: str = "", language: str = "") -> None:
        engine.start()
        profile = MeetingProfile(language)
        super().__init__(profile, link.page, title, tr("Opening “{title}”…").format(title=title))
        self.meeting_id = meeting_id
        self.curtain.can_join_again = True
        self.curtain.again_requested.connect(self.rejoin_requested)
        self.curtain.browser_requested.connect(self.browser_requested)
        for keys in ("F5", "Ctrl+R"):
            QShortcut(QKeySequence(keys), self, self.rejoin_requested.emit)
        self.page.led_away.connect(self._led_away)
        Downloads(profile).said.connect(self.hint.say)
        profile.setNotificationPresenter(_ring)
        profile.hand_over(link)
        self.load(link.url_without_token)

    def after_a_crash(self) -> str:
        return tr("You have left the meeting. Join again, or open it in your browser.")

    def _led_away(self, host: str) -> None:
        """A meeting that has loaded stays where it is; one that has not is somewhere else, or behind a sign-in."""
        if not self.loaded:
            self.show_fault(Redirected(host=self.address.authority, target=host))


def _ring(notification: QWebEngineNotification) -> None:
    """Somebody writes or raises a hand while the user is elsewhere: the meeting's entry in the task bar calls."""
    notification.show()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, PageWindow):
            QApplication.alert(window)
