"""What the windows of a meeting share and what outlives them: permissions, places, and how often the page crashed."""

import time
from collections import deque
from dataclasses import dataclass, field

from PySide6.QtCore import QSettings

from .permissions import PermissionBook, Permissions
from .window_memory import WindowMemory

_CRASH_SECONDS = 600
_MANY_CRASHES = 3


@dataclass
class Home:
    """The default keeps nothing. `moderates`: the meeting may be ended from here."""

    permissions: Permissions = field(default_factory=Permissions)
    memory: WindowMemory = field(default_factory=WindowMemory)
    crashes: deque[float] = field(default_factory=deque)
    moderates: bool = False

    def crashed(self) -> bool:
        """Count a crash; True when there were so many in a short time that another try is no good idea."""
        now = time.monotonic()
        self.crashes.append(now)
        while now - self.crashes[0] > _CRASH_SECONDS:
            self.crashes.popleft()
        return len(self.crashes) >= _MANY_CRASHES


class Homes:
    """Made once for the program; `settings` is where the windows' places are kept."""

    def __init__(self, settings: QSettings) -> None:
        self._permissions, self._memory = PermissionBook(settings), WindowMemory(settings)
        self._crashes: dict[str, deque[float]] = {}

    def of(self, meeting_id: str, origin: str, *, moderates: bool) -> Home:
        crashes = self._crashes.setdefault(meeting_id, deque())
        return Home(self._permissions.of(meeting_id, origin), self._memory, crashes, moderates)
