"""The sign-off sheet of a design: one HTML file that needs nothing else, for the screen and for paper."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from pnm_launcher.paths import resource
from pnm_launcher.schema import DESIGN
from pnm_launcher.texts import Say, plain, tr

from .audit import Finding, audit_checked
from .contrast import ratio
from .regions import ADDRESSES, checked
from .shots import Shot
from .surface_names import FORMS, SURFACES
from .surfaces import export_design
from .swatches import sample, swatch
from .vision import KINDS, simulate

_LONGEST_NOTE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on it. `pictures` are PNG files in the order in which they are shown; `missing` names the parameters
    whose address gave nothing, and `loads` tells whether they were asked at all."""

    name: str
    note: str
    made: date
    values: Mapping[str, str]
    pictures: Mapping[Shot, bytes]
    loads: bool = False
    missing: tuple[str, ...] = ()


def sheet_html(sheet: Sheet, *, say: Say = str, language: str = "en", right_to_left: bool = False) -> str:
    """The whole file. `language` is the code of the language that `say` translates into.

    Every text is escaped, and the page forbids itself scripts, styles but its own, and whatever is not in it. Raises
    `InvalidValue` for a design that may not reach a style sheet.
    """
    values = checked(sheet.values)
    css = resource("design_sheet.css").read_text("utf-8")
    name = plain(sheet.name, 100) or say(tr("Design without a name"))
    parts = [_head(sheet, name, say), _pictures(sheet, say), _values(values, say), _contrast(values, say),
             _vision(values, say), _surfaces(values, say), _signatures(say)]  # fmt: skip
    return "\n".join([
        "<!doctype html>",
        f'<html lang="{_html(language)}" dir="{"rtl" if right_to_left else "ltr"}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(css)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
        f"<title>{_html(name)} – ", _html(say(tr("design for sign-off"))), "</title>",
        f"<style>{css}</style></head>",
        "<body><main>", *parts, "</main></body></html>", "",
    ])  # fmt: skip


def _policy(css: str) -> str:
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; script-src 'none'; base-uri 'none'; "
            "form-action 'none'")  # fmt: skip


def _html(text: str) -> str:
    return escape(text, quote=True)


def _section(title: str, *content: str, look: str = "") -> str:
    return "\n".join([f'<section class="{look}"><h2>{_html(title)}</h2>', *content, "</section>"])


def _paragraph(text: str, look: str = "") -> str:
    return f'<p class="{look}">{_html(text)}</p>'


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]], look: str) -> str:
    """The rows' first cells are headings; all cells are HTML."""
    lines = [f'<table class="{look}"><thead><tr>', *(f'<th scope="col">{_html(head)}</th>' for head in heads)]
    lines.append("</tr></thead><tbody>")
    for first, *others in rows:
        lines.append(f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>")
    return "\n".join([*lines, "</tbody></table>"])


def _label(path: str, say: Say) -> str:
    return say(DESIGN.field(path).label) if path in DESIGN else path


def _labels(paths: Iterable[str], say: Say) -> str:
    return ", ".join(_label(path, say) for path in paths)


# --- its parts ------------------------------------------------------------------------------------------------------


def _head(sheet: Sheet, name: str, say: Say) -> str:
    made = sheet.made.isoformat()
    note = plain(sheet.note, _LONGEST_NOTE)
    kind = say(tr("Design for sign-off"))
    lines = [f'<header><p class="kind">{_html(kind)}</p><h1>{_html(name)}</h1>',
             f'<p class="made"><time datetime="{made}">{made}</time></p>']  # fmt: skip
    return "\n".join([*lines, *([_paragraph(note, "note")] if note else []), "</header>"])


def _pictures(sheet: Sheet, say: Say) -> str:
    notes = []
    if not sheet.loads and any(name in sheet.values for name in ADDRESSES):
        notes.append(say(tr("Pictures and style sheet of this design were not loaded for these pictures.")))
    if sheet.missing:
        words = say(tr("Not in the pictures, because loading failed: {fields}."))
        notes.append(words.format(fields=_labels(sheet.missing, say)))
    if any(shot.dark for shot in sheet.pictures):
        notes.append(say(tr("People with a dark desktop see of a design only the logo and the style sheet.")))
    figures = [_figure(shot, picture, say) for shot, picture in sheet.pictures.items()]
    return _section(say(tr("What people see")), *map(_paragraph, notes), '<div class="pictures">', *figures, "</div>")


def _figure(shot: Shot, picture: bytes, say: Say) -> str:
    caption, (width, height) = shot.caption(say), shot.size
    data = base64.b64encode(picture).decode()
    alt = say(tr("Picture of the screen: {screen}")).format(screen=caption)
    look = "phone" if shot.phone else "wide"
    return (f'<figure class="{look}"><img src="data:image/png;base64,{data}" width="{width}" height="{height}" '
            f'alt="{_html(alt)}"><figcaption>{_html(caption)}</figcaption></figure>')  # fmt: skip


def _values(values: Mapping[str, str], say: Say) -> str:
    rows = []
    for row in DESIGN:
        if row.path not in values:
            continue
        value = values[row.path]
        shown = _address(value) if row.path in ADDRESSES else value
        sign = "" if row.path in ADDRESSES else swatch(value)
        rows.append([_html(say(row.label)), f"{sign} <code>{_html(shown)}</code>", f"<code>{_html(row.path)}</code>"])
    unset = [row.path for row in DESIGN if row.path not in values]
    left = say(tr("Left as plugNmeet has it: {fields}.")).format(fields=_labels(unset, say))
    heads = (say(tr("What it paints")), say(tr("Value")), say(tr("Parameter")))
    return _section(say(tr("Values")), *([_table(heads, rows, "values")] if rows else []),
                    *([_paragraph(left)] if unset else []))  # fmt: skip


def _address(address: str) -> str:
    """Without what follows a question mark, which can be a key to the file."""
    place, mark, _rest = address.partition("#")[0].partition("?")
    return f"{place}?…" if mark else place


def _contrast(values: Mapping[str, str], say: Say) -> str:
    findings = audit_checked(values)
    failing = sum(not finding.passes and not finding.own for finding in findings)
    words = tr("Too hard to tell apart: {count} of the pairs that a design can change.") if failing else tr(
        "Everything that a design can change is easy enough to read.")  # fmt: skip
    heads = (say(tr("What is read")), say(tr("Sample")), say(tr("Contrast")), say(tr("WCAG 2.2")),
             say(tr("Decided by")))  # fmt: skip
    rows = [[_html(say(each.label)), sample(each.foreground, each.background), f"{each.shown_ratio} : 1",
             _grade(each, say), _html(_decided_by(each, say))] for each in findings]  # fmt: skip
    return _section(say(tr("Contrast")), _paragraph(say(words).format(count=failing)),
                    _table(heads, rows, "contrast"), look="on-a-page")  # fmt: skip


def _grade(finding: Finding, say: Say) -> str:
    if finding.passes:
        return f'<span class="passes">{finding.grade}</span>'
    fails = say(tr("fails; {needed} : 1 is needed")).format(needed=f"{finding.needed:g}")
    return f'<strong class="fails">{_html(fails)}</strong>'


def _decided_by(finding: Finding, say: Say) -> str:
    return _labels(finding.parameters, say) or say(tr("plugNmeet itself"))


def _vision(values: Mapping[str, str], say: Say) -> str:
    heads = (say(tr("Seen")), say(tr("By most people")), *(say(words) for _kind, words in KINDS))
    rows = [[_html(say(row.label)), *(swatch(color) for color in _views(values[row.path]))]
            for row in DESIGN if row.path in values and row.path not in ADDRESSES]  # fmt: skip
    lost = [each for each in audit_checked(values) if each.passes and _least(each) < each.needed]
    rows += [[_html(say(each.label)), *(sample(*pair) for pair in _view_pairs(each))] for each in lost]
    words = tr("Harder to read for some of them than for most people: {pairs}.") if lost else tr(
        "Whatever most people can read stays readable for them.")  # fmt: skip
    pairs = ", ".join(say(each.label) for each in lost)
    return _section(say(tr("For people who do not see all colours")), _paragraph(say(words).format(pairs=pairs)),
                    *([_table(heads, rows, "vision")] if rows else []))  # fmt: skip


def _views(color: str) -> list[str]:
    """A colour as most people see it, and as those of each kind do."""
    return [color, *(simulate(color, kind) for kind, _words in KINDS)]


def _view_pairs(finding: Finding) -> list[tuple[str, str]]:
    return list(zip(_views(finding.foreground), _views(finding.background), strict=True))


def _least(finding: Finding) -> float:
    """The lowest contrast that anybody sees."""
    return min(ratio(*pair) for pair in _view_pairs(finding))


def _surfaces(values: Mapping[str, str], say: Say) -> str:
    items = []
    for form in FORMS:
        lost = [loss.path for loss in export_design(values, form).lost]
        words = say(tr("takes everything")) if not lost else say(tr("cannot take {fields}")).format(
            fields=_labels(lost, say))  # fmt: skip
        items.append(f"<li><b>{_html(say(SURFACES[form]))}</b>: {_html(words)}.</li>")
    whole = say(tr("A join address, config.js and a design file take everything."))
    return _section(say(tr("Where it can be used")), "<ul>", *items, f"<li>{_html(whole)}</li>", "</ul>")


def _signatures(say: Say) -> str:
    line = "".join(f"<div><span>{_html(say(words))}</span></div>" for words in (tr("Approved by"), tr("Date")))
    return _section(say(tr("Approval")), f'<div class="signature">{line}</div>' * 2, look="approval")
