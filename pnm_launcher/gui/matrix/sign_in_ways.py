"""The ways into an account that a homeserver offers: password, its web page, a code, an access token."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import announce, button, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.ids import is_user_id
from pnm_launcher.matrix.oauth_server import AuthServer
from pnm_launcher.texts import plain

from .hidden_line import HiddenLine
from .signing_in import Found


class SignInWays(QWidget):
    """Made for one homeserver; the secrets leave their fields with the signal, except a password that may be wrong.

    Attributes:
        password_given: user and password.
        token_given: an access token.
        browser_wanted: the id of the organisation behind the web page, or "".
        code_wanted: the OAuth server that gives a code (`AuthServer`).
    """

    password_given = Signal(str, str)
    token_given = Signal(str)
    browser_wanted = Signal(str)
    code_wanted = Signal(object)

    def __init__(self, found: Found, user: str) -> None:
        super().__init__()
        self.user, self.password = QLineEdit(), HiddenLine(tr("Password"), "matrix-password")
        self.token = HiddenLine(tr("Access token"), "matrix-token")
        self.problem = label("", "problem", wrap=True)
        self._token_part = QWidget()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._first: QWidget | None = None
        if found.oauth and found.oauth.device:
            self._add_code(found.oauth)
        if found.ways.password:
            self._add_password(user)
        if found.ways.sso and found.ways.token:
            self._add_browser(found.ways.providers)
        if self._first is None:
            text = tr("This server offers no way to sign in that this program knows. With an access token from your "
                      "Matrix app you can still sign in.")  # fmt: skip
            self._layout.addWidget(label(text, wrap=True))
        self._add_token(folded=self._first is not None)

    def focus_first(self) -> None:
        if self._first:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        self.password.clear()
        self.token.clear()

    def ask_again(self, problem: str) -> None:
        """Say what was wrong beside the fields, and put the cursor where it can be mended."""
        self.problem.setText(problem)
        field: QLineEdit = self.token if self._token_part.isVisible() and not self.password.text() else self.password
        for each in (self.password, self.token):
            set_look(each, "wrong", bool(problem) and each is field)
        field.setAccessibleDescription(problem)
        if problem:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
            announce(field, problem)

    def _add_code(self, server: AuthServer) -> None:
        start = button(tr("Sign in on the server's web page"), "primary", name="matrix-code")
        start.clicked.connect(lambda: self.code_wanted.emit(server))
        self._put(start, tr("You confirm there that this program may use your account, in your usual browser."))

    def _add_password(self, user: str) -> None:
        self.user.setObjectName("matrix-user")
        self.user.setAccessibleName(tr("User name"))
        self.user.setText(user if is_user_id(user) else "")
        start = button(tr("Sign in"), "primary" if self._first is None else "", name="matrix-sign-in")
        start.clicked.connect(self._give_password)
        for line in (self.user, self.password):
            line.textEdited.connect(self._typed)
            line.returnPressed.connect(start.click)
        self._field(tr("User name"), self.user)
        self._field(tr("Password"), self.password)
        self._layout.addWidget(self.problem)
        self.problem.setMinimumHeight(self.problem.fontMetrics().height())
        self._layout.addLayout(row(start, 1))
        self._layout.addSpacing(8)
        self._first = self._first or (self.password if self.user.text() else self.user)

    def _add_browser(self, providers: tuple[tuple[str, str], ...]) -> None:
        for provider, name in providers or (("", ""),):
            text = tr("Continue with {name}").format(name=plain(name, 40)) if name else tr("Sign in with the browser")
            start = button(text.replace("&", "&&"), "primary" if self._first is None else "", name="matrix-browser")
            start.clicked.connect(lambda _=False, provider=provider: self.browser_wanted.emit(provider))
            self._put(start)
        self._layout.addWidget(label(tr("Your organisation's sign-in page opens in your browser."), "small", wrap=True))

    def _add_token(self, *, folded: bool) -> None:
        inside = QVBoxLayout(self._token_part)
        inside.setContentsMargins(0, 0, 0, 0)
        use = button(tr("Use this token"), name="matrix-use-token")
        use.clicked.connect(self._give_token)
        self.token.returnPressed.connect(use.click)
        self.token.textEdited.connect(self._typed)
        hint = tr("In Element: Settings, Help & About, Access Token. It cannot be renewed, and signing out here ends "
                  "it there too.")  # fmt: skip
        inside.addWidget(self._caption(tr("Access token"), self.token))
        inside.addLayout(row(self.token, use))
        inside.addWidget(label(hint, "small", wrap=True))
        if self._layout.indexOf(self.problem) < 0:
            inside.addWidget(self.problem)
        more = button(tr("Use an access token instead"), "link", name="matrix-more")
        more.clicked.connect(more.hide)
        more.clicked.connect(self._token_part.show)
        more.clicked.connect(lambda: self.token.setFocus(Qt.FocusReason.OtherFocusReason))
        more.setVisible(folded)
        self._token_part.setVisible(not folded)
        self._layout.addLayout(row(more, 1))
        self._layout.addWidget(self._token_part)
        self._first = self._first or self.token

    def _put(self, start: QPushButton, help_text: str = "") -> None:
        if self._first is None:
            self._first = start
        self._layout.addLayout(row(start, 1))
        if help_text:
            self._layout.addWidget(label(help_text, "small", wrap=True))

    def _field(self, caption: str, line: QLineEdit) -> None:
        self._layout.addWidget(self._caption(caption, line))
        self._layout.addWidget(line)

    @staticmethod
    def _caption(text: str, line: QLineEdit) -> QLabel:
        made = label(text, "muted")
        made.setBuddy(line)
        return made

    def _typed(self) -> None:
        self.ask_again("")

    def _give_password(self) -> None:
        self.password_given.emit(self.user.text(), self.password.text())

    def _give_token(self) -> None:
        self.token_given.emit(self.token.text())


class CodeCard(QFrame):
    """The code to confirm, and the page for it.

    Attributes:
        page_wanted: open this address in the browser.
    """

    page_wanted = Signal(str)

    def __init__(self, code: str, page: str, minutes: int) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.code, self.page = label(code, "title"), label(page, wrap=True)
        for each, name in ((self.code, tr("Code")), (self.page, tr("Web page"))):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                         | Qt.TextInteractionFlag.TextSelectableByKeyboard)  # fmt: skip
            each.setAccessibleName(f"{name}: {each.text()}")
        open_page = self.open_page = button(tr("Open the page"), "primary", name="matrix-open-page")
        open_page.clicked.connect(lambda: self.page_wanted.emit(page))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Open this page on any device, and check that it shows this code:"), wrap=True))
        layout.addWidget(self.page)
        layout.addWidget(self.code)
        layout.addWidget(label(tr("Then confirm there within {minutes} min.").format(minutes=minutes), "muted"))
        layout.addLayout(row(open_page, 1))
