"""Undo and redo: what a design was before, and what it was before that was taken back."""

from dataclasses import dataclass
from typing import Final

from pnm_launcher.values import Values

MOST: Final = 200
"""States that are kept."""
_ONE_GESTURE: Final = 1.0
"""Seconds: changes of one parameter that follow each other faster, in the picker or letter by letter, are one."""


@dataclass(frozen=True, slots=True)
class History:
    """The states of one design: those before `now`, oldest first, and those after it, next first.

    `touched` is the parameter that was changed last, at `moment` (seconds of any clock that never goes back).
    """

    now: Values
    past: tuple[Values, ...] = ()
    future: tuple[Values, ...] = ()
    touched: str = ""
    moment: float = 0.0

    def changed(self, values: Values, moment: float) -> "History":
        """With a new state; what had been taken back is gone, as something else has been done instead."""
        if values == self.now:
            return self
        different = _different(self.now, values)
        touched = different[0] if len(different) == 1 else ""
        same = bool(touched) and touched == self.touched and moment - self.moment < _ONE_GESTURE and not self.future
        past = self.past if same else (*self.past, self.now)[-MOST:]
        return History(values, past, (), touched, moment)

    def undone(self) -> "History":
        """One state back; the same if there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redone(self) -> "History":
        """One state on; the same if nothing was taken back."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])


def _different(one: Values, other: Values) -> list[str]:
    return [path for path in {**one, **other} if one.get(path) != other.get(path)]
