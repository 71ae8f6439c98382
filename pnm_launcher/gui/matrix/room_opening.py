"""Opens a chat room with what is installed here, and remembers with what the user wants to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, Signal

from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.matrix.openers import RoomOpener, installed_schemes, open_room, openers
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix_saved import MatrixAccount

if TYPE_CHECKING:
    from .chat_window import ChatWindows

WINDOW: Final = "window"
_KEY: Final = "matrix/opener"


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
        self._windows: ChatWindows | None = None
        self._may_show = False
        self._schemes: frozenset[str] | None = None
        self._asking = False

    def ask(self) -> None:
        """Find out what is installed."""
        if self._schemes is None and not self._asking:
            self._asking = True
            self._jobs.run(_what_there_is, self._learned, owner=self)

    def choices(self, address: RoomAddress, account: MatrixAccount) -> list[Choice]:
        ways = [Choice(each.kind, translate(each.name)) for each in self._ways(address, account)]
        here = [Choice(WINDOW, tr("Element in a window of this program"))] if self._may_show else []
        number = next(number for number, each in enumerate(ways) if each.kind == "element-web")
        return [*ways[: number + 1], *here, *ways[number + 1 :]]

    def chosen(self, choices: list[Choice]) -> int:
        """The number of the remembered choice, or of the best where that one is not there."""
        kind = self._settings.value(_KEY, "")
        return next((number for number, each in enumerate(choices) if each.kind == kind), 0)

    def remember(self, choice: Choice) -> None:
        self._settings.setValue(_KEY, choice.kind)

    def open(self, address: RoomAddress, account: MatrixAccount) -> None:
        """With the remembered program, once it is known what is installed."""
        if self._schemes is None:

            def go_on(found: tuple[frozenset[str], bool]) -> None:
                self._learned(found)
                self.open(address, account)

            self._jobs.run(_what_there_is, go_on, owner=self)
            return
        choices = self.choices(address, account)
        choice = choices[self.chosen(choices)]
        if choice.kind == WINDOW:
            self._show(next(each for each in self._ways(address, account) if each.kind == "element-web"))
            self.opened.emit(choice.name)
            return
        way = next(each for each in self._ways(address, account) if each.kind == choice.kind)
        self._jobs.run(lambda: open_room(way), lambda _: self.opened.emit(choice.name), self.failed.emit, owner=self)

    def close(self) -> None:
        """The program ends."""
        if self._windows:
            self._windows.close()

    def _show(self, way: RoomOpener) -> None:
        from .chat_window import ChatWindows  # the web engine is not needed before

        self._windows = self._windows or ChatWindows(self._settings, self)
        self._windows.open(way.address)

    def _ways(self, address: RoomAddress, account: MatrixAccount) -> tuple[RoomOpener, ...]:
        return openers(address, self._schemes or frozenset(), account.web_client)

    def _learned(self, found: tuple[frozenset[str], bool]) -> None:
        self._schemes, self._may_show = found
        self.known.emit()


def _what_there_is() -> tuple[frozenset[str], bool]:
    """The schemes of installed programs, and whether this program may show web pages."""
    return installed_schemes(), not engine.unavailable_reason()
