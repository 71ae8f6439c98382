"""The start: a window on the screen as soon as can be, then everything else."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from pnm_launcher import __version__

from .environment import disarm
from .main_window import MainWindow
from .theme import Theme

if TYPE_CHECKING:
    from .furniture import Furniture

_APP = "pnm-launcher"


class Program:
    """What the first paint needs is made at once; the rest by `furnish`, when the window is on the screen."""

    furniture: "Furniture"

    def __init__(self, app: QApplication) -> None:
        self.settings = _window_settings()
        self.window = MainWindow()
        self.window.restore_place(self.settings)
        if self.settings.value("welcome") != "false":
            self.window.show_welcome()
        self.theme = Theme(app)

    def furnish(self) -> None:
        """Read the meetings, make the form and everything that joins them."""
        from .furniture import Furniture

        self.furniture = Furniture(self.window, self.settings)
        self.window.closing.connect(self.furniture.close)


def _window_settings() -> QSettings:
    """Where the window was; beside the meetings where their folder was moved, else where the system keeps such.

    Its folder is for its owner alone: Qt would let everybody read which servers and devices are used.
    """
    if home := os.environ.get("PNM_LAUNCHER_HOME"):
        settings = QSettings(os.path.join(home, "window.ini"), QSettings.Format.IniFormat)  # noqa: PTH118 - no pathlib
    else:
        settings = QSettings(_APP, "window")
    if os.name == "posix":
        with suppress(OSError):  # then nothing can be written there either
            os.makedirs(os.path.dirname(settings.fileName()), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
    return settings


def make_application(arguments: list[str]) -> QApplication:
    """The application, with nothing from outside that could change the web engine's safety."""
    disarm()
    # Not by setStyle, which makes the style twice and takes 5 ms; removed again, so that browsers do not inherit it.
    os.environ["QT_STYLE_OVERRIDE"] = "Fusion"
    app = QApplication(arguments[:1])
    del os.environ["QT_STYLE_OVERRIDE"]
    app.setApplicationName(_APP)
    app.setApplicationDisplayName("plugNmeet Launcher")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(_APP)
    if QLocale(QLocale.system().uiLanguages()[0]).language() != QLocale.Language.English:
        from .language import translate_application

        translate_application(app)
    return app


def main(first: Callable[[Program], object] = bool) -> int:
    """Run the window until it is closed. `first` is called once everything is made.

    The modules of the furniture are imported in a thread, so that the painted window already answers.
    """
    app = make_application(sys.argv)
    program = Program(app)
    program.window.show()

    def furnish() -> None:
        program.furnish()
        first(program)

    def load() -> None:
        import_module("pnm_launcher.gui.furniture")
        QTimer.singleShot(0, app, furnish)

    def after_paint() -> None:
        from pnm_launcher.work import background  # the first paint needs no thread

        background(load, "furniture")

    QTimer.singleShot(0, after_paint)
    return app.exec()
