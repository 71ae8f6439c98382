"""The inside of the library: the designs on the left, the chosen one on the right, or what an empty library is for."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.scrolled import scrolled
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Design

from .design_details import DesignDetails
from .design_list import DesignList
from .design_model import design_entry
from .design_shelf import DesignShelf
from .design_values import readable

_LIST_PX: Final = 300
_EMPTY, _NONE, _ONE = range(3)


class DesignBrowser(QWidget):
    """Shows what is on the shelf; `current` is the meeting's design.

    Attributes:
        changed: others are chosen, or what is chosen has changed.
    """

    changed = Signal()

    def __init__(self, shelf: DesignShelf, current: Mapping[str, str]) -> None:
        super().__init__()
        self._shelf, self._current = shelf, dict(current)
        self.list, self.details = DesignList(), DesignDetails()
        self.save_first = button(tr("Save this meeting's design as…"), "primary", name="save-first-design")
        self._pages = QStackedWidget()
        nothing = label(tr("Choose a design on the left."), "muted")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page in (self._empty_page(), nothing, scrolled(self.details, clear=True)):
            self._pages.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addWidget(self.list)
        layout.addWidget(self._pages, 1)
        letter = self.fontMetrics().averageCharWidth()
        self.list.setMinimumWidth(letter * 26)
        self.list.setMaximumWidth(max(_LIST_PX, letter * 44))
        self.list.changed.connect(self._show)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        teach = tr("Save a design here under a name, and every meeting can use it. Each time you save it again, its "
                   "earlier state is kept, so you can go back.")  # fmt: skip
        missing = tr("This meeting has no design yet. Set a colour first, then come back to save it.")
        words = label(teach if self._current else f"{teach}\n\n{missing}", "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = row(1, words, 1)
        lines.setStretch(1, 2)
        layout.addWidget(label(tr("No design is saved yet"), "title"), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        layout.addLayout(lines)
        layout.addSpacing(16)
        layout.addWidget(self.save_first, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.save_first.setEnabled(bool(self._current))
        return page

    def refresh(self, chosen: Iterable[str] = ()) -> None:
        """Show the shelf as it is; choose the designs with these ids, or else those that were chosen."""
        designs = self._shelf.designs()
        self.list.setVisible(bool(designs))
        self.list.set_entries([design_entry(each, self._current) for each in designs], chosen)
        self._show()

    def bring(self, design_id: str) -> None:
        """Choose a design, also if the words looked for hide it."""
        if not self.list.view.entries.index_of(design_id).isValid():
            self.list.search.clear()
        self.refresh([design_id])

    def chosen(self) -> list[Design]:
        """The chosen designs, the one that is shown first."""
        found = (self._shelf.design(design_id) for design_id in self.list.view.chosen())
        return [design for design in found if design]

    def _show(self) -> None:
        chosen = self.chosen()
        self._pages.setCurrentIndex(_ONE if chosen else _NONE if self._shelf.designs() else _EMPTY)
        if chosen:
            design, details = chosen[0], self.details
            savable = bool(self._current) and readable(design.values) != self._current
            details.show_design(design, self._shelf.meetings_with(design), savable=savable)
            pair = tr("Compare the two…")
            details.compare.setText(pair if len(chosen) == 2 else tr("Compare with this meeting…"))
            details.compare.setEnabled(len(chosen) <= 2)
        self.changed.emit()
