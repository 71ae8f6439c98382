"""Adding, changing and removing servers, and typing a secret again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from pnm_launcher.connections import Connections
from pnm_launcher.errors import LauncherError, UnknownServer
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.main_window import MainWindow
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import PRACTICE, Server

from .secret_dialog import SecretDialog
from .server_dialog import ServerDialog


class ServerDesk(QObject):
    """What the user does with servers. The secret goes from the dialog straight to the keyring.

    Attributes:
        added: the id of a server that was saved for the first time.
        changed: a server or its secret was saved.
    """

    added = Signal(str)
    changed = Signal()

    def __init__(self, window: MainWindow, library: Library, connections: Connections, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._library, self._connections, self._jobs = window, library, connections, jobs

    def choose(self) -> None:
        """Offer the servers to change, and a new one."""
        servers = self._library.book.servers
        if not servers:
            self.add()
            return
        menu = QMenu(self._window)
        for server in servers:
            menu.addAction(tr("{name}: settings…").format(name=server.name)).triggered.connect(
                lambda _=False, server_id=server.id: self.edit(server_id)
            )
        menu.addSeparator()
        menu.addAction(tr("Connect another server…")).triggered.connect(self.add)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def add(self) -> ServerDialog:
        return self._open(None)

    def edit(self, server_id: str) -> None:
        try:
            self._open(self._library.book.server(server_id))
        except UnknownServer:
            self._open(None)

    def _open(self, server: Server | None) -> ServerDialog:
        dialog = ServerDialog(server, self._connections, self._jobs, self._window)
        dialog.saved.connect(self._saved)
        dialog.removed.connect(self._removed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _saved(self, server: Server) -> None:
        before = next((each for each in self._library.book.servers if each.id == server.id), None)
        self._library.apply(lambda book: book.with_server(server))
        if before is None:
            self.added.emit(server.id)
        elif before.account != server.account:
            # The old account's secret is of no use to anybody; where the keyring refuses, it is left behind.
            self._jobs.run(lambda: self._forget(before), failed=lambda _: None, owner=self)
        self.changed.emit()

    def _forget(self, server: Server) -> None:
        """Remove a secret from the keyring unless another server has the same address and key."""
        if all(each.id == server.id or each.account != server.account for each in self._library.book.servers):
            self._connections.secrets.forget(server)

    def _removed(self, server: Server) -> None:
        """Forget the secret first; only then is the server gone from the list."""

        def gone(_: object) -> None:
            self._library.apply(lambda book: book.without_server(server.id))
            self._window.banner.show_info(
                tr("“{name}” was removed, and its secret deleted from the keyring.").format(name=server.name)
            )

        def stays(error: LauncherError) -> None:
            self._window.banner.show_error(error, (tr("Try again"), lambda: self._removed(server)))

        self._jobs.run(lambda: self._forget(server), gone, stays, owner=self)

    def ask_secret(self, server_id: str, then: Callable[[], object]) -> None:
        """Ask for the secret of a server again, keep it, then go on with what was under way."""
        if server_id == PRACTICE:
            return
        server = self._library.book.server(server_id)
        dialog = SecretDialog(server, self._window)
        self._jobs.run(self._connections.secrets.backend_name, dialog.show_keyring, lambda _: dialog.show_keyring(""),
                       owner=dialog)  # fmt: skip

        def accepted() -> None:
            secret = dialog.field.secret()
            if secret is None:
                return
            put = self._connections.secrets.put_for_session if dialog.session_only.isChecked() else \
                self._connections.secrets.put  # fmt: skip
            again = (tr("Type the secret…"), lambda: self.ask_secret(server_id, then))
            self._jobs.run(lambda: put(server, secret), lambda _: then(),
                           lambda error: self._window.banner.show_error(error, again), owner=self)  # fmt: skip

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.field.clear)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
