"""Look at oneself and listen before a meeting: camera, microphone and speaker, all on this computer alone."""

import json
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QPalette
from PySide6.QtWebEngineCore import QWebEngineNavigationRequest, QWebEnginePage, QWebEnginePermission, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import delete, isValid

from pnm_launcher.paths import resource
from pnm_launcher.texts import plain

from . import engine
from .controls import Tick
from .dialogs import Dialog
from .parts import button, label, row
from .texts import tr

_BASE: Final = QUrl("https://device-check.invalid/")
"""A name that leads nowhere; without one the page would get no devices."""
_ALWAYS: Final = "devices/check-always"
_Type = QWebEnginePermission.PermissionType
_MEDIA: Final = (_Type.MediaAudioCapture, _Type.MediaVideoCapture, _Type.MediaAudioVideoCapture)
_CHOSEN: Final = "['cameras', 'microphones'].map((id) => document.getElementById(id).selectedOptions[0]?.textContent)"


def wanted_always(settings: QSettings) -> bool:
    return str(settings.value(_ALWAYS)) == "true"


class DeviceCheck(Dialog):
    """With `go` it stands before a meeting, and has a button for joining and a tick for the next times."""

    def __init__(self, parent: QWidget, settings: QSettings, go: Callable[[], object] | None = None) -> None:
        super().__init__(parent)
        engine.start()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Camera and sound"))
        self._settings, self._go = settings, go
        self._profile = QWebEngineProfile()
        self.view = QWebEngineView()
        self.page = _CheckPage(self._profile, self.view)
        self.page.setBackgroundColor(self.palette().color(QPalette.ColorRole.Base))
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.view.setAccessibleName(tr("Camera and sound"))
        self.view.setMinimumSize(660, 290)
        self.always = Tick(tr("Show this before every meeting"))
        self.always.setChecked(wanted_always(settings))
        self.always.toggled.connect(lambda on: settings.setValue(_ALWAYS, "true" if on else "false"))
        self._lay_out()
        self.finished.connect(self._end)
        self.page.setHtml(self._html(), _BASE)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(tr("Can you be seen and heard?"), "heading"))
        layout.addWidget(label(tr("Nothing of this leaves your computer."), "muted"))
        layout.addWidget(self.view, 1)
        skip = button(tr("Close") if self._go is None else tr("Cancel"), name="close-check")
        skip.clicked.connect(self.reject)
        buttons = [skip]
        if self._go:
            join = button(tr("Join"), "primary", name="join-now")
            join.clicked.connect(self.accept)
            join.setDefault(True)
            buttons.append(join)
        layout.addLayout(row(self.always, 1, *buttons))

    def _html(self) -> str:
        colors = {"back": "Base", "text": "Text", "muted": "PlaceholderText", "line": "Mid", "accent": "Highlight"}
        style = "".join(f"--{name}:{self._color(role)};" for name, role in colors.items())
        font = f"--font:{self.font().pointSizeF():g}pt {json.dumps(self.font().family())};"
        wanted = {
            name: plain(str(self._settings.value(f"devices/{name}") or ""), 200) for name in ("camera", "microphone")
        }
        html = resource("device_check.html").read_text("utf-8").replace("* {", f":root {{ {style}{font} }} * {{", 1)
        return html.replace("/*TEXTS*/ {}", _script(_texts())).replace("/*WANTED*/ {}", _script(wanted))

    def _color(self, role: str) -> str:
        return self.palette().color(QPalette.ColorRole[role]).name()

    def _end(self, result: int) -> None:
        """The chosen devices are remembered by their names; then page, profile and dialog go, in this order."""
        self.page.runJavaScript(f"JSON.stringify({_CHOSEN})", self._keep)

    def _keep(self, answer: object) -> None:
        try:
            names = json.loads(str(answer))
        except ValueError:
            names = []
        for key, name in zip(("camera", "microphone"), names if isinstance(names, list) else [], strict=False):
            if isinstance(name, str) and name:
                self._settings.setValue(f"devices/{key}", plain(name, 200))
        if isValid(self.view):
            delete(self.view)
        self._profile.deleteLater()
        if self._go and self.result():
            self._go()


class _CheckPage(QWebEnginePage):
    """Grants camera and microphone to the program's own page and goes nowhere."""

    def __init__(self, profile: QWebEngineProfile, parent: QWidget) -> None:
        super().__init__(profile, parent)
        self.permissionRequested.connect(self._permit)
        self.navigationRequested.connect(self._navigate)

    def _permit(self, permission: QWebEnginePermission) -> None:
        ours = permission.origin().host() == _BASE.host() and permission.permissionType() in _MEDIA
        (permission.grant if ours else permission.deny)()

    def _navigate(self, request: QWebEngineNavigationRequest) -> None:
        if request.url().scheme() == "data" or request.url() == _BASE:  # how `setHtml` brings the page
            request.accept()
        else:
            request.reject()


def _script(values: dict[str, str]) -> str:
    return json.dumps(values).replace("<", "\\u003c")


def _texts() -> dict[str, str]:
    return {
        "camera": tr("Camera"),
        "microphone": tr("Microphone"),
        "speaker": tr("Speaker"),
        "level": tr("How loud you are"),
        "play": tr("Play a sound"),
        "heard": tr("Did you hear three tones? If not, look at the loudness of your computer."),
        "none": tr("None found"),
        "video-NotFoundError": tr("No camera was found. You can join without one."),
        "audio-NotFoundError": tr("No microphone was found. You can listen without one."),
        "video-NotReadableError": tr("The camera is in use by another program. Close that one first."),
        "audio-NotReadableError": tr("The microphone is in use by another program. Close that one first."),
        "video-fault": tr("The camera could not be started."),
        "audio-fault": tr("The microphone could not be started."),
    }
