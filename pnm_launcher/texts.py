"""Texts that a person reads: the mark for translation, and the cleaning of texts that others wrote."""

import unicodedata

_LIMIT = 300


def tr(text: str) -> str:
    """Mark a literal for translation.

    Returns it unchanged: the core speaks English, and the window translates what it shows
    (`gui.texts.translate`). `pyside6-lupdate` collects every literal passed to a function of this name.
    """
    return text


def plain(text: str, limit: int = _LIMIT) -> str:
    """Make text from a server, a file or a link safe to show: one line, no control or direction characters, cut.

    The parser errors of plugNmeet start with `proto:` and either a space or U+00A0, fixed per server build; both
    become a plain space here.
    """
    spaced = " ".join(text[: limit * 8].split())
    shown = "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"
