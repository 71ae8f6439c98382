"""Texts that a person reads: the mark for translation, and the cleaning of texts that others wrote."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Self

Say = Callable[[str], str]
"""Gives a marked text in the reader's language; `str` leaves it in English."""

_LIMIT = 300


class Worded(str):
    """A text in our own words: English, and it remembers what it was made of, so that the window can translate it.

    `details` fill the places of `template`; they are None where nothing was filled in. A `clause` has lost its full
    stop, to stand inside another sentence. `str()` of it, and of an exception that carries it, stays `Worded`; what
    is cut or put together from it is plain text, which nobody translates.
    """

    template: str
    details: Mapping[str, object] | None
    clause: bool

    def __new__(cls, template: str, details: Mapping[str, object] | None = None, *, clause: bool = False) -> Self:
        text = template if details is None else template.format_map(details)
        made = super().__new__(cls, text.rstrip(".") if clause else text)
        made.template, made.details, made.clause = str.__str__(template), details, clause
        return made

    def __str__(self) -> str:
        return self

    def format(self, **details: object) -> Self:  # type: ignore[override]  # every place has a name
        return self.format_map(details)

    def format_map(self, details: Mapping[str, object], /) -> Self:  # type: ignore[override]  # no lazy mappings
        return type(self)(self.template, details)

    def cleaned(self) -> Self:
        """The same with details that are safe to show."""
        if self.details is None:
            return self
        return type(self)(self.template, shown_details(self.details), clause=self.clause)


def tr(text: str) -> Worded:
    """Mark a literal for translation.

    The core speaks English, and the window translates what it shows (`gui.texts.translate`). `pyside6-lupdate`
    collects every literal passed to a function of this name.
    """
    return Worded(text)


def clause(sentence: str) -> str:
    """A sentence without its full stop, to stand inside another one."""
    if isinstance(sentence, Worded):
        return Worded(sentence.template, sentence.details, clause=True)
    return sentence.rstrip(".")


def shown_details(details: Mapping[str, object]) -> dict[str, str]:
    """The details of a sentence, cleaned; those in our own words stay translatable."""
    return {
        name: value.cleaned() if isinstance(value, Worded) else plain(str(value)) for name, value in details.items()
    }


def plain(text: str, limit: int = _LIMIT) -> str:
    """Make text from a server, a file or a link safe to show: one line, no control or direction characters, cut.

    The parser errors of plugNmeet start with `proto:` and either a space or U+00A0, fixed per server build; both
    become a plain space here.
    """
    spaced = " ".join(text[: limit * 8].split())
    shown = "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"
