"""The meeting window: one meeting in the program itself."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QApplication, QMessageBox

from pnm_launcher.errors import LauncherError, Redirected
from pnm_launcher.gui.faults import next_step, sentence
from pnm_launcher.gui.outside import host_of, open_outside
from pnm_launcher.gui.texts import tr
from pnm_launcher.links import Link
from pnm_launcher.paths import resource

from . import engine
from .downloads import Downloads
from .leaving import ask_to_leave
from .limits import Limits
from .meeting_home import Home
from .meeting_profile import MeetingProfile
from .notices import Notices
from .outages import Outages
from .page_care import PageCare
from .page_pulse import State
from .page_window import PageWindow
from .screen_saver import AwakeScreen

_EMPTY_MS: Final = 6_000
"""An ended meeting leads to its next page after three seconds (`endSession` in the client's `ConnectNats.ts`)."""


class MeetingWindow(PageWindow):
    """Opens a link: the token goes to the page as a cookie, so that it is in no address, title, history or referrer.

    `title` names the meeting until its page does; `language` is the meeting's language (a code of the table). The
    window never loads its page twice, because the token may be used up by then: it asks for a new join instead.

    Attributes:
        rejoin_requested: the user wants to join again, with a new token.
        browser_requested: the user wants the meeting in the system's browser.
        end_requested: a moderator wants to end it for everyone.
        other_side_requested: the user wants to see it in the other role as well.
    """

    rejoin_requested = Signal()
    browser_requested = Signal()
    end_requested = Signal()
    other_side_requested = Signal()

    def __init__(self, link: Link, title: str, *, meeting_id: str = "", language: str = "",
                 home: Home | None = None) -> None:  # fmt: skip
        engine.start()
        profile = MeetingProfile(language)
        super().__init__(profile, link.page, title, tr("Opening “{title}”…").format(title=title), home)
        self.meeting_id = meeting_id
        self.over = False
        self._question: QMessageBox | None = None
        self._first_design = link.design
        self._onward = QUrl()
        self.care = PageCare(self, is_room=False)
        self.awake = AwakeScreen()
        self.curtain.can_join_again = True
        self._connect()
        Downloads(profile).said.connect(self._say_saved)
        self._notices = Notices(self, lambda: QApplication.alert(self))
        self._notices.clicked.connect(self.come_back)
        profile.setNotificationPresenter(self._notices.present)
        profile.hand_over(link)
        self.load(link.url_without_token)

    def _connect(self) -> None:
        menu, curtain, outages = self.care.menu, self.curtain, Outages(self)
        limits = Limits(self.strips, self.home.memory, self)
        for asked in (menu.again_requested, curtain.again_requested):
            asked.connect(self.rejoin_requested)
        for asked in (menu.browser_requested, curtain.browser_requested, limits.browser_requested):
            asked.connect(self.browser_requested)
        menu.other_side_requested.connect(self.other_side_requested)
        menu.facts_requested.connect(self._show_facts)
        menu.leave_requested.connect(self.ask_to_leave)
        curtain.onward_requested.connect(lambda: open_outside(self._onward))
        self.page.led_away.connect(self._led_away)
        self.page_loaded.connect(lambda: self.awake.hold(tr("A meeting is going on")))
        for ended in (self.failed, self.closed):
            ended.connect(self.awake.release)
        self.care.pulse.told.connect(self._told)
        self.care.pulse.told.connect(limits.page_told)
        self.page_loaded.connect(limits.look_at_age)
        outages.woke.connect(self._woke)
        outages.network_back.connect(self._network_is_back)

    @property
    def in_meeting(self) -> bool:
        """Whether there is something to lose: the page is shown, and the meeting is not known to be over."""
        return self.loaded and not self.over and self.curtain.isHidden()

    def come_back(self) -> None:
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    # --- the end ---------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """The user is asked first; the program itself closes without asking."""
        if event.spontaneous() and self.in_meeting:
            event.ignore()
            self.ask_to_leave()
        else:
            super().closeEvent(event)

    def ask_to_leave(self) -> None:
        if not self.in_meeting:
            self.close()
        elif self._question is None:
            end = self.end_requested.emit if self.home.moderates else None
            self._question = ask_to_leave(self, self.title, self.close, end)
            self._question.finished.connect(self._answered)

    def _answered(self) -> None:
        self._question = None

    def say_not_ended(self, error: LauncherError) -> None:
        """The meeting goes on for the others, and for this person too."""
        self.strips.say(sentence(error), next_step(error), (tr("End for everyone"), self.end_requested.emit))

    def say_how_to_place(self) -> None:
        self.strips.say(tr("Now put the two windows beside each other."),
                        tr("Your desktop leaves that to you: press Windows key + ← here, and Windows key + → in the "
                           "other window."))  # fmt: skip

    def page_closed_itself(self) -> None:
        self._end_page(tr("The meeting closed its window."))
        self._empty()

    def _told(self, state: State) -> None:
        if state.end and not self.over:
            self._end_page(": ".join(text for text in state.end if text))
            QTimer.singleShot(_EMPTY_MS, self, self._empty)

    def _end_page(self, reason: str) -> None:
        self.over = self.page.over = True
        self.fill_screen(False)
        self.awake.release()
        self.curtain.show_end(tr("You are no longer in this meeting."), reason)
        self.failed.emit(reason)

    def _empty(self) -> None:
        """Nothing of the meeting goes on behind the page that says it is over, no camera and no sound."""
        if not self.page.leaving:
            self.care.pulse.stop()
            self.load("about:blank")

    def _led_away(self, url: QUrl) -> None:
        """A meeting that has loaded stays where it is; one that has not is somewhere else, or behind a sign-in."""
        self._onward, host = url, host_of(url)
        if not self.loaded:
            self.show_fault(Redirected(host=self.address.authority, target=host))
        elif self.over:
            self.curtain.offer_onward(host)
        else:
            self.strips.say(
                tr("The meeting wants to lead you to {host}.").format(host=host),
                tr("Mostly that means that it is over."),
                (tr("Go to {host}").format(host=host), lambda: open_outside(url)),
            )

    def after_a_crash(self) -> tuple[str, str]:
        if self.home.crashed():
            return (tr("The meeting's page stopped working again and again."),
                    tr("Another try is not likely to help. Open the meeting in your browser."))  # fmt: skip
        return (tr("The meeting's page stopped working."),
                tr("You are no longer in the meeting. Join again, or open it in your browser."))  # fmt: skip

    # --- while it lasts --------------------------------------------------------------------------------------------

    def _show_facts(self) -> None:
        from .window_facts import WindowFacts  # seldom wanted

        dialog = WindowFacts(self)
        dialog.browser_requested.connect(self.browser_requested)
        dialog.open()

    def _say_saved(self, text: str, folder: str) -> None:
        """Saved files are never opened from here, only their folder."""
        show = (tr("Show the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        self.strips.say(text, "", *([show] if folder else []))

    def _woke(self, seconds: int) -> None:
        minutes = max(1, round(seconds / 60))
        self._may_have_stopped(tr("The computer was asleep, for about {minutes} min.").format(minutes=minutes))

    def _network_is_back(self) -> None:
        self._may_have_stopped(tr("The network is back."))

    def _may_have_stopped(self, what: str) -> None:
        if self.in_meeting:
            detail = tr("If the meeting does not go on by itself, join again.")
            self.strips.say(what, detail, (tr("Join again"), self.rejoin_requested.emit))

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
