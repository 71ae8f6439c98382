"""A window around one page of a meeting: its bar, its curtain, full screen, and an orderly end."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWebEngineCore import (
    QWebEngineLoadingInfo,
    QWebEnginePage,
)
from PySide6.QtWidgets import QDialog, QStackedLayout, QVBoxLayout, QWidget
from shiboken6 import delete, isValid

from pnm_launcher.address import Address
from pnm_launcher.errors import CertificateRefused, DeadlinePassed, LauncherError
from pnm_launcher.gui.faults import next_step, sentence
from pnm_launcher.gui.texts import tr
from pnm_launcher.texts import plain

from .curtain import Curtain, Hint
from .meeting_bar import MeetingBar
from .meeting_home import Home
from .meeting_page import MeetingPage
from .meeting_profile import MeetingProfile
from .meeting_view import MeetingView
from .page_faults import LOAD_SECONDS, is_aborted, load_fault
from .strips import Strips

_SIZE: Final = QSize(1280, 840)
_LEAVE_MS: Final = 1_000
_SEND_MS: Final = 100
_Action = QWebEnginePage.WebAction
_Status = QWebEngineLoadingInfo.LoadStatus
_open: Final[set["PageWindow"]] = set()
"""Windows whose page still lives: Python may not drop one of them before."""


class PageWindow(QWidget):
    """Shows one page at the meeting's address, and nothing of it before it has loaded.

    The page is told to leave when the window closes, and gets a second for it, so that the others in the room see it
    at once. Then page, profile and window are deleted in this order: QtWebEngine crashes on any other.

    Attributes:
        closed: it is gone from the screen.
        failed: the page did not load or has stopped (`sentence`).
        page_loaded: the page is shown.
    """

    closed = Signal()
    failed = Signal(str)
    page_loaded = Signal()

    def __init__(self, profile: MeetingProfile, address: Address, title: str, heading: str,
                 home: Home | None = None) -> None:  # fmt: skip
        super().__init__()
        _open.add(self)
        self.destroyed.connect(lambda: _open.discard(self))
        self.address, self.title, self.profile, self.home = address, title, profile, home or Home()
        self.loaded = False
        self._certificate_problem = ""
        self.view = MeetingView(self)
        self.page = MeetingPage(profile, address.origin, self.view)
        self.page.setBackgroundColor(self.palette().window().color())
        self.view.setPage(self.page)
        self.bar, self.strips = MeetingBar(address.authority), Strips()
        self.curtain = Curtain(heading, address.authority)
        self.hint = Hint(self)
        self._lay_out()
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave_full_screen)
        self._escape.setEnabled(False)
        self._timeout = QTimer(self, singleShot=True, interval=LOAD_SECONDS * 1_000)
        self._timeout.start()
        self._name_window()
        self._listen()

    def _lay_out(self) -> None:
        middle = QWidget()
        layers = QStackedLayout(middle)
        layers.setStackingMode(QStackedLayout.StackingMode.StackAll)
        layers.addWidget(self.view)
        layers.addWidget(self.curtain)
        layers.setCurrentWidget(self.curtain)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.strips)
        self.column.addWidget(middle, 1)
        if not self.home.memory.restore_place(self):
            self.resize(_SIZE.boundedTo(self.screen().availableSize() * 0.95))

    def _listen(self) -> None:
        page = self.page
        page.loadingChanged.connect(self._loading)
        page.titleChanged.connect(self._name_window)
        page.certificate_refused.connect(self._certificate)
        page.full_screen_changed.connect(self.fill_screen)
        page.renderProcessTerminated.connect(self._stopped)
        page.windowCloseRequested.connect(self._page_has_left)
        page.sent_outside.connect(self._say_where)
        self._timeout.timeout.connect(self._too_late)
        self.curtain.close_requested.connect(self.close)
        app = QCoreApplication.instance()
        if app:
            app.aboutToQuit.connect(self._end_now)

    def load(self, url: str) -> None:
        self.page.load(QUrl(url))

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _name_window(self) -> None:
        """The host first: it is the one part that a page cannot make up. A page without a title is named by its
        address, which in a breakout room holds a token."""
        if self.page.over:
            return
        title = plain(self.page.title(), 80)
        by_address = title.startswith(self.address.authority) or "access_token" in title
        shown = self.title if by_address or not title else title
        self.setWindowTitle(f"{self.address.authority} – {shown}")
        self.bar.show_title(shown)

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        if self.page.over:
            return
        if info.status() == _Status.LoadSucceededStatus:
            self.loaded = True
            self._timeout.stop()
            self.curtain.hide()
            self.view.take_focus(self.page.touched)
            self.page_loaded.emit()
        elif is_aborted(info):
            self.nothing_came()
        elif info.status() == _Status.LoadFailedStatus:
            refused = CertificateRefused(host=self.address.authority, reason=self._certificate_problem)
            self.show_fault(refused if self._certificate_problem else load_fault(info, self.address))

    def nothing_came(self) -> None:
        """The load was given up: we refused it, or it was a file."""

    def _say_where(self, place: str) -> None:
        mail, web = tr("{place} was opened in your mail program"), tr("{place} was opened in your browser")
        self.hint.say((mail if "@" in place else web).format(place=place))

    def _certificate(self, reason: str) -> None:
        self._certificate_problem = reason

    def _too_late(self) -> None:
        self.page.triggerAction(_Action.Stop)
        self.show_fault(DeadlinePassed(host=self.address.authority, seconds=LOAD_SECONDS))

    def show_fault(self, error: LauncherError) -> None:
        self.show_problem(sentence(error), next_step(error))

    def show_problem(self, text: str, step: str) -> None:
        """Lay a page over the web page that says what happened. Nothing is loaded again by itself."""
        self._timeout.stop()
        self.fill_screen(False)
        self.curtain.show_problem(text, step)
        self.failed.emit(text)

    def _stopped(self, status: QWebEnginePage.RenderProcessTerminationStatus) -> None:
        if not self.page.leaving and status != QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self.show_problem(*self.after_a_crash())

    def after_a_crash(self) -> tuple[str, str]:
        return tr("The meeting's page stopped working."), tr(
            "Close this window, and enter the room again from the meeting."
        )

    # --- full screen -------------------------------------------------------------------------------------------------

    def fill_screen(self, on: bool) -> None:
        full = Qt.WindowState.WindowFullScreen
        self._escape.setEnabled(on)
        self.bar.setHidden(on)
        if on:
            self.setWindowState(self.windowState() | full)
            self.hint.say(tr("Press Esc to leave full screen"))
        elif self.isFullScreen():
            self.setWindowState(self.windowState() & ~full)
            self.hint.hide()

    def leave_full_screen(self) -> None:
        """Whoever began it: the page hears of it where it was the page."""
        self.page.triggerAction(_Action.ExitFullScreen)
        self.fill_screen(False)

    # --- the end ---------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent, /) -> None:
        super().closeEvent(event)
        if self.page.leaving:
            return
        self.page.leaving = True
        self.home.memory.keep_place(self)
        self.hide()
        self._timeout.stop()
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        self.page.triggerAction(_Action.RequestClose)
        QTimer.singleShot(_LEAVE_MS, self, self._give_up)
        self.closed.emit()

    def _page_has_left(self) -> None:
        """`window.close()`, or the page's answer to our own request."""
        if self.page.leaving:
            self._end()
        else:
            self.page_closed_itself()

    def _give_up(self) -> None:
        """No answer in time."""
        others = (window.page for window in _open if window is not self and isValid(window.view))
        if all(page.renderProcessPid() != self.page.renderProcessPid() for page in others):
            self.page.end_process()
        self._end()

    def page_closed_itself(self) -> None:
        self.close()

    def _end(self) -> None:
        self.loaded = False
        QTimer.singleShot(0, self, self._delete)  # we may be in one of the page's own calls

    def _delete(self) -> None:
        """QtWebEngine posts events that name the page, such as a download's, and crashes when they come too late."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        if isValid(self.view):
            delete(self.view)  # and with it the page
        self.deleteLater()

    def _end_now(self) -> None:
        """The program ends: the page gets its second here, because nothing is deleted later any more."""
        if isValid(self.view) and self.loaded:
            waiting = QEventLoop()
            self.page.windowCloseRequested.connect(lambda: QTimer.singleShot(_SEND_MS, waiting, waiting.quit))
            QTimer.singleShot(_LEAVE_MS, waiting, waiting.quit)
            self.close()
            waiting.exec()
        if isValid(self.view):
            delete(self.view)
        self.profile.end_if_unused()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.hint.place()
