"""The web view in which a design is previewed: one page of the practice server, and nothing else."""

import json
from typing import Final
from urllib.parse import parse_qs

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineLoadingInfo,
    QWebEngineNavigationRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid

from pnm_launcher.gui.meeting.meeting_profile import MeetingProfile
from pnm_launcher.gui.outside import origin_of

from .prompt_frames import PromptFrames

_FRAME_MS: Final = 16
_ORDER: Final = ("names", "title", "direction", "theme", "vision", "show", "design", "outline")
"""What the page is told, in the order in which it is told."""


class _Gate(QWebEngineUrlRequestInterceptor):
    """Lets nothing out to other addresses than the preview's own, until the user has agreed to load the design's."""

    def __init__(self, origin: str, parent: QObject) -> None:
        super().__init__(parent)
        self._origin = origin
        self.open = False

    def interceptRequest(self, info: QWebEngineUrlRequestInfo, /) -> None:
        url = info.requestUrl()
        if not self.open and url.scheme() != "data" and origin_of(url) != self._origin:
            info.block(True)


class _Page(QWebEnginePage):
    """Stays where it is, may do nothing, and tells what was clicked in the fragment of its address."""

    picked = Signal(str)

    def __init__(self, profile: MeetingProfile, address: QUrl, parent: QWidget) -> None:
        super().__init__(profile, parent)
        self._address = address
        profile.page_is_new()
        self.destroyed.connect(profile.page_is_gone)
        self.navigationRequested.connect(self._navigate)
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.urlChanged.connect(self._moved)

    def _navigate(self, request: QWebEngineNavigationRequest) -> None:
        here = request.url().toString().partition("#")[0] == self._address.toString()
        if here and request.isMainFrame():
            request.accept()
        else:
            request.reject()

    def _moved(self, url: QUrl) -> None:
        for parameter in parse_qs(url.fragment()).get("pick", []):
            self.picked.emit(parameter)

    def javaScriptAlert(self, origin: QUrl | str, text: str, /) -> None:
        """No dialogs: a style sheet cannot open any, and the page has none."""

    def javaScriptConsoleMessage(self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int,
                                 source: str, /) -> None:  # fmt: skip
        """Not logged."""


class PreviewView(QWebEngineView):
    """Shows the preview and tells it what to show, at most once in a frame.

    Attributes:
        ready: the page is there; `stopped`: it could not be loaded, or has crashed.
        picked: the parameter that paints what was clicked, or "none".
        outlined: at how many places of this screen the outlined parameter paints.
    """

    ready = Signal()
    stopped = Signal()
    picked = Signal(str)
    outlined = Signal(int)

    def __init__(self, address: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._url = QUrl(address)
        self._wanted: dict[str, tuple[object, ...]] = {}
        self._untold: set[str] = set()
        self._loaded = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._tell_now)
        self._frames = PromptFrames(self)
        self.profile_of_its_own = profile = MeetingProfile()
        self._gate = _Gate(origin_of(self._url), profile)
        profile.setUrlRequestInterceptor(self._gate)
        page = _Page(profile, self._url, self)
        page.picked.connect(self.picked)
        page.loadingChanged.connect(self._loading)
        page.renderProcessTerminated.connect(self._crashed)
        self.setPage(page)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        page.load(self._url)

    def tell(self, what: str, *values: object) -> None:
        """Call `preview.what(…)` with the last values of each frame."""
        if self._wanted.get(what) == values:
            return
        self._wanted[what] = values
        self._untold.add(what)
        self._tell_soon()

    def show_design(self, values: dict[str, str], *, loads: bool) -> None:
        """Show a design; `loads`: its pictures and style sheet, too, from wherever they are."""
        self._gate.open = loads
        self.tell("design", values, loads)

    def end(self) -> None:
        """Delete view, page and profile, in this order."""
        if isValid(self):
            delete(self)

    def _tell_soon(self) -> None:
        if not self._loaded or self._timer.isActive():
            return
        passed = self._clock.elapsed() if self._clock.isValid() else _FRAME_MS
        if passed >= _FRAME_MS:
            self._tell_now()
        else:
            self._timer.start(_FRAME_MS - passed)

    def _tell_now(self) -> None:
        self._clock.start()
        calls = [f"preview.{what}({_arguments(self._wanted[what])})" for what in _ORDER if what in self._untold]
        if not self._loaded or not calls:
            return
        self._untold.clear()
        self._frames.expect()
        counts = "outline" in calls[-1]
        self.page().runJavaScript(";".join(calls), self._outlined if counts else bool)

    def _outlined(self, count: object) -> None:
        if isinstance(count, int | float):
            self.outlined.emit(int(count))

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        if info.status() == QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus and not self._loaded:
            self._loaded = True
            self._untold = set(self._wanted)
            self._keep_off_the_keyboard()
            self._tell_now()
            self.ready.emit()
        elif info.status() == QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
            self.stopped.emit()

    def _crashed(self) -> None:
        self._loaded = False
        self.stopped.emit()

    def _keep_off_the_keyboard(self) -> None:
        """What the preview shows is reached by the fields beside it; a click in it leads to one of them."""
        inner = self.focusProxy()
        for widget in (self, inner):
            if widget:
                widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def event(self, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.page().runJavaScript("document.dispatchEvent(new Event('pointerleave'))")
        return super().event(event)


def _arguments(values: tuple[object, ...]) -> str:
    return ", ".join(json.dumps(value) for value in values)
