"""What lies over a meeting's page: the calm page while it loads, the one that says what went wrong, and short hints."""

from typing import Final

from PySide6.QtCore import QEasingCurve, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QIcon, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import announce, button, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.paths import resource

_HINT_MS: Final = 5_000
_WIDTH_PX: Final = 640
_ICON_PX: Final = 64


class Curtain(QWidget):
    """Covers the page until it has loaded, and again when it has failed.

    Attributes:
        can_join_again: whether the failure page offers that, or a way to close only.
        again_requested, browser_requested, wait_requested, onward_requested, close_requested: the buttons.
    """

    again_requested = Signal()
    browser_requested = Signal()
    wait_requested = Signal()
    onward_requested = Signal()
    close_requested = Signal()

    def __init__(self, heading: str, host: str) -> None:
        super().__init__()
        self.can_join_again = False
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self._heading = label(heading, "title", wrap=True)
        self._detail = label(host, "muted", wrap=True)
        self._busy = Busy()
        self._again = button(tr("Join again"), "primary", name="join-again")
        self._browser = button(tr("Open in browser"), name="open-in-browser")
        self._wait = button(tr("Wait"), name="wait")
        self._onward = button("", name="go-on")
        self._close = button(tr("Close"), name="close-meeting")
        self._again.clicked.connect(self.again_requested)
        self._browser.clicked.connect(self.browser_requested)
        self._wait.clicked.connect(self.wait_requested)
        self._onward.clicked.connect(self.onward_requested)
        self._close.clicked.connect(self.close_requested)
        self._buttons = (self._again, self._wait, self._onward, self._browser, self._close)
        for one in self._buttons:
            one.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        icon = QLabel()
        icon.setPixmap(QIcon(str(resource("icons/pnm-launcher.svg"))).pixmap(_ICON_PX, _ICON_PX))
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH_PX)
        column = QVBoxLayout(middle)
        column.setSpacing(8)
        column.addWidget(icon)
        column.addSpacing(12)
        for text in (icon, self._heading, self._detail):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._heading)
        column.addWidget(self._detail)
        column.addSpacing(20)
        column.addWidget(self._busy, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row(1, *self._buttons, 1, spacing=12))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        across = row(1, middle, 1)
        across.setStretchFactor(middle, 100)  # as wide as it may be
        layout.addLayout(across)
        layout.addStretch(3)

    @property
    def text(self) -> str:
        return f"{self._heading.text()} {self._detail.text()}"

    def show_problem(self, sentence: str, next_step: str) -> None:
        """Say what happened and what to do."""
        offered = (self._again, self._browser) if self.can_join_again else (self._close,)
        self._show(sentence, next_step, *offered)

    def show_hung(self, sentence: str, next_step: str) -> None:
        """The page may come back: waiting is an answer too."""
        self._show(sentence, next_step, self._wait, *([self._again] if self.can_join_again else []), self._close)

    def show_end(self, sentence: str, reason: str) -> None:
        self._show(sentence, reason, *([self._again] if self.can_join_again else []), self._close)

    def offer_onward(self, host: str) -> None:
        """The meeting has a page for afterwards."""
        self._onward.setText(tr("Go to {host}").format(host=host))
        self._onward.show()

    def _show(self, sentence: str, next_step: str, *offered: QPushButton) -> None:
        self._heading.setText(sentence)
        self._detail.setText(next_step)
        self._busy.hide()
        for one in self._buttons:
            one.setVisible(one in offered)
        self.setAccessibleName(self.text)
        self.show()
        offered[0].setFocus()
        announce(self, self.text)


class Busy(QProgressBar):
    """A thin line along which something moves, for waits of unknown length."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setFixedSize(240, 4)
        self.setAccessibleName(tr("Loading"))
        self._glide = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=1_400)
        self._glide.setLoopCount(-1)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._glide.valueChanged.connect(lambda _: self.update())

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self._glide.start()

    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self._glide.stop()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        color, half = self.palette().color(QPalette.ColorRole.Highlight), self.height() / 2
        length = self.width() * 0.35
        start = (self.width() - length) * float(self._glide.currentValue() or 0)
        for opacity, area in ((0.2, QRectF(self.rect())), (1.0, QRectF(start, 0, length, self.height()))):
            painter.setOpacity(opacity)
            painter.setBrush(color)
            painter.drawRoundedRect(area, half, half)


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
        announce(self, text)
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
