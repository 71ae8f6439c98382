"""The time from a new value in a colour's field to the preview that shows it on the screen, over 300 changes.

Each change is one of those that the colour picker makes while one drags in it, at all moments of the screen's
beat. Two ends are told: the page has painted (a task after its animation frame), and the window has drawn that picture,
which every tenth change proves by a pixel of the screen. Run on a desktop (`scripts/desktop`).
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import cast

os.environ["PNM_LAUNCHER_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from pnm_launcher.gui.app import Program, make_application
from pnm_launcher.gui.form.color_editor import ColorEditor
from pnm_launcher.gui.studio.design_page import DesignPage
from pnm_launcher.gui.studio.design_preview import DesignPreview
from pnm_launcher.gui.studio.preview_view import PreviewView
from pnm_launcher.meetings import PRACTICE, Meeting

CHANGES = 300
FIELD = "header_bg_color"
JOIN = {"room_id": "bench", "user_info.name": "Ana", "user_info.user_id": "ana"}
NOTE_FRAMES = """
window.painted = [];
const restyle = preview.design;
preview.design = (...values) => {
  restyle(...values);
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => painted.push(performance.timeOrigin + performance.now());
    after.port2.postMessage(0);
  });
};
1
"""


class Watcher(QObject):
    """Notes when the web view was drawn."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.drawn = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.drawn = time.time_ns()
        return False


class Bench:
    def __init__(self) -> None:
        self.program = Program(make_application(sys.argv))
        self.program.window.show()
        self.pause(200)
        self.program.furnish()
        parts = self.program.furniture
        parts.shelf.put(Meeting("bench", "Bench", PRACTICE, JOIN))
        parts.form.show_page(2)
        page = parts.form.page(2)
        self.preview = cast(DesignPreview, cast(DesignPage, page).preview)
        self.until(lambda: self.preview.view and self.preview.view.isVisible())
        self.pause(2000)
        self.line = cast(ColorEditor, page.findChild(ColorEditor, FIELD)).line()
        self.watcher = Watcher(cast(QWidget, self.view.focusProxy()))
        self.script(NOTE_FRAMES)

    @property
    def view(self) -> PreviewView:
        return cast(PreviewView, self.preview.view)

    def pause(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def until(self, done: Callable[[], object], seconds: int = 30) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not done():
            if clock.elapsed() > seconds * 1000:
                sys.exit("The preview did not answer.")
            self.pause(1)

    def script(self, code: str) -> object:
        found: list[object] = []
        self.view.page().runJavaScript(code, found.append)
        self.until(lambda: found)
        return found[0]

    def change(self, number: int) -> tuple[float, float]:
        """Milliseconds until the window has drawn one change, and at which moment it was made."""
        self.pause(15 + number * 13 % 34)
        color = f"#{number * 40503 % 0x1000000:06x}"
        self.watcher.drawn = 0
        began = time.time_ns()
        self.line.setText(color)
        self.until(lambda: self.watcher.drawn)
        if number % 10 == 0 and self.on_the_screen() != color:
            sys.exit(f"Change {number}: {self.on_the_screen()} is on the screen, not {color}.")
        return (self.watcher.drawn - began) / 1e6, began / 1e6

    def on_the_screen(self) -> str:
        """The colour of the header there, beside its title."""
        view = self.view
        place = view.mapToGlobal(QPoint(round(view.width() * 0.3), round(20 * view.zoomFactor())))
        return view.screen().grabWindow(0, place.x(), place.y(), 1, 1).toImage().pixelColor(0, 0).name()

    def run(self) -> None:
        for number in range(1, 31):
            self.change(number)
        self.script("painted.length = 0; 1")
        rows = [self.change(number) for number in range(31, 31 + CHANGES)]
        self.pause(100)
        frames = json.loads(str(self.script("JSON.stringify(painted)")))
        color = f"rgb({', '.join(str(part) for part in bytes.fromhex(self.line.text()[1:]))})"
        shown = self.script("getComputedStyle(document.getElementById('main-header')).backgroundColor")
        if len(frames) != CHANGES or shown != color:
            sys.exit(f"{len(frames)} of {CHANGES} changes were painted; the last is {shown}, not {color}")
        page = [frame - began for frame, (_, began) in zip(frames, rows, strict=True)]
        window = [drawn for drawn, _ in rows]
        print(json.dumps({"page": told(page), "window": told(window)}), flush=True)


def told(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"median": statistics.median(ordered), "p95": ordered[int(len(ordered) * 0.95)], "worst": ordered[-1]}


if __name__ == "__main__":
    Bench().run()
    sys.stdout.flush()
    os._exit(0)
