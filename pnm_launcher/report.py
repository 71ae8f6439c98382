"""The text of a report about a bug: what a maintainer needs, and no secret, token or path of the user."""

import platform
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from . import __version__, log


def bug_report(error: BaseException) -> str:
    """Versions, the redacted traceback (without the values of variables) and the newest log lines."""
    trace = "".join(traceback.format_exception(error))
    lines = [
        f"pnm-launcher {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        *(f"{name} {_version(name)}" for name in ("PySide6_Addons", "requests", "keyring")),
        f"frozen: {bool(getattr(sys, 'frozen', False))}",
        "",
        trace,
        *log.recent()[-50:],
    ]
    return log.redact("\n".join(lines)).replace(str(Path.home()), "~")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
