"""The `design` commands: check, convert, propose and keep designs. Nothing that a design names is ever loaded."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from . import store
from .address import parse_address
from .cli_output import CONTRAST_TOO_LOW, Output, WrongUsage, table
from .cli_saved import read_book
from .design.audit import Finding, audit
from .design.files import LARGEST_FILE, text_of
from .design.length import join_length
from .design.settle import Import
from .design.surfaces import examine_design, export_design, import_design
from .errors import InvalidValue, UnknownDesign
from .meetings import Book, Design, new_id
from .paths import meetings_file
from .texts import plain, tr
from .values import Values

_SOME_PAGE: Final = "https://meet.example.org"
_LARGEST_PICTURE: Final = 10 * 1024 * 1024


def design_check(args: Namespace, output: Output) -> int:
    found = examine_design(design_text(args.file), args.source)
    contrast = () if found.problems else audit(found.values)
    failing = [finding for finding in contrast if not finding.passes and not finding.own]
    data = {
        **_import_data(found),
        "problems": [{"field": problem.path, "message": str(problem)} for problem in found.problems],
        "contrast": [_contrast_data(finding) for finding in contrast],
        "length": join_length(parse_address(_SOME_PAGE), found.values).url,
    }
    output.result(data, _check_lines(found, failing))
    if found.problems:
        return InvalidValue.exit_code
    return CONTRAST_TOO_LOW if failing and args.strict else 0


def _check_lines(found: Import, failing: list[Finding]) -> Iterator[str]:
    yield from (f"✗ {problem.path}: {problem}" for problem in found.problems)
    yield from (f"– {note}" for note in found.notes)
    for finding in failing:
        yield tr("✗ {pair}: contrast {ratio}:1, at least {needed}:1 is needed ({fields})").format(
            pair=finding.label, ratio=finding.shown_ratio, needed=f"{finding.needed:g}",
            fields=", ".join(finding.parameters),
        )  # fmt: skip
    if join_length(parse_address(_SOME_PAGE), found.values).too_long:
        yield "– " + tr("It makes the join address so long that the server may refuse it.")
    if not found.problems and not failing:
        yield "✓ " + tr("All values are acceptable, and every contrast that they decide is high enough.")


def _contrast_data(finding: Finding) -> dict[str, Any]:
    return {
        "pair": finding.pair, "label": finding.label, "foreground": finding.foreground,
        "background": finding.background, "ratio": round(finding.ratio, 3), "needed": finding.needed,
        "grade": finding.grade, "fields": list(finding.parameters), "clients_own": finding.own,
    }  # fmt: skip


def design_export(args: Namespace, output: Output) -> None:
    found = import_design(design_text(args.file), args.source)
    page = parse_address(args.page, "page") if args.page else None
    export = export_design(found.values, args.to, page=page, name=found.name)
    lost = [{"field": loss.path, "reason": loss.reason} for loss in export.lost]
    output.result({"surface": args.to, "text": export.text, "lost": lost, "notes": _notes(found)}, export.text)
    if not output.as_json:
        for note in _notes(found):
            output.note(note)
        for loss in export.lost:
            output.note(tr("Not in it: {field}. {reason}").format(field=loss.path, reason=loss.reason))


def design_import(args: Namespace, output: Output) -> None:
    found = import_design(design_text(args.file), args.source)
    output.result(_import_data(found), export_design(found.values, "file", name=found.name).text)
    if not output.as_json:
        for note in _notes(found):
            output.note(note)


def design_list(args: Namespace, output: Output) -> None:
    designs = read_book().designs
    rows = [(design.name, design.saved, str(len(design.versions)), design.note) for design in designs]
    output.result([_design_data(design) for design in designs], table(rows))


def design_show(args: Namespace, output: Output) -> None:
    design = read_book().design(args.design)
    output.result(_design_data(design), export_design(design.values, "file", name=design.name).text)


def design_save(args: Namespace, output: Output) -> None:
    """Save a new design, or a new state of the one of that name."""
    name = plain(args.design, 100)
    if not name:
        raise WrongUsage(tr("A design needs a name."))
    found = import_design(design_text(args.file), args.source)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    added = Design(new_id(), name, found.values, plain(args.note), now)

    def put(book: Book) -> Book:
        try:
            return book.with_design(book.design(name).changed(found.values, saved=now, note=added.note))
        except UnknownDesign:
            return book.with_design(added)

    read_book()
    saved = store.update(meetings_file(), put).design(name)
    output.result(_design_data(saved), tr("The design “{name}” is saved.").format(name=saved.name))
    if not output.as_json:
        for note in _notes(found):
            output.note(note)


def design_remove(args: Namespace, output: Output) -> None:
    design = read_book().design(args.design)
    store.update(meetings_file(), lambda book: book.without_design(design.id))
    output.result(_design_data(design), tr("The design “{name}” is removed.").format(name=plain(design.name)))


def design_colors(args: Namespace, output: Output) -> None:
    """Propose a design for the colour, or for the strongest colour of the picture; the others are named."""
    from .design.palette import from_color  # colour mathematics, which no other command needs

    path = Path(args.source)
    colors = _colors_of(path) if path.is_file() else (args.source,)
    values = from_color(colors[0])
    output.result({"colors": list(colors), "values": values}, export_design(values, "file").text)
    if not output.as_json and len(colors) > 1:
        output.note(tr("The picture's colours, the strongest first: {colors}").format(colors=", ".join(colors)))


def _colors_of(path: Path) -> tuple[str, ...]:
    from .design.pictures import from_picture

    colors = from_picture(_bytes(str(path), _LARGEST_PICTURE))
    if not colors:
        raise WrongUsage(tr("This picture has no colour of its own."), tr("Give a colour instead, such as #0a66c2."))
    return colors


def _import_data(found: Import) -> dict[str, Any]:
    return {"surface": found.surface, "name": found.name, "values": dict(found.values), "notes": _notes(found)}


def _notes(found: Import) -> list[str]:
    return [str(note) for note in found.notes]


def _design_data(design: Design) -> dict[str, Any]:
    def state(values: Values, note: str, saved: str) -> dict[str, Any]:
        return {"values": dict(values), "note": note, "saved": saved}

    versions = [state(version.values, version.note, version.saved) for version in design.versions]
    present = state(design.values, design.note, design.saved)
    return {"id": design.id, "name": design.name, **present, "versions": versions}


def design_text(file: str) -> str:
    """A file's text, or standard input's."""
    return text_of(_bytes(file, LARGEST_FILE))


def _bytes(file: str, most: int) -> bytes:
    """What is in a file, and of a larger one a byte more than `most`."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(most + 1)
        with Path(file).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise WrongUsage(
            tr("The file cannot be read: {reason}.").format(reason=error.strerror or type(error).__name__),
            tr("Check its name, or use - for standard input."),
        ) from None
