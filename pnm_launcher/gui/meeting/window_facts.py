"""About a meeting's window: which server it shows, how it is locked in, and what it cannot do."""

import json
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from pnm_launcher.gui.about import facts
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.parts import button, card, label, row
from pnm_launcher.gui.texts import tr

from .page_window import PageWindow

_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_PROBE: Final = """JSON.stringify([
  !!document.createElement('video').canPlayType('video/mp4; codecs="avc1.42E01E"'),
  document.pictureInPictureEnabled === true,
])"""


class WindowFacts(Dialog):
    """Asks the engine itself what it can do: another build of it may know more.

    Attributes:
        browser_requested: the user takes the browser instead.
    """

    browser_requested = Signal()

    def __init__(self, window: PageWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About this window"))
        self.setMinimumWidth(560)
        self.limits = label(tr("Looking…"), wrap=True)
        self._instead = label(tr("Your browser can do that."), "muted", wrap=True)
        self._instead.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(tr("About this window"), "heading"))
        frame, inside = card()
        inside.addLayout(self._grid(window))
        layout.addWidget(frame)
        frame, inside = card(tr("What it cannot do"))
        inside.addWidget(self.limits)
        inside.addWidget(self._instead)
        layout.addWidget(frame)
        layout.addStretch(1)
        move, close = button(tr("Move to the browser"), name="facts-browser"), button(tr("Close"), "primary")
        move.clicked.connect(self.accept)
        move.clicked.connect(self.browser_requested)
        close.clicked.connect(self.reject)
        layout.addLayout(row(1, move, close))
        close.setFocus()
        window.page.runJavaScript(_PROBE, _WORLD, self._show_limits)

    def _grid(self, window: PageWindow) -> QGridLayout:
        locked = tr("Locked in: the page sees no files, no other meeting, and a device only when you allow it")
        stays = tr("Nothing of the meeting stays on this computer but the files you save")
        rows = [(tr("Server"), window.address.authority), (tr("Protection"), locked), (tr("Afterwards"), stays)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, (name, text) in enumerate((*rows, *facts()[2:])):
            value = label(text, wrap=True)
            value.setAccessibleName(f"{name}: {text}")
            grid.addWidget(label(name, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1)
        return grid

    def _show_limits(self, answer: object) -> None:
        """The engine's word; without one (a page that hangs) what is known of the engine that is delivered."""
        try:
            knows_h264, knows_pictures = json.loads(str(answer))
        except ValueError:
            knows_h264 = knows_pictures = False
        missing = []
        if not knows_h264:
            missing.append(tr("Play videos in H.264, such as shared MP4 files."))
        if not knows_pictures:
            missing.append(tr("Lift a video out into a small window of its own (picture in picture)."))
        self._instead.setVisible(bool(missing))
        self.limits.setText(
            "\n".join(f"• {each}" for each in missing) or tr("Nothing that is known: it can do what your browser can.")
        )
