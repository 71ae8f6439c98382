"""Changes to the designs of a book. Each may be made twice: at once in memory, and later to what is in the file then,
where another program may have saved in between; so each finds its design by its id and loses nothing of the other's."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Book, Design
from pnm_launcher.texts import plain
from pnm_launcher.values import Values

Change = Callable[[Book], Book]
MOST_NAME: Final = 100
"""Characters of a design's name, as on the command line."""


def shown_name(design: Design) -> str:
    """Its name, safe to show, and never empty."""
    return plain(design.name, MOST_NAME) or tr("Design without a name")


def now() -> str:
    """As in `Design.saved`."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def design_named(book: Book, name: str) -> Design | None:
    """The design of that name, whatever the case of its letters."""
    wanted = plain(name, MOST_NAME).casefold()
    return next((each for each in book.designs if plain(each.name, MOST_NAME).casefold() == wanted), None)


def free_name(book: Book, name: str, own: str = "") -> str:
    """The name, or the first of “name (2)”, “name (3)” … that no design but the one with the id `own` has."""
    name = plain(name, MOST_NAME)
    taken = {plain(each.name, MOST_NAME).casefold() for each in book.designs if each.id != own}
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        ending = f" ({number})"
        free = name[: MOST_NAME - len(ending)] + ending
    return free


def added(design: Design) -> Change:
    """Add a design; where its name is taken it gets a number."""
    return lambda book: book.with_design(replace(design, name=free_name(book, design.name, design.id)))


def changed(design: Design, values: Values, note: str, saved: str) -> Change:
    """Give a design other values; its state of before becomes a version."""
    return lambda book: book.with_design(_now_in(book, design).changed(values, note=plain(note), saved=saved))


def renamed(design: Design, name: str) -> Change:
    return lambda book: book.with_design(replace(_now_in(book, design), name=free_name(book, name, design.id)))


def noted(design: Design, note: str) -> Change:
    return lambda book: book.with_design(replace(_now_in(book, design), note=plain(note)))


class Deletion:
    """Removes designs, and remembers them as they were when they were removed, in memory or last in the file."""

    def __init__(self, designs: Iterable[Design]) -> None:
        self._removed = {design.id: (design, 0) for design in designs}

    @property
    def designs(self) -> tuple[Design, ...]:
        return tuple(design for design, _ in self._removed.values())

    def make(self, book: Book) -> Book:
        for place, design in enumerate(book.designs):
            if design.id in self._removed:
                self._removed[design.id] = design, place
        return replace(book, designs=tuple(each for each in book.designs if each.id not in self._removed))

    def undo(self, book: Book) -> Book:
        """Put the designs back where they were, with names of their own."""
        for design, place in sorted(self._removed.values(), key=lambda each: each[1]):
            named = replace(design, name=free_name(book, design.name, design.id))
            book = book.with_design(named, min(place, len(book.designs)))
        return book


def _now_in(book: Book, design: Design) -> Design:
    """The design as it is in this book; as it was known, where somebody else has removed it."""
    return next((each for each in book.designs if each.id == design.id), design)
