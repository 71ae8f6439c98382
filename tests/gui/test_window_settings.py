"""Where the program keeps what it remembers of its windows, in a program of its own."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os
os.umask(0o022)  # as most systems have it
from pnm_launcher.gui.app import Program, make_application
program = Program(make_application(["pnm-launcher"]))
program.settings.setValue("zoom/meet.school.example", "1.2")
program.settings.sync()
print(program.settings.fileName())
os._exit(0)
"""


@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "PNM_LAUNCHER_HOME"])
def test_other_users_cannot_read_which_servers_are_used(tmp_path, variable):
    surroundings = {name: value for name, value in os.environ.items() if name != "PNM_LAUNCHER_HOME"}
    surroundings |= {variable: str(tmp_path / "new"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=surroundings, capture_output=True, text=True, timeout=60)
    file = Path(done.stdout.strip())
    assert file.is_relative_to(tmp_path / "new"), done.stderr
    assert "meet.school.example" in file.read_text()
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
