"""The first page a new user sees: two doors, one sentence each."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from .parts import button, card, label
from .texts import tr


class WelcomePage(QWidget):
    """“Try it now” and “Connect your server”; `below` them there is room for a message."""

    practice_requested = Signal()
    connect_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Page")
        title = label(tr("Welcome"), "hero")
        subtitle = label(tr("Join and run plugNmeet meetings, and see their design before anyone else."), "muted",
                         wrap=True)  # fmt: skip
        for text in (title, subtitle):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.practice = button(tr("Open a practice room"), "primary", name="try-it-now")
        self.connect_server = button(tr("Connect…"), name="connect")
        doors = QHBoxLayout()
        doors.setSpacing(20)
        doors.addStretch(1)
        doors.addWidget(self._door(tr("Try it now"), tr("A practice room on this computer. Nothing to set up, nothing "
                                   "leaves this machine."), self.practice), 4)  # fmt: skip
        doors.addWidget(self._door(tr("Connect your server"), tr("You need its address, an API key and the API secret. "
                                   "The secret goes into your system's keyring, never into a file."),
                                   self.connect_server), 4)  # fmt: skip
        doors.addStretch(1)
        layout = QVBoxLayout()
        layout.setContentsMargins(28, 20, 28, 20)
        layout.addStretch(2)
        layout.addWidget(title)
        layout.addWidget(subtitle)
        layout.addSpacing(20)
        layout.addLayout(doors)
        layout.addStretch(3)
        self.below = QVBoxLayout(self)
        self.below.setContentsMargins(0, 0, 0, 0)
        self.below.addLayout(layout, 1)
        self.practice.clicked.connect(self.practice_requested)
        self.connect_server.clicked.connect(self.connect_requested)

    @staticmethod
    def _door(title: str, text: str, way_in: QWidget) -> QFrame:
        frame, layout = card()
        frame.setMinimumWidth(300)
        frame.setMaximumWidth(380)
        layout.setContentsMargins(28, 24, 28, 28)
        layout.setSpacing(12)
        layout.addWidget(label(title, "heading"))
        layout.addWidget(label(text, "muted", wrap=True))
        layout.addStretch(1)
        layout.addWidget(way_in)
        return frame
