"""Where a meeting's chat room is: the account, one field for any form of its address, and servers that know it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.gui.controls import Combo
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.parts import button, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.room_address import RoomAddress, parse_room, parse_via
from pnm_launcher.matrix_saved import MatrixAccount, MatrixRoom

_CAPTION_PX = 110


class RoomFields(QWidget):
    """What was typed, with what is wrong with it beside each field; it asks no server.

    Attributes:
        changed: anything was typed or chosen.
        accounts_wanted: the button “Accounts…”.
    """

    changed = Signal()
    accounts_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._accounts: tuple[MatrixAccount, ...] = ()
        self._account_id = ""
        self.account = Combo()
        self.account.setObjectName("matrix-account")
        self.account.setAccessibleName(tr("Matrix account"))
        self.account.setPlaceholderText(tr("Choose an account"))
        self.accounts = button(tr("Accounts…"), name="matrix-accounts")
        self.room, self.via = QLineEdit(), QLineEdit()
        self.room.setObjectName("matrix-room")
        self.room.setAccessibleName(tr("Address of the room"))
        self.room.setPlaceholderText(tr("#team:example.org"))
        self.room.setClearButtonEnabled(True)
        self.via.setObjectName("matrix-via")
        self.via.setAccessibleName(tr("Servers that know the room"))
        self.via.setToolTip("via")
        self.problem, self.via_problem = label("", "problem", wrap=True), label("", "problem", wrap=True)
        self._via_caption = label(tr("Servers"), "muted", wrap=True)
        self._via_help = label(tr("Servers that know the room (via). They come with a link."), "small", wrap=True)
        self._build()
        self.account.activated.connect(self._account_chosen)
        self.accounts.clicked.connect(self.accounts_wanted)
        self.room.textChanged.connect(self._room_typed)
        self.room.editingFinished.connect(self._tidy)
        self.via.textChanged.connect(self._via_typed)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, _CAPTION_PX)
        grid.setColumnStretch(1, 1)
        self.problem.setMinimumHeight(self.problem.fontMetrics().height())
        for number, (caption, widget) in enumerate(
            (
                (label(tr("Account"), "muted"), self.account),
                (label(tr("Address"), "muted"), self.room),
                (self._via_caption, self.via),
            )
        ):
            caption.setBuddy(widget)
            caption.setContentsMargins(0, 8, 0, 0)
            grid.addWidget(caption, number * 2, 0, Qt.AlignmentFlag.AlignTop)
        line = row(self.account, self.accounts)
        line.setStretch(0, 1)
        grid.addLayout(line, 0, 1)
        grid.setRowMinimumHeight(1, 8)
        grid.addWidget(self.room, 2, 1)
        grid.addWidget(self.problem, 3, 1)
        grid.addWidget(self.via, 4, 1)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._via_help)
        below.addWidget(self.via_problem)
        grid.addLayout(below, 5, 1)
        self.via_problem.hide()
        self._show_via()

    # --- filling -------------------------------------------------------------------------------------------------

    def set_accounts(self, accounts: tuple[MatrixAccount, ...]) -> None:
        self._accounts = accounts
        names = [account.user_id for account in accounts]
        with QSignalBlocker(self.account):
            self.account.clear()
            for account in accounts:
                twice = names.count(account.user_id) > 1
                name = f"{account.user_id} ({account.homeserver.partition('://')[2]})" if twice else account.user_id
                self.account.addItem(name, account.id)
        self._show_account()

    def fill(self, matrix: MatrixRoom | None, typed: str = "") -> None:
        """Show a saved room; or `typed`, what could not be read when it was typed."""
        with QSignalBlocker(self.room), QSignalBlocker(self.via):
            text, via = typed, ""
            if matrix and not typed:
                text, via = _texts(matrix.room)
            self.room.setText(text)
            self.via.setText(via)
        self._account_id = matrix.account if matrix else ""
        self._show_account()
        self._check()

    # --- reading -------------------------------------------------------------------------------------------------

    def typed(self) -> str:
        return self.room.text().strip()

    def chosen_account(self) -> MatrixAccount | None:
        return next((each for each in self._accounts if each.id == self.account.currentData()), None)

    def address(self) -> RoomAddress | None:
        """The room, None if there is none or something is wrong."""
        try:
            address = parse_room(self.room.text())
            return replace(address, via=parse_via(self.via.text()), event="", join=False)
        except InvalidValue:
            return None

    def matrix(self) -> MatrixRoom | None:
        """What is to be saved of it."""
        address = self.address()
        if address is None:
            return None
        account = self.chosen_account()
        return MatrixRoom(account.id if account else self._account_id, address.uri)

    def focus(self) -> None:
        self.room.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- typing --------------------------------------------------------------------------------------------------

    def _account_chosen(self) -> None:
        self._account_id = self.account.currentData() or ""
        self.changed.emit()

    def _room_typed(self) -> None:
        """The servers of a link take the place of those before it."""
        try:
            via = parse_room(self.room.text()).via
        except InvalidValue:
            via = ()
        with QSignalBlocker(self.via):
            self.via.setText(_joined(via))
        self._check()
        self.changed.emit()

    def _tidy(self) -> None:
        """A link becomes the short address in it; its servers have a field of their own."""
        address = self.address()
        if address:
            with QSignalBlocker(self.room):
                self.room.setText(_texts(address.uri)[0])

    def _via_typed(self) -> None:
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        problem, via_problem, needs = "", "", False
        try:
            if self.typed():
                needs = parse_room(self.room.text()).needs_via
        except InvalidValue as error:
            problem = sentence(error)
        try:
            parse_via(self.via.text())
        except InvalidValue as error:
            via_problem = sentence(error)
        for text, line, shown in ((problem, self.room, self.problem), (via_problem, self.via, self.via_problem)):
            shown.setText(text)
            line.setAccessibleDescription(text)
            set_look(line, "wrong", bool(text))
        self.via_problem.setVisible(bool(via_problem))
        self._show_via(needs)

    def _show_via(self, needs: bool = False) -> None:
        """Only where there are some, or the room cannot be found without; a field in use does not go away."""
        shown = needs or bool(self.via.text()) or self.via.hasFocus()
        parts: Sequence[QLabel | QLineEdit] = (self._via_caption, self.via, self._via_help)
        for each in parts:
            each.setVisible(shown)

    def _show_account(self) -> None:
        """The meeting's account, or where none was chosen the only or first one; another never takes its place."""
        wanted = self._account_id or (self._accounts[0].id if self._accounts else "")
        with QSignalBlocker(self.account):
            self.account.setCurrentIndex(self.account.findData(wanted) if wanted else -1)
        self.account.setEnabled(bool(self._accounts))
        self.account.setPlaceholderText(tr("Choose an account") if self._accounts else tr("Not signed in"))
        self.accounts.setText(tr("Accounts…") if self._accounts else tr("Sign in…"))


def _texts(room: str) -> tuple[str, str]:
    """What the two fields show for a saved room; characters that cannot be seen stay encoded."""
    try:
        address = parse_room(room)
    except InvalidValue:
        return room, ""
    safe = address.shown == address.room
    return (address.room if safe else replace(address, via=()).uri), _joined(address.via)


def _joined(via: tuple[str, ...]) -> str:
    return ", ".join(via)
