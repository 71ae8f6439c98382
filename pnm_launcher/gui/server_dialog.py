"""Connects a server: address, key and secret, checked step by step before anything is saved."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pnm_launcher import ladder
from pnm_launcher.address import parse_address
from pnm_launcher.connections import Connections
from pnm_launcher.errors import InvalidValue, LauncherError
from pnm_launcher.ladder import Result
from pnm_launcher.meetings import Server, new_id
from pnm_launcher.session import Session

from .banner import Banner
from .faults import sentence
from .jobs import Jobs
from .ladder_view import LadderView
from .parts import button, label, row, set_look
from .secret_field import SecretField
from .texts import tr


class ServerDialog(QDialog):
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
        self.setWindowTitle(tr("Connect a server") if server is None else tr("Server settings"))
        self.setMinimumWidth(640)
        self._lines = {
            "address": self._line(tr("Address"), "https://meet.example.org"),
            "api_key": self._line(tr("API key"), ""),
            "name": self._line(tr("Name"), tr("as shown in the list; may stay empty")),
            "page": self._line(tr("Page address"), tr("only if meetings open somewhere else")),
            "ca_file": self._line(tr("Certificate file"), tr("only for certificates of your organisation")),
        }
        self._problems = {name: label("", "problem", wrap=True) for name in self._lines}
        self.secret = SecretField()
        self.ladder = LadderView()
        self.banner = Banner()
        self._more = button(tr("More settings"), "link")
        self.check = button(tr("Check and save"), "primary", name="check-and-save")
        self._anyway = button(tr("Save anyway"), name="save-anyway")
        self._cancel = button(tr("Cancel"))
        self._remove = button(tr("Remove this server"), "danger", name="remove-server")
        self._build()
        self._fill()

    def _line(self, name: str, placeholder: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(placeholder)
        line.textChanged.connect(self._typed)
        return line

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 120)
        for name in ("address", "api_key"):
            self._add(grid, name)
        number = grid.rowCount()
        caption = label(tr("API secret"), "muted")
        caption.setBuddy(self.secret)
        caption.setContentsMargins(0, 8, 0, 0)
        grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.secret, number, 1)
        self._rare = QWidget()
        rare = QGridLayout(self._rare)
        rare.setContentsMargins(0, 0, 0, 0)
        rare.setHorizontalSpacing(16)
        rare.setVerticalSpacing(2)
        rare.setColumnStretch(1, 1)
        rare.setColumnMinimumWidth(0, 120)
        for name in ("name", "page", "ca_file"):
            self._add(rare, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addLayout(grid)
        layout.addWidget(self._rare)
        layout.addLayout(row(self._more, 1))
        layout.addWidget(self.ladder)
        layout.addWidget(self.banner)
        layout.addLayout(row(self._remove, 1, self._cancel, self._anyway, self.check))
        self._rare.hide()
        self._anyway.hide()
        self._remove.setVisible(self._server is not None)
        self.check.setDefault(True)
        self._more.clicked.connect(self._show_rare)
        self._cancel.clicked.connect(self.reject)
        self.check.clicked.connect(self.start_check)
        self._anyway.clicked.connect(lambda: self._keep(session_only=False))
        self._remove.clicked.connect(self._removing)

    def _add(self, grid: QGridLayout, name: str) -> None:
        number = grid.rowCount()
        caption = label(self._lines[name].accessibleName(), "muted")
        caption.setBuddy(self._lines[name])
        grid.addWidget(caption, number, 0)
        grid.addWidget(self._lines[name], number, 1)
        self._problems[name].setMinimumHeight(self._problems[name].fontMetrics().height())
        grid.addWidget(self._problems[name], number + 1, 1)

    def _fill(self) -> None:
        if self._server is None:
            return
        for name, line in self._lines.items():
            line.setText(str(getattr(self._server, name)))
        self.secret.set_placeholder(tr("unchanged: it is in your keyring"))
        if self._server.page or self._server.ca_file:
            self._show_rare()

    def _show_rare(self) -> None:
        self._rare.show()
        self._more.hide()

    def _typed(self) -> None:
        self._anyway.hide()
        for name, line in self._lines.items():
            set_look(line, "wrong", False)
            self._problems[name].setText("")

    def server(self) -> Server | None:
        """What was typed, or None after showing what is wrong with it."""
        texts = {name: line.text().strip() for name, line in self._lines.items()}
        try:
            address = str(parse_address(texts["address"], "address"))
            page = str(parse_address(texts["page"], "page")) if texts["page"] else ""
            if not texts["api_key"] or not texts["api_key"].isascii() or not texts["api_key"].isprintable() \
                    or " " in texts["api_key"]:  # fmt: skip
                raise InvalidValue("api_key", tr("Copy the key from the server's config.yaml (client → api_key)."))
        except InvalidValue as problem:
            self._problems[problem.path].setText(sentence(problem))
            set_look(self._lines[problem.path], "wrong", True)
            self._lines[problem.path].setFocus()
            return None
        known = self._server or Server(new_id(), "", "", "")
        name = texts["name"] or address.partition("://")[2]
        return replace(known, name=name, address=address, api_key=texts["api_key"], page=page, ca_file=texts["ca_file"])

    def start_check(self) -> None:
        server, secret = self.server(), self.secret.secret()
        if server is None:
            return
        if secret is None and (self._server is None or self._server.account != server.account):
            self.secret.setFocus()
            self.banner.show_info(tr("Type the API secret of this key."),
                                  tr("It is in the server's config.yaml (client → secret)."))  # fmt: skip
            return
        self.banner.hide()
        self._anyway.hide()
        self.check.setEnabled(False)
        self.ladder.begin()
        tell = self._jobs.teller(self.ladder.show_step, self)

        def check() -> Result:
            used = secret if secret is not None else self._connections.secrets.get(server)
            with Session(ca_file=server.ca_file) as session:
                return ladder.check(server, used, session, tell)

        self._jobs.run(check, self._checked, self._failed, owner=self)

    def _checked(self, result: Result) -> None:
        self.check.setEnabled(True)
        if result.ok:
            self._keep(session_only=False)
        else:
            self.check.setText(tr("Check again"))
            self._anyway.show()

    def _failed(self, error: LauncherError) -> None:
        self.check.setEnabled(True)
        self.banner.show_error(error, (tr("Save for this session only"), lambda: self._keep(session_only=True)))

    def _keep(self, *, session_only: bool) -> None:
        server, secret = self.server(), self.secret.secret()
        if server is None:
            return
        put = self._connections.secrets.put_for_session if session_only else self._connections.secrets.put
        self._jobs.run(lambda: put(server, secret) if secret is not None else None, lambda _: self._done(server),
                       self._failed, owner=self)  # fmt: skip

    def _done(self, server: Server) -> None:
        self.secret.clear()
        self.saved.emit(server)
        self.accept()

    def _removing(self) -> None:
        self.removed.emit(self._server)
        self.accept()
