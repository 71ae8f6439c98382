"""Whether the web engine can run safely is found out in real surroundings, made with `unshare`."""

import subprocess
import sys
from pathlib import Path

import pytest

from pnm_launcher.gui.meeting import engine

CODE = "from pnm_launcher.gui.meeting.engine import unavailable_reason; print(unavailable_reason())"
USER = "--user --map-user=1000 --map-group=1000"
PYTHON = f'{sys.executable} -c "{CODE}"'


def reason(shell):
    """What the program says when it runs in the surroundings that this shell command makes."""
    place = str(Path(engine.__file__).parents[3])
    ended = subprocess.run(["bash", "-c", shell], cwd=place, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_an_ordinary_user_may_join_in_the_program():
    assert reason(PYTHON) == ""


def test_root_may_not():
    assert "started as root" in reason(f"unshare --user --map-root-user {PYTHON}")


def test_a_system_without_user_namespaces_may_not():
    shell = f"echo 0 >/proc/sys/user/max_user_namespaces; exec {PYTHON}"
    assert "user namespaces are switched off" in reason(f"unshare {USER} --keep-caps bash -c '{shell}'")


def test_user_namespaces_that_fail_for_another_reason_are_noticed_too():
    """The setting of this namespace looks fine; the limit is one level up."""
    inner = f"cat /proc/sys/user/max_user_namespaces >&2; exec {PYTHON}"
    outer = f"echo 1 >/proc/sys/user/max_user_namespaces; exec unshare {USER} bash -c '{inner}'"
    script = f"unshare {USER} --keep-caps bash <<'END'\n{outer}\nEND"
    assert "user namespaces are switched off" in reason(script)


def test_without_shared_memory_it_does_not_even_try():
    shell = f"mount -t tmpfs -o ro none /dev/shm; exec unshare {USER} {PYTHON}"
    assert "/dev/shm" in reason(f"unshare --user --map-root-user --mount bash -c '{shell}'")


@pytest.mark.parametrize(
    ("restricted", "profile", "refused"),
    [("1", "unconfined", True), ("1", "pnm-launcher", False), ("0", "unconfined", False), ("", "unconfined", False)],
)
def test_apparmor_may_forbid_it(monkeypatch, restricted, profile, refused):
    """Ubuntu's AppArmor takes the rights away that the sandbox needs, unless the program has a profile."""
    monkeypatch.setattr(engine, "_setting", lambda name: restricted if "apparmor" in name else "")
    monkeypatch.setattr(engine, "_apparmor_profile", lambda: profile)
    engine.unavailable_reason.cache_clear()
    assert ("AppArmor" in engine.unavailable_reason()) is refused
    engine.unavailable_reason.cache_clear()


@pytest.mark.parametrize("fault", [ImportError("DLL load failed while importing QtWebEngineCore"),
                                   ModuleNotFoundError("No module named 'PySide6.QtQuick'")])  # fmt: skip
def test_an_engine_whose_libraries_do_not_load_is_no_bug_but_a_reason(monkeypatch, fault):
    def no_engine(name):
        raise fault

    monkeypatch.setattr(engine, "_linux_reason", lambda: "")
    monkeypatch.setattr(engine, "import_module", no_engine)
    engine.unavailable_reason.cache_clear()
    assert "does not start on this system" in engine.unavailable_reason()
    engine.unavailable_reason.cache_clear()


WARM = """
import sys, time
from PySide6.QtCore import QTimer
from pnm_launcher.gui.app import make_application
from pnm_launcher.gui.meeting import engine

app = make_application(sys.argv)
engine.warm_up()
late = time.monotonic() + 30

def look():
    if engine.start.cache_info().currsize:
        print("started", "PySide6.QtWebEngineWidgets" in sys.modules)
        app.quit()
    elif time.monotonic() > late:
        app.quit()

print("PySide6.QtWebEngineWidgets" in sys.modules)
timer = QTimer(interval=10)
timer.timeout.connect(look)
timer.start()
sys.exit(app.exec())
"""


def test_it_starts_behind_the_scenes():
    ended = subprocess.run(
        [sys.executable, "-c", WARM], cwd=Path(engine.__file__).parents[3], capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[-1] == "started True"
