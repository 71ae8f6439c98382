"""All pairs of colours of a design: a sample in both colours, the contrast, the level it reaches, and its mending."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from pnm_launcher.gui.parts import button
from pnm_launcher.gui.texts import tr, translate

if TYPE_CHECKING:
    from pnm_launcher.design.audit import Finding

_LEAST: Final = 150
_USUAL: Final = 280
_ROW: Final = 30
"""Pixels: the least and the usual height of the table, and the least height of a row."""
_BESIDE_BUTTON: Final = 12
_PAIR, _SAMPLE, _RATIO, _GRADE, _FIX = range(5)


class ContrastTable(QTableWidget):
    """A row for each pair; the arrow keys go through them, Enter or a click goes to what paints one.

    Attributes:
        pointed: the id of the pair that is looked at; chosen: that of the pair that was clicked; fix_wanted: that of
            the pair that shall be mended.
    """

    pointed = Signal(str)
    chosen = Signal(str)
    fix_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(0, 5)
        self.setObjectName("DesignTable")
        self.setAccessibleName(tr("All pairs of colours"))
        self.setHorizontalHeaderLabels((tr("Colours"), tr("Sample"), tr("Contrast"), tr("Level"), ""))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(_ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns = self.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(_PAIR, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(_FIX, QHeaderView.ResizeMode.Fixed)
        columns.resizeSection(_FIX, button(tr("Fix"), "inline").sizeHint().width() + _BESIDE_BUTTON)
        columns.setSectionsClickable(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.currentCellChanged.connect(self._moved)
        self.cellClicked.connect(lambda row: self.chosen.emit(self._id(row)))
        self.cellActivated.connect(lambda row: self.chosen.emit(self._id(row)))

    def show_findings(self, findings: "Iterable[Finding]") -> None:
        """Show these pairs; what was looked at stays so."""
        before, place = self._id(self.currentRow()), self.verticalScrollBar().value()
        self.blockSignals(True)
        self.setRowCount(0)
        for finding in findings:
            self._add(finding)
            if finding.pair == before:
                self.setCurrentCell(self.rowCount() - 1, _PAIR)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(place)

    def _add(self, finding: "Finding") -> None:
        row = self.rowCount()
        self.insertRow(row)
        name = translate(finding.label)
        sample = QTableWidgetItem("Aa" if finding.needed > 3 else "●")
        sample.setForeground(QBrush(QColor(finding.foreground)))
        sample.setBackground(QBrush(QColor(finding.background)))
        sample.setFlags(Qt.ItemFlag.ItemIsEnabled)  # a chosen row has colours of its own
        sample.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        colors = tr("{front} on {ground}").format(front=finding.foreground, ground=finding.background)
        sample.setData(Qt.ItemDataRole.AccessibleTextRole, colors)
        sample.setToolTip(colors)
        items = (QTableWidgetItem(name), sample, QTableWidgetItem(f"{finding.shown_ratio} : 1"),
                 QTableWidgetItem(finding.grade if finding.passes else tr("fails")))  # fmt: skip
        for column, item in enumerate(items):
            self.setItem(row, column, item)
        items[_PAIR].setData(Qt.ItemDataRole.UserRole, finding.pair)
        items[_PAIR].setToolTip(name)
        needed = tr("AA needs {ratio} : 1 here.").format(ratio=f"{finding.needed:g}")
        for item in items[_RATIO:]:
            item.setToolTip(needed)
        if not finding.passes and not finding.own:
            mend = button(tr("Fix"), "inline")
            mend.setAccessibleName(tr("Fix: {name}").format(name=name))
            mend.clicked.connect(partial(self.fix_wanted.emit, finding.pair))
            self.setCellWidget(row, _FIX, mend)

    def _id(self, row: int) -> str:
        item = self.item(row, _PAIR)
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _moved(self, row: int, _column: int, before: int) -> None:
        if row != before and row >= 0:
            self.pointed.emit(self._id(row))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _LEAST)

    def sizeHint(self) -> QSize:
        return QSize(400, _USUAL)
