"""What lies over a meeting's page: the calm page while it loads, the one that says what went wrong, and short hints."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from .parts import button, label, row
from .texts import tr

_HINT_MS: Final = 5_000
_WIDTH_PX: Final = 520


class Curtain(QWidget):
    """Covers the page until it has loaded, and again when it has failed.

    Attributes:
        can_join_again: whether the failure page offers that, or a way to close only.
        again_requested, browser_requested, close_requested: the buttons of the failure page.
    """

    again_requested = Signal()
    browser_requested = Signal()
    close_requested = Signal()

    def __init__(self, heading: str, host: str) -> None:
        super().__init__()
        self.can_join_again = False
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self._heading = label(heading, "title", wrap=True)
        self._detail = label(host, "muted", wrap=True)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedSize(220, 6)
        self._again = button(tr("Join again"), "primary", name="join-again")
        self._browser = button(tr("Open in browser"), name="open-in-browser")
        self._close = button(tr("Close"), name="close-meeting")
        self._again.clicked.connect(self.again_requested)
        self._browser.clicked.connect(self.browser_requested)
        self._close.clicked.connect(self.close_requested)
        self._buttons = (self._again, self._browser, self._close)
        for one in self._buttons:
            one.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(8)
        for text in (self._heading, self._detail):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setFixedWidth(_WIDTH_PX)
            column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row(1, *self._buttons, 1, spacing=12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 28, 28, 28)
        layout.addStretch(2)
        layout.addLayout(column)
        layout.addStretch(3)

    @property
    def text(self) -> str:
        return f"{self._heading.text()} {self._detail.text()}"

    def show_problem(self, sentence: str, next_step: str) -> None:
        """Say what happened and what to do."""
        again = self.can_join_again
        self._heading.setText(sentence)
        self._detail.setText(next_step)
        self._progress.hide()
        for one in (self._again, self._browser):
            one.setVisible(again)
        self._close.setVisible(not again)
        self.setAccessibleName(self.text)
        self.show()
        (self._again if again else self._close).setFocus()


class Hint(QLabel):
    """A few words over the page for some seconds, such as the way out of full screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(16, 10, 16, 10)
        self.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._timer = QTimer(self, singleShot=True, interval=_HINT_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """At the top in the middle; called again when the window changes its size."""
        parent = self.parentWidget()
        if parent:
            self.move((parent.width() - self.width()) // 2, 20)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.ToolTipBase))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
        super().paintEvent(event)
