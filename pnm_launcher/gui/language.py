"""The language of the windows: the system's, where there is a translation."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from pnm_launcher.paths import APP, resource


def translate_application(app: QApplication) -> None:
    """Install our translation and Qt's own, where they exist."""
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((APP, str(resource("i18n"))), ("qtbase", qt)):
        translator = QTranslator(app)
        if translator.load(QLocale(), name, "_", folder):
            app.installTranslator(translator)
