"""The narrow bar above a meeting's page, which no page can paint on: the host, what is shared, and the menu."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy

from pnm_launcher.gui.parts import button, label
from pnm_launcher.gui.texts import tr


class MeetingBar(QFrame):
    """
    Attributes:
        stop_requested: the screen is not to be shown any longer.
    """

    stop_requested = Signal()

    def __init__(self, host: str) -> None:
        super().__init__()
        self.setObjectName("MeetingBar")
        self.host = label(host, "strong")
        self.title = label("", "muted")
        for text in (self.host, self.title):
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.host.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.sharing = QFrame()
        self.sharing.setObjectName("Sharing")
        self._shared = label("")
        self.stop = button(tr("Stop"), "small", name="stop-sharing")
        self.stop.clicked.connect(self.stop_requested)
        inside = QHBoxLayout(self.sharing)
        inside.setContentsMargins(12, 2, 4, 2)
        inside.addWidget(self._shared)
        inside.addWidget(self.stop)
        self.sharing.hide()
        self.menu_button = button(tr("Menu"), "small", name="meeting-menu")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 12, 4)
        layout.setSpacing(10)
        layout.addWidget(self.host)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.sharing)
        layout.addWidget(self.menu_button)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def set_menu(self, menu: QMenu) -> None:
        menu.setParent(self.menu_button, menu.windowFlags())
        self.menu_button.setMenu(menu)

    def show_title(self, title: str) -> None:
        self.title.setText(title)
        self.title.setToolTip(title)

    def show_sharing(self, what: str) -> None:
        """Say what the others see now; "" for nothing."""
        self._shared.setText(tr("You are sharing {what}").format(what=what))
        self.sharing.setVisible(bool(what))
