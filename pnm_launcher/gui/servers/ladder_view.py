"""Shows the connection check as a ladder of named steps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from pnm_launcher.gui.faults import next_step, sentence
from pnm_launcher.gui.parts import label, set_look
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.ladder import STEPS, Step

_SIGNS = {"ok": "✓", "failed": "✕", "waiting": "○", "skipped": "–"}


class LadderView(QFrame):
    """Every step is there from the start, so that nothing jumps while they are checked."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 14, 20, 14)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._rows: dict[str, tuple[QLabel, QLabel, QLabel]] = {}
        for number, name in enumerate(STEPS):
            widgets = label("○", "muted"), label(translate(name), "muted"), label(tr("not checked yet"), "muted",
                                                                                  wrap=True)  # fmt: skip
            self._rows[name] = widgets
            for column, widget in enumerate(widgets):
                self._grid.addWidget(widget, number, column, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(tr("Connection check"))

    def begin(self) -> None:
        for sign, name, text in self._rows.values():
            sign.setText("○")
            text.setText("")
            for widget in (sign, name, text):
                set_look(widget, "look", "muted")

    def show_step(self, step: Step) -> None:
        sign, name, text = self._rows[step.name]
        sign.setText(_SIGNS[step.state])
        set_look(sign, "look", {"ok": "good", "failed": "bad"}.get(step.state, "muted"))
        set_look(name, "look", "" if step.state in ("ok", "failed") else "muted")
        set_look(text, "look", "" if step.state == "failed" else "muted")
        words = f"{sentence(step.error)} {next_step(step.error)}" if step.error else translate(step.text)
        text.setText(words)
        self.setAccessibleDescription(f"{translate(step.name)}: {words}")
