"""What our dialogs have in common."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from .parts import row
from .scrolled import scrolled


class Dialog(QDialog):
    """Grows with messages that need more lines: a layout does not ask for the height of wrapped texts by itself."""

    def event(self, event: QEvent, /) -> bool:
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)
        done = super().event(event)
        layout = self.layout()
        if layout is None:
            return done
        wraps = layout.hasHeightForWidth()
        needed = layout.totalHeightForWidth(self.width()) if wraps else layout.totalSizeHint().height()
        if needed > self.minimumHeight():
            self.setMinimumHeight(needed)  # not only resized: the window manager may still be placing the window
        return done


def fill_dialog(dialog: QDialog, inner: QWidget, *buttons: QPushButton) -> None:
    """What may have to be scrolled, and below it the buttons, which always stay in sight."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 20)
    layout.addWidget(scrolled(inner, clear=True, sideways=True), 1)
    below = row(1, *buttons)
    below.setContentsMargins(28, 8, 28, 0)
    layout.addLayout(below)
