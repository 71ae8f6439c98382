"""Translation of what the windows show."""

from PySide6.QtCore import QCoreApplication

from pnm_launcher.texts import Worded


def tr(text: str) -> str:
    """A literal in the user's language; `pyside6-lupdate` collects the literals passed to it."""
    return QCoreApplication.translate("", text)


def translate(text: str) -> str:
    """A text that the core marked, in the user's language, with its details. What others wrote stays as it is."""
    if not isinstance(text, Worded):
        return text
    words = QCoreApplication.translate("", text.template)
    if text.details is not None:
        words = words.format_map({name: translate(detail) if isinstance(detail, str) else detail
                                  for name, detail in text.details.items()})  # fmt: skip
    return words.rstrip(".") if text.clause else words
