"""`design assets`: the one command that loads what a design names, to say whether everybody can."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from .cli_design import design_text
from .cli_output import ASSET_UNUSABLE, Output
from .design.assets import AssetKind, AssetReport, check_asset
from .design.surfaces import import_design
from .session import Session
from .texts import plain, tr

_KINDS: Final[tuple[AssetKind, ...]] = ("background_image", "custom_logo", "custom_css_url")
_SIGNS: Final = {"problem": "✗", "advice": "!", "fact": "–"}


def design_assets(args: Namespace, output: Output) -> int:
    """Says first from where it loads."""
    found = import_design(design_text(args.file), args.source)
    wanted = [(kind, str(found.values[kind])) for kind in _KINDS if kind in found.values]
    notes = [str(note) for note in found.notes]
    if not output.as_json:
        for note in [*notes, *_announced(wanted)]:
            output.note(note)
    with Session() as session:
        reports = [check_asset(kind, url, session) for kind, url in wanted]
    output.result({"assets": [_data(report) for report in reports], "notes": notes}, _lines(reports))
    return 0 if all(report.ok for report in reports) else ASSET_UNUSABLE


def _announced(wanted: list[tuple[AssetKind, str]]) -> Iterator[str]:
    hosts = dict.fromkeys(plain(urlsplit(url).netloc, 100) for _, url in wanted)
    if hosts:
        yield tr("Loading from {hosts}…").format(hosts=", ".join(hosts))


def _lines(reports: list[AssetReport]) -> Iterator[str]:
    if not reports:
        yield tr("This design names no picture and no style sheet.")
    for report in reports:
        yield f"{'✓' if report.ok else '✗'} {report.kind}: {report.url}"
        known = [report.content_type] if report.content_type else []
        if report.picture:
            known.append(tr("{width} × {height} pixels").format(
                width=report.picture.width, height=report.picture.height))  # fmt: skip
        if report.size:
            known.append(tr("{size} bytes").format(size=report.size))
        if known:
            yield f"  {', '.join(known)}"
        yield from (f"  {_SIGNS[remark.level]} {remark.note}" for remark in report.remarks)


def _data(report: AssetReport) -> dict[str, Any]:
    picture = report.picture
    return {
        "field": report.kind, "url": report.url, "ok": report.ok, "content_type": report.content_type,
        "bytes": report.size, "width": picture and picture.width, "height": picture and picture.height,
        "animated": picture and picture.animated, "transparent": picture and picture.transparent,
        "remarks": [{"level": remark.level, "message": str(remark.note)} for remark in report.remarks],
    }  # fmt: skip
