"""Notices that the computer has slept, or that the network has come back: meetings may have lost their connection."""

import sys
import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

_LOOK_MS: Final = 5_000
_LONG: Final = 30
"""Seconds of sleep that a connection does not survive for sure."""
_Reachability = QNetworkInformation.Reachability


def slept_in_all() -> float:
    """Seconds that this computer has spent asleep, counted from any beginning."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
    return time.time() - time.monotonic()


class Outages(QObject):
    """
    Attributes:
        woke: the computer is awake again, after so many seconds.
        network_lost, network_back: as the system tells.
    """

    woke = Signal(int)
    network_lost = Signal()
    network_back = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._slept = slept_in_all()
        self._online = True
        timer = QTimer(self, interval=_LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self.reached)

    def look(self) -> None:
        before, self._slept = self._slept, slept_in_all()
        if self._slept - before >= _LONG:
            self.woke.emit(int(self._slept - before))

    def reached(self, how_far: QNetworkInformation.Reachability) -> None:
        online = how_far in (_Reachability.Online, _Reachability.Unknown)
        if online != self._online:
            self._online = online
            (self.network_back if online else self.network_lost).emit()
