"""The documents tell what the program does."""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pnm_launcher import cli
from pnm_launcher.cli_output import EXIT_CODES
from pnm_launcher.field_docs import FieldDoc, field_docs, markdown
from pnm_launcher.schema import LANGUAGES, LEFT_OUT, SCHEMAS

ROOT = Path(__file__).parent.parent
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
FIELDS = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")


def test_the_list_of_fields_is_up_to_date():
    assert markdown() == FIELDS, "run scripts/generate_field_docs"


def test_the_generator_writes_the_same(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "generate_field_docs"
    script.write_bytes((ROOT / "scripts" / "generate_field_docs").read_bytes())
    (tmp_path / "pnm_launcher").symlink_to(ROOT / "pnm_launcher")
    subprocess.run([sys.executable, script], check=True)
    assert (tmp_path / "docs" / "fields.md").read_text(encoding="utf-8") == FIELDS


def test_every_field_language_and_left_out_path_is_listed():
    for schema in SCHEMAS:
        part = FIELDS.partition(f"## {schema.name}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^\| `([^`]+)`", part, re.MULTILINE) == [row.path for row in schema]
    for code, name in LANGUAGES:
        assert f"`{code}` {name}" in FIELDS
    for call, paths in LEFT_OUT.items():
        for path, reason in paths.items():
            assert f"`{path}` ({call}): {reason}" in FIELDS


def test_every_row_of_the_list_has_five_cells():
    rows = [line for line in FIELDS.splitlines() if line.startswith("|")]
    assert len(rows) > 100
    assert {line.count("|") for line in rows} == {6}


def test_fields_are_found_by_any_words():
    names = {doc.name for doc in field_docs("lock CHAT")}
    assert "join.user_info.user_metadata.lock_settings.lock_chat" in names
    assert all("chat" in name for name in names)
    assert list(field_docs("no such words")) == []
    assert len(list(field_docs())) == sum(len(list(schema)) for schema in SCHEMAS)


def test_a_field_tells_what_happens_without_a_value():
    unset = {doc.name: doc.unset for doc in field_docs()}
    assert unset["join.room_id"] == "needed"
    assert unset["join.user_info.is_admin"] == "always false"
    assert unset["create.metadata.room_features.allow_webcams"] == "always true"
    assert unset["join.user_info.user_metadata.record_webcam"] == "left out"


def test_every_field_says_what_may_be_written():
    assert [doc.name for doc in field_docs() if not doc.value] == []
    assert all(isinstance(doc, FieldDoc) for doc in field_docs())


# --- docs/command-line.md ----------------------------------------------------------------------------------------


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command and action with its parser."""

    def walk(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
        actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        if not actions:
            yield name, parser
        for action in actions:
            for child, inner in action.choices.items():
                yield from walk(f"{name} {child}".strip(), inner)

    yield from walk("", cli.build_parser())


def test_every_command_is_described():
    names = [name for name, _ in parsers()]
    assert len(names) == 32
    assert [name for name in names if f"`{name}" not in COMMAND_LINE] == []


def test_every_option_is_described_and_no_other():
    real = {
        option
        for _, parser in parsers()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--")
    } - {"--secret"}
    told = set(re.findall(r"--[a-z][a-z-]+", COMMAND_LINE.partition("## Options")[2].partition("\n`--set`")[0]))
    assert told - {"--version"} == real


def test_every_option_has_a_help_text():
    bare = [
        f"{name} {action.option_strings}"
        for name, parser in parsers()
        for action in parser._actions
        if action.option_strings and not action.help
    ]
    assert bare == []


def test_the_exit_codes_are_the_documented_ones():
    told = re.findall(r"^\| (\d+) \| (.*) \|$", COMMAND_LINE, re.MULTILINE)
    assert told == [(str(code), meaning) for code, meaning in EXIT_CODES]


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_links_between_the_documents_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
