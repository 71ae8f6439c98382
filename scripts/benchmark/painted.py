"""Tells when a window was painted for the first time, then ends the process."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

KINDS = ("QLabel", "QLineEdit", "QPlainTextEdit", "QComboBox", "QPushButton", "QCheckBox", "QScrollArea", "QListView",
         "QFrame", "QWidget")  # fmt: skip


class FirstPaint(QObject):
    """After the window's first paint and one turn of the event loop, prints one line of JSON: the time on the
    system's monotonic clock, the process's peak memory, and how many widgets of each kind there are."""

    def __init__(self, window: QWidget, then: Callable[[], object] | None = None) -> None:
        super().__init__(window)
        window.installEventFilter(self)
        self._seen = False
        self._then = then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._go_on)
        return False

    def _go_on(self) -> None:
        """With `then`, the time after it and one more turn of the event loop is told instead."""
        if self._then:
            self._then()
        QTimer.singleShot(0, self._tell)

    @staticmethod
    def _tell() -> None:
        now = time.monotonic()
        kinds = Counter(next(kind for kind in KINDS if widget.inherits(kind)) for widget in QApplication.allWidgets())
        loaded = [name for name in ("requests", "keyring", "PySide6.QtWebEngineCore") if name in sys.modules]
        print(json.dumps({"at": now, "peak_kb": peak_kb(), "widgets": kinds, "loaded": loaded}), flush=True)
        os._exit(0)


def peak_kb() -> int:
    """The most memory this process ever had resident (VmHWM of proc(5))."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
