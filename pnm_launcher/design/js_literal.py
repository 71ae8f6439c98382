"""Reads plain JavaScript values out of a `config.js`, strictly and without running anything.

Takes objects and lists of texts, numbers, true, false and null, as people write them: names without quotes, single
quotes, commas at the end, comments. Everything that would have to be run is refused.
"""

import re
from dataclasses import dataclass
from typing import Final

from pnm_launcher.errors import InvalidValue
from pnm_launcher.texts import tr

_DEEPEST: Final = 8
_TOKEN: Final = re.compile(
    r"""(?P<space>[\s\ufeff]+)
    |(?P<comment>//[^\n\r\u2028\u2029]*|/\*.*?\*/)
    |(?P<text>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|`(?:[^`\\]|\\.)*`)
    |(?P<open>/\*|["'`])
    |(?P<number>\.?[0-9][\w.]*)
    |(?P<name>[\w$]+)
    |(?P<mark>[^\w\s])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(
    r"\\(?:x(?P<two>[0-9A-Fa-f]{2})|u(?P<four>[0-9A-Fa-f]{4})|u\{(?P<any>[0-9A-Fa-f]{1,6})\}|(?P<line>\r\n|.))",
    re.DOTALL,
)
_INSERTS: Final = re.compile(r"\A`(?:[^\\]|\\.)*?\$\{", re.DOTALL)
"""A text with something to run inside, which is therefore no text to us."""
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0",
                   "\n": "", "\r": "", "\r\n": "", "\u2028": "", "\u2029": ""}  # fmt: skip
_WORDS: Final = {"true": True, "false": False, "null": None, "undefined": None}

Literal = str | float | bool | None | list["Literal"] | dict[str, "Literal"]


@dataclass(frozen=True, slots=True)
class Token:
    """`sort` is text, name, number or mark; `text` is decoded for texts and as written for the others."""

    sort: str
    text: str
    line: int


def tokens(source: str) -> tuple[list[Token], list[str]]:
    """The tokens of a script, and its comments. Raises `InvalidValue` where it is no JavaScript we can read."""
    found: list[Token] = []
    comments: list[str] = []
    line, place = 1, 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        sort = match.lastgroup if match else None
        if match is None or sort is None or sort == "open":
            raise _unreadable(line)
        if sort == "comment":
            comments.append(match[0])
        elif sort == "text" and not _INSERTS.search(match[0]):
            found.append(Token(sort, _decoded(match[0], line), line))
        elif sort != "space":
            found.append(Token("mark" if sort == "text" else sort, match[0], line))
        line += match[0].count("\n")
        place = match.end()
    return found, comments


def literal(script: list[Token], place: int) -> Literal:
    """The value that begins at a token. Raises `InvalidValue` if it is not written out in full."""
    reader = _Reader(script, place)
    value = reader.value(0)
    reader.end()
    return value


class _Reader:
    def __init__(self, script: list[Token], place: int) -> None:
        self._script = script
        self._place = place

    def value(self, depth: int) -> Literal:
        token = self._next()
        if depth > _DEEPEST:
            raise InvalidValue("design", tr("The design holds lists or objects that are nested too deeply."))
        if token.sort == "text":
            return token.text
        if token.text == "{":
            return self._object(depth)
        if token.text == "[":
            return self._list(depth)
        if token.text in _WORDS:
            return _WORDS[token.text]
        if token.text == "-":
            token = self._next()
            return -self._number(token)
        return self._number(token)

    def end(self) -> None:
        """After a value comes nothing that would change it, such as `+` or a call."""
        if self._place < len(self._script) and self._script[self._place].text not in (",", ";", "}", ")", "]"):
            token, before = self._script[self._place], self._script[self._place - 1]
            if token.sort != "name" or token.line == before.line:
                raise _unreadable(token.line)

    def _object(self, depth: int) -> Literal:
        values: dict[str, Literal] = {}
        while (token := self._next()).text != "}" or token.sort == "text":
            if token.sort not in ("text", "name", "number") or self._next().text != ":":
                raise _unreadable(token.line)
            if token.text in values:
                raise InvalidValue("design", tr("The name “{name}” appears twice."), name=token.text[:40])
            values[token.text] = self.value(depth + 1)
            if not self._goes_on("}"):
                break
        return values

    def _list(self, depth: int) -> Literal:
        values: list[Literal] = []
        while not self._is_next("]"):
            values.append(self.value(depth + 1))
            if not self._goes_on("]"):
                return values
        self._next()
        return values

    def _goes_on(self, ending: str) -> bool:
        """Whether a comma follows; otherwise the object or list must end here."""
        token = self._next()
        if token.sort != "mark" or token.text not in (",", ending):
            raise _unreadable(token.line)
        return token.text == ","

    def _is_next(self, text: str) -> bool:
        coming = self._script[self._place : self._place + 1]
        return [(token.sort, token.text) for token in coming] == [("mark", text)]

    def _next(self) -> Token:
        if self._place >= len(self._script):
            raise _unreadable(self._script[-1].line if self._script else 1)
        self._place += 1
        return self._script[self._place - 1]

    @staticmethod
    def _number(token: Token) -> float:
        if token.sort != "number" or not re.fullmatch(r"[0-9]{0,20}\.?[0-9]{1,20}(e[+-]?[0-9]{1,2})?", token.text):
            raise _unreadable(token.line)
        return float(token.text)


def _decoded(quoted: str, line: int) -> str:
    def character(match: re.Match[str]) -> str:
        code = match["two"] or match["four"] or match["any"]
        if code:
            if int(code, 16) > 0x10FFFF:
                raise _unreadable(line)
            return chr(int(code, 16))
        if match["line"] in ("x", "u"):
            raise _unreadable(line)
        return _LETTERS.get(match["line"], match["line"])

    return _ESCAPE.sub(character, quoted[1:-1])


def _unreadable(line: int) -> InvalidValue:
    return InvalidValue(
        "design",
        tr("Line {line} cannot be read. Write the design out in full: names, colons, and texts in quotes."),
        line=line,
    )
