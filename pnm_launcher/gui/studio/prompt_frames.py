"""Draws what a web page has painted at once, where Qt would gather for 5 ms, a third of a frame."""

from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, QTimer, QTimerEvent
from PySide6.QtWidgets import QWidget

_QT_WAITS_MS: Final = 5
"""`QQuickWidget::triggerUpdate` of Qt 6: the timer that it starts when its scene has changed."""
_LISTENS_MS: Final = 100


class PromptFrames(QObject):
    """Watches, for a moment after each change, for the timer after which Qt would draw, and lets it end early.

    Where Qt has no such timer nothing happens, and the page is drawn when Qt sees fit.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._listening = QTimer(self, singleShot=True, interval=_LISTENS_MS)
        self._listening.timeout.connect(self._stop)

    def expect(self) -> None:
        """The page has been told of a change."""
        if not self._listening.isActive():
            QAbstractEventDispatcher.instance().aboutToBlock.connect(self._hasten)
        self._listening.start()

    def _stop(self) -> None:
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._hasten)

    def _hasten(self) -> None:
        screen = self._view.focusProxy()
        if screen:
            for timer in QAbstractEventDispatcher.instance().registeredTimers(screen):
                if timer.interval == _QT_WAITS_MS:
                    QCoreApplication.postEvent(screen, QTimerEvent(timer.timerId))
