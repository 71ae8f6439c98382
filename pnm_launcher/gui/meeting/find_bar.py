"""Finds words in a meeting's page: its chat, its notepad, the names of its people."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWebEngineCore import QWebEngineFindTextResult, QWebEnginePage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from pnm_launcher.gui.parts import button, label
from pnm_launcher.gui.texts import tr

_Flag = QWebEnginePage.FindFlag


class FindBar(QFrame):
    """Hidden until wanted; Enter goes on, with Shift backwards, Escape ends."""

    def __init__(self, page: QWebEnginePage, back_to: QWidget) -> None:
        super().__init__()
        self.setObjectName("MeetingBar")
        self._page, self._back_to = page, back_to
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("Find in the meeting"))
        self.words.setPlaceholderText(tr("Find in the meeting"))
        self.words.setMinimumWidth(260)
        self.words.setMaximumWidth(360)
        self.found = label("", "muted")
        before, after, close = button(tr("Previous")), button(tr("Next")), button(tr("Close"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        for widget in (self.words, before, after, self.found):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(close)
        self.words.textChanged.connect(self._find)
        before.clicked.connect(lambda: self._find(backward=True))
        after.clicked.connect(self._find)
        close.clicked.connect(self.end)
        page.findTextFinished.connect(self._tell)
        self.hide()

    def begin(self) -> None:
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def end(self) -> None:
        self.hide()
        self._page.findText("")
        self._back_to.setFocus()

    def _find(self, *_: object, backward: bool = False) -> None:
        self._page.findText(self.words.text(), _Flag.FindBackward if backward else _Flag(0))
        if not self.words.text():
            self.found.clear()

    def _tell(self, result: QWebEngineFindTextResult) -> None:
        if not self.words.text():
            return
        if result.numberOfMatches():
            text = tr("{number} of {count}").format(number=result.activeMatch(), count=result.numberOfMatches())
        else:
            text = tr("Not found")
        self.found.setText(text)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._find(backward=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)
