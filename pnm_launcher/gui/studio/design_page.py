"""The page on which a meeting's design is edited: the parameters on the left, the preview on the right."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QVBoxLayout, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.fields import Section
from pnm_launcher.gui.form.pages import Page
from pnm_launcher.gui.parts import button, card, label
from pnm_launcher.gui.scrolled import scrolled
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.meetings import Meeting
from pnm_launcher.schema import DESIGN
from pnm_launcher.values import Value, Values

from .design_contrast import DesignContrast
from .design_preview import DesignPreview
from .design_tools import DesignTools
from .live_row import LiveRow

_PREVIEW_PX: Final = 420
_FIELDS_PX: Final = 416
_MARGIN_PX: Final = 28
_HIGH_PX: Final = 720
"""From this height on there is room for a preview and the findings below it."""
_NO_LIMIT: Final = (1 << 24) - 1  # Qt's QWIDGETSIZE_MAX


class DesignPage(Page):
    """The fifteen parameters of the meeting's look; without a preview or an audit where none is given.

    Attributes:
        preview_requested: the design shall be looked at in a practice room.
        design_shown: the values of `design()` have changed.
    """

    table = "design"
    preview_requested = Signal()
    design_shown = Signal()

    def __init__(self, preview: DesignPreview | None = None, contrast: DesignContrast | None = None) -> None:
        super().__init__()
        self.preview, self.contrast = preview, contrast
        self._shown: dict[str, str] = {}
        self.meeting_id = ""
        self.tools, self.live = DesignTools(), LiveRow()
        self._column = self._field_column()
        self._fields = scrolled(self._column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN_PX, 16, _MARGIN_PX, 20)
        whole.setSpacing(16)
        whole.addWidget(self.tools)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setSpacing(16)
        whole.addLayout(self._layout, 1)
        self._layout.addWidget(self._fields)
        self._layout.addWidget(self._side(), 1)
        self.edited.connect(self._restyle)
        self._watch_the_rows()

    def _field_column(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("Page")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(16)
        intro = label(tr("Leave a value unset to keep the server's look. Colours apply to the light theme only; in "
                         "dark mode just the logo and the style sheet show."), "muted", wrap=True)  # fmt: skip
        layout.addWidget(intro)
        for section in DESIGN.sections:
            layout.addWidget(self._card(section))
        layout.addStretch(1)
        return inner

    def _card(self, section: Section) -> QFrame:
        frame, layout = card(translate(section.title))
        layout.addWidget(self.form(section.fields, label_width=96))
        return frame

    def _side(self) -> QWidget:
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        if self.preview:
            layout.addWidget(self.preview, 1)
            self.preview.practice_requested.connect(self.preview_requested)
            self.preview.picked.connect(self.focus_field)
            self.preview.addresses_accepted.connect(self.design_shown)
        else:
            practice = button(tr("Look at it in a practice room"), name="preview")
            practice.clicked.connect(self.preview_requested)
            layout.addWidget(practice)
        layout.addWidget(self.live)
        if self.contrast:
            layout.addWidget(self.contrast)
            self.contrast.fix_chosen.connect(self.take)
            self.contrast.parameter_chosen.connect(self.focus_field)
            if self.preview:
                self.contrast.pair_pointed.connect(self.preview.point_out)
        layout.addStretch(0)
        return side

    # --- the design ---------------------------------------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting) -> None:
        super().show_meeting(meeting)
        if meeting.id != self.meeting_id:
            self.meeting_id, self._shown = meeting.id, {}
        if self.preview:
            self.preview.show_title(meeting.title)
        self._restyle()

    def _restyle(self) -> None:
        """Show the values of the fields; a field that cannot be read keeps showing the last value that could."""
        typed = self.typed()
        self._shown = {path: text for path in typed if (text := _readable(path, typed[path], self._shown))}
        if self.preview:
            self.preview.show_design(self._shown)
        if self.contrast:
            self.contrast.show_design(self._shown)
        self.design_shown.emit()

    def design(self) -> Mapping[str, str]:
        """The values that are shown: checked ones only."""
        return self._shown

    def agreed_addresses(self) -> frozenset[str]:
        """From where pictures and style sheets may be loaded."""
        return self.preview.accepted if self.preview else frozenset()

    # --- values that come from elsewhere ------------------------------------------------------------------------------

    def typed(self) -> dict[str, Value]:
        """What stands in the fields, also what cannot be read."""
        return {path: value for form in self._forms for path, value in form.values().items()}

    def show_typed(self, values: Values) -> None:
        """Put these values into the fields, as if they were typed, and nothing into the others."""
        for form in self._forms:
            form.set_values(values)
        self.edited.emit()

    def take(self, changes: Mapping[str, str]) -> None:
        """Put proposed values into the fields; "" clears one, and the others stay."""
        self.show_typed({path: value for path, value in {**self.typed(), **changes}.items() if value != ""})

    # --- the fields ---------------------------------------------------------------------------------------------------

    def focus_field(self, path: str) -> bool:
        found = super().focus_field(path)
        field = QApplication.focusWidget()
        if found and field and self._column.isAncestorOf(field):
            self._fields.ensureWidgetVisible(field, 0, 80)
        return found

    def _watch_the_rows(self) -> None:
        """What has the keyboard or the pointer is framed in the preview."""
        self._paths = {form.editor(path): path for form in self._forms for path in form.paths()}
        for editor in self._paths:
            editor.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        self._outline(now)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Enter and isinstance(watched, QWidget):
            self._outline(watched)
        elif event.type() == QEvent.Type.Leave:
            self._outline(QApplication.focusWidget())
        return super().eventFilter(watched, event)

    def _outline(self, widget: QWidget | None) -> None:
        if self.preview and self.isVisible():
            found = (path for editor, path in self._paths.items() if widget and editor in (widget, widget.parent()))
            self.preview.outline(next(found, ""))

    # --- the room there is --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        least = self._column.minimumSizeHint().width()
        fields, inside = max(_FIELDS_PX, least), event.size().width() - 2 * _MARGIN_PX
        wide = inside >= fields + self._layout.spacing() + _PREVIEW_PX
        self._layout.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop)
        self._fields.setMinimumWidth(fields if wide else least)
        self._fields.setMaximumWidth(fields if wide else _NO_LIMIT)
        self._fields.setMinimumHeight(0 if wide else self._column.heightForWidth(inside) + 20)
        if self.preview:
            self.preview.stage.fill_width(0 if wide else inside)
        if self.contrast:
            self.contrast.keep_small(wide and event.size().height() < _HIGH_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, super().minimumSizeHint().height())

    def end(self) -> None:
        if self.preview:
            self.preview.end()


def _readable(path: str, value: object, before: Mapping[str, str]) -> str:
    """The value as it may reach a style sheet, or else the one before it, or ""."""
    try:
        return str(DESIGN.field(path).parse(str(value)))
    except InvalidValue:
        return before.get(path, "")
