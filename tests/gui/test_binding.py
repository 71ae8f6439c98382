"""What we need of PySide6 itself."""

import sys

from PySide6.QtWidgets import QLabel, QWidget


def test_qt_functions_that_return_nothing_keep_the_reference_count(qtbot):
    """PySide6 6.12.0 loses one reference a call, which ends Python 3.11 after some thousand calls."""
    widget, label = QWidget(), QLabel()
    qtbot.addWidget(widget)
    qtbot.addWidget(label)
    before = sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)
    for _ in range(500):
        label.setText("text")
        widget.property("unset")
        widget.isVisible()
        widget.isEnabled()
    after = sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)
    assert all(abs(now - then) < 100 for now, then in zip(after, before, strict=True))
