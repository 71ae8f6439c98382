"""The Matrix accounts: which there are, whether they are signed in, and signing in and out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pnm_launcher.address import parse_address
from pnm_launcher.errors import InvalidValue, LauncherError
from pnm_launcher.gui.banner import Banner
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.parts import button, card, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.openers import ELEMENT_WEB
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.texts import plain

_MOST_PX = 420
"""The height of the list, beyond which it scrolls."""
SignedIn = bool | LauncherError | None
"""Whether tokens are there; why the keyring does not tell; None while it is asked."""


class AccountsDialog(Dialog):
    """Shows and asks; what it means is decided by `AccountDesk`.

    Attributes:
        add_requested: sign in to another account.
        again_requested, out_requested, remove_requested: of this account (`MatrixAccount`).
        web_client_given: an account and the address of its own Element Web, or "".
    """

    add_requested = Signal()
    again_requested = Signal(object)
    out_requested = Signal(object)
    remove_requested = Signal(object)
    web_client_given = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Matrix accounts"))
        self.setMinimumWidth(600)
        self.banner = Banner()
        self.rows: dict[str, AccountRow] = {}
        self._nothing = label(tr("Sign in to a Matrix account to join chat rooms from your meetings. Your password is "
                                 "sent to your server once and kept nowhere."), "muted", wrap=True)  # fmt: skip
        self.add = button(tr("Add an account…"), "primary", name="matrix-add")
        self._add_quietly = button(tr("Add an account…"), name="matrix-add-another")
        close = button(tr("Close"), name="matrix-accounts-close")
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addWidget(self._nothing)
        layout.addWidget(self._scroller(), 1)
        self._below = QVBoxLayout()
        layout.addLayout(self._below)
        layout.addWidget(self.banner)
        layout.addLayout(row(self._add_quietly, self.add, 1, close))
        self.add.clicked.connect(self.add_requested)
        self._add_quietly.clicked.connect(self.add_requested)
        close.clicked.connect(self.accept)

    def _scroller(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("Inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("OnSurface")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._area = area
        return area

    def put_below(self, widget: QWidget) -> None:
        """Something that is about all accounts, between the list and the buttons."""
        self._below.addWidget(widget)

    def show_accounts(self, accounts: tuple[MatrixAccount, ...]) -> None:
        """Show these, each with what is known of it."""
        for account_id in [each for each in self.rows if each not in {account.id for account in accounts}]:
            gone = self.rows.pop(account_id)
            gone.hide()
            gone.deleteLater()
        for account in accounts:
            if account.id not in self.rows:
                made = self.rows[account.id] = AccountRow(account)
                made.again.clicked.connect(lambda _=False, made=made: self.again_requested.emit(made.account))
                made.out.clicked.connect(lambda _=False, made=made: self.out_requested.emit(made.account))
                made.remove.clicked.connect(lambda _=False, made=made: self.remove_requested.emit(made.account))
                made.web_client_given.connect(lambda text, made=made: self.web_client_given.emit(made.account, text))
                self._list.addWidget(made)
                made.show()
            self.rows[account.id].account = account
        self._nothing.setVisible(not accounts)
        self.add.setVisible(not accounts)
        self._add_quietly.setVisible(bool(accounts))
        self._area.setVisible(bool(accounts))
        self._fit()

    def show_state(self, account_id: str, state: SignedIn) -> None:
        if account_id in self.rows:
            self.rows[account_id].show_state(state)
            self._fit()

    def _fit(self) -> None:
        """No higher than the list, and not so high that the buttons leave the screen."""
        needed = sum(each.sizeHint().height() + self._list.spacing() for each in self.rows.values())
        self._area.setMinimumHeight(min(_MOST_PX, needed))


class AccountRow(QFrame):
    """One account.

    Attributes:
        web_client_given: the address of an Element Web of one's own, checked, or "".
    """

    web_client_given = Signal(str)

    def __init__(self, account: MatrixAccount) -> None:
        super().__init__()
        self.account = account
        frame, inside = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        user = plain(account.user_id, 120)
        self.state = label(tr("Asking your keyring…"), "muted", wrap=True)
        self.again = button(tr("Sign in again"), name="matrix-again")
        self.out = button(tr("Sign out"), name="matrix-out")
        self.remove = button(tr("Remove"), "danger", name="matrix-remove")
        for each in (self.again, self.out, self.remove):
            each.setAccessibleName(f"{each.text()}: {user}")
        self.web = QLineEdit(account.web_client)
        self.web.setObjectName("matrix-web-client")
        self.web.setPlaceholderText(ELEMENT_WEB)
        self.web.setAccessibleName(tr("Element Web of {user}").format(user=user))
        self.web.editingFinished.connect(self._web_typed)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        caption = label(tr("Element Web"), "muted")
        caption.setBuddy(self.web)
        inside.addWidget(label(user, "strong", wrap=True))
        inside.addWidget(label(plain(account.homeserver, 120), "muted", wrap=True))
        line = row(self.state, self.again, self.out, self.remove)
        line.setStretch(0, 1)
        inside.addLayout(line)
        inside.addLayout(row(caption, self.web, spacing=16))
        inside.addWidget(self.problem)
        self.show_state(None)

    def show_state(self, state: SignedIn) -> None:
        look = "good" if state is True else "muted"
        text = tr("Signed in") if state is True else tr("Signed out") if state is False else tr("Asking your keyring…")
        if isinstance(state, LauncherError):
            look, text = "problem", sentence(state)
        self.state.setText(text)
        set_look(self.state, "look", look)
        self.again.setVisible(state is not None and state is not True)
        self.out.setVisible(state is True or isinstance(state, LauncherError))
        self.remove.setVisible(state is False)

    def wait(self, words: str) -> None:
        """While signing out."""
        self.show_state(None)
        self.state.setText(words)

    def _web_typed(self) -> None:
        text = self.web.text().strip()
        try:
            given = str(parse_address(text, "web_client")) if text else ""
        except InvalidValue as problem:
            self.problem.setText(sentence(problem))
            self.problem.show()
            set_look(self.web, "wrong", True)
            return
        self.problem.hide()
        set_look(self.web, "wrong", False)
        if given != self.account.web_client:
            self.web_client_given.emit(given)
