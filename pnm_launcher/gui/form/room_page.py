"""What a new room is created with: some seventy settings, grouped, collapsed, and found by words."""

from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout

from pnm_launcher.fields import Field, Section
from pnm_launcher.gui.parts import button, card, label
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.schema import CREATE

from .form import Form
from .pages import Page


class RoomPage(Page):
    """The table CREATE without the room's id, which stands on the first page."""

    table = "create"

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[tuple[QFrame, QPushButton, Form]] = []
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(tr("Find a setting"))
        self._filter.setAccessibleName(tr("Find a setting"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._filtered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 20)
        layout.setSpacing(12)
        note = tr("These settings are used when the meeting is started. A meeting that is running keeps its own.")
        layout.addWidget(label(note, "muted", wrap=True))
        layout.addWidget(self._filter)
        for index, section in enumerate(CREATE.sections):
            fields = [field for field in section.fields if field.path != "room_id"]
            layout.addWidget(self._group(section, fields, opened=index == 0))
        layout.addStretch(1)

    def _group(self, section: Section, fields: list[Field], *, opened: bool) -> QFrame:
        frame, layout = card()
        layout.setContentsMargins(16, 6, 16, 6)
        form = self.form(fields, label_width=210)
        title = button("", "section")
        title.setCheckable(True)
        title.setAccessibleName(translate(section.title))
        title.setAccessibleDescription(translate(section.help) if section.help else tr("Opens and closes the group"))
        title.toggled.connect(self._show_groups)
        layout.addWidget(title)
        if section.help:
            layout.addWidget(label(translate(section.help), "small", wrap=True))
        layout.addWidget(form)
        self._groups.append((frame, title, form))
        title.setChecked(opened)
        self._show_groups()
        return frame

    def _show_groups(self) -> None:
        searching = bool(self._filter.text().strip())
        for _, title, form in self._groups:
            is_open = title.isChecked() or searching
            title.setText(("▾  " if is_open else "▸  ") + title.accessibleName())
            form.setVisible(is_open)

    def _filtered(self, words: str) -> None:
        for frame, _, form in self._groups:
            frame.setVisible(form.filter(words))
        self._show_groups()

    def focus_field(self, path: str) -> bool:
        self._filter.clear()  # it may hide the field
        for _, title, form in self._groups:
            if form.has(path):
                title.setChecked(True)
        return super().focus_field(path)
