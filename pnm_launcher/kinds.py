"""The kinds of value a field can have.

Each kind is a frozen class with `parse(text, path)` for what a person or the command line typed,
and `check(value, path)` for a value from a file or an editor; both raise `InvalidValue`. A new sort of value is a new
kind with its editor in `gui.editors`, never a flag for the form.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .address import check_resource
from .errors import InvalidValue
from .texts import tr

_TRUE: Final = ("true", "yes", "on", "1", "locked")
_FALSE: Final = ("false", "no", "off", "0", "allowed")
_JOINERS: Final = "\u200c\u200d"
"""Invisible, but Persian and many Indian words are written with them, and so are family emoji."""
_NAMED: Final = r"[A-Za-z0-9._~!$&'()*+,;=%-]"
_URI: Final = (
    rf"(?://(?:(?:{_NAMED}|:)*@)?(?P<host>\[[0-9A-Fa-f:.]+\]|{_NAMED}*)(?::[0-9]*)?(?![^/?#]))?(?!//)"
    rf"(?:{_NAMED}|[:@/])*(?:\?(?:{_NAMED}|[:@/?])*)?(?:#(?:{_NAMED}|[:@/?])*)?"
)
"""What follows the scheme, by RFC 3986, as the server checks it."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """On or off; unset as a third state where the field has no default. `words` name unset, on and off."""

    words: tuple[str, str, str] = (tr("Server decides"), tr("On"), tr("Off"))

    def parse(self, text: str, path: str) -> bool:
        if text.strip().lower() in _TRUE + _FALSE:
            return text.strip().lower() in _TRUE
        raise InvalidValue(path, tr("Write true or false."))

    def check(self, value: object, path: str) -> None:
        if not isinstance(value, bool):
            raise InvalidValue(path, tr("Write true or false."))


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `minimum` to `maximum`, counted in `unit`."""

    minimum: int = 0
    maximum: int = 2**32 - 1
    unit: str = ""

    def parse(self, text: str, path: str) -> int:
        if not re.fullmatch(r"\s*[+-]?[0-9]{1,20}\s*", text):
            raise InvalidValue(path, tr("Write a whole number."))
        value = int(text)
        self.check(value, path)
        return value

    def check(self, value: object, path: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidValue(path, tr("Write a whole number."))
        if not self.minimum <= value <= self.maximum:
            raise InvalidValue(path, tr("Use a number from {low} to {high}."), low=self.minimum, high=self.maximum)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the server demands of a text: a pattern that must (or, with `refuse`, must not) be found in it."""

    pattern: str
    template: str
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `max_bytes` bytes of UTF-8 that keeps every rule. `lines` tells the editor's size."""

    rules: tuple[Rule, ...] = ()
    max_bytes: int = 65_536
    lines: int = 1

    def parse(self, text: str, path: str) -> str:
        self.check(text, path)
        return text

    def check(self, value: object, path: str) -> None:
        _check_text(value, path, self.max_bytes)
        for rule in self.rules:
            if bool(re.search(rule.pattern, str(value))) is rule.refuse:
                raise InvalidValue(path, rule.template)
        if self.lines == 1 and re.search(r"[\t\r\n]", str(value)):
            raise InvalidValue(path, tr("Remove line breaks, tabs and invisible characters."))


@dataclass(frozen=True, slots=True)
class Url:
    """An absolute address as the server's URI rule wants it: ASCII, with a scheme of the list."""

    schemes: tuple[str, ...] = ("https", "http")
    max_bytes: int = 2_048

    def parse(self, text: str, path: str) -> str:
        text = text.strip()
        self.check(text, path)
        return text

    def check(self, value: object, path: str) -> None:
        text = _check_text(value, path, self.max_bytes)
        if not re.fullmatch(r"""[!#-;=?-\[\]_a-z~]+""", text):
            raise InvalidValue(path, tr("Use a complete address without spaces or accents; write %20 for a space."))
        if re.search(r"%(?![0-9A-Fa-f]{2})", text):
            raise InvalidValue(path, tr("Write “%” in an address as %25."))
        scheme, _, rest = text.partition(":")
        if scheme.lower() not in self.schemes or not rest:
            names = ", ".join(f"{name}:" for name in self.schemes)
            raise InvalidValue(path, tr("Use a complete address that begins with {schemes}."), schemes=names)
        uri = re.fullmatch(_URI, rest)
        if not uri:
            raise InvalidValue(path, tr("This address has a bracket, colon or second # where none can be."))
        if scheme.lower() in ("http", "https") and not uri["host"]:
            raise InvalidValue(path, tr("The name of the computer is missing in this address."))


@dataclass(frozen=True, slots=True)
class Resource:
    """The address of a picture or style sheet in a design: https, or http on this computer."""

    def parse(self, text: str, path: str) -> str:
        text = text.strip()
        self.check(text, path)
        return text

    def check(self, value: object, path: str) -> None:
        check_resource(_check_text(value, path, 2_048), path)


@dataclass(frozen=True, slots=True)
class Color:
    """A CSS colour, kept as `#rrggbb` or `#rrggbbaa` (alpha last, as in CSS)."""

    def parse(self, text: str, path: str) -> str:
        from .colors import to_hex  # tinycss2 is not needed before a colour is typed

        return to_hex(_check_text(text, path, 100), path)

    def check(self, value: object, path: str) -> None:
        self.parse(_check_text(value, path, 100), path)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list; each option is the code sent and the name shown. Either may be typed."""

    options: tuple[tuple[str, str], ...]

    def parse(self, text: str, path: str) -> str:
        text = text.strip()[:64]
        for code, name in self.options:
            if text.casefold() in (code.casefold(), name.casefold()):
                return code
        codes = [code for code, _ in self.options]
        nearest = difflib.get_close_matches(text, codes, 1, 0.0)[0]
        raise InvalidValue(path, tr("“{text}” is not in the list; the nearest is {nearest}."), text=text,
                           nearest=nearest)  # fmt: skip

    def check(self, value: object, path: str) -> None:
        if value not in [code for code, _ in self.options]:
            self.parse(str(value), path)
            raise InvalidValue(path, tr("Write the code exactly as in the list."))


@dataclass(frozen=True, slots=True)
class Words:
    """A list of short texts, such as file extensions; typed with commas between them."""

    def parse(self, text: str, path: str) -> tuple[str, ...]:
        value = tuple(word.strip() for word in text.split(",") if word.strip())
        self.check(value, path)
        return value

    def check(self, value: object, path: str) -> None:
        if not isinstance(value, tuple) or not value:
            raise InvalidValue(path, tr("Write at least one word, with commas between them."))
        for word in value:
            if not re.fullmatch(r"[A-Za-z0-9.+_-]{1,32}", _check_text(word, path, 32)):
                raise InvalidValue(path, tr("“{word}” has characters that a file extension cannot have."), word=word)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with texts, such as extra data; typed as `name=text`, one on a line."""

    def parse(self, text: str, path: str) -> Mapping[str, str]:
        value: dict[str, str] = {}
        for line in filter(str.strip, text.splitlines()):
            name, separator, content = line.partition("=")
            if not separator or not name.strip():
                raise InvalidValue(path, tr("Write each line as name=text."))
            if name.strip() in value:
                raise InvalidValue(path, tr("The name “{name}” appears twice."), name=name.strip())
            value[name.strip()] = content.strip()
        self.check(value, path)
        return value

    def check(self, value: object, path: str) -> None:
        if not isinstance(value, Mapping) or not value:
            raise InvalidValue(path, tr("Write each line as name=text."))
        for name, content in value.items():
            _check_text(name, path, 256)
            _check_text(content, path, 4_096, empty=True)


Kind = Toggle | Number | Text | Url | Resource | Color | Choice | Words | Pairs


def _check_text(value: object, path: str, max_bytes: int, *, empty: bool = False) -> str:
    if not isinstance(value, str):
        raise InvalidValue(path, tr("Write a text."))
    if not value and not empty:
        raise InvalidValue(path, tr("This is empty. Write something, or leave it out."))
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise InvalidValue(path, tr("The text has a broken character. Type it again.")) from None
    if size > max_bytes:
        raise InvalidValue(path, tr("Too long: {size} bytes, and at most {most} fit."), size=size, most=max_bytes)
    if not value.isprintable() and any(_invisible(char) for char in value):
        raise InvalidValue(path, tr("Remove line breaks, tabs and invisible characters."))
    return value


def _invisible(char: str) -> bool:
    """Control and direction characters, which make a text look different from what it is."""
    return char not in "\t\r\n" and char not in _JOINERS and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")
