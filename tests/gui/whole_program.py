"""The whole program in a process of its own, with its own folders, in three windows: two meetings and a room."""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pnm_launcher

SCRIPT = """
import json, sys
from PySide6.QtCore import QSocketNotifier, QTimer
from pnm_launcher.gui.app import Program, make_application

app = make_application(sys.argv)
from pnm_launcher.gui.meeting import page_window
from pnm_launcher.gui.meeting.meeting_profile import MeetingProfile

tokens, hand_over = [], MeetingProfile.hand_over

def listen(profile, link):
    tokens.append(link.token)
    hand_over(profile, link)

MeetingProfile.hand_over = listen
program = Program(app)
program.window.show()
program.furnish()
parts = program.furniture
KEEP = "localStorage.kept = document.cookie, sessionStorage.kept = document.cookie, indexedDB.open(document.cookie), "

def look():
    loaded = [window for window in page_window._open if window.loaded]
    if len(loaded) == look.wanted:
        look.wanted += 1
        if len(loaded) == 1:
            loaded[0].other_side_requested.emit()
        elif len(loaded) == 2:
            loaded[0].page.runJavaScript(KEEP + "open(location.href)")
        else:
            timer.stop()
            pids = [window.page.renderProcessPid() for window in loaded]
            secret = parts.connections._practice.get().secret
            print(json.dumps({"secrets": [*tokens, secret], "pids": pids}), flush=True)

def obey():
    word = sys.stdin.readline().strip()
    for window in list(page_window._open):
        window.close()
    if word == "quit":
        program.window.close()
        app.quit()

look.wanted = 1
timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
orders = QSocketNotifier(0, QSocketNotifier.Type.Read)
orders.activated.connect(obey)
parts.desk.try_it_now()
sys.exit(app.exec())
"""
FOLDERS = {"HOME": "home", "TMPDIR": "temp", "PNM_LAUNCHER_HOME": "config", "XDG_CACHE_HOME": "cache"}


@dataclass
class Whole:
    """`secrets` are the tokens of both meetings and the secret they are signed with, `pids` the windows' renderers."""

    folder: Path
    process: subprocess.Popen[str]
    secrets: list[str]
    pids: list[int]

    @classmethod
    def start(cls, folder: Path, *arguments: str, **environment: str) -> "Whole":
        folders = {name: str(folder / place) for name, place in FOLDERS.items()}
        for place in folders.values():
            Path(place).mkdir()
        place = str(Path(pnm_launcher.__file__).parents[1])
        said = (folder / "said.txt").open("w")
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *arguments], env=os.environ | {"PYTHONPATH": place} | folders | environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True,
        )  # fmt: skip
        said.close()
        line = process.stdout.readline()
        assert line, (folder / "said.txt").read_text()
        return cls(folder, process, **json.loads(line))

    def order(self, word: str) -> None:
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def family(self) -> set[int]:
        """The process with all that it started, and what those started."""
        return family(self.process.pid)

    def renderers(self) -> set[int]:
        return {pid for pid in self.family() if b"--type=renderer" in read(f"/proc/{pid}/cmdline")}

    def findings(self) -> list[str]:
        """Every place on this computer where one of the secrets can be read."""
        places = [str(path) for path in self.folder.rglob("*") if path.is_file()]
        places += [str(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
        places += [f"/proc/{pid}/environ" for pid in self.family()]
        wanted = [form for secret in self.secrets for form in (secret.encode(), secret.encode("utf-16-le"))]
        return [place for place in places if any(form in read(place) for form in wanted)]

    def end(self) -> int:
        """Leave the meetings and quit; the exit code."""
        self.order("quit")
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.process.stdin.close()
            self.process.stdout.close()


def read(path: str) -> bytes:
    """What may be read of a file; processes end while one looks, and renderers show nobody their environment."""
    with suppress(OSError):
        return Path(path).read_bytes()
    return b""


def family(pid: int) -> set[int]:
    found = {pid}
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found |= family(int(child))
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that still run; what has ended may still wait for its parent to hear of it."""
    stats = {pid: read(f"/proc/{pid}/stat").rpartition(b")")[2].split() for pid in pids}
    return {pid for pid, words in stats.items() if words and words[0] not in (b"Z", b"X")}


def seconds_until(done, most: float = 10.0) -> float:
    started = time.monotonic()
    while not done() and time.monotonic() - started < most:
        time.sleep(0.02)
    return time.monotonic() - started
