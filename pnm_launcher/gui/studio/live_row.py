"""The row below a design's preview that shows the design in the open meeting."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr


class LiveRow(QWidget):
    """Hidden unless the meeting has an open window.

    Attributes:
        wanted: whether the design shall show there; rejoin_wanted: enter the meeting again, to see it there.
    """

    wanted = Signal(bool)
    rejoin_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tick, self._rejoin = Tick(), button(tr("Join again"), "inline", name="live-rejoin")
        self.note = label("", "muted", wrap=True)
        self.setLayout(row(self.tick, self.note, self._rejoin))
        self.tick.toggled.connect(self._toggled)
        self._rejoin.clicked.connect(self.rejoin_wanted)
        self.offer("")

    def offer(self, title: str) -> None:
        """Offer to show the design in the open meeting of that title; "" where none is open."""
        self.tick.setChecked(False)
        self.tick.setText(tr("Live in “{title}”").format(title=title))
        self.setVisible(bool(title))
        self._say("")

    def show_failed(self) -> None:
        """The meeting's page has no place for a design."""
        self.tick.setChecked(False)
        self._say(tr("This meeting began without a design, so its page has no place for one."))

    def _toggled(self, wanted: bool) -> None:
        self._say("")
        self.wanted.emit(wanted)

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self._rejoin.setVisible(bool(words))
