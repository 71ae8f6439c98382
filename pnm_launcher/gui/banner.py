"""One message at a time, in a strip above the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from .faults import next_step, sentence
from .parts import announce, button, label, set_look
from .texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from pnm_launcher.errors import LauncherError


class Banner(QFrame):
    """One message at a time, with its next step, at most two buttons and a way to close it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Banner")
        self._sentence = label("", "strong", wrap=True)
        self._step = label("", wrap=True)
        self._buttons = QHBoxLayout()
        self._close = button(tr("Close"), "link", name="banner-close")
        self._close.clicked.connect(self.hide)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._sentence)
        texts.addWidget(self._step)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(28, 10, 20, 10)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(self._close)
        self.hide()

    def show_error(self, error: LauncherError, *actions: tuple[str, Callable[[], object]]) -> None:
        self._show("danger", sentence(error), next_step(error), actions)

    def show_info(self, text: str, detail: str = "", *actions: tuple[str, Callable[[], object]]) -> None:
        self._show("info", text, detail, actions)

    def text(self) -> str:
        """What is shown now, "" if nothing is."""
        return "" if self.isHidden() else f"{self._sentence.text()} {self._step.text()}".strip()

    def _show(self, tone: str, text: str, detail: str, actions: tuple[tuple[str, Callable[[], object]], ...]) -> None:
        set_look(self, "tone", tone)
        self._sentence.setText(text)
        self._step.setText(detail)
        self._step.setVisible(bool(detail))
        while (item := self._buttons.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for caption, action in actions:
            made = button(caption)
            made.clicked.connect(lambda _=False, action=action: self._act(action))
            self._buttons.addWidget(made)
            self.setTabOrder(made, self._close)
        self.setAccessibleName(f"{text} {detail}".strip())
        self.show()
        announce(self, self.accessibleName())

    def _act(self, action: Callable[[], object]) -> None:
        self.hide()
        action()
