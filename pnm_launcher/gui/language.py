"""The language of the windows: the first of those that the user asked the system for in which there are texts."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from pnm_launcher.paths import APP, resource

_SPOKEN = "spokenLanguage"
_OURS = (QLocale.Language.English, QLocale.Language.C)
"""What the program speaks by itself."""


def translate_application(app: QApplication) -> None:
    """Install our translation and Qt's own for the same language, or neither, so that no window speaks two."""
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        if locale.language() in _OURS:
            return
        if _install(app, locale, APP, str(resource("i18n"))):
            _install(app, locale, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            app.setProperty(_SPOKEN, locale.bcp47Name())
            return


def spoken_language() -> str:
    """The language of the windows for other programs, as in `lang` of HTML; dates and numbers may follow another."""
    app = QApplication.instance()
    return str((app and app.property(_SPOKEN)) or "en")


def _install(app: QApplication, locale: QLocale, name: str, folder: str) -> bool:
    translator = QTranslator(app)
    return translator.load(locale, name, "_", folder) and app.installTranslator(translator)
