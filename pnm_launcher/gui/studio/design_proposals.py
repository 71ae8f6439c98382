"""From one brand colour, or a picture, to a whole design that can be read: shown before anything is taken."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.controls import Segmented
from pnm_launcher.gui.dialogs import fill_dialog
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import announce, button, fill, label, row, set_look
from pnm_launcher.gui.texts import tr, translate

from .brand_source import BrandSource
from .meeting_sketch import MeetingSketch
from .proposal_table import ProposalTable
from .proposing import Look, Variant, look_of, variants
from .readability import readable_words

_PAUSE_MS: Final = 120
_ANEW: Final = 1
"""The second of the two ways to fill a design."""


class ProposalDialog(QDialog):
    """Computes in a thread, for the newest colour only; what is shown is what “Use these colours” takes.

    Attributes:
        taken: the parameters to set, by name; "" clears one.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, current: Mapping[str, str], jobs: Jobs) -> None:
        super().__init__(parent)
        self._current, self._jobs = dict(current), jobs
        self._asked = 0
        self._variants: tuple[Variant, ...] = ()
        self._footer = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.setWindowTitle(tr("Design from one colour"))
        self.setAcceptDrops(True)
        self.source = BrandSource(jobs)
        self.mode = Segmented([tr("Keep what I have set"), tr("Start anew")])
        self.mode.setAccessibleName(tr("Colours of this design"))
        self.footers: Segmented | None = None
        self.before = MeetingSketch(tr("Sketch of the meeting as it is now"))
        self.after = MeetingSketch(tr("Sketch of the meeting with the proposal"))
        self.audit = label("", wrap=True)
        self.reasons = label("", "small", wrap=True)
        self.table = ProposalTable()
        self.use = button(tr("Use these colours"), "primary", name="use-proposal")
        self.cancel = button(tr("Cancel"), name="cancel-proposal")
        self._build()
        self._begin()

    def _build(self) -> None:
        inner = QWidget()
        content = QVBoxLayout(inner)
        content.setContentsMargins(28, 24, 28, 8)
        content.setSpacing(12)
        content.addWidget(label(self.windowTitle(), "heading"))
        content.addWidget(self.source)
        self._choices = row(self.mode, 1)
        self._choices.addStrut(self.mode.sizeHint().height())  # nothing jumps when there is something to choose
        content.addLayout(self._choices)
        content.addLayout(self._sketches(), 1)
        said = QVBoxLayout()
        said.setSpacing(2)
        fill(said, self.audit, self.reasons)
        content.addLayout(said)
        content.addWidget(self.table)
        fill_dialog(self, inner, self.cancel, self.use)
        self._fit(inner)

    def _sketches(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        now = tr("Now") if self._current else tr("Now: plugNmeet's own colours")
        for column, (caption, sketch) in enumerate(((now, self.before), (tr("Proposal"), self.after))):
            grid.addWidget(label(caption, "group"), 0, column)
            grid.addWidget(sketch, 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 1)
        return grid

    def _fit(self, inner: QWidget) -> None:
        """As large as is useful, and no larger than the screen."""
        room = self.screen().availableSize()
        wanted = inner.sizeHint()
        self.resize(min(max(860, wanted.width() + 24), room.width() - 40),
                    min(max(720, wanted.height() + 90), room.height() - 60))  # fmt: skip

    def _begin(self) -> None:
        self.source.changed.connect(self._change)
        self.mode.changed.connect(self._change)
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self._take)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.source.take_clipboard)
        self.use.setEnabled(False)
        self.mode.setVisible(bool(self._current))
        self._show_nothing()
        self._jobs.run(partial(look_of, self._current), self._show_now, self._failed, owner=self)
        self.source.set_color(self._current.get("primary_color", self._current.get("primary_btn_bg_color", "")))

    # --- asking -------------------------------------------------------------------------------------------------------

    def _change(self) -> None:
        """From here on no older answer is taken."""
        self._asked += 1
        self.use.setEnabled(False)
        self._pause.start()

    def _ask(self) -> None:
        color = self.source.color()
        if not color:
            self._show_nothing()
            return
        anew = self.mode.index() == _ANEW
        self._jobs.run(partial(variants, color, self._current, anew=anew), self._if_newest(self._show_variants),
                       self._if_newest(self._failed), owner=self)  # fmt: skip

    def _if_newest(self, act: Callable[..., object]) -> Callable[..., object]:
        asked = self._asked
        return lambda *facts: act(*facts) if asked == self._asked else None

    def _failed(self, error: LauncherError) -> None:
        self.source.show_problem(sentence(error))

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show_now(self, look: Look) -> None:
        self.before.show_colors(look.colors, has_picture=look.has_picture)

    def _show_nothing(self) -> None:
        self._variants = ()
        self._offer_footers()
        self.after.show_colors({})
        self.table.show_changes(self._current, {})
        set_look(self.audit, "look", "muted")
        self.audit.setText(tr("Choose the colour of your brand, or open its logo: all other colours are found for it, "
                              "so that everything can be read."))  # fmt: skip
        self.reasons.setText("")

    def _show_variants(self, found: tuple[Variant, ...]) -> None:
        self._variants = found
        self._offer_footers()
        self._show_variant()

    def _offer_footers(self) -> None:
        """One button for each proposal; none where there is no choice."""
        names = [translate(variant.name) for variant in self._variants]
        if self.footers and [segment.text() for segment in self.footers.segments()] != names:
            self.footers.hide()
            self.footers.deleteLater()
            self.footers = None
        if len(names) > 1 and not self.footers:
            self.footers = Segmented(names)
            self.footers.setAccessibleName(tr("Proposal"))
            self._choices.addWidget(self.footers)
            for one, next_one in pairwise((self.footers.segments()[-1], self.cancel, self.use)):
                self.setTabOrder(one, next_one)
            self.footers.set_index(names.index(self._footer) if self._footer in names else 0)
            self.footers.changed.connect(self._footer_chosen)

    def _footer_chosen(self) -> None:
        if self.footers:
            self._footer = self.footers.segments()[self.footers.index()].text()
            self._show_variant()

    def _chosen(self) -> Variant | None:
        index = self.footers.index() if self.footers else 0
        return self._variants[index] if self._variants else None

    def _show_variant(self) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        self.after.show_colors(chosen.look.colors, has_picture=chosen.look.has_picture)
        self.table.show_changes(self._current, chosen.changes)
        words = readable_words(chosen.look)
        full = "" if chosen.changes else tr("All colours are set already: “Start anew” replaces them.") + " "
        set_look(self.audit, "look", "good" if words.good else "bad")
        self.audit.setText(f"{full}{words.verdict}")
        self.reasons.setText(words.reasons)
        announce(self.audit, words.verdict)
        self.use.setEnabled(bool(chosen.changes))

    def _take(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.taken.emit(dict(chosen.changes))
            self.accept()

    # --- dropping -----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        if self.source.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent, /) -> None:
        if not self.source.take(event.mimeData()):
            self.source.refuse()
        event.acceptProposedAction()
