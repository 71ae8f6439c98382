"""The baseline of the start: a bare PySide6 window with as many widgets of each kind, in a grid. Reads their counts
as JSON from its one argument."""

import json
import sys

from PySide6 import QtWidgets
from PySide6.QtWidgets import QApplication, QGridLayout, QMainWindow, QWidget

app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 800)
central = QWidget()
grid = QGridLayout(central)
number = 0
for kind, count in json.loads(sys.argv[1]).items():
    for _ in range(count):
        widget = getattr(QtWidgets, kind)()
        if hasattr(widget, "setText"):
            widget.setText("A text")
        grid.addWidget(widget, number // 8, number % 8)
        number += 1
window.setCentralWidget(central)

from painted import FirstPaint  # noqa: E402 - after the window, as a program of its own would have it

FirstPaint(window)
window.show()
app.exec()
