"""A meeting's page is light or dark as the program is, and changes with it.

In a program of its own, as on a desktop that knows light and dark: that is found out once, at the start.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from meeting_pages import HELLO

from pnm_launcher.gui.meeting import page_window

PROGRAM = """
import json, sys
from PySide6.QtCore import Qt, QTimer
from pnm_launcher.address import parse_address
from pnm_launcher.gui.app import make_application
from pnm_launcher.gui.theme import DARK, Theme
from pnm_launcher.links import Link

app = make_application(sys.argv)
theme = Theme(app)
from pnm_launcher.gui.meeting.meeting_window import MeetingWindow

LOOK = "matchMedia('(prefers-color-scheme: dark)').matches + ' ' + getComputedStyle(document.body).backgroundColor"
schemes = [Qt.ColorScheme[name] for name in sys.argv[2].split()]
seen = []

def choose():
    theme.choose(schemes[len(seen)])
    look(200)

def look(times):
    QTimer.singleShot(50, lambda: window.page.runJavaScript(LOOK, lambda found: note(found, times)))

def note(found, times):
    if times and found.startswith("true") != (theme.tokens == DARK):
        look(times - 1)
        return
    seen.append([theme.tokens == DARK, found])
    if len(seen) < len(schemes):
        choose()
    else:
        print(json.dumps(seen), flush=True)
        window.close()

theme.choose(schemes[0])
window = MeetingWindow(Link(parse_address(sys.argv[1]), "token", "", "r", None), "Maths")
window.show()
window.page_loaded.connect(choose)
sys.exit(app.exec())
"""
PAGE = HELLO + "<style>body { background: white } @media (prefers-color-scheme: dark) { body { background: black } }"
KDE = {"XDG_CURRENT_DESKTOP": "KDE", "KDE_FULL_SESSION": "true", "KDE_SESSION_VERSION": "5"}
SEEN = {"Dark": [True, "true rgb(0, 0, 0)"], "Light": [False, "false rgb(255, 255, 255)"]}


@pytest.mark.parametrize("schemes", ["Dark", "Light", "Light Dark Light"])
def test_the_page_is_as_light_or_dark_as_the_program(tmp_path, pages, schemes):
    pages.answers["/"] = PAGE
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    surroundings = os.environ | KDE | {"PYTHONPATH": str(Path(page_window.__file__).parents[3])}
    command = [sys.executable, str(script), pages.origin, schemes]
    ended = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == [SEEN[name] for name in schemes.split()]
