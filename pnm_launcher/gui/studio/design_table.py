"""The values of one design, or of two beside each other, as a table with their colours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.schema import DESIGN

from .design_swatches import swatch
from .design_values import COLORS

_SWATCH_PX: Final = 16
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter with its value in each of the designs; "" where it is not set."""

    parameter: str
    values: tuple[str, ...]


class _Model(QAbstractTableModel):
    def __init__(self, headings: Sequence[str], ratio: float) -> None:
        super().__init__()
        self._headings = (tr("Parameter"), *headings)
        self._ratio = ratio
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        if lines != self.lines:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self._headings[section]
        if orientation == Qt.Orientation.Horizontal and role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        name = translate(DESIGN.field(line.parameter).label)
        if index.column() == 0:
            return name if role == _Role.DisplayRole else line.parameter if role == _Role.ToolTipRole else None
        value = line.values[index.column() - 1]
        if role == _Role.DecorationRole:
            return _icon(value, self._ratio) if value and line.parameter in COLORS else None
        shown = _turned(value) if value else tr("not set")
        spoken = f"{self._headings[index.column()]}, {name}: {value or shown}"
        texts: dict[int, str] = {_Role.DisplayRole: shown, _Role.ToolTipRole: value, _Role.AccessibleTextRole: spoken}
        return texts.get(role)


class DesignTable(QTableView):
    """Each row a parameter, each further column a design.

    Attributes:
        parameter_chosen: the parameter of the current row, "" for none.
    """

    parameter_chosen = Signal(str)

    def __init__(self, name: str, headings: Sequence[str]) -> None:
        super().__init__()
        self._model = _Model(headings, self.devicePixelRatioF())
        self.setModel(self._model)
        self.setObjectName("DesignTable")
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setIconSize(QSize(_SWATCH_PX, _SWATCH_PX))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 12)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._chosen(now.row()))

    def lines(self) -> tuple[Line, ...]:
        return self._model.lines

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        self._model.set_lines(lines)

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show the parameters of one design that are set."""
        self.set_lines(tuple(Line(path, (text,)) for path, text in values.items()))

    def choose(self, parameter: str) -> bool:
        """Make the row of a parameter the current one, if it is there."""
        row = next((row for row, line in enumerate(self._model.lines) if line.parameter == parameter), None)
        if row is not None:
            self.setCurrentIndex(self._model.index(row, 0))
        return row is not None

    def _chosen(self, row: int) -> None:
        lines = self._model.lines
        self.parameter_chosen.emit(lines[row].parameter if 0 <= row < len(lines) else "")


def _turned(value: str) -> str:
    """A colour or an address is read from left to right everywhere: otherwise its # would be on the wrong side."""
    return value if QGuiApplication.isLeftToRight() else f"\N{LEFT-TO-RIGHT MARK}{value}"


def _icon(color: str, ratio: float) -> QIcon:
    """The same picture in a chosen row, which Qt would tint otherwise."""
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        made.addPixmap(swatch(color, _SWATCH_PX, ratio), mode)
    return made
