"""About the program: its version, how old the web engine's security fixes are, and whether there is a newer version."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pnm_launcher import product, updates
from pnm_launcher.errors import LauncherError
from pnm_launcher.session import Session
from pnm_launcher.updates import Release

from .dialogs import Dialog
from .faults import next_step, sentence
from .jobs import Jobs
from .outside import open_outside
from .parts import button, card, label, row
from .texts import tr

_OLD_DAYS = 60
"""Chromium mends holes that are being used every two to four weeks."""


class AboutDialog(Dialog):
    """Asks the address of updates only when told to; without an address it cannot."""

    def __init__(self, address: str, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._address, self._jobs = address, jobs
        self.setWindowTitle(tr("About this program"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(product.NAME, "heading"))
        layout.addWidget(label(tr("Free software under the MIT licence. The libraries inside have licences of their "
                                  "own."), "muted", wrap=True))  # fmt: skip
        self._facts = facts()
        frame, inside = card()
        inside.addLayout(self._grid())
        layout.addWidget(frame)
        self.news = label("", wrap=True)
        self.news.hide()
        layout.addWidget(self.news)
        layout.addStretch(1)
        copy, close = button(tr("Copy"), name="about-copy"), button(tr("Close"), "primary", name="about-close")
        self.look = button(tr("Look for a newer version"), name="about-look")
        self.get = button(tr("Open its download"), name="about-get")
        self.look.setVisible(bool(address))
        self.get.hide()
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        self.look.clicked.connect(self.ask)
        layout.addLayout(row(copy, 1, self.get, self.look, close))
        close.setFocus()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, (name, text) in enumerate(self._facts):
            value = label(text, wrap=True)
            value.setAccessibleName(f"{name}: {text}")
            grid.addWidget(label(name, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1)
        return grid

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {text}" for name, text in self._facts))

    def ask(self) -> None:
        """Ask for the newest version now."""
        self.look.setEnabled(False)
        self._say(tr("Asking…"))
        self._jobs.run(partial(_newest, self._address), self._told, self._failed, owner=self)

    def _told(self, release: Release) -> None:
        self.look.setEnabled(True)
        if not release.is_newer:
            self._say(tr("You have the newest version."))
            return
        changes = "".join(f"\n• {line}" for line in release.changes)
        self._say(tr("Version {version} is there.").format(version=release.version) + changes)
        self.look.hide()
        self.get.show()
        self.get.clicked.connect(lambda: open_outside(QUrl(release.download)))

    def _failed(self, error: LauncherError) -> None:
        self.look.setEnabled(True)
        self._say(f"{sentence(error)} {next_step(error)}")

    def _say(self, text: str) -> None:
        self.news.setText(text)
        self.news.setVisible(bool(text))


def facts(now: datetime | None = None) -> list[tuple[str, str]]:
    """What one wants to know for a report, name by name."""
    found = [(tr("Version"), tr("{version} ({form})").format(version=product.VERSION, form=updates.form())),
             (tr("Qt"), qVersion())]  # fmt: skip
    try:
        from PySide6.QtWebEngineCore import qWebEngineChromiumSecurityPatchVersion, qWebEngineChromiumVersion
    except ImportError:
        return [*found, (tr("Web engine"), tr("none: meetings open in your browser"))]
    patches = qWebEngineChromiumSecurityPatchVersion()
    engine = tr("Chromium {version}, with security fixes up to {patches}")
    return [*found, (tr("Web engine"), engine.format(version=qWebEngineChromiumVersion(), patches=patches)),
            (tr("Age of the fixes"), _age(now or datetime.now(UTC)))]  # fmt: skip


def engine_days(now: datetime) -> int | None:
    """Days since the web engine was built, with the fixes of that day; None if it does not say."""
    try:
        from PySide6 import _config

        return (now - datetime.fromisoformat(_config.__build_date__)).days
    except (ImportError, AttributeError, ValueError):
        return None


def _age(now: datetime) -> str:
    days = engine_days(now)
    if days is None:
        return tr("not known")
    text = tr("1 day") if days == 1 else tr("{count} days").format(count=max(0, days))
    return text if days <= _OLD_DAYS else tr("{age}: look for a newer version of this program").format(age=text)


def _newest(address: str) -> Release:
    with Session() as session:
        return updates.newest(address, session)
