"""The meeting window: one meeting in the program itself."""

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineNotification, QWebEngineScript
from PySide6.QtWidgets import QApplication

from pnm_launcher.errors import Redirected
from pnm_launcher.links import Link
from pnm_launcher.paths import resource

from . import engine
from .downloads import Downloads
from .meeting_home import Home
from .meeting_profile import MeetingProfile
from .page_care import PageCare
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

    def __init__(self, link: Link, title: str, *, meeting_id: str = "", language: str = "",
                 home: Home | None = None) -> None:  # fmt: skip
        engine.start()
        profile = MeetingProfile(language)
        super().__init__(profile, link.page, title, tr("Opening “{title}”…").format(title=title), home)
        self.meeting_id = meeting_id
        self.care = PageCare(self, is_room=False)
        self._first_design = link.design
        self.curtain.can_join_again = True
        self.curtain.again_requested.connect(self.rejoin_requested)
        self.curtain.browser_requested.connect(self.browser_requested)
        self.care.menu.again_requested.connect(self.rejoin_requested)
        self.care.menu.browser_requested.connect(self.browser_requested)
        self.page.led_away.connect(self._led_away)
        Downloads(profile).said.connect(self.hint.say)
        profile.setNotificationPresenter(_ring)
        profile.hand_over(link)
        self.load(link.url_without_token)

    def restyle(self, design: Mapping[str, str], answered: Callable[[bool], object]) -> None:
        """Show other values than the meeting began with; `answered(False)` where its page has no place for them.

        Raises `InvalidValue` for a value that may not reach a style sheet.
        """
        from pnm_launcher.design.client_css import client_css

        sheet, logo = design.get("custom_css_url", ""), design.get("custom_logo", "")
        self._put_design(client_css(design), sheet, logo, answered)

    def revert_design(self) -> None:
        """Show the design again that the meeting began with."""
        self._put_design(None, "", "", bool)

    def _put_design(self, css: str | None, sheet: str, logo: str, answered: Callable[[bool], object]) -> None:
        first = json.loads(self._first_design or "{}").get("custom_css_url", "")
        arguments = ", ".join(json.dumps(part) for part in (css, sheet, logo, first))
        code = f"({resource('live_design.js').read_text('utf-8')})({arguments})"
        world = QWebEngineScript.ScriptWorldId.ApplicationWorld
        self.page.runJavaScript(code, world.value, lambda done: answered(done is True))

    def after_a_crash(self) -> tuple[str, str]:
        if self.home.crashed():
            return (tr("The meeting's page stopped working again and again."),
                    tr("Another try is not likely to help. Open the meeting in your browser."))  # fmt: skip
        return (tr("The meeting's page stopped working."),
                tr("You have left the meeting. Join again, or open it in your browser."))  # fmt: skip

    def _led_away(self, url: QUrl) -> None:
        """A meeting that has loaded stays where it is; one that has not is somewhere else, or behind a sign-in."""
        if not self.loaded:
            self.show_fault(Redirected(host=self.address.authority, target=url.host()))


def _ring(notification: QWebEngineNotification) -> None:
    """Somebody writes or raises a hand while the user is elsewhere: the meeting's entry in the task bar calls."""
    notification.show()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, PageWindow):
            QApplication.alert(window)
