"""The program speaks the language that its user asked the system for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPOKEN = """
from pnm_launcher.gui.app import make_application
app = make_application(["pnm-launcher"])
from PySide6.QtCore import QCoreApplication
from pnm_launcher.gui.language import spoken_language
from pnm_launcher.gui.texts import tr
print(tr("Join"), QCoreApplication.translate("QPlatformTheme", "Cancel"), spoken_language().partition("-")[0], sep="|")
"""
GERMAN, ENGLISH = "Beitreten|Abbrechen|de", "Join|Cancel|en"


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ({"LC_ALL": "de_DE.UTF-8"}, GERMAN),
        ({"LANG": "de_AT.UTF-8"}, GERMAN),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, GERMAN),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "pt:de:en"}, GERMAN),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "en"}, ENGLISH),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, ENGLISH),
        ({"LANG": "eo.UTF-8", "LANGUAGE": "eo:en:de"}, ENGLISH),
        ({"LANG": "eo.UTF-8"}, ENGLISH),
        ({"LANG": "C.UTF-8"}, ENGLISH),
        ({}, ENGLISH),
    ],
    ids=str,
)
def test_the_windows_speak_the_first_wanted_language_that_they_know(wanted, spoken):
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    environment = {**ours, **wanted, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SPOKEN]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == spoken
