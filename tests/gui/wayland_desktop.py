"""A Wayland desktop without a screen (sway), a mouse on it, and the whole program there as a process of its own."""

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pnm_launcher

SIZE = (1400, 900)
CONFIG = f"""
output HEADLESS-1 resolution {SIZE[0]}x{SIZE[1]}
output HEADLESS-1 bg #335577 solid_color
for_window [app_id=".*"] floating enable
default_floating_border none
focus_on_window_activation focus
xwayland disable
"""
SCRIPT = """
import json, os, sys
from PySide6.QtCore import QSocketNotifier
from pnm_launcher.__main__ import _receive
from pnm_launcher.gui import app as application

known, make = {}, application.make_application

def make_application(arguments):
    made = make(arguments)
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] += " --use-fake-device-for-media-stream"
    known["app"] = made
    return made

def answer(value):
    print(json.dumps(value), flush=True)

def obey():
    order, _, what = sys.stdin.readline().strip().partition(" ")
    if order == "page":
        page = known["windows"]()[-1].page
        page.runJavaScript(f"JSON.stringify({what})", lambda text: answer(text and json.loads(text)))
    else:
        answer(eval(what, known))

def windows():
    there = getattr(sys.modules.get("pnm_launcher.gui.meeting.page_window"), "_open", ())  # or half imported
    return [window for window in there if window.loaded]

def first(program):
    known.update(program=program, parts=program.furniture, windows=windows)
    _receive(program, "")
    known["orders"] = QSocketNotifier(0, QSocketNotifier.Type.Read)
    known["orders"].activated.connect(obey)
    answer("ready")

application.make_application = make_application
sys.exit(application.main(first))
"""
WAIT = 30.0


def wait_until(done: Callable[[], Any], most: float = WAIT) -> Any:
    """What `done` gives as soon as that is something."""
    end = time.monotonic() + most
    while not (found := done()):
        assert time.monotonic() < end, f"waited in vain for {done}"
        time.sleep(0.05)
    return found


class Mouse:
    """A pointer that the compositor takes for a real one (wlr-virtual-pointer), in the words of Wayland's wire."""

    def __init__(self, path: Path) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(str(path))
        self._line.settimeout(WAIT)
        self._last, self._globals = 1, dict[str, int]()
        self._registry = self._new()
        self._say(1, 1, struct.pack("I", self._registry))
        self._listen()
        seat, manager = self._bind("wl_seat"), self._bind("zwlr_virtual_pointer_manager_v1")
        self._pointer = self._new()
        self._say(manager, 0, struct.pack("II", seat, self._pointer))
        self._listen()

    def click(self, x: int, y: int) -> None:
        for place in (x - 1, x):
            self._say(self._pointer, 1, struct.pack("IIIII", self._now(), place, y, *SIZE))
            self._done()
        for pressed in (1, 0):
            self._say(self._pointer, 2, struct.pack("III", self._now(), 0x110, pressed))
            self._done()

    def close(self) -> None:
        self._line.close()

    def _now(self) -> int:
        return int(time.monotonic() * 1000) & 0xFFFFFFFF

    def _done(self) -> None:
        self._say(self._pointer, 4, b"")
        self._listen()

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _bind(self, name: str) -> int:
        made, text = self._new(), name.encode() + b"\0"
        text = struct.pack("I", len(text)) + text + b"\0" * (-len(text) % 4)
        self._say(self._registry, 0, struct.pack("I", self._globals[name]) + text + struct.pack("II", 1, made))
        return made

    def _say(self, about: int, what: int, body: bytes) -> None:
        self._line.sendall(struct.pack("II", about, (len(body) + 8) << 16 | what) + body)

    def _listen(self) -> None:
        """Until the compositor has heard everything."""
        end = self._new()
        self._say(1, 0, struct.pack("I", end))
        about = 0
        while about != end:
            about, size = struct.unpack("II", self._line.recv(8, socket.MSG_WAITALL))
            body = self._line.recv((size >> 16) - 8, socket.MSG_WAITALL)
            assert (about, size & 0xFFFF) != (1, 0), body
            if about == self._registry and size & 0xFFFF == 0:
                number, length = struct.unpack_from("II", body)
                self._globals[body[8 : 7 + length].decode()] = number


class Desktop:
    """`environment` is what a program needs to be shown there; the session does not say that it is Wayland, as where
    sway is started from a text console."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "config").write_text(CONFIG)
        drop = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        plain = {name: value for name, value in os.environ.items() if name not in drop}
        self.environment = plain | {
            "XDG_RUNTIME_DIR": str(folder), "SWAYSOCK": str(folder / "sway.sock"), "XDG_SESSION_TYPE": "tty",
            "PNM_LAUNCHER_HOME": str(folder / "home"), "PYTHONPATH": str(Path(pnm_launcher.__file__).parents[1]),
        }  # fmt: skip
        headless = {"WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
        with (folder / "sway.log").open("w") as log:
            command = ["sway", "--config", str(folder / "config")]
            self._sway = subprocess.Popen(command, env=self.environment | headless, stdout=log, stderr=log)
        place = wait_until(lambda: [each for each in folder.glob("wayland-?") if each.is_socket()])[0]
        wait_until((folder / "sway.sock").is_socket)
        self.environment["WAYLAND_DISPLAY"] = place.name
        self.mouse = Mouse(place)

    def close(self) -> None:
        self.mouse.close()
        self._sway.terminate()
        self._sway.wait(10)

    def windows(self) -> list[dict[str, Any]]:
        def inside(node: dict[str, Any]) -> list[dict[str, Any]]:
            nodes = [found for each in node["nodes"] + node["floating_nodes"] for found in inside(each)]
            return [node, *nodes] if node.get("pid") else nodes

        return inside(json.loads(self._told("swaymsg", "-t", "get_tree")))

    def front(self) -> str:
        """The title of the window with the keyboard."""
        return next((each["name"] for each in self.windows() if each["focused"]), "")

    def color(self, x: int, y: int) -> str:
        """What is really seen there."""
        picture = self._told("grim", "-t", "ppm", "-g", f"{x},{y} 1x1", "-")
        return "#" + picture[-3:].hex()

    def _told(self, *command: str) -> bytes:
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=WAIT).stdout


class Program:
    """The program on such a desktop, asked from outside."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self._said = (desktop.folder / "said.txt").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT], env=desktop.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self._said, text=True,
        )  # fmt: skip
        assert self._answer() == "ready"

    def ask(self, expression: str) -> Any:
        """The value of an expression of Python, in the program."""
        return self._order(f"ask {expression}")

    def page(self, expression: str) -> Any:
        """The value of an expression of JavaScript, in the page of the newest meeting."""
        return self._order(f"page {expression}")

    def click(self, widget: str) -> None:
        """A real click on a widget of the window with the keyboard."""
        x, y = self.ask(f"{widget}.mapTo({widget}.window(), {widget}.rect().center()).toTuple()")
        place = next(each["rect"] for each in self.desktop.windows() if each["focused"])
        self.desktop.mouse.click(place["x"] + x, place["y"] + y)

    def start_again(self) -> int:
        """What a second double-click does; its exit code."""
        command = [sys.executable, "-m", "pnm_launcher"]
        return subprocess.run(command, env=self.desktop.environment, check=False, timeout=WAIT).returncode

    def close(self) -> None:
        self.process.kill()
        self.process.wait(10)
        for stream in (self.process.stdin, self.process.stdout, self._said):
            stream.close()

    def _order(self, line: str) -> Any:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        line = self.process.stdout.readline()
        assert line, (self.desktop.folder / "said.txt").read_text()
        return json.loads(line)


@contextmanager
def wayland_program() -> Iterator[Program]:
    folder = Path(tempfile.mkdtemp())  # a socket's path may not be long
    desktop = Desktop(folder)
    program = Program(desktop)
    try:
        yield program
    finally:
        program.close()
        desktop.close()
        shutil.rmtree(folder, ignore_errors=True)
