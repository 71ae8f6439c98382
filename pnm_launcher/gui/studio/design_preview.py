"""The preview beside a design's fields: which screen, light or dark, wide or narrow, and what it has to say."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.meetings import Server
from pnm_launcher.schema import DESIGN

from .preview_choices import PreviewChoices
from .preview_places import shown_at
from .preview_stage import PHONE, WIDE, PreviewStage

if TYPE_CHECKING:
    from .preview_view import PreviewView

_ADDRESSES: Final = ("background_image", "custom_logo", "custom_css_url")


class DesignPreview(QWidget):
    """Starts the practice server and the web engine when it is first seen, and follows every change from then on.

    With `choices`, which somebody else shows, it can be one of several; then it offers no practice room.

    Attributes:
        picked: the parameter that paints what was clicked.
        practice_requested: the design shall be looked at in a practice room instead.
        addresses_accepted: pictures and style sheet may be loaded from some addresses more.
    """

    picked = Signal(str)
    practice_requested = Signal()
    addresses_accepted = Signal()

    def __init__(self, practice: Callable[[], Server], jobs: Jobs, choices: PreviewChoices | None = None) -> None:
        super().__init__()
        self._practice, self._jobs = practice, jobs
        self._asked, self._ended = False, False
        self._told: dict[str, tuple[object, ...]] = {}
        self._design: Mapping[str, str] = {}
        self.accepted: frozenset[str] = frozenset()
        self._outlined, self._vision = "", ""
        self.view: PreviewView | None = None
        self.stage = PreviewStage()
        self._alone = choices is None
        self.choices = PreviewChoices() if choices is None else choices
        self.load = button(tr("Load them"), name="load-addresses")
        self.load.setAccessibleName(tr("Load pictures and style sheet"))
        self.practice = button(tr("Practice room"), name="preview")
        self.practice.setToolTip(tr("Look at it in a practice room"))
        self.practice.setAccessibleName(tr("Look at it in a practice room"))
        self._note = label("", "small", wrap=True)
        self._build()

    def _build(self) -> None:
        self._note.setMinimumHeight(max(self._note.fontMetrics().lineSpacing() * 2, self.load.sizeHint().height()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if self._alone:
            layout.addWidget(self.choices)
        layout.addWidget(self.stage, 1)
        below = row(self._note, self.load, self.practice)
        below.setStretch(0, 1)
        layout.addLayout(below)
        self.load.hide()
        self.practice.setVisible(self._alone)
        self.load.clicked.connect(self._accept_addresses)
        self.choices.changed.connect(self._choose)
        self.practice.clicked.connect(self.practice_requested)
        self.stage.step.clicked.connect(self._step)
        self._choose()

    # --- what it is told ----------------------------------------------------------------------------------------------

    def show_design(self, values: Mapping[str, str]) -> None:
        """Show these values, all of them checked."""
        self._design = values
        missing = self._addresses() - self.accepted
        if bool(missing) == self.load.isHidden():
            self.load.setVisible(bool(missing))
            self._say("")
        if self.view:
            self.view.show_design(dict(values), loads=not missing)

    def show_title(self, title: str) -> None:
        self._tell("title", title)

    def outline(self, parameter: str) -> None:
        """Frame what a parameter paints; "" frames nothing."""
        self._outlined = parameter
        self._tell("outline", parameter or None, "")
        self._say("")

    def point_out(self, pair: str) -> None:
        """Frame a pair of colours of the audit, on a screen that shows it."""
        screen, selector = shown_at(pair)
        self.choices.show_screen(screen)
        self._outlined = ""
        self._tell("outline", None, selector)

    def _tell(self, what: str, *values: object) -> None:
        self._told[what] = values
        if self.view:
            self.view.tell(what, *values)

    def _choose(self) -> None:
        """One of the choices above the preview was made."""
        self._tell("show", self.choices.shown_screen)
        self._tell("theme", "dark" if self.choices.dark else "light")
        self._tell("direction", "rtl" if self.choices.right_to_left else "ltr")
        self.stage.choose_screen(PHONE if self.choices.phone else WIDE)
        self._see_as(self.choices.vision)
        self._say("")

    def _see_as(self, kind: str) -> None:
        if kind == self._vision:
            return
        self._vision = kind
        if kind:
            self._jobs.run(partial(_lens, kind), partial(self._see_through, kind), owner=self)
        else:
            self._tell("vision", None)

    def _see_through(self, kind: str, lens: Mapping[str, object]) -> None:
        if kind == self._vision:
            self._tell("vision", lens)

    # --- addresses: nothing is loaded from a design before the user agrees ----------------------------------------

    def _addresses(self) -> frozenset[str]:
        return frozenset(self._design[name] for name in _ADDRESSES if name in self._design)

    def _accept_addresses(self) -> None:
        self.accepted |= self._addresses()
        self.show_design(self._design)
        self.addresses_accepted.emit()

    # --- what it says -------------------------------------------------------------------------------------------------

    def _picked(self, parameter: str) -> None:
        if parameter in DESIGN:
            self._say("")
            self.picked.emit(parameter)
        else:
            self._say(tr("No parameter of a design reaches this; only a style sheet of your own can change it."))

    def _show_outlined(self, places: int) -> None:
        if self._outlined and not places and self._outlined != "custom_css_url":
            name = translate(DESIGN.field(self._outlined).label)
            self._say(tr("“{name}” paints nothing on this screen.").format(name=name))

    def _say(self, words: str) -> None:
        dark = tr("This is what people with a dark desktop see: of a design only the logo and the style sheet show.")
        edit, compare = (
            tr("Click anything in the preview to edit what paints it."),
            tr("Click anything in the preview to see below what paints it."),
        )
        usual = edit if self._alone else compare
        waiting = tr("Pictures and style sheet of this design are not loaded yet.")
        hint = waiting if self._addresses() - self.accepted else usual
        self._note.setText(words or (dark if self.choices.dark else hint))

    # --- its life -----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        if not self._asked and not self._ended:
            self._start()

    def _start(self) -> None:
        self._asked = True
        reason = engine.unavailable_reason()
        if reason:
            words = tr("There is no preview here: {reason}.").format(reason=reason)
            self.stage.show_message(words, tr("Look at it in a practice room") if self._alone else "")
            return
        self.stage.show_message(tr("Preparing the preview…"))
        self._jobs.run(self._practice, self._make_view, self._failed, owner=self)

    def _make_view(self, server: Server) -> None:
        if self._ended:
            return
        from .preview_view import PreviewView  # the web engine is not needed before a design is looked at

        engine.start()
        self.view = view = PreviewView(f"{server.address}/assets/preview.html", self.stage)
        view.hide()
        view.ready.connect(self._ready)
        view.stopped.connect(self._stopped)
        view.picked.connect(self._picked)
        view.outlined.connect(self._show_outlined)
        names: dict[str, str] = {field.path: translate(field.label) for field in DESIGN}
        view.tell("names", {**names, "none": tr("No parameter reaches this")})
        for what, values in self._told.items():
            view.tell(what, *values)
        self.show_design(self._design)

    def _ready(self) -> None:
        if self.view:
            self.stage.show_view(self.view)

    def _stopped(self) -> None:
        self._drop_view()
        self.stage.show_message(tr("The preview has stopped."), tr("Show it again"))

    def _failed(self, error: LauncherError) -> None:
        self.stage.show_message(sentence(error), tr("Show it again"))

    def _step(self) -> None:
        if engine.unavailable_reason():
            self.practice_requested.emit()
        else:
            self._start()

    def _drop_view(self) -> None:
        view, self.view = self.view, None
        self.stage.forget_view()
        if view:
            view.deleteLater()  # it may be speaking to us at this moment

    def end(self) -> None:
        """The program closes: the web page goes first, then its profile."""
        self._ended = True
        view, self.view = self.view, None
        self.stage.forget_view()
        if view:
            view.end()


def _lens(kind: str) -> dict[str, object]:
    from pnm_launcher.design.vision import lens  # loads the mathematics of colours

    return asdict(lens(kind))
