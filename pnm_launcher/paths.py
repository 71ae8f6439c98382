"""Where files are: the user's folders, and the program's own resources."""

import os
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
APP: Final = "pnm-launcher"


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
