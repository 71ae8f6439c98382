"""Translation of what the windows show."""

from PySide6.QtCore import QCoreApplication

from pnm_launcher.errors import LauncherError


def tr(text: str) -> str:
    """A literal in the user's language; `pyside6-lupdate` collects the literals passed to it."""
    return QCoreApplication.translate("", text)


translate = tr
"""The same for texts that were marked elsewhere: labels of the table, sentences of errors."""


def sentence(error: LauncherError) -> str:
    """What happened, translated before the details are filled in."""
    template = getattr(error, "template", error.sentence)
    return translate(template).format_map(error.details)


def next_step(error: LauncherError) -> str:
    return translate(error.hint).format_map(error.details)
