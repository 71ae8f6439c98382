"""The rows of the list of meetings: headings and meetings, filtered by words, pinned ones first."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pnm_launcher.meetings import Meeting

from .texts import tr

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """One line of the list; `people` is None while nothing is known of the room."""

    meeting: Meeting
    place: str
    running: bool | None = None
    people: int = 0

    @property
    def spoken(self) -> str:
        state = {
            None: "",
            True: tr("running, people in the room: {count}").format(count=self.people),
            False: tr("not running"),
        }
        return ", ".join(filter(None, (self.meeting.title, self.place, state[self.running])))


@dataclass
class _Row:
    entry: Entry | None
    heading: str = ""


class MeetingModel(QAbstractListModel):
    """Headings and meetings, filtered by words, pinned ones first."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._rows: list[_Row] = []
        self._words: list[str] = []

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self._rebuild()

    def set_words(self, words: str) -> None:
        self._words = words.casefold().split()
        self._rebuild()

    def _rebuild(self) -> None:
        found = [entry for entry in self._entries if self._matches(entry)]
        pinned = [_Row(entry) for entry in found if entry.meeting.pinned]
        others = [_Row(entry) for entry in found if not entry.meeting.pinned]
        rows = [_Row(None, tr("Pinned")), *pinned, _Row(None, tr("All meetings")), *others] if pinned else others
        if [self._key(row) for row in rows] == [self._key(row) for row in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(max(0, len(rows) - 1)))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @staticmethod
    def _key(row: _Row) -> str:
        return row.entry.meeting.id if row.entry else f"heading {row.heading}"

    def _matches(self, entry: Entry) -> bool:
        text = f"{entry.meeting.title} {entry.place}".casefold()
        return all(word in text for word in self._words)

    def entry(self, index: Index) -> Entry | None:
        return self._rows[index.row()].entry if 0 <= index.row() < len(self._rows) else None

    def index_of(self, meeting_id: str) -> QModelIndex:
        for number, row in enumerate(self._rows):
            if row.entry and row.entry.meeting.id == meeting_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if row.entry is None:
            return row.heading if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.entry.meeting.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.entry.spoken
        return None
