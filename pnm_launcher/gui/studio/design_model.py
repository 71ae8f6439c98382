"""The rows of the list of designs, by name, filtered by words; and what a row of designs or versions shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTime,
)

from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Design, DesignVersion
from pnm_launcher.texts import plain
from pnm_launcher.values import Values

from .design_values import colors_of, readable, time_of
from .named_designs import shown_name

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """A row: `key` tells it from the others; the colours are read when they are first drawn."""

    key: str
    title: str
    values: Values
    detail: str = ""
    aside: str = ""
    mark: str = ""

    @cached_property
    def colors(self) -> tuple[str, ...]:
        return colors_of(self.values)

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.title, self.mark, self.aside, self.detail)))


def design_entry(design: Design, current: Mapping[str, str]) -> Entry:
    mark = tr("in this meeting") if current and readable(design.values) == current else ""
    return Entry(design.id, shown_name(design), design.values, plain(design.note), day(design.saved), mark)


def version_entry(key: str, version: Design | DesignVersion) -> Entry:
    title = moment(version.saved) or tr("At an unknown time")
    mark = tr("as it is now") if isinstance(version, Design) else ""
    return Entry(key, title, version.values, plain(version.note), "", mark)


def day(saved: str) -> str:
    time = time_of(saved)
    return QLocale().toString(QDate(time.year, time.month, time.day), QLocale.FormatType.ShortFormat) if time else ""


def moment(saved: str) -> str:
    """Date and time as the user's country writes them."""
    time = time_of(saved)
    if not time:
        return ""
    shown = QDateTime(QDate(time.year, time.month, time.day), QTime(time.hour, time.minute))
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)


class EntryModel(QAbstractListModel):
    """Entries that have all the words looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Entry, ...] = ()
        self._rows: list[Entry] = []
        self._words: list[str] = []

    def set_entries(self, entries: Iterable[Entry]) -> None:
        self._all = tuple(entries)
        self._rebuild()

    def set_words(self, words: str) -> None:
        self._words = words.casefold().split()
        self._rebuild()

    def _rebuild(self) -> None:
        rows = [each for each in self._all if self._matches(each)]
        if [each.key for each in rows] == [each.key for each in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(max(0, len(rows) - 1)))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _matches(self, entry: Entry) -> bool:
        text = f"{entry.title} {entry.detail}".casefold()
        return all(word in text for word in self._words)

    def entry(self, index: Index) -> Entry | None:
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def index_of(self, key: str) -> QModelIndex:
        return next((self.index(row) for row, entry in enumerate(self._rows) if entry.key == key), QModelIndex())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        return entry.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None
