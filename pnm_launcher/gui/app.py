"""Builds every object of the program once, by hand, and connects them."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from pnm_launcher import __version__, log, work
from pnm_launcher.connections import Connections
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.links import Link
from pnm_launcher.meetings import Meeting
from pnm_launcher.paths import APP, config_folder, meetings_file, resource

from . import engine
from .desk import Desk
from .jobs import Jobs
from .joining import Joining
from .library import Library
from .main_window import MainWindow
from .opening import Opening, Window
from .problems import Bugs
from .room_watch import RoomWatch
from .server_desk import ServerDesk
from .theme import Theme


class Program:
    """All parts, kept alive together. `window` is built and filled, and not yet shown."""

    def __init__(self, app: QApplication, secrets: KeyringSecrets | None = None) -> None:
        self.theme = Theme(app)
        self.jobs = Jobs()
        self.connections = Connections(secrets or KeyringSecrets())
        self.library = Library(meetings_file(), self.jobs)
        self.settings = QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow()
        self.bugs = Bugs(lambda: self.window)
        self.jobs.unhandled.connect(self.bugs.show)
        self.watch = RoomWatch(self.connections, self.jobs)
        self.opening = Opening(_meeting_window)
        self.joining = Joining(self.connections, self.jobs, self.window)
        self.servers = ServerDesk(self.window, self.library, self.connections, self.jobs)
        self.desk = Desk(self.window, self.library, self.joining, self.opening, self.watch, self.servers,
                         self.settings, self.jobs)  # fmt: skip
        self.window.restore_place(self.settings)

    def warm_up(self) -> None:
        """After the first paint: load what the first Join needs, outside the GUI thread."""
        work.background(_import_the_heavy, "warm-up")
        engine.preload()

    def close(self) -> None:
        self.opening.close_all()
        self.watch.stop()
        self.jobs.close()
        self.connections.close()


def _meeting_window(meeting: Meeting, link: Link) -> Window:
    from .meeting_window import MeetingWindow  # the web engine is not needed before a meeting opens

    language = str(meeting.join.get("user_info.user_metadata.preferred_lang", ""))
    return MeetingWindow(link, meeting.title, meeting_id=meeting.id, language=language)


def _import_the_heavy() -> None:
    import keyring.backends  # noqa: F401
    import requests  # noqa: F401


def make_application(arguments: list[str]) -> QApplication:
    """The application, with nothing from outside that could change the web engine's safety."""
    engine.prepare()
    app = QApplication(arguments[:1])
    app.setApplicationName(APP)
    app.setApplicationDisplayName("plugNmeet Launcher")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP)
    app.setWindowIcon(QIcon(str(resource("icons/pnm-launcher.svg"))))
    _translate(app)
    return app


def _translate(app: QApplication) -> None:
    for name, folder in ((APP, str(resource("i18n"))),
                         ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))):  # fmt: skip
        translator = QTranslator(app)
        if translator.load(QLocale(), name, "_", folder):
            app.installTranslator(translator)


def main(first: Callable[[Program], object] = bool) -> int:
    """Run the window until it is closed. `first` is called once it is shown."""
    log.start()
    app = make_application(sys.argv)
    program = Program(app)
    program.bugs.install()
    program.window.show()
    QTimer.singleShot(0, program.warm_up)
    QTimer.singleShot(0, lambda: first(program))
    try:
        return app.exec()
    finally:
        program.close()
