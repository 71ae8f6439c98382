"""Messages between a meeting's bar and its page: a sentence, what follows from it, and buttons. They cover nothing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import announce, button, label
from pnm_launcher.gui.texts import tr

Answer = tuple[str, Callable[[], object]]


class Strip(QFrame):
    """One message; Escape is its last button.

    Attributes:
        gone: it was answered or put away.
    """

    gone = Signal()

    def __init__(self, text: str, detail: str = "") -> None:
        super().__init__()
        self.setObjectName("Strip")
        self._text, self._detail = label(text, "strong", wrap=True), label(detail, "muted", wrap=True)
        self._detail.setVisible(bool(detail))
        self._buttons: list[QPushButton] = []
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._text)
        texts.addWidget(self._detail)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        self._row.addLayout(texts, 1)
        self.setAccessibleName(self.text)

    @property
    def text(self) -> str:
        return f"{self._text.text()} {self._detail.text()}".strip()

    def add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    def add_answer(self, text: str, act: Callable[[], object], look: str = "") -> QPushButton:
        made = button(text, look)
        made.clicked.connect(self.put_away)
        made.clicked.connect(lambda: act())
        self._row.addWidget(made)
        self._buttons.append(made)
        return made

    def answers(self) -> dict[str, QPushButton]:
        return {each.text(): each for each in self._buttons}

    def put_away(self) -> None:
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape and self._buttons:
            self._buttons[-1].click()
        else:
            super().keyPressEvent(event)


class Strips(QWidget):
    """The place for strips, the newest below; a message that is there already is not said twice."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def shown(self) -> list[Strip]:
        return [each for each in self.findChildren(Strip) if not each.isHidden()]

    def put(self, strip: Strip) -> Strip:
        self._layout.addWidget(strip)
        strip.show()
        announce(strip, strip.text)
        return strip

    def say(self, text: str, detail: str = "", *answers: Answer) -> Strip:
        """A message with buttons for what can be done about it, and one that puts it away."""
        for there in self.shown():
            if there.text == f"{text} {detail}".strip():
                return there
        strip = Strip(text, detail)
        for words, act in answers:
            strip.add_answer(words, act, "primary")
        strip.add_answer(tr("Close"), bool)
        return self.put(strip)
