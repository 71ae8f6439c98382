"""The translations hold every text of the window, fit it, and are what the program loads."""

import ast
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import PySide6
import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "i18n"
CATALOGUES = sorted(FOLDER.glob("*.ts"))
MEND = "run scripts/translations, translate what is unfinished, and run it again"


def texts_of_the_window() -> set[str]:
    """Every literal inside `tr(…)`, but those of the command line, which speaks English."""
    return {
        node.args[0].value
        for path in (ROOT / "pnm_launcher").rglob("*.py")
        if not path.name.startswith("cli")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
    }


def translations(file: Path) -> dict[str, str]:
    """What is translated in a catalogue, by the English text."""
    return {
        message.findtext("source"): message.findtext("translation")
        for message in ET.parse(file).iter("message")
        if message.find("translation").get("type") is None
    }


def marks(text: str) -> Counter[str]:
    """What a translation must keep: places to fill, tags, lines, what the keyboard presses, options of a command."""
    return Counter(re.findall(r"\{\w*\}|</?\w+[^>]*>|\n|&(?=\w)|--[a-z-]+", text))


@pytest.fixture(params=CATALOGUES, ids=[path.stem for path in CATALOGUES])
def catalogue(request) -> Path:
    return request.param


def test_there_is_german():
    assert FOLDER / "pnm-launcher_de.ts" in CATALOGUES


def test_every_text_of_the_window_is_translated(catalogue):
    translated = translations(catalogue)
    assert sorted(texts_of_the_window() - set(translated)) == [], MEND
    assert sorted(set(translated) - texts_of_the_window()) == [], MEND
    assert [source for source, text in translated.items() if not (text or "").strip()] == []


def test_a_translation_keeps_what_the_program_fills_in(catalogue):
    assert [source for source, text in translations(catalogue).items() if marks(source) != marks(text)] == []


def test_a_translation_begins_and_ends_as_the_text(catalogue):
    def edges(text: str) -> tuple[bool, bool, str]:
        return text[:1].isspace(), text[-1:].isspace(), (re.search(r"[.…:?!]$", text) or [""])[0]

    odd = [(source, text) for source, text in translations(catalogue).items() if edges(source) != edges(text)]
    assert odd == []


def test_german_has_its_own_quotes_and_no_half_pairs():
    translated = translations(FOLDER / "pnm-launcher_de.ts")
    assert [text for source, text in translated.items() if '"' in text and '"' not in source] == []
    assert [text for text in translated.values() if text.count("„") != text.count("“") or "”" in text] == []


def test_short_texts_stay_short(catalogue):
    """Labels and buttons: where English needs at most 24 letters, a translation may take half as much again and 8."""
    long = {
        source: text
        for source, text in translations(catalogue).items()
        if len(source) <= 24 and not re.search(r"[.{]", source) and len(text) > len(source) * 1.5 + 8
    }
    assert long == {}


def test_the_program_loads_what_the_catalogue_says(catalogue, tmp_path):
    made = tmp_path / "made.qm"
    lrelease = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([lrelease, "-silent", "-nounfinished", catalogue, "-qm", made], check=True)
    assert made.read_bytes() == catalogue.with_suffix(".qm").read_bytes(), MEND
