"""What the program logs: the newest lines, in memory only, with every secret and token taken out of them."""

import logging
import re
from collections import OrderedDict, deque
from typing import Final
from urllib.parse import quote, quote_plus

MASK: Final = "[hidden]"
_NEWEST_LINES: Final = 300
_NEWEST_SECRETS: Final = 100
_SHORTEST_SECRET: Final = 4
"""Shorter values are part of ordinary words: hiding them would leave nothing to read."""

_PATTERNS: Final = (
    (re.compile(r"(access_token(?:=|%3[Dd]))[^&\s\"'\\#;,<>]+"), rf"\1{MASK}"),
    (re.compile(r"eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,2}"), MASK),
    (
        re.compile(
            r"((?:hash-signature|api-key|authorization|cookie)"
            r"(?:[\"']?\s*[:=]\s*(?:b?[\"'])?|[\"']\s*,\s*b?[\"']))"
            r"[^\"'\\\r\n]+",
            re.IGNORECASE,
        ),
        rf"\1{MASK}",
    ),
    (re.compile(r"(://)[^/?#@\s\"']*@"), rf"\1{MASK}@"),
    (re.compile(r"\b[0-9a-fA-F]{64}\b"), MASK),
)

_lines: Final[deque[str]] = deque(maxlen=_NEWEST_LINES)
_secrets: Final[OrderedDict[str, tuple[str, ...]]] = OrderedDict()


def hide(secret: str) -> None:
    """Take this value out of everything logged from now on, also when URL-encoded or written as base64 or hex.

    The newest 100 values are kept; hiding one again makes it the newest.
    """
    if len(secret) < _SHORTEST_SECRET:
        return
    if secret not in _secrets:
        _secrets[secret] = _spellings(secret)
    _secrets.move_to_end(secret)
    while len(_secrets) > _NEWEST_SECRETS:
        _secrets.popitem(last=False)


def redact(text: str) -> str:
    """The text without hidden values, tokens, signatures, sign-in headers and passwords in addresses."""
    for spellings in tuple(_secrets.values()):
        for spelling in spellings:
            text = text.replace(spelling, MASK)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def recent() -> tuple[str, ...]:
    """The newest lines (at most 300), oldest first, redacted."""
    return tuple(redact(line) for line in _lines)  # again: a value may have been hidden after it was logged


def start(level: int = logging.INFO, *, stderr: bool = False) -> None:
    """Keep what is logged from `level` on in memory, and write it to standard error if wanted; replaces a start
    before."""
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if any(isinstance(item, Redaction) for item in handler.filters)]:
        root.removeHandler(old)
    handlers: list[logging.Handler] = [_Memory()]
    if stderr:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.addFilter(Redaction())
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
    root.setLevel(level)


class Redaction(logging.Filter):
    """Redacts a record in place, its exception included, so that handlers after this one see no secret either."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(_message(record)), None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_info = None
        record.exc_text = record.exc_text and redact(record.exc_text)
        record.stack_info = record.stack_info and redact(record.stack_info)
        return True


class _Memory(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        _lines.append(self.format(record))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # wrong arguments of a log call somewhere: the line is still worth keeping
        return f"{record.msg} {record.args}"


def _spellings(secret: str) -> tuple[str, ...]:
    """How a value may be written, longest first."""
    from base64 import b64encode, urlsafe_b64encode

    data = secret.encode(errors="surrogatepass")
    found = {secret, repr(secret)[1:-1], repr(data)[2:-1], data.hex(), data.hex().upper()}
    found |= {quote(data), quote(data, safe=""), quote_plus(data)}
    found |= {re.sub("%..", lambda match: match[0].lower(), spelling) for spelling in tuple(found)}
    for encode in (b64encode, urlsafe_b64encode):
        found.add(encode(data).decode().rstrip("="))
        for before in range(3):  # inside a longer text, base64 reads differently for each place modulo three
            first, last = (0, 2, 3)[before], (None, -3, -2)[(before + len(data)) % 3]
            found.add(encode(b"\0" * before + data).decode()[first:last])
    return tuple(sorted((spelling for spelling in found if len(spelling) >= _SHORTEST_SECRET), key=len, reverse=True))
