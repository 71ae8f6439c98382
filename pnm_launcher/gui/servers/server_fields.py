"""The fields of a server: address, key and secret, and a few that hardly anybody needs."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pnm_launcher.address import parse_address
from pnm_launcher.errors import InvalidValue
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.parts import button, label, row, set_look
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Server, new_id

from .secret_field import SecretField

_CAPTION_PX = 120


class ServerFields(QWidget):
    """What was typed, with what is wrong with it beside each field.

    Attributes:
        changed: anything was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = {
            "address": self._line(tr("Address"), "https://meet.example.org"),
            "api_key": self._line(tr("API key"), ""),
            "name": self._line(tr("Name"), tr("as shown in the list; may stay empty")),
            "page": self._line(tr("Page address"), tr("only if meetings open somewhere else")),
            "ca_file": self._line(tr("Certificate file"), tr("only for certificates of your organisation")),
        }
        self.problems = {name: label("", "problem", wrap=True) for name in self.lines}
        self.secret = SecretField()
        self.secret.changed.connect(self.changed)
        self._rare = QWidget()
        self._more = button(tr("More settings"), "link", name="more-settings")
        self._more.clicked.connect(self.show_rare)
        self._build()
        self._rare.hide()

    def _line(self, name: str, placeholder: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(placeholder)
        line.textChanged.connect(self._typed)
        return line

    def _build(self) -> None:
        often, rare = QWidget(), self._rare
        grid = _grid(often)
        for name in ("address", "api_key"):
            self._add(grid, name)
        number = grid.rowCount()
        caption = label(tr("API secret"), "muted")
        caption.setBuddy(self.secret)
        caption.setContentsMargins(0, 8, 0, 0)
        grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.secret, number, 1)
        more = _grid(rare)
        for name in ("name", "page", "ca_file"):
            self._add(more, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(often)
        layout.addWidget(rare)
        layout.addLayout(row(self._more, 1))

    def _add(self, grid: QGridLayout, name: str) -> None:
        number = grid.rowCount()
        caption = label(self.lines[name].accessibleName(), "muted")
        caption.setBuddy(self.lines[name])
        grid.addWidget(caption, number, 0)
        grid.addWidget(self.lines[name], number, 1)
        self.problems[name].setMinimumHeight(self.problems[name].fontMetrics().height())
        grid.addWidget(self.problems[name], number + 1, 1)

    def fill(self, server: Server) -> None:
        for name, line in self.lines.items():
            line.setText(str(getattr(server, name)))
        self.secret.set_placeholder(tr("unchanged: it is in your keyring"))
        if server.page or server.ca_file:
            self.show_rare()

    def show_rare(self) -> None:
        self._rare.show()
        self._more.hide()
        if self.isVisible():
            self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)  # the link that had the focus is gone

    def set_read_only(self, wait: bool) -> None:
        for line in self.lines.values():
            line.setReadOnly(wait)
        self.secret.set_read_only(wait)

    def _typed(self) -> None:
        for name in self.lines:
            self._say(name, "")
        self.changed.emit()

    def _say(self, name: str, problem: str) -> None:
        self.problems[name].setText(problem)
        self.lines[name].setAccessibleDescription(problem)
        set_look(self.lines[name], "wrong", bool(problem))

    def server(self, known: Server | None) -> Server | None:
        """The server as typed, with the id of the known one, or None after showing what is wrong."""
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        try:
            address = str(parse_address(texts["address"], "address"))
            page = str(parse_address(texts["page"], "page")) if texts["page"] else ""
            if not texts["api_key"] or not texts["api_key"].isascii() or not texts["api_key"].isprintable() \
                    or " " in texts["api_key"]:  # fmt: skip
                raise InvalidValue("api_key", tr("Copy the key from the server's config.yaml (client → api_key)."))
        except InvalidValue as problem:
            self._say(problem.path, sentence(problem))
            self.lines[problem.path].setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        name = texts["name"] or address.partition("://")[2]
        return replace(known or Server(new_id(), "", "", ""), name=name, address=address, api_key=texts["api_key"],
                       page=page, ca_file=texts["ca_file"])  # fmt: skip

    def may_keep_secret(self, server: Server, known: Server | None) -> bool:
        """Whether the secret is given, or left as it is for the same account; otherwise ask for it."""
        if self.secret.secret() is not None:
            return True
        if not self.secret.is_empty():
            self.secret.ask_for(tr("This cannot be a secret. Copy it again from the server's config.yaml "
                                   "(client → secret)."))  # fmt: skip
            return False
        if known is not None and known.account == server.account:
            return True
        self.secret.ask_for(tr("Type the API secret of this key. It is in the server's config.yaml "
                               "(client → secret)."))  # fmt: skip
        return False


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, _CAPTION_PX)
    return grid
