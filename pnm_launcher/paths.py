"""Where files are: the user's folders, and the program's own resources. And patience with files that are in use."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

_PACKAGE: Final = Path(__file__).parent
APP: Final = "pnm-launcher"
_PATIENCE: Final = 1.0 if sys.platform == "win32" else 0.0
"""Seconds. Windows lets nobody replace or rename a file while another program reads it (a virus scanner, a backup,
another of our programs), and nobody open it at that very moment. Other systems know no such wait."""
_PAUSE: Final = 0.02
_T = TypeVar("_T")


def resource(name: str) -> Path:
    """A file of `resources/`: beside the package in a checkout, inside it when installed."""
    inside = _PACKAGE / "resources"
    return (inside if inside.is_dir() else _PACKAGE.parent / "resources") / name


def config_folder() -> Path:
    """The folder of the saved meetings; `PNM_LAUNCHER_HOME` moves it, for tests and portable use."""
    if home := os.environ.get("PNM_LAUNCHER_HOME"):
        return Path(home)
    from platformdirs import user_config_path  # only where no folder was given: 30 ms

    return user_config_path(APP, appauthor=False)


def meetings_file() -> Path:
    return config_folder() / "meetings.json"


def when_free(step: Callable[[], _T], patience: float = _PATIENCE) -> _T:
    """Take one step with a file, again and again while another program is in its way; raises what it last raised."""
    late = time.monotonic() + patience
    while True:
        try:
            return step()
        except PermissionError:
            if time.monotonic() >= late:
                raise
        time.sleep(_PAUSE)
