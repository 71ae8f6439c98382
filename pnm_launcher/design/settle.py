"""From what somebody wrote to values that can do no harm: every value is checked, and what is left out is said."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pnm_launcher.errors import InvalidValue
from pnm_launcher.schema import DESIGN, DESIGN_ALIASES
from pnm_launcher.texts import plain, shown_details, tr
from pnm_launcher.values import Value, Values

from .surface_names import DEAD

LARGEST: Final = 256 * 1024
"""Characters. No design is larger; what is larger is not read."""
_MOST_NAMED: Final = 5


class Note:
    """Something that was left out or read in another way. `template` is marked for translation."""

    def __init__(self, template: str, **details: str | int) -> None:
        self.template = template
        self.details = shown_details(details)

    def __str__(self) -> str:
        return self.template.format_map(self.details)

    def __repr__(self) -> str:
        return f"Note({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Note) and (self.template, self.details) == (other.template, other.details)

    def __hash__(self) -> int:
        return hash(self.template)


@dataclass(frozen=True, slots=True)
class Import:
    """A design as it was read. `values` are safe; `problems` are the values that were refused, each with its field."""

    surface: str
    values: Values
    notes: tuple[Note, ...] = ()
    problems: tuple[InvalidValue, ...] = field(default=(), compare=False)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What stood in a text, before anything of it is trusted."""

    pairs: Mapping[str, Any]
    notes: tuple[Note, ...] = ()
    name: str = ""


def settle(surface: str, written: Written) -> Import:
    """Check every value and say what was left out. Empty texts and null mean unset, as they do in the client."""
    pairs = {name: value for name, value in written.pairs.items() if value is not None and value != ""}
    notes = list(written.notes)
    for old, new in DESIGN_ALIASES.items():
        if old in pairs:
            value = pairs.pop(old)
            notes.append(_alias_note(old, new, used=new not in pairs))
            pairs.setdefault(new, value)
    notes += _left_out(name for name in pairs if name not in DESIGN)
    values: dict[str, Value] = {}
    problems: list[InvalidValue] = []
    for row in DESIGN:
        if row.path in pairs:
            try:
                values[row.path] = row.parse(_text(pairs[row.path], row.path))
            except InvalidValue as problem:
                problems.append(problem)
    return Import(surface, values, tuple(notes), tuple(problems), plain(written.name, 100))


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise InvalidValue(path, tr("Write a text."))
    return value


def _alias_note(old: str, new: str, *, used: bool) -> Note:
    if used:
        return Note(tr("{old} is an old name: it was read as {new}."), old=old, new=new)
    return Note(tr("{old} was left out: it is the old name of {new}, which is there too."), old=old, new=new)


def _left_out(names: Iterable[str]) -> list[Note]:
    dead: list[str] = []
    unknown: list[str] = []
    for name in names:
        (dead if name.startswith(DEAD) else unknown).append(name)
    notes = []
    if dead:
        notes.append(Note(tr("No longer read by the meeting's page, and left out: {names}."), names=_listed(dead)))
    if unknown:
        notes.append(Note(tr("Left out, because there is no such parameter: {names}."), names=_listed(unknown)))
    return notes


def _listed(names: list[str]) -> str:
    """At most five of them, and only those that look like a name: anything else may be a text that nobody may see."""
    shown = [name for name in names if re.fullmatch(r"[A-Za-z0-9_.-]{1,32}", name)][:_MOST_NAMED]
    hidden = len(names) - len(shown)
    return ", ".join([*shown, f"+{hidden}"] if hidden else shown)
