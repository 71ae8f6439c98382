"""Signing in to a Matrix account: the address first, then one of the ways that its server offers."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pnm_launcher.errors import InvalidValue, LauncherError
from pnm_launcher.gui.banner import Banner
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.faults import next_step, sentence
from pnm_launcher.gui.parts import announce, button, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.faults import LoginRefused, SignedOut
from pnm_launcher.matrix.oauth import DeviceFlow
from pnm_launcher.matrix.oauth_server import AuthServer
from pnm_launcher.matrix_saved import MatrixAccount

from .sign_in_ways import CodeCard, SignInWays
from .signing_in import Found, SigningIn


class SignInDialog(Dialog):
    """What was typed stays until it has worked; passwords and tokens are gone when the dialog closes.

    Attributes:
        signed_in: the `MatrixAccount` to save; its tokens are stored already.
    """

    signed_in = Signal(object)

    def __init__(self, make: Callable[["SignInDialog"], SigningIn], open_page: Callable[[str], object],
                 again: MatrixAccount | None, parent: QWidget) -> None:  # fmt: skip
        """`make` gives the sign-in of this dialog; `open_page` opens a web page in the system's browser."""
        super().__init__(parent)
        self._open_page, self._again = open_page, again
        self.setWindowTitle(tr("Sign in to Matrix"))
        self.setMinimumWidth(560)
        self.address = QLineEdit()
        self.problem = label("", "problem", wrap=True)
        self.proceed = button(tr("Continue"), "primary", name="matrix-continue")
        self.cancel = button(tr("Cancel"), name="matrix-cancel")
        self.banner = Banner()
        self.ways: SignInWays | None = None
        self._code: CodeCard | None = None
        self._status = label("", "muted", wrap=True)
        self._place = QVBoxLayout()
        self._change = button(tr("Use another server"), "link", name="matrix-change-server")
        self.signing_in = make(self)
        self._build()
        self._listen()
        if again:
            self.address.setText(again.homeserver)
            self._find()

    def _build(self) -> None:
        heading = tr("Sign in again as {user}").format(user=self._again.user_id) if self._again else self.windowTitle()
        self.address.setObjectName("matrix-address")
        self.address.setAccessibleName(tr("Matrix address"))
        self.address.setPlaceholderText(tr("@name:example.org"))
        self._caption = label(tr("Your Matrix address, or that of your server"), "muted", wrap=True)
        self._caption.setBuddy(self.address)
        self.problem.setMinimumHeight(self.problem.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(8)
        layout.addWidget(label(heading, "heading", wrap=True))
        caption = row(self._caption, self._change)
        caption.setStretch(0, 1)
        layout.addLayout(caption)
        layout.addWidget(self.address)
        layout.addWidget(self.problem)
        layout.addLayout(self._place)
        layout.addWidget(self.banner)
        layout.addStretch(1)
        self._status.setMinimumHeight(self._status.fontMetrics().height())
        foot = row(self._status, self.cancel, self.proceed)
        foot.setStretch(0, 1)
        layout.addLayout(foot)
        self._change.hide()
        self.proceed.setDefault(True)

    def _listen(self) -> None:
        self.address.textEdited.connect(lambda: self._say(""))
        self.proceed.clicked.connect(self._find)
        self.cancel.clicked.connect(self._cancel)
        self._change.clicked.connect(self._start_over)
        self.finished.connect(self._forget)
        self.signing_in.found.connect(self._show_ways)
        self.signing_in.code_given.connect(self._show_code)
        self.signing_in.kept.connect(self._kept)
        self.signing_in.failed.connect(self._failed)
        self.signing_in.not_kept.connect(self._not_kept)

    # --- the steps -----------------------------------------------------------------------------------------------

    def _find(self) -> None:
        self._say("")
        self._wait(tr("Looking for the server…"))
        self.signing_in.find(self.address.text())

    def _show_ways(self, found: Found) -> None:
        self._rest()
        self._drop_ways()
        user = self._again.user_id if self._again else self.address.text().strip()
        self.ways = ways = SignInWays(found, user)
        ways.password_given.connect(self._password)
        ways.token_given.connect(self._token)
        ways.browser_wanted.connect(self._browser)
        ways.code_wanted.connect(self._ask_code)
        self._place.addWidget(ways)
        ways.show()  # at once, to have the keyboard
        self._caption.setText(tr("Your server is {address}").format(address=found.address))
        self.address.hide()
        self.problem.hide()
        self.proceed.hide()
        self._change.setVisible(self._again is None)
        ways.focus_first()

    def _start_over(self) -> None:
        self.signing_in.stop()
        self._rest()
        self._drop_ways()
        self._caption.setText(tr("Your Matrix address, or that of your server"))
        for each in (self.address, self.problem, self.proceed):
            each.show()
        self._change.hide()
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)

    def _password(self, user: str, password: str) -> None:
        self._wait(tr("Signing in…"))
        self.signing_in.with_password(user, password)

    def _token(self, token: str) -> None:
        self._wait(tr("Signing in…"))
        self.signing_in.with_token(token)

    def _browser(self, provider: str) -> None:
        self._wait(tr("Sign in on the page in your browser. This window waits for it."))
        self.signing_in.with_browser(provider)

    def _ask_code(self, server: AuthServer) -> None:
        self._wait(tr("Asking for a code…"))
        self.signing_in.with_code(server)

    def _show_code(self, flow: DeviceFlow) -> None:
        self._drop_code()
        self._code = CodeCard(flow.user_code, flow.page, ceil(flow.seconds / 60))
        self._code.page_wanted.connect(self._open_page)
        if self.ways:
            self.ways.hide()
        self._place.addWidget(self._code)
        self._code.show()
        self._code.open_page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._status.setText(tr("Waiting until you have confirmed…"))
        announce(self._code, f"{self._code.code.accessibleName()}. {self._code.page.accessibleName()}")

    # --- how it ends ---------------------------------------------------------------------------------------------

    def _kept(self, account: MatrixAccount) -> None:
        self.signed_in.emit(account)
        self.accept()

    def _failed(self, error: LauncherError) -> None:
        self._rest()
        if self.ways is None:
            self._say(sentence(error) if isinstance(error, InvalidValue) else f"{sentence(error)} {next_step(error)}")
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, InvalidValue):
            self.ways.ask_again(sentence(error))
        elif isinstance(error, LoginRefused | SignedOut):
            self.ways.ask_again(_why_not(error))
        else:
            self.banner.show_error(error)

    def _not_kept(self, error: LauncherError) -> None:
        """Signed in, but without a keyring to keep it in."""
        self._rest()
        for_session = (tr("Sign in for this session only"), lambda: self._keep(for_session=True))
        self.banner.show_error(error, for_session, (tr("Try again"), self._keep))

    def _keep(self, *, for_session: bool = False) -> None:
        self._wait(tr("Signing in…"))
        self.signing_in.keep(for_session=for_session)

    def _cancel(self) -> None:
        """Of what is under way first, then of the dialog."""
        if self.signing_in.under_way and self.ways is not None:
            self.signing_in.stop()
            self._rest()
            self.ways.focus_first()
        else:
            self.reject()

    def _forget(self) -> None:
        self.signing_in.stop()
        if self.ways:
            self.ways.forget()

    # --- what is shown -------------------------------------------------------------------------------------------

    def _wait(self, words: str) -> None:
        self.banner.hide()
        self._status.setText(words)
        announce(self._status, words)
        for each in (self.address, self.proceed, self._change, self.ways):
            if each:
                each.setEnabled(False)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self) -> None:
        self._status.setText("")
        self._drop_code()
        for each in (self.address, self.proceed, self._change, self.ways):
            if each:
                each.setEnabled(True)
        if self.ways:
            self.ways.show()

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.address.setAccessibleDescription(problem)
        set_look(self.address, "wrong", bool(problem))
        if problem:
            announce(self.address, problem)

    def _drop_ways(self) -> None:
        if self.ways:
            self.ways.forget()
            self.ways.hide()
            self.ways.deleteLater()
            self.ways = None

    def _drop_code(self) -> None:
        if self._code:
            self._code.hide()
            self._code.deleteLater()
            self._code = None


def _why_not(error: LauncherError) -> str:
    if isinstance(error, SignedOut):
        return tr("The server does not know this access token, or it was signed out. Copy it again.")
    return f"{sentence(error)} {next_step(error)}"
