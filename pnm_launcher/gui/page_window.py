"""A window around one page of a meeting: its title, its curtain, full screen, a short menu, and an orderly end."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo, QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QDialog, QMenu, QStackedLayout, QWidget
from shiboken6 import delete, isValid

from pnm_launcher.address import Address
from pnm_launcher.errors import CertificateRefused, LauncherError
from pnm_launcher.texts import plain

from .curtain import Curtain, Hint
from .meeting_page import MeetingPage
from .meeting_profile import MeetingProfile
from .page_faults import load_fault
from .texts import next_step, sentence, tr

_SIZE: Final = QSize(1280, 800)
_LEAVE_MS: Final = 1_000
_Action = QWebEnginePage.WebAction
_Status = QWebEngineLoadingInfo.LoadStatus
_open: set["PageWindow"] = set()
"""Windows whose page still lives: nobody else may keep the last reference to one."""


class PageWindow(QWidget):
    """Shows one page at the meeting's address, and nothing of it before it has loaded.

    The page is told to leave when the window closes, and gets a second for that, so that the others in the room see
    it at once. Then page, profile and window are deleted in this order: QtWebEngine crashes on any other.

    Attributes:
        closed: it is gone from the screen.
        failed: the page did not load or has stopped (`sentence`).
    """

    closed = Signal()
    failed = Signal(str)

    def __init__(self, profile: MeetingProfile, address: Address, title: str, heading: str) -> None:
        super().__init__()
        _open.add(self)
        self.address, self._title, self._profile = address, title, profile
        self._certificate_problem = ""
        self.can_join_again = False
        self.view = MeetingView(self)
        self.page = MeetingPage(profile, address.origin, self.view)
        self.view.setPage(self.page)
        self.page.setBackgroundColor(self.palette().window().color())
        self.curtain = Curtain(heading, address.authority)
        self.hint = Hint(self)
        layers = QStackedLayout(self)
        layers.setStackingMode(QStackedLayout.StackingMode.StackAll)
        layers.addWidget(self.view)
        layers.addWidget(self.curtain)
        layers.setCurrentWidget(self.curtain)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * 0.95))
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave_full_screen)
        self._escape.setEnabled(False)
        self._name_window()
        self._listen()

    def _listen(self) -> None:
        page = self.page
        page.loadingChanged.connect(self._loading)
        page.titleChanged.connect(self._name_window)
        page.certificate_refused.connect(self._certificate)
        page.full_screen_changed.connect(self._full_screen)
        page.renderProcessTerminated.connect(self._stopped)
        page.windowCloseRequested.connect(self._page_has_left)
        page.destroyed.connect(self._profile.page_is_gone)
        self.curtain.close_requested.connect(self.close)
        QCoreApplication.instance().aboutToQuit.connect(self._end_now)

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _name_window(self) -> None:
        """The host first: it is the one part that a page cannot make up. A page without a title is named by its
        address, which may hold a token."""
        title = plain(self.page.title(), 80)
        named_by_address = not title or title in plain(self.page.url().toString(), 4_000)
        self.setWindowTitle(f"{self.address.authority} – {self._title if named_by_address else title}")

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        if info.status() == _Status.LoadSucceededStatus:
            self._loaded()
        elif info.status() == _Status.LoadFailedStatus and not info.isDownload():
            certificate = self._certificate_problem
            host = self.address.authority
            self.show_fault(CertificateRefused(host=host, reason=certificate) if certificate
                            else load_fault(info, self.address))  # fmt: skip

    def _loaded(self) -> None:
        self.curtain.hide()
        self.view.setFocus()

    def _certificate(self, reason: str) -> None:
        self._certificate_problem = reason

    def show_fault(self, error: LauncherError) -> None:
        self.show_problem(sentence(error), next_step(error))

    def show_problem(self, text: str, step: str) -> None:
        """Lay a page over the web page that says what happened. Nothing is loaded again by itself."""
        self.showNormal() if self.isFullScreen() else None
        self.curtain.show_problem(text, step, again=self.can_join_again)
        self.failed.emit(text)

    def _stopped(self, status: QWebEnginePage.RenderProcessTerminationStatus) -> None:
        if not self.page.leaving and status != QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self.show_problem(tr("The meeting's page stopped working."), self.after_a_crash())

    def after_a_crash(self) -> str:
        return tr("Close this window, and enter the room again from the meeting.")

    def _full_screen(self, on: bool) -> None:
        self._escape.setEnabled(on)
        if on:
            self.showFullScreen()
            self.hint.say(tr("Press Esc to leave full screen"))
        else:
            self.showNormal()
            self.hint.hide()

    def _leave_full_screen(self) -> None:
        self.page.triggerAction(_Action.ExitFullScreen)

    # --- the end ---------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent, /) -> None:
        super().closeEvent(event)
        if self.page.leaving:
            return
        self.page.leaving = True
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.page.triggerAction(_Action.RequestClose)
        QTimer.singleShot(_LEAVE_MS, self, self._end)
        self.closed.emit()

    def _page_has_left(self) -> None:
        """`window.close()`, or the page's answer to our own request."""
        if self.page.leaving:
            self._end()
        else:
            self.close()

    def _end(self) -> None:
        self.view.deleteLater()  # and with it the page; we may be in one of its own calls
        self.deleteLater()
        _open.discard(self)

    def _end_now(self) -> None:
        """The program ends: nothing is delivered later any more."""
        if isValid(self.view):
            delete(self.view)
        _open.discard(self)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.hint.place()


class MeetingView(QWebEngineView):
    """The web page, with a menu for texts only: “Reload” would join with a used token."""

    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        menu = QMenu(self)
        request = self.lastContextMenuRequest()
        if request.isContentEditable():
            wanted = (_Action.Undo, _Action.Redo, None, _Action.Cut, _Action.Copy, _Action.Paste, _Action.SelectAll)
        elif request.selectedText():
            wanted = (_Action.Copy,)
        else:
            return
        for action in wanted:
            menu.addAction(self.pageAction(action)) if action is not None else menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
