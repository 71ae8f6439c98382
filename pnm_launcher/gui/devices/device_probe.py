"""Tries camera, microphone and loudspeaker in a web page of our own: exactly those that a meeting will see.

The page is not loaded from anywhere (`resources/device_check/`), may load nothing, and its profile keeps nothing. The
ids of devices differ from site to site on purpose: a meeting cannot be handed the choice.
"""

import json
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineNavigationRequest, QWebEnginePage, QWebEnginePermission
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.meeting.meeting_profile import MeetingProfile
from pnm_launcher.gui.outside import origin_of
from pnm_launcher.paths import resource
from pnm_launcher.texts import plain

Source = Literal["camera", "microphone"]
_ADDRESS: Final = QUrl("https://device-check.invalid/")
"""A name that can never exist (RFC 2606): only secure pages may ask for devices."""
_LOOK_MS: Final = 80
_KINDS: Final = {"camera": "videoinput", "microphone": "audioinput", "speaker": "audiooutput"}
_Type = QWebEnginePermission.PermissionType
_NEEDED: Final = (_Type.MediaAudioCapture, _Type.MediaVideoCapture)


@dataclass(frozen=True)
class Device:
    """`id` is valid in this page only; `name` is as the system calls it."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True)
class Findings:
    """`used` has the ids of the devices in use, `faults` the names of what went wrong (`NotFoundError`), both by
    source; `level` is from 0 to 1; `picture`: the camera's picture comes; `sounding`: "yes" while the sound is played,
    the name of a fault when it cannot be."""

    devices: tuple[Device, ...]
    used: dict[str, str]
    faults: dict[str, str]
    level: float
    picture: bool
    sounding: str

    def named(self, kind: str) -> list[Device]:
        """The devices of a kind (camera, microphone, speaker) in the system's order, its own choice first."""
        return [each for each in self.devices if each.kind == _KINDS[kind]]


class DeviceProbe(QWebEngineView):
    """Shows the camera's picture. Deleting it switches everything off: the page goes, and after it its profile.

    Attributes:
        found: the `Findings`, many times a second.
        stopped: the page has crashed.
    """

    found = Signal(object)
    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        engine.start()
        super().__init__(parent)
        self._profile = MeetingProfile()
        self._page = _Page(self._profile, self)
        self._page.setBackgroundColor("#10161f")
        self._page.renderProcessTerminated.connect(self.stopped)
        self._page.loadFinished.connect(self._loaded)
        self.setPage(self._page)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(lambda: self._page.runJavaScript("check.state()", self._told))

    def start(self) -> None:
        page, script = (resource(f"device_check/check.{kind}").read_text("utf-8") for kind in ("html", "js"))
        self._page.setHtml(page.replace("/* check.js */", script), _ADDRESS)

    def use(self, source: Source, device: str = "") -> None:
        """Take another camera or microphone, or the same one once more; "" is the one the system prefers."""
        self._page.runJavaScript(f"void check.use({json.dumps(source)}, {json.dumps(device)})")

    def play(self, device: str) -> None:
        """A short sound from a loudspeaker."""
        self._page.runJavaScript(f"void check.play({json.dumps(device)})")

    def _loaded(self, ok: bool) -> None:
        if ok:
            self.use("camera")
            self.use("microphone")
            self._timer.start()

    def _told(self, answer: object) -> None:
        if self._timer.isActive() and answer:
            self.found.emit(_read(str(answer)))


class _Page(QWebEnginePage):
    """Gets camera and microphone, because the user has opened the check, and nothing else."""

    def __init__(self, profile: MeetingProfile, parent: QWidget) -> None:
        super().__init__(profile, parent)
        profile.page_is_new()
        self.destroyed.connect(profile.page_is_gone)
        self.permissionRequested.connect(self._permit)
        self.navigationRequested.connect(self._navigate)

    def _permit(self, permission: QWebEnginePermission) -> None:
        ours = origin_of(permission.origin()) == origin_of(_ADDRESS)
        (permission.grant if ours and permission.permissionType() in _NEEDED else permission.deny)()

    def _navigate(self, request: QWebEngineNavigationRequest) -> None:
        """`setHtml` is a navigation to an address of the scheme `data`."""
        typed = request.navigationType() == QWebEngineNavigationRequest.NavigationType.TypedNavigation
        (request.accept if typed and request.isMainFrame() else request.reject)()

    def javaScriptConsoleMessage(self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int,
                                 source: str, /) -> None:  # fmt: skip
        """Not logged."""


def _read(text: str) -> Findings:
    """The names of devices come from the devices."""
    told = json.loads(text)
    devices = tuple(Device(each["kind"], each["id"], plain(each["label"], 80)) for each in told["devices"])
    return Findings(devices, told["used"], told["faults"], float(told["level"]), told["width"] > 0, told["sounding"])
