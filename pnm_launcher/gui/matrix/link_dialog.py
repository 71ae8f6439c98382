"""The question before a link to a chat room does anything: which room, on which servers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.parts import button, card, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.ids import shown
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.texts import plain


class LinkDialog(Dialog):
    """Nothing is changed, and no server asked, unless one of these is emitted.

    Attributes:
        added: make a card for the room.
        mine_wanted: show the card that has the room already.
    """

    added = Signal()
    mine_wanted = Signal()

    def __init__(self, address: RoomAddress, mine: str, parent: QWidget) -> None:
        """`mine` is the title of the card with this room, "" where there is none."""
        super().__init__(parent)
        self.address = address
        self.setWindowTitle(tr("Look at this chat room?"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        text = tr("A link leads to this Matrix room. You see what it is before you join it.")
        layout.addWidget(label(text, "muted", wrap=True))
        frame, inside = card()
        self.room = label(address.shown, "strong", wrap=True)
        self.room.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(self.room)
        if address.via:
            servers = ", ".join(shown(name) for name in address.via)
            inside.addWidget(label(tr("Servers: {servers}").format(servers=servers), "muted", wrap=True))
        layout.addWidget(frame)
        if mine:
            there = tr("You already have this room in “{title}”.").format(title=plain(mine, 120))
            layout.addWidget(label(there, "strong", wrap=True))
        layout.addStretch(1)
        self.cancel = button(tr("Cancel"), name="matrix-link-cancel")
        self.show_mine = button(tr("Show the one I have"), "primary", name="matrix-link-show")
        self.add = button(tr("Add and look"), "" if mine else "primary", name="matrix-link-add")
        self.show_mine.setVisible(bool(mine))
        layout.addLayout(row(1, self.cancel, self.add, self.show_mine))
        self.cancel.clicked.connect(self.reject)
        self.add.clicked.connect(self.accept)
        self.add.clicked.connect(self.added)
        self.show_mine.clicked.connect(self.accept)
        self.show_mine.clicked.connect(self.mine_wanted)
        (self.show_mine if mine else self.cancel).setFocus()
