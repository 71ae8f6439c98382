"""A frame in which a page can be scrolled where it is too large, and which is not seen otherwise."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(inner: QWidget | None = None, *, clear: bool = False, sideways: bool = False) -> QScrollArea:
    """`clear`: the ground below shows through; `sideways`: it may also be scrolled so."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if inner:
        area.setWidget(inner)
    if clear:
        area.setObjectName("Clear")
        area.viewport().setAutoFillBackground(False)
        if inner:
            inner.setAutoFillBackground(False)
    return area
