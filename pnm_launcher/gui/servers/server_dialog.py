"""Connects a server: address, key and secret, checked step by step before anything is saved."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pnm_launcher import ladder
from pnm_launcher.connections import Connections
from pnm_launcher.errors import LauncherError, SecretError
from pnm_launcher.gui.banner import Banner
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.questions import ask
from pnm_launcher.gui.texts import tr
from pnm_launcher.ladder import Result
from pnm_launcher.meetings import Server
from pnm_launcher.session import Session
from pnm_launcher.work import Cancellation

from .ladder_view import LadderView
from .server_fields import ServerFields

_KEY_STEP, _SECRET_STEP = 3, 4


class ServerDialog(Dialog):
    """“Check and save” saves when every step is well; otherwise “Save anyway” appears beside the reason.

    Attributes:
        saved: the `Server`, after its secret has been kept.
        removed: the `Server` to forget.
    """

    saved = Signal(object)
    removed = Signal(object)

    def __init__(self, server: Server | None, connections: Connections, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._server, self._connections, self._jobs = server, connections, jobs
        self._under_way: Cancellation | None = None
        self._checked: tuple[Server, str | None] | None = None
        self.setWindowTitle(tr("Connect a server") if server is None else tr("Server settings"))
        self.setMinimumWidth(640)
        self.fields = ServerFields()
        self.ladder = LadderView()
        self.banner = Banner()
        self.check = button(tr("Check and save"), "primary", name="check-and-save")
        self.anyway = button(tr("Save anyway"), name="save-anyway")
        self.cancel = button(tr("Cancel"), name="cancel-server")
        self.remove = button(tr("Remove this server"), "danger", name="remove-server")
        self._build()
        if server:
            self.fields.fill(server)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addWidget(self.fields)
        layout.addWidget(self.ladder)
        layout.addWidget(self.banner)
        layout.addStretch(1)
        layout.addLayout(row(self.remove, 1, self.cancel, self.anyway, self.check))
        self.anyway.hide()
        self.remove.setVisible(self._server is not None)
        self.check.setDefault(True)
        self.fields.changed.connect(self._typed)
        self.cancel.clicked.connect(self.reject)
        self.check.clicked.connect(self.start_check)
        self.anyway.clicked.connect(lambda: self._keep(session_only=False))
        self.remove.clicked.connect(self._ask_to_remove)
        self.finished.connect(self._stop)

    def _typed(self) -> None:
        """What was checked is no longer what stands here."""
        self._checked = None
        self.anyway.hide()
        self.banner.hide()

    def start_check(self) -> None:
        server = self.fields.server(self._server)
        if server is None or self._under_way or not self.fields.may_keep_secret(server, self._server):
            return
        secret = self.fields.secret.secret()
        self._checked = server, secret
        self.banner.hide()
        self.anyway.hide()
        self.ladder.begin()
        self._wait(Cancellation())
        self._climb(server, secret)

    def _climb(self, server: Server, secret: str | None) -> None:
        tell = self._jobs.teller(self._unless_stopped(self.ladder.show_step), self)
        cancellation = self._under_way

        def check() -> Result:
            used = secret if secret is not None else self._connections.secrets.get(server)
            with Session(ca_file=server.ca_file) as session:
                return ladder.check(server, used, session, tell, cancel=cancellation)

        self._jobs.run(check, self._unless_stopped(self._climbed), self._unless_stopped(self._failed),
                       broke=self._unless_stopped(self._wait), owner=self)  # fmt: skip

    def _wait(self, under_way: Cancellation | None = None) -> None:
        """While a check is under way nothing can be typed, so that what is saved is what was checked."""
        self._under_way = under_way
        self.fields.set_read_only(under_way is not None)
        self.check.setEnabled(under_way is None)
        self.remove.setEnabled(under_way is None)

    def _unless_stopped(self, act: Callable[..., object]) -> Callable[..., object]:
        current = self._under_way
        return lambda *facts: act(*facts) if current is self._under_way else None

    def _stop(self) -> None:
        if self._under_way:
            self._under_way.cancel()
        self._under_way = None
        self.fields.secret.clear()

    def _climbed(self, result: Result) -> None:
        self._wait()
        if result.ok:
            self._keep(session_only=False)
            return
        self.check.setText(tr("Check again"))
        self.anyway.show()
        failed = next(number for number, step in enumerate(result.steps) if step.error)
        lines = self.fields.lines
        field = {_KEY_STEP: lines["api_key"], _SECRET_STEP: self.fields.secret}.get(failed, lines["address"])
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: LauncherError) -> None:
        """The keyring did not give or keep the secret."""
        self._wait()
        typed = self._checked is not None and self._checked[1] is not None
        session = (tr("Save for this session only"), lambda: self._keep(session_only=True))
        self.banner.show_error(error, *([session] if typed and isinstance(error, SecretError) else []))

    def _keep(self, *, session_only: bool) -> None:
        """Save what was checked: the secret first, and only then the server."""
        if self._checked is None:
            return
        server, secret = self._checked
        put = self._connections.secrets.put_for_session if session_only else self._connections.secrets.put
        self._wait(Cancellation())
        self._jobs.run(lambda: put(server, secret) if secret is not None else None,
                       self._unless_stopped(lambda _: self._done(server)), self._unless_stopped(self._failed),
                       broke=self._unless_stopped(self._wait), owner=self)  # fmt: skip

    def _done(self, server: Server) -> None:
        self.saved.emit(server)
        self.accept()

    def _ask_to_remove(self) -> None:
        if self._server is None:
            return
        ask(self, tr("Remove “{name}”?").format(name=self._server.name),
            tr("Its secret is deleted from the keyring. Meetings on it stay in the list and need another server."),
            tr("Remove"), self._removing)  # fmt: skip

    def _removing(self) -> None:
        self.removed.emit(self._server)
        self.accept()
