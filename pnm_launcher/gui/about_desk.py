"""The way to About, and the one question a day whether there is a newer version, where an address for it is set."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, QSettings, QTimer, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pnm_launcher import updates
from pnm_launcher.session import Session
from pnm_launcher.updates import Release

from .about import AboutDialog
from .jobs import Jobs
from .main_window import MainWindow
from .outside import open_outside
from .parts import button
from .texts import tr

_FIRST_MS = 20_000
"""After the start, when nobody waits for anything."""


class AboutDesk(QObject):
    """Off unless an address is set: by the site file, else by the user's settings (`updates/address`)."""

    def __init__(self, window: MainWindow, settings: QSettings, jobs: Jobs, site_address: str | None) -> None:
        super().__init__(window)
        self._window, self._settings, self._jobs = window, settings, jobs
        own = str(settings.value("updates/address", ""))
        self.address = own if site_address is None else site_address
        self.open_button = button(tr("About this program"), "account", name="about")
        self.open_button.clicked.connect(self.show)
        self._place(window.sidebar)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window).activated.connect(self.show)
        if self.address and settings.value("updates/asked", "") != _today():
            QTimer.singleShot(_FIRST_MS, self, self.ask)

    def _place(self, sidebar: QWidget) -> None:
        """Below everything else of the sidebar, also for the Tab key."""
        layout = sidebar.layout()
        before = layout.itemAt(layout.count() - 1) if layout else None
        if layout and before and (last := before.widget()):
            layout.addWidget(self.open_button)
            QWidget.setTabOrder(last, self.open_button)

    def show(self) -> AboutDialog:
        dialog = AboutDialog(self.address, self._jobs, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def ask(self) -> None:
        """Ask in silence: a fault is nobody's concern here, and the About dialog can ask aloud."""
        self._settings.setValue("updates/asked", _today())
        self._jobs.run(partial(_newest, self.address), self._told, lambda _: None, owner=self)

    def _told(self, release: Release) -> None:
        if release.is_newer and self._settings.value("updates/told", "") != release.version:
            self._settings.setValue("updates/told", release.version)
            self._window.banner.show_info(
                tr("Version {version} of this program is there.").format(version=release.version),
                release.changes[0] if release.changes else "",
                (tr("What is new"), lambda: self.show().ask()),
                (tr("Open its download"), lambda: open_outside(QUrl(release.download))),
            )


def _newest(address: str) -> Release:
    with Session() as session:
        return updates.newest(address, session)


def _today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d")
