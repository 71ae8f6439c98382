"""The product's own words in the languages of the window, for menus and software centres."""

import xml.etree.ElementTree as ET
from functools import cache

from .places import ROOT


@cache
def catalogues() -> dict[str, dict[str, str]]:
    """By language (`de`, `pt_BR`) the translation of each English text."""
    return {
        file.stem.partition("_")[2]: {
            message.findtext("source", ""): message.findtext("translation", "")
            for message in ET.parse(file).iter("message")  # noqa: S314 - a file of ours
        }
        for file in sorted((ROOT / "resources" / "i18n").glob("*.ts"))
    }


def of(text: str) -> dict[str, str]:
    """A text by language."""
    return {language: texts[text] for language, texts in catalogues().items() if texts.get(text)}
