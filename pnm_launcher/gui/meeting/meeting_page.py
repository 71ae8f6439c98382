"""The web page of a meeting: what it may do. Everything it asks for is answered, and most of it with no."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEngineNavigationRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineSettings,
    QWebEngineWebAuthUxRequest,
)
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from pnm_launcher.gui.outside import Allowance, Touch, host_of, open_outside, origin_of
from pnm_launcher.texts import plain

from .meeting_profile import MeetingProfile
from .permissions import Thing

_Type = QWebEnginePermission.PermissionType
_ASKED: Final[dict[QWebEnginePermission.PermissionType, tuple[Thing, ...]]] = {
    _Type.MediaAudioCapture: ("microphone",),
    _Type.MediaVideoCapture: ("camera",),
    _Type.MediaAudioVideoCapture: ("camera", "microphone"),
    _Type.Notifications: ("notifications",),
}
_CHOSEN: Final = (_Type.DesktopVideoCapture, _Type.DesktopAudioVideoCapture)
"""The user has chosen the screen by then, which says more than a yes."""
_FRAMES: Final = ("https", "http", "about", "blob", "data")
"""Schemes for pages inside the page: shared websites and videos, the whiteboard."""
_CAPTURING: Final = QWebEngineSettings.WebAttribute.ScreenCaptureEnabled
_KILL: Final = getattr(signal, "SIGKILL", signal.SIGTERM)
"""On Windows, SIGTERM ends a process at once."""


class MeetingPage(QWebEnginePage):
    """Stays at the meeting's origin (scheme, host and port); only that origin may ask the user for devices.

    Attributes:
        window_requested: it opens a window at its own origin, such as a breakout room; the slot calls `openIn` at once.
        permission_wanted: it asks for things (`Thing`) that the user decides about; the permission waits until then.
        led_away: it tried to leave for another site (`url`) without a click of the user, and was not allowed to.
        sent_outside: a site (`host`) was opened in the system's browser.
        full_screen_changed: it enters or leaves full screen.
        certificate_refused: why the connection to the meeting is not safe.
    """

    window_requested = Signal(QWebEngineNewWindowRequest)
    permission_wanted = Signal(tuple, QWebEnginePermission)
    led_away = Signal(QUrl)
    sent_outside = Signal(str)
    full_screen_changed = Signal(bool)
    certificate_refused = Signal(str)

    def __init__(self, profile: MeetingProfile, origin: str, parent: QWidget) -> None:
        """`asks` says whether the page waits for the answer to a question of its own, `over` that its meeting ended."""
        super().__init__(profile, parent)
        self.origin = origin
        self._windows, self._visits, self._dialogs = Allowance(5, 10), Allowance(1, 1), Allowance(3, 10)
        self.leaving = self.asks = self.over = False
        self.touched = Touch()
        profile.page_is_new()
        self.destroyed.connect(profile.page_is_gone)
        self.navigationRequested.connect(self._navigate)
        self.newWindowRequested.connect(self._new_window)
        self.permissionRequested.connect(self._permit)
        self.fullScreenRequested.connect(self._full_screen)
        self.certificateError.connect(self._certificate)
        self.fileSystemAccessRequested.connect(self._file_access)
        self.registerProtocolHandlerRequested.connect(QWebEngineRegisterProtocolHandlerRequest.reject)
        self.webAuthUxRequested.connect(QWebEngineWebAuthUxRequest.cancel)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def _scheme_changed(self) -> None:
        QTimer.singleShot(0, self, self._take_scheme)  # when the engine has heard of it

    def _take_scheme(self) -> None:
        """Tell the page whether the desktop is light or dark now: the engine looks only when a setting is set."""
        settings = self.settings()
        settings.setAttribute(_CAPTURING, settings.testAttribute(_CAPTURING))  # any of them would do

    def _navigate(self, request: QWebEngineNavigationRequest) -> None:
        url = request.url()
        if origin_of(url) == self.origin or (not request.isMainFrame() and url.scheme() in _FRAMES):
            request.accept()
            return
        if self.over and url.toString() == "about:blank":
            request.accept()
            return
        request.reject()
        if request.isMainFrame():
            self._leave_for(url, self.touched.recently() and not self.over)

    def _new_window(self, request: QWebEngineNewWindowRequest) -> None:
        """Breakout rooms come without a click: the page opens them when the server has answered."""
        url = request.requestedUrl()
        if origin_of(url) != self.origin:
            self._leave_for(url, request.isUserInitiated())
        elif self._windows.take():
            self.window_requested.emit(request)

    def _leave_for(self, url: QUrl, user_initiated: bool) -> None:
        """One click opens one page. Programs for disabled people act without a click: they get one a second."""
        if not user_initiated:
            self.led_away.emit(url)
            return
        once = self.touched.first_use() if self.touched.recently() else self._visits.take()
        if once and open_outside(url):
            self.sent_outside.emit(host_of(url) or plain(url.path(), 80))

    def _permit(self, permission: QWebEnginePermission) -> None:
        kind = permission.permissionType()
        if origin_of(permission.origin()) != self.origin or self.leaving:
            permission.deny()
        elif kind in _ASKED:
            self.permission_wanted.emit(_ASKED[kind], permission)
        elif kind in _CHOSEN:
            permission.grant()
        else:
            permission.deny()

    @contextmanager
    def capturing(self) -> Iterator[None]:
        """Answer a request for the screen in here, with what the user has chosen; outside, nothing is captured."""
        self.settings().setAttribute(_CAPTURING, True)
        try:
            yield
        finally:
            self.settings().setAttribute(_CAPTURING, False)

    def _full_screen(self, request: QWebEngineFullScreenRequest) -> None:
        if request.toggleOn() and origin_of(request.origin()) != self.origin:
            request.reject()
            return
        request.accept()
        self.full_screen_changed.emit(request.toggleOn())

    def _certificate(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()
        if error.isMainFrame():
            self.certificate_refused.emit(error.description())

    def _file_access(self, request: QWebEngineFileSystemAccessRequest) -> None:
        """A file the user picked in the system's dialog, such as the one a whiteboard is saved to; never a folder."""
        is_file = request.handleType() == QWebEngineFileSystemAccessRequest.HandleType.File
        if is_file and origin_of(request.origin()) == self.origin:
            request.accept()
        else:
            request.reject()

    def _dialog(self, text: str, buttons: QMessageBox.StandardButton) -> QMessageBox | None:
        """A dialog of the page, plain and short; None when it wants more than three in ten seconds."""
        parent = self.parent()
        if self.leaving or not isinstance(parent, QWidget) or not self._dialogs.take():
            return None
        box = QMessageBox(QMessageBox.Icon.NoIcon, parent.window().windowTitle(), plain(text), buttons, parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box

    def javaScriptAlert(self, origin: QUrl | str, text: str, /) -> None:
        """The page goes on at once: waiting here would stop every meeting of the program."""
        box = self._dialog(text, QMessageBox.StandardButton.Ok)
        if box:
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.open()

    def javaScriptConfirm(self, origin: QUrl | str, text: str, /) -> bool:
        """Also asked by pages that do not want to be left, and those are."""
        box = self._dialog(text, QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        if box is None:
            return self.leaving
        self.asks = True
        answer = box.exec()
        self.asks = False
        if isValid(box):  # closing the window ends the dialog
            box.deleteLater()
        return answer == QMessageBox.StandardButton.Ok

    def javaScriptPrompt(self, origin: QUrl | str, text: str, default: str, /) -> tuple[bool, str]:
        return False, ""

    def end_process(self) -> None:
        """End the process that shows this page: one that hangs would go on for ever after its window has gone."""
        pid = self.renderProcessPid()
        if pid > 0:
            with suppress(OSError):
                os.kill(pid, _KILL)

    def javaScriptConsoleMessage(self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int,
                                 source: str, /) -> None:  # fmt: skip
        """Not logged: pages write tokens to their console."""
