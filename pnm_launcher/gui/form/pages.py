"""The pages of the meeting's form, each over some rows of the table."""

import json
from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontDatabase, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.fields import Field
from pnm_launcher.gui.parts import button, card, label, row
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.meetings import Meeting
from pnm_launcher.schema import JOIN

from .form import Form

_ADVANCED = ("user_info.is_hidden", "user_info.user_metadata.ex_user_id", "user_info.user_metadata.extra_data")
_ONE_COLUMN_PX = 820


class Page(QWidget):
    """Some forms over one table (`table` names the part of the meeting they fill)."""

    edited = Signal()
    table = "join"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Page")
        self._forms: list[Form] = []

    def form(self, fields: Iterable[Field], *, label_width: int = 110,
             before: Iterable[tuple[str, QWidget]] = ()) -> Form:  # fmt: skip
        made = Form(fields, label_width=label_width, before=before)
        made.changed.connect(self.edited)
        self._forms.append(made)
        return made

    def show_meeting(self, meeting: Meeting) -> None:
        for form in self._forms:
            form.set_values(meeting.values(self.table))

    def changed_meeting(self, meeting: Meeting) -> Meeting:
        """The meeting with what this page holds; values of other pages and unknown ones stay."""
        mine = {path for form in self._forms for path in form.paths()}
        kept = {path: value for path, value in meeting.values(self.table).items() if path not in mine}
        for form in self._forms:
            kept.update(form.values())
        return meeting if kept == meeting.values(self.table) else meeting.with_values(self.table, kept)

    def show_problems(self, problems: list[InvalidValue]) -> None:
        for form in self._forms:
            form.show_problems(problems)

    def has(self, path: str) -> bool:
        return any(form.has(path) for form in self._forms)

    def focus_field(self, path: str) -> bool:
        return any(form.focus(path) for form in self._forms)

    def end(self) -> None:
        """The program closes; a page lets go of what cannot wait."""


class Columns(QWidget):
    """Cards in two columns, or one where there is little room."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self._cards = cards
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        self._arrange(1 if event.size().width() < _ONE_COLUMN_PX else 2)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, widget in enumerate(self._cards):
            self._grid.addWidget(widget, index // columns, index % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class LocksPage(Page):
    """The ten locks of the person who joins."""

    def __init__(self) -> None:
        super().__init__()
        section = next(part for part in JOIN.sections if part.fields[0].path.endswith("lock_microphone"))
        self._note = label("", "muted", wrap=True)
        frame, inner = card(translate(section.title))
        inner.addWidget(self._note)
        inner.addSpacing(4)
        inner.addWidget(self.form(section.fields, label_width=200))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 20)
        layout.addWidget(frame)
        layout.addStretch(1)

    def show_meeting(self, meeting: Meeting) -> None:
        super().show_meeting(meeting)
        self._note.setText(
            tr("You join as moderator, so none of these takes effect: the server never locks moderators. They are "
               "kept for when you change the role.")
            if meeting.join.get("user_info.is_admin")
            else tr("Each lock is left to the room unless you choose. “Allowed” opens it for you even where the room "
                    "locks it.")
        )  # fmt: skip


class AdvancedPage(Page):
    """The rest of the fields, and the request as it will be sent."""

    def __init__(self) -> None:
        super().__init__()
        frame, inner = card(tr("More about you"))
        inner.addWidget(self.form([JOIN.field(path) for path in _ADVANCED], label_width=150))
        request, request_layout = card(tr("What is sent when you join"))
        self._request = QPlainTextEdit()
        self._request.setReadOnly(True)
        self._request.setTabChangesFocus(True)
        self._request.setAccessibleName(tr("What is sent when you join"))
        self._request.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._request.setMinimumHeight(200)
        note = tr("The body of getJoinToken. It is signed with the API secret, which is not shown anywhere.")
        request_layout.addWidget(label(note, "muted", wrap=True))
        request_layout.addWidget(self._request)
        copy = button(tr("Copy"))
        copy.clicked.connect(self._copy)
        request_layout.addLayout(row(1, copy))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 20)
        layout.setSpacing(16)
        layout.addWidget(frame)
        layout.addWidget(request, 1)

    def show_meeting(self, meeting: Meeting) -> None:
        super().show_meeting(meeting)
        self._show_request(meeting)

    def changed_meeting(self, meeting: Meeting) -> Meeting:
        changed = super().changed_meeting(meeting)
        self._show_request(changed)
        return changed

    def _show_request(self, meeting: Meeting) -> None:
        self._request.setPlainText(json.dumps(JOIN.payload(meeting.join), ensure_ascii=False, indent=2))

    def _copy(self) -> None:
        self._request.selectAll()
        self._request.copy()
