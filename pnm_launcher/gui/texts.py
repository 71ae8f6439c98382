"""Translation of what the windows show."""

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """A literal in the user's language; `pyside6-lupdate` collects the literals passed to it."""
    return QCoreApplication.translate("", text)


translate = tr
"""The same for texts that were marked elsewhere: labels of the table, sentences of errors."""
