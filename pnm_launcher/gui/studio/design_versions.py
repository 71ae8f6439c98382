"""The states of one design, newest first, to compare with its present one and to bring back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import MOST_VERSIONS, Design, DesignVersion

from .design_list import EntryView
from .design_model import version_entry


class _VersionView(EntryView):
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter means the version, and not the button of the whole dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class DesignVersions(QWidget):
    """The present state is the first row.

    Attributes:
        restored: the `DesignVersion` to bring back.
        compared: the `DesignVersion` to show beside the present state.
    """

    restored = Signal(object)
    compared = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._versions: tuple[DesignVersion, ...] = ()
        self._design = ""
        self.heading = label("", "strong")
        self.view = _VersionView(tr("Versions"))
        self.restore = button(tr("Restore"), name="restore-version")
        self.compare = button(tr("Compare with now"), name="compare-version")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.view, 1)
        layout.addLayout(row(self.restore, self.compare, 1))
        self.restore.clicked.connect(lambda: self.restored.emit(self.chosen()))
        self.compare.clicked.connect(lambda: self.compared.emit(self.chosen()))
        self.view.activated.connect(self._activate)
        self.view.selectionModel().selectionChanged.connect(self._offer)

    def show_design(self, design: Design) -> None:
        keys = self.view.chosen() if design.id == self._design and design.versions == self._versions else []
        self._design, self._versions = design.id, design.versions
        self.heading.setText(_heading(len(design.versions)))
        earlier = [version_entry(f"{number}", version) for number, version in enumerate(design.versions)]
        self.view.entries.set_entries([version_entry("now", design), *earlier])
        self.view.choose(keys or ["now"])
        self._offer()

    def chosen(self) -> DesignVersion | None:
        """The chosen earlier state, None for the present one."""
        keys = [key for key in self.view.chosen() if key != "now"]
        return self._versions[int(keys[0])] if keys else None

    def _activate(self) -> None:
        if version := self.chosen():
            self.compared.emit(version)

    def _offer(self) -> None:
        for each in (self.restore, self.compare):
            each.setEnabled(self.chosen() is not None)


def _heading(earlier: int) -> str:
    if not earlier:
        return tr("Versions")
    words = tr("Versions ({count})") if earlier < MOST_VERSIONS else tr("Versions ({count}; the oldest goes next)")
    return words.format(count=earlier + 1)
