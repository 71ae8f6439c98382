"""Asks for a server's API secret: into the keyring, or for this session only."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.meetings import Server

from .secret_field import SecretField


class SecretDialog(Dialog):
    """Its button waits until what was typed can be a secret."""

    def __init__(self, server: Server, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("API secret"))
        self.setMinimumWidth(520)
        self.field = SecretField()
        self.session_only = Tick(tr("For this session only"))
        self._where = label(tr("Looking for your keyring…"), "muted", wrap=True)
        self._save = button(tr("Use this secret"), "primary", name="save-secret")
        self._save.setDefault(True)
        self._save.setEnabled(False)
        cancel = button(tr("Cancel"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 24)
        layout.setSpacing(12)
        layout.addWidget(label(tr("API secret of {name}").format(name=server.name), "heading"))
        layout.addWidget(self._where)
        layout.addWidget(self.field)
        layout.addWidget(self.session_only)
        layout.addLayout(row(1, cancel, self._save))
        self._save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.field.changed.connect(lambda: self._save.setEnabled(self.field.secret() is not None))

    def show_keyring(self, name: str) -> None:
        """Say where the secret will be: the keyring's name, or "" where none can be used."""
        self._where.setText(
            tr("It is kept in {keyring}, never in a file.").format(keyring=translate(name)) if name
            else tr("No keyring is at hand, so the secret is forgotten when the program ends.")
        )  # fmt: skip
        self.session_only.setChecked(not name)
        self.session_only.setEnabled(bool(name))
