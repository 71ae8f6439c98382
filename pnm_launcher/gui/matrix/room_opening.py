"""Opens a chat room with what is installed here, and remembers with what the user wants to."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Signal

from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.texts import translate
from pnm_launcher.matrix.openers import RoomOpener, installed_schemes, open_room, openers
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix_saved import MatrixAccount

_KEY = "matrix/opener"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to open a room; `kind` is what is remembered."""

    kind: str
    name: str


class RoomOpening(QObject):
    """What is installed is asked for once, at the first need.

    Attributes:
        known: it is known what is installed.
        opened: a program was started for the room (its name).
        failed: none could be started.
    """

    known = Signal()
    opened = Signal(str)
    failed = Signal(object)

    def __init__(self, settings: QSettings, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._jobs = settings, jobs
        self._schemes: frozenset[str] | None = None
        self._asking = False

    def ask(self) -> None:
        """Find out what is installed."""
        if self._schemes is None and not self._asking:
            self._asking = True
            self._jobs.run(installed_schemes, self._learned, owner=self)

    def choices(self, address: RoomAddress, account: MatrixAccount) -> list[Choice]:
        return [Choice(each.kind, translate(each.name)) for each in self._ways(address, account)]

    def chosen(self, choices: list[Choice]) -> int:
        """The number of the remembered choice, or of the best where that one is not there."""
        kind = self._settings.value(_KEY, "")
        return next((number for number, each in enumerate(choices) if each.kind == kind), 0)

    def remember(self, choice: Choice) -> None:
        self._settings.setValue(_KEY, choice.kind)

    def open(self, address: RoomAddress, account: MatrixAccount) -> None:
        """With the remembered program, once it is known what is installed."""
        if self._schemes is None:

            def go_on(schemes: frozenset[str]) -> None:
                self._learned(schemes)
                self.open(address, account)

            self._jobs.run(installed_schemes, go_on, owner=self)
            return
        ways = self._ways(address, account)
        way = ways[self.chosen([Choice(each.kind, "") for each in ways])]
        done: Callable[[object], object] = lambda _: self.opened.emit(translate(way.name))  # noqa: E731
        failed: Callable[[LauncherError], object] = self.failed.emit
        self._jobs.run(lambda: open_room(way), done, failed, owner=self)

    def _ways(self, address: RoomAddress, account: MatrixAccount) -> tuple[RoomOpener, ...]:
        return openers(address, self._schemes or frozenset(), account.web_client)

    def _learned(self, schemes: frozenset[str]) -> None:
        self._schemes = schemes
        self.known.emit()
