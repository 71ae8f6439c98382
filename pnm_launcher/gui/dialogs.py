"""What our dialogs have in common."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog


class Dialog(QDialog):
    """Grows with messages that need more lines: a layout does not ask for the height of wrapped texts by itself."""

    def event(self, event: QEvent, /) -> bool:
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)
        done = super().event(event)
        layout = self.layout()
        if layout and (needed := layout.totalHeightForWidth(self.width())) > self.minimumHeight():
            self.setMinimumHeight(needed)  # not only resized: the window manager may still be placing the window
        return done
