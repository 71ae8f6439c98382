"""What a meeting may use of this computer, as the user answered: for this meeting only, and changeable."""

from collections.abc import Iterable
from typing import Final, Literal, get_args

from PySide6.QtCore import QObject, QSettings, Signal

from pnm_launcher.gui.texts import tr

Thing = Literal["camera", "microphone", "notifications"]
THINGS: Final[tuple[Thing, ...]] = get_args(Thing)
_WORDS: Final = {True: "allow", False: "refuse"}


def name_of(thing: Thing) -> str:
    names = {"camera": tr("Camera"), "microphone": tr("Microphone"), "notifications": tr("Notifications")}
    return names[thing]


class Permissions(QObject):
    """The answers of one meeting at one origin; what was not answered yet is asked.

    Attributes:
        changed: an answer is new or was taken back.
    """

    changed = Signal()

    def __init__(self, settings: QSettings | None = None, meeting_id: str = "", origin: str = "") -> None:
        """With settings, answers that are to be kept outlive the program; another origin asks anew."""
        super().__init__()
        self._settings, self._group, self._origin = settings, f"permissions/{meeting_id}", origin
        self._answers: dict[Thing, bool] = {}
        if settings is None or settings.value(f"{self._group}/origin") != origin:
            return
        for thing in THINGS:
            word = settings.value(f"{self._group}/{thing}")
            if word in _WORDS.values():
                self._answers[thing] = word == _WORDS[True]

    def answer(self, things: Iterable[Thing]) -> bool | None:
        """True where all of them are allowed, False where one is refused, None where somebody has to be asked."""
        answers = [self._answers.get(thing) for thing in things]
        if False in answers:
            return False
        return None if None in answers else True

    def set(self, things: Iterable[Thing], allowed: bool, *, keep: bool) -> None:
        """Answer for the rest of this meeting and, if wanted, for the next times."""
        for thing in things:
            self._answers[thing] = allowed
            if keep and self._settings is not None:
                self._settings.setValue(f"{self._group}/origin", self._origin)
                self._settings.setValue(f"{self._group}/{thing}", _WORDS[allowed])
        self.changed.emit()

    def forget(self) -> None:
        """Ask again for everything."""
        self._answers.clear()
        if self._settings is not None:
            self._settings.remove(self._group)
        self.changed.emit()


class PermissionBook:
    """The permissions of every meeting while the program runs: a meeting that is joined again asks nothing again."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._made: dict[tuple[str, str], Permissions] = {}

    def of(self, meeting_id: str, origin: str) -> Permissions:
        key = meeting_id, origin
        if key not in self._made:
            self._made[key] = Permissions(self._settings, meeting_id, origin)
        return self._made[key]
