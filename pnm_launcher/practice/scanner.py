"""JSON cut into tokens with their places, told apart and refused with the words of the server's own parser.

The texts are those of protobuf-go v1.36 (`internal/encoding/json`), which plugNmeet shows its callers.
"""

import json
import re
from typing import Final, Literal, NamedTuple

TokenKind = Literal["start", "end", "null", "bool", "number", "string", "name", "{", "}", "[", "]", ","]

_WORD_ENDS: Final = r"(?![-+._a-zA-Z0-9])"
_STRING_PARTS: Final = (
    r'(?:[^"\\\x00-\x1f\ud800-\udfff]++|\\["\\/bfnrt]'
    r"|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})*+"
)
_TOKEN: Final = re.compile(
    rf"(?P<null>null{_WORD_ENDS})"
    rf"|(?P<bool>(?:true|false){_WORD_ENDS})"
    rf"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE](?:[-+](?=[\s\S])|(?=[^-+]))[0-9]*)?{_WORD_ENDS})"
    rf'|(?P<string>"{_STRING_PARTS}")'
    r"|(?P<mark>[\[\]{},])"
)
_SPACE: Final = re.compile(r"[ \n\r\t]*")
_ODD: Final = re.compile(r"[-+._a-zA-Z0-9]{1,32}|.", re.DOTALL)
_CLEAN: Final = re.compile(_STRING_PARTS)
_HIGH_OR_LOW: Final = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_BARE: Final = {7: r"\a", 8: r"\b", 9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r"}
_SCALARS: Final = ("null", "bool", "number", "string")
_VALUE_ENDS: Final = (*_SCALARS, "}", "]")


class Malformed(ValueError):
    """The body is not what the message wants; `str()` is the server's text, after `proto:` and a no-break space.

    Builds of protobuf-go use either that space or a plain one, on purpose, so that nobody matches the text.
    """

    def __init__(self, text: str) -> None:
        super().__init__(f"proto:\N{NO-BREAK SPACE}{text}")


class Token(NamedTuple):
    kind: TokenKind
    raw: str = ""
    start: int = 0
    value: str = ""


class Scanner:
    """Reads a body token by token. Commas and colons are checked here and never seen by the reader."""

    def __init__(self, body: bytes) -> None:
        # Each invalid byte becomes one lone surrogate: it counts as one column, and no string token matches it.
        self._text = body.decode("utf-8", "surrogateescape")
        self._at = 0
        self._open: list[TokenKind] = []
        self._last = Token("start")
        self._ahead: Token | None = None
        self._skip_space()

    def peek(self) -> Token:
        if self._ahead is None:
            self._ahead = self.read()
        return self._ahead

    def read(self) -> Token:
        """The next token; raises `Malformed`."""
        if self._ahead is not None:
            token, self._ahead = self._ahead, None
            return token
        while True:
            token = self._placed(self._next())
            self._last = token
            if token.kind != ",":
                return token

    def fault(self, start: int, text: str, *, syntax: bool = False) -> Malformed:
        """The error for a place in the body, with its line and column (counted in characters, from 1)."""
        line = self._text.count("\n", 0, start) + 1
        column = start - (self._text.rfind("\n", 0, start) + 1) + 1
        return Malformed(f"{'syntax error ' if syntax else ''}(line {line}:{column}): {text}")

    def unexpected(self, token: Token) -> Malformed:
        return self.fault(token.start, f"unexpected token {token.raw}", syntax=True)

    def _skip_space(self) -> None:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at

    def _next(self) -> Token:
        start = self._at
        if start == len(self._text):
            return Token("end", start=start)
        found = _TOKEN.match(self._text, start)
        if found is None:
            if self._text[start] == '"':
                raise self._string_fault(start)
            odd = _ODD.match(self._text, start)
            raise self.fault(start, f"invalid value {_shown(odd.group() if odd else '')}", syntax=True)
        raw, group = found.group(), found.lastgroup
        value = json.loads(raw) if group == "string" else ""
        self._at = found.end()
        self._skip_space()
        return Token(raw if group == "mark" else group, raw, start, value)  # type: ignore[arg-type]  # by the pattern

    def _placed(self, token: Token) -> Token:
        """The token, checked against the one before it; a string before a colon becomes a name."""
        match token.kind:
            case "end":
                if self._open:
                    raise Malformed("unexpected EOF")
            case "string" if not self._value_is_next():
                return self._name(token)
            case "{" | "[" if self._value_is_next():
                self._open.append(token.kind)
            case "}" | "]" if self._may_close(token.kind):
                self._open.pop()
            case "," if self._open and self._last.kind in _VALUE_ENDS:
                pass
            case kind if kind in _SCALARS and self._value_is_next():
                pass
            case _:
                raise self.unexpected(token)
        return token

    def _name(self, token: Token) -> Token:
        if self._last.kind not in ("{", ","):
            raise self.unexpected(token)
        if self._at == len(self._text):
            raise Malformed("unexpected EOF")
        char = self._text[self._at]
        if char != ":":
            byte = chr(char.encode("utf-8", "surrogateescape")[0])  # the server's parser shows one byte of it
            text = f'unexpected character {byte}, missing ":" after field name'
            raise self.fault(self._at, text, syntax=True)
        self._at += 1
        self._skip_space()
        return token._replace(kind="name")

    def _value_is_next(self) -> bool:
        if not self._open:
            return self._last.kind == "start"
        return self._last.kind == "name" if self._open[-1] == "{" else self._last.kind in ("[", ",")

    def _may_close(self, kind: TokenKind) -> bool:
        if not self._open or self._last.kind == ",":
            return False
        return self._open[-1] == "[" if kind == "]" else self._open[-1] == "{" and self._last.kind != "name"

    def _string_fault(self, start: int) -> Malformed:
        clean = _CLEAN.match(self._text, start + 1)
        at = clean.end() if clean else start + 1
        rest = self._text[at : at + 12]
        if rest.startswith("\\u") and _HIGH_OR_LOW.match(rest):
            rest = rest[6:]  # half a pair: the parser names what stands where the other half should be
            text = None if len(rest) < 6 else f"invalid escape code {json.dumps(rest, ensure_ascii=False)} in string"
        elif rest.startswith("\\"):
            size = 6 if rest[1:2] == "u" else 2
            text = (
                None
                if len(rest) < size
                else f"invalid escape code {json.dumps(rest[:size], ensure_ascii=False)} in string"
            )
        elif rest[:1] < " ":
            code = ord(rest[:1] or "\0")
            text = "invalid character '" + _BARE.get(code, f"\\x{code:02x}") + "' in string" if rest else None
        else:
            text = "invalid UTF-8 in string"
        return self.fault(start, text, syntax=True) if text else Malformed("unexpected EOF")


def _shown(text: str) -> str:
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
