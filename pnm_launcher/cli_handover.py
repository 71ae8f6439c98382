"""The `design` commands for what is handed over: the style sheet for dark mode, and the length of the join address."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from .address import parse_address
from .cli_design import design_text
from .cli_output import ADDRESS_TOO_LONG, Output
from .design.handover import FITS, SOME_PAGE, fit, hand_over
from .design.length import Length, join_length, without_defaults
from .design.settle import Import
from .design.surfaces import import_design
from .errors import InvalidValue
from .texts import tr


def design_dark(args: Namespace, output: Output) -> None:
    found = import_design(design_text(args.file), args.source)
    made = hand_over(found.values, "dark")
    if not made.text:
        raise InvalidValue("design", made.notes[0])
    notes = [*map(str, found.notes), *made.notes]
    output.result({"text": made.text, "notes": notes}, made.text.rstrip("\n"))
    _tell(notes, output)


def design_length(args: Namespace, output: Output) -> int:
    """Measured for an address of usual length where no page is given."""
    found = import_design(design_text(args.file), args.source)
    length = join_length(parse_address(args.page, "page") if args.page else SOME_PAGE, found.values)
    fewer = without_defaults(found.values)
    spare = [path for path in found.values if path not in fewer]
    notes = [*map(str, found.notes)]
    data = {"characters": length.url, "request_bytes": length.headers_estimate, "limit": length.limit,
            "verdict": fit(length), "changes_nothing": spare, "notes": notes}  # fmt: skip
    output.result(data, _lines(length, spare, found))
    _tell(notes, output)
    return ADDRESS_TOO_LONG if args.strict and length.too_long else 0


def _lines(length: Length, spare: Sequence[str], found: Import) -> Iterator[str]:
    yield FITS[fit(length)]
    yield tr("It has {characters} characters; the page's largest request needs about {bytes} of {limit} bytes.").format(
        characters=length.url, bytes=length.headers_estimate, limit=length.limit
    )
    if len(spare) < len(found.values) and spare:
        yield tr("Meetings look the same without: {fields}.").format(fields=", ".join(spare))


def _tell(notes: Sequence[str], output: Output) -> None:
    if not output.as_json:
        for note in notes:
            output.note(note)
