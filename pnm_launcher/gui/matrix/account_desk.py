"""Adding, renewing and ending sign-ins to Matrix accounts; the accounts are saved with the meetings."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pnm_launcher import link_handler
from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.questions import ask
from pnm_launcher.gui.texts import tr
from pnm_launcher.handoff import system_browser
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix_saved import MatrixAccount

from .accounts_dialog import AccountsDialog
from .link_tick import LinkTick
from .sign_in_dialog import SignInDialog
from .signing_in import SigningIn


class AccountDesk(QObject):
    """What the user does with accounts.

    Attributes:
        signed_in: an account got new tokens (`MatrixAccount`).
        signed_out: one has none any more.
    """

    signed_in = Signal(object)
    signed_out = Signal(object)

    def __init__(self, window: QWidget, library: Library, accounts: MatrixAccounts, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._library, self._accounts, self._jobs = window, library, accounts, jobs
        self._dialog: AccountsDialog | None = None
        library.changed.connect(self._show)

    def open(self) -> AccountsDialog:
        """The list of accounts."""
        dialog = self._dialog = AccountsDialog(self._window)
        if link_handler.is_possible():
            dialog.put_below(LinkTick(self._jobs, dialog.banner))
        dialog.add_requested.connect(lambda: self.sign_in(None, dialog))
        dialog.again_requested.connect(lambda account: self.sign_in(account, dialog))
        dialog.out_requested.connect(self._ask_to_sign_out)
        dialog.remove_requested.connect(self._remove)
        dialog.web_client_given.connect(self._keep_web_client)
        dialog.finished.connect(self._closed)
        self._show()
        for account in self._library.book.matrix_accounts:
            self._look(account)
        dialog.open()
        return dialog

    def sign_in(self, again: MatrixAccount | None, parent: QWidget | None = None,
                then: Callable[[MatrixAccount], object] = bool) -> SignInDialog:  # fmt: skip
        """Sign in to another account, or again to this one; then go on with what was under way."""

        def make(dialog: SignInDialog) -> SigningIn:
            return SigningIn(self._accounts, self._jobs, self._known, again, dialog)

        dialog = SignInDialog(make, self._open_page, again, parent or self._window)
        dialog.signed_in.connect(self._keep)
        dialog.signed_in.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _known(self, user_id: str, homeserver: str) -> MatrixAccount | None:
        accounts = self._library.book.matrix_accounts
        return next((each for each in accounts if (each.user_id, each.homeserver) == (user_id, homeserver)), None)

    def _open_page(self, address: str) -> None:
        self._jobs.run(lambda: system_browser(address))

    def _keep(self, account: MatrixAccount) -> None:
        self._library.apply(lambda book: book.with_matrix_account(account))
        self._say(account, True)
        self.signed_in.emit(account)

    def _keep_web_client(self, account: MatrixAccount, address: str) -> None:
        changed = replace(account, web_client=address)
        self._library.apply(lambda book: book.with_matrix_account(changed))

    def _ask_to_sign_out(self, account: MatrixAccount) -> None:
        ask(self._dialog or self._window, tr("Sign out {user}?").format(user=account.user_id),
            tr("The server forgets this computer. You stay in your rooms; to enter others from here, sign in again."),
            tr("Sign out"), lambda: self._sign_out(account))  # fmt: skip

    def _sign_out(self, account: MatrixAccount) -> None:
        if self._dialog and account.id in self._dialog.rows:
            self._dialog.rows[account.id].wait(tr("Signing out…"))

        def done(fault: LauncherError | None) -> None:
            self._say(account, False)
            if fault and self._dialog:
                self._dialog.banner.show_info(
                    tr("Signed out here, but the server could not be told."),
                    tr("It still lists this computer. Remove it there with your Matrix app."),
                )
            self.signed_out.emit(account)

        self._jobs.run(lambda: self._accounts.sign_out(account), done, lambda error: self._say(account, error),
                       owner=self)  # fmt: skip

    def _remove(self, account: MatrixAccount) -> None:
        """Its meetings keep their room, and want another account."""
        self._library.apply(lambda book: book.without_matrix_account(account.id))

    def _look(self, account: MatrixAccount) -> None:
        self._jobs.run(lambda: self._accounts.is_signed_in(account), lambda yes: self._say(account, yes),
                       lambda error: self._say(account, error), owner=self)  # fmt: skip

    def _say(self, account: MatrixAccount, state: bool | LauncherError) -> None:
        if self._dialog and isValid(self._dialog):
            self._dialog.show_state(account.id, state)

    def _show(self) -> None:
        if self._dialog and isValid(self._dialog):
            self._dialog.show_accounts(self._library.book.matrix_accounts)

    def _closed(self) -> None:
        if self._dialog:
            self._dialog.deleteLater()
        self._dialog = None
