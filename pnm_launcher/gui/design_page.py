"""The page on which a meeting's design is edited: the parameters on the left, the preview on the right."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from pnm_launcher.errors import InvalidValue
from pnm_launcher.fields import Section
from pnm_launcher.meetings import Meeting
from pnm_launcher.schema import DESIGN

from .controls import Tick
from .design_contrast import DesignContrast
from .design_preview import DesignPreview
from .pages import Page
from .parts import button, card, label, row
from .texts import tr, translate

_PREVIEW_PX: Final = 420
_FIELDS_PX: Final = 416
_MARGIN_PX: Final = 28
_NO_LIMIT: Final = (1 << 24) - 1  # Qt's QWIDGETSIZE_MAX


class DesignPage(Page):
    """The fifteen parameters of the meeting's look; without a preview or an audit where none is given.

    Attributes:
        preview_requested: the design shall be looked at in a practice room.
        design_shown: the values of `design()` have changed.
        live_wanted: whether they shall show in the open meeting; rejoin_wanted: enter it again, to see them there.
    """

    table = "design"
    preview_requested = Signal()
    design_shown = Signal()
    live_wanted = Signal(bool)
    rejoin_wanted = Signal()

    def __init__(self, preview: DesignPreview | None = None, contrast: DesignContrast | None = None) -> None:
        super().__init__()
        self.preview, self.contrast = preview, contrast
        self._shown: dict[str, str] = {}
        self._meeting = ""
        self._column = self._field_column()
        self._fields = _scroller(self._column)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(_MARGIN_PX, 20, _MARGIN_PX, 20)
        self._layout.setSpacing(16)
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
        else:
            practice = button(tr("Look at it in a practice room"), name="preview")
            practice.clicked.connect(self.preview_requested)
            layout.addWidget(practice)
        layout.addWidget(self._live_row())
        if self.contrast:
            layout.addWidget(self.contrast)
            self.contrast.fix_chosen.connect(self._take)
        layout.addStretch(0)
        return side

    # --- the design ---------------------------------------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting) -> None:
        super().show_meeting(meeting)
        if meeting.id != self._meeting:
            self._meeting, self._shown = meeting.id, {}
        if self.preview:
            self.preview.show_title(meeting.title)
        self._restyle()

    def _restyle(self) -> None:
        """Show the values of the fields; a field that cannot be read keeps showing the last value that could."""
        typed = {path: value for form in self._forms for path, value in form.values().items()}
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

    # --- the open meeting ---------------------------------------------------------------------------------------------

    def _live_row(self) -> QWidget:
        self.live, self._rejoin = Tick(), button(tr("Join again"), "inline", name="live-rejoin")
        self._live_note = label("", "muted", wrap=True)
        self._live = QWidget()
        self._live.setLayout(row(self.live, self._live_note, self._rejoin))
        self.live.toggled.connect(self._live_toggled)
        self._rejoin.clicked.connect(self.rejoin_wanted)
        self.offer_live("")
        return self._live

    def offer_live(self, title: str) -> None:
        """Offer to show the design in the open meeting of that title; "" where none is open."""
        self.live.setChecked(False)
        self.live.setText(tr("Live in “{title}”").format(title=title))
        self._live.setVisible(bool(title))
        self._say_live("")

    def show_live_failed(self) -> None:
        self.live.setChecked(False)
        self._say_live(tr("This meeting began without a design, so its page has no place for one."))

    def _live_toggled(self, wanted: bool) -> None:
        self._say_live("")
        self.live_wanted.emit(wanted)

    def _say_live(self, words: str) -> None:
        self._live_note.setText(words)
        self._rejoin.setVisible(bool(words))

    def _take(self, changes: Mapping[str, str]) -> None:
        """Put proposed values into the fields, as if they were typed."""
        for form in self._forms:
            mine = {path: value for path, value in changes.items() if form.has(path)}
            if mine:
                form.set_values({**form.values(), **mine})
        self.edited.emit()

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


def _scroller(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
