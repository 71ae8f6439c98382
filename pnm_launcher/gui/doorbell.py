"""The socket at which a second start hands over what was opened (`running.hand_over`), in the window that runs."""

import json
import os
import socket
import sys

from PySide6.QtCore import QDir, QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from pnm_launcher import running

_MOST_AT_ONCE = 8
_PATIENCE_MS = 5_000


class Doorbell(QObject):
    """Listens for this user's other starts, and nobody else's.

    Attributes:
        rung: what was opened ("" for nothing), and the folder that relative paths begin at.
    """

    rung = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_AT_ONCE)
        self._server.newConnection.connect(self._visit)
        self._visitors: list[QLocalSocket] = []
        self._lock: QLockFile | None = None

    def hang_up(self) -> bool:
        """Begin to listen; False if another window of this user already does."""
        point = running.meeting_point()
        if not point:
            return True
        if sys.platform == "win32":  # where two servers may listen at one pipe, and each hears some of the calls
            lock = os.path.join(QDir.tempPath(), os.path.basename(point))  # noqa: PTH118, PTH119
        else:
            os.makedirs(os.path.dirname(point), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
            lock = point
        self._lock = QLockFile(f"{lock}.lock")
        self._lock.setStaleLockTime(0)
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            return False
        self._server.listen(point)
        return True

    def take_down(self) -> None:
        for visitor in self._visitors:
            visitor.abort()
        self._server.close()
        if self._lock:
            self._lock.unlock()

    def _visit(self) -> None:
        while (visitor := self._server.nextPendingConnection()) is not None:
            if len(self._visitors) >= _MOST_AT_ONCE or not _is_ours(visitor):
                visitor.abort()
                visitor.deleteLater()
                continue
            self._visitors.append(visitor)
            visitor.setReadBufferSize(running.LONGEST + 1)
            visitor.readyRead.connect(lambda visitor=visitor: self._listen(visitor))
            visitor.disconnected.connect(lambda visitor=visitor: self._gone(visitor))
            QTimer.singleShot(_PATIENCE_MS, visitor, visitor.abort)
            self._listen(visitor)

    def _listen(self, visitor: QLocalSocket) -> None:
        if not visitor.canReadLine():
            if visitor.bytesAvailable() > running.LONGEST:
                visitor.abort()
            return
        message = _understood(bytes(visitor.readLine(running.LONGEST).data()))
        if message is None:
            visitor.abort()
            return
        visitor.write(b"ok\n")
        if sys.platform != "win32":  # where the answer would be thrown away if it is not read yet
            visitor.disconnectFromServer()
        opened, folder, token = message
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it away when it uses it
        self.rung.emit(opened, folder)

    def _gone(self, visitor: QLocalSocket) -> None:
        if visitor in self._visitors:
            self._visitors.remove(visitor)
            visitor.deleteLater()


def _is_ours(visitor: QLocalSocket) -> bool:
    """Whether the same user is at the other end, as the kernel says."""
    if sys.platform == "win32":
        return True  # the pipe lets nobody else in
    with socket.socket(fileno=os.dup(int(visitor.socketDescriptor()))) as line:
        return running.peer(line) == os.getuid()


def _understood(line: bytes) -> tuple[str, str, str] | None:
    try:
        message = json.loads(line)
        found = message["open"], message["folder"], message["token"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return None
    if not all(isinstance(text, str) and "\0" not in text for text in found) or not found[2].isprintable():
        return None
    return found
