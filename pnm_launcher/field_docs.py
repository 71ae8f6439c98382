"""The table of fields in words: for `docs/fields.md` and for `pnm-launcher fields`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .fields import Field, Schema, Section
from .kinds import Choice, Color, Kind, Number, Pairs, Resource, Text, Toggle, Url, Words
from .schema import DESIGN_ALIASES, LANGUAGES, LEFT_OUT, SCHEMAS

_CALLS: Final = {
    "join": "What `getJoinToken` is asked for: the room, you, and your locks.",
    "create": "What `create` is asked for when the meeting is not running yet.",
    "design": "The room's look, sent in the link as `custom_design`. Only the light theme shows it, apart from the "
    "logo and the style sheet.",
}
_INTRODUCTION: Final = """\
# Fields

Written by `scripts/generate_field_docs` from `pnm_launcher/schema.py`; a test fails when it is out of date.

Every field has one name everywhere: the path below. On the command line, `--set PATH=VALUE` takes the whole path or any
ending of it that no other field shares; `join.`, `create.` and `design.` before it tell the tables apart:

```
pnm-launcher join Maths --set preferred_lang=de-DE --set join.lock_settings.lock_chat=true
```

*Left out* means that the field is not sent unless it is set, so that the server decides. *Always true* and *always
false* mean that this is sent until something else is set, because some servers read a missing switch as off.
"""


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """One row in words. `value` tells what may be written, `unset` what happens without a value."""

    table: str
    section: str
    path: str
    label: str
    value: str
    unset: str
    help: str

    @property
    def name(self) -> str:
        """The path with its table before it."""
        return f"{self.table}.{self.path}"

    def mentions(self, words: str) -> bool:
        """Whether every one of these words is somewhere in the row, in any case."""
        row = " ".join((self.table, self.section, self.path, self.label, self.value, self.help)).casefold()
        return all(word in row for word in words.casefold().split())


def field_docs(words: str = "") -> Iterator[FieldDoc]:
    """All rows in the table's order, or those that mention these words."""
    everything = (
        _describe(schema, section, row) for schema in SCHEMAS for section in schema.sections for row in section.fields
    )
    return (row for row in everything if row.mentions(words))


def _describe(schema: Schema, section: Section, row: Field) -> FieldDoc:
    if row.default is not None:
        unset = f"always {str(row.default).lower()}"
    else:
        unset = "needed" if row.required else "left out"
    return FieldDoc(schema.name, section.title, row.path, row.label, describe_kind(row.kind), unset, row.help)


def describe_kind(kind: Kind) -> str:  # noqa: C901 - one line for each kind
    """What may be written into a field of this kind."""
    match kind:
        case Toggle():
            return "true or false"
        case Number():
            return f"whole number from {kind.minimum} to {kind.maximum}" + (f", in {kind.unit}" if kind.unit else "")
        case Text():
            lines = "text" if kind.lines == 1 else "text of several lines"
            rules = " ".join(rule.template for rule in kind.rules)
            return f"{lines}, at most {kind.max_bytes} bytes" + (f". {rules}" if rules else "")
        case Url():
            schemes = ", ".join(f"{scheme}:" for scheme in kind.schemes)
            return f"address ({schemes}), at most {kind.max_bytes} bytes"
        case Resource():
            return "address (https:, or http: on this computer)"
        case Color():
            return "CSS colour, for example #0a66c2"
        case Choice():
            return "a code of the list of languages" if kind.options == LANGUAGES else "a code of the list"
        case Words():
            return "words with commas between them"
        case Pairs():
            return "name=text, one on a line"


def markdown() -> str:
    """The whole of `docs/fields.md`."""
    parts = [_INTRODUCTION, *(_table(schema) for schema in SCHEMAS), _languages(), _left_out()]
    return "\n".join(parts)


def _table(schema: Schema) -> str:
    lines = [f"## {schema.name}", "", _CALLS[schema.name], ""]
    for section in schema.sections:
        lines += [f"### {section.title}", ""] + ([section.help, ""] if section.help else [])
        lines += ["| field | name | value | unset | remarks |", "| --- | --- | --- | --- | --- |"]
        for row in section.fields:
            doc = _describe(schema, section, row)
            lines.append(f"| `{doc.path}` | {doc.label} | {doc.value} | {doc.unset} | {doc.help} |")
        lines.append("")
    if schema.name == "design":
        lines += [f"`{old}` is read as `{new}`." for old, new in DESIGN_ALIASES.items()] + [""]
    return "\n".join(lines)


def _languages() -> str:
    return "\n".join(["## Languages", "", ", ".join(f"`{code}` {name}" for code, name in LANGUAGES), ""])


def _left_out() -> str:
    lines = [
        "## Left out on purpose",
        "",
        "The protocol has these fields too, but nobody can set them here. The same goes for all fields of `create`",
        "that the server demands to be empty.",
        "",
    ]
    for call, fields in LEFT_OUT.items():
        lines += [f"- `{path}` ({call}): {reason}" for path, reason in fields.items()]
    return "\n".join([*lines, ""])
