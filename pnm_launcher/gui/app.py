"""Builds every object of the program once, by hand, and connects them."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from pnm_launcher import __version__
from pnm_launcher.errors import StoreError
from pnm_launcher.paths import APP, config_folder, meetings_file, resource

from .environment import disarm
from .jobs import Jobs
from .library import Library
from .main_window import MainWindow
from .shelf import Shelf
from .theme import Theme


class Program:
    """What the first paint needs is made at once; the rest by `furnish`, when the window is on the screen."""

    def __init__(self, app: QApplication) -> None:
        self.jobs = Jobs()
        self.library = Library(meetings_file(), self.jobs)
        self.settings = QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow()
        self.shelf = Shelf(self.window, self.library, self.settings)
        self.window.restore_place(self.settings)
        self.window.closing.connect(self.close)
        self.theme = Theme(app)

    def furnish(self) -> None:
        """Make the form and everything that joins meetings."""
        from .furniture import Furniture

        self.furniture = Furniture(self)

    def close(self) -> None:
        """Save what waits, close the meetings, and end what runs behind the scenes. May be called twice."""
        self.shelf.remember()
        self.window.save_place(self.settings)
        if hasattr(self, "furniture"):
            self.furniture.close()
        try:
            self.library.flush()
        except StoreError as error:
            self.window.banner.show_error(error)
        self.jobs.close()


def make_application(arguments: list[str]) -> QApplication:
    """The application, with nothing from outside that could change the web engine's safety."""
    disarm()
    app = QApplication(arguments[:1])
    app.setStyle("Fusion")
    app.setApplicationName(APP)
    app.setApplicationDisplayName("plugNmeet Launcher")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP)
    _translate(app)
    return app


def _translate(app: QApplication) -> None:
    if QLocale().language() == QLocale.Language.English:
        return
    for name, folder in ((APP, str(resource("i18n"))),
                         ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))):  # fmt: skip
        translator = QTranslator(app)
        if translator.load(QLocale(), name, "_", folder):
            app.installTranslator(translator)


def main(first: Callable[[Program], object] = bool) -> int:
    """Run the window until it is closed. `first` is called once everything is made."""
    app = make_application(sys.argv)
    program = Program(app)
    program.window.show()

    def after_paint() -> None:
        program.furnish()
        first(program)

    QTimer.singleShot(0, after_paint)
    return app.exec()
