"""The widest gap of the event loop while joining, with slow, dead and locked keyrings and slow and dead servers.

A timer beats every 10 ms in the real program; the gap is the longest time between two beats from the click on Join
until the meeting is open or the fault is shown. Run on a desktop of its own (`scripts/desktop`).
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

os.environ["PNM_LAUNCHER_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QMessageBox

from pnm_launcher.gui.app import Program, make_application
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.meetings import Meeting, Server
from pnm_launcher.practice.server import PracticeServer

TARGET_MS = 100


class Heart:
    """Beats every 10 ms and remembers the widest gap."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._beat)
        self.widest, self._last = 0.0, time.perf_counter()

    def start(self) -> None:
        self.widest, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        self._timer.stop()
        return self.widest * 1000

    def _beat(self) -> None:
        now = time.perf_counter()
        self.widest = max(self.widest, now - self._last)
        self._last = now


@contextmanager
def through(port: int, delay: float | None) -> Iterator[int]:
    """A way to a server on this computer that delays each answer, or (None) never lets one through; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    here = listener.getsockname()[1]

    def carry(one: socket.socket, other: socket.socket, wait: float) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                time.sleep(wait)
                other.sendall(data.replace(b"localhost:%d" % here, b"localhost:%d" % port))
            other.shutdown(socket.SHUT_WR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                if delay is None:
                    keep.append(client)
                    continue
                server = socket.create_connection(("127.0.0.1", port))
                for pair in ((client, server, 0.0), (server, client, delay)):
                    threading.Thread(target=carry, args=pair, daemon=True).start()

    keep: list[socket.socket] = []
    threading.Thread(target=serve, daemon=True).start()
    yield here
    listener.close()


@contextmanager
def stopped_keyring() -> Iterator[None]:
    """The keyring's service is there and never answers."""
    found = subprocess.run(["pgrep", "-u", str(os.getuid()), "-f", "gnome-keyring-daemon"], capture_output=True,
                           text=True, check=True).stdout.split()  # fmt: skip
    mine = [int(pid) for pid in found if os.environ["HOME"] in _environ(pid)]
    for pid in mine:
        os.kill(pid, signal.SIGSTOP)
    yield
    for pid in mine:
        os.kill(pid, signal.SIGCONT)


def _environ(pid: str) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/environ").read_text("utf-8", "replace")
    return ""


@contextmanager
def locked_keyring() -> Iterator[None]:
    import secretstorage

    with secretstorage.dbus_init() as bus:
        secretstorage.get_default_collection(bus).lock()
    yield


class Bench:
    def __init__(self) -> None:
        self.app = make_application(["bench"])
        self.program = Program(self.app)
        self.program.window.show()
        self.pause(200)
        self.program.furnish()
        self.parts = self.program.furniture
        self.pause(4000)
        self.heart = Heart()
        self.worst = 0.0

    def pause(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def until(self, done: Callable[[], object], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            self.pause(20)
        return bool(done())

    def join(self, name: str, server: Server, *, opens: bool, cancel_after: float = 0) -> None:
        meeting = Meeting(name, name, server.id, {"room_id": "bench", "user_info.name": "Ana",
                          "user_info.user_id": "ana", "user_info.is_admin": True})  # fmt: skip
        self.parts.library.apply(lambda book: book.with_server(server).with_meeting(meeting))
        self.parts.shelf.choose(meeting.id)
        self.pause(1500)
        self.program.window.banner.hide()
        self.heart.start()
        self.program.window.join.click()
        if cancel_after:
            self.pause(int(cancel_after * 1000))
            self.program.window.cancel.click()
        reached = self.until(lambda: self.answered(meeting, opens=opens), 40)
        self.pause(1500 if opens else 0)
        gap = self.heart.stop()
        self.worst = max(self.worst, gap)
        told = self.program.window.banner.text()[:60]
        print(f"  {'ok    ' if gap <= TARGET_MS and reached else 'MISSED'}  {name}: widest gap {gap:.0f} ms"
              f" ({'opened' if opens and reached else told or 'nothing happened'})", flush=True)  # fmt: skip
        if not reached:
            self.worst = float("inf")
        self.parts.opening.close_all()
        self.parts.library.apply(lambda book: book.without_meeting(meeting.id))

    def answered(self, meeting: Meeting, *, opens: bool) -> bool:
        for box in self.program.window.findChildren(QMessageBox):
            if box.isVisible():
                box.defaultButton().click()
        if opens:
            window = self.parts.opening.window(meeting.id)
            return bool(getattr(window, "loaded", False))
        return not self.parts.joining.under_way


def main() -> int:
    practice = PracticeServer.start()
    port = int(practice.address.rpartition(":")[2])

    def server(name: str, at: int) -> Server:
        made = Server(name, name, f"http://localhost:{at}", practice.api_key)
        KeyringSecrets().put(made, practice.secret)
        return made

    print("widest gap of the event loop while joining (10 ms beat)")
    with through(port, 1.0) as slow, through(port, None) as dead:
        good, late, never = server("good", port), server("late", slow), server("never", dead)
        bench = Bench()
        bench.join("all well", good, opens=True)
        bench.join("slow server (1 s an answer)", late, opens=True)
        bench.join("dead server, cancelled after 3 s", never, opens=False, cancel_after=3)
        with stopped_keyring():
            bench.join("dead keyring", good, opens=False)
        with locked_keyring():
            bench.join("locked keyring", good, opens=False)
    bench.program.window.close()
    met = bench.worst <= TARGET_MS
    print(f"  {'ok    ' if met else 'MISSED'}  widest of all: {bench.worst:.0f} ms (target ≤ {TARGET_MS} ms)")
    sys.stdout.flush()
    os._exit(0 if met else 1)


if __name__ == "__main__":
    sys.exit(main())
