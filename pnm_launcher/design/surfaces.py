"""One design, every surface: out of and into links, addresses, `config.js`, files and the forms of the plugins.

An export says what its surface cannot express. An import gives back checked values only, whoever wrote the text.
"""

import json
from dataclasses import dataclass
from urllib.parse import quote

from pnm_launcher.address import Address
from pnm_launcher.errors import InvalidValue
from pnm_launcher.schema import DESIGN
from pnm_launcher.texts import Say, plain, tr
from pnm_launcher.values import Values

from .readers import detect, read
from .settle import LARGEST, Import, Note, settle
from .surface_names import FIELD_NAMES, FORMS, SURFACES, UPLOADED, Surface, loss_reason

__all__ = ["SURFACES", "Export", "Import", "Loss", "Note", "Surface", "examine_design", "export_design",
           "import_design"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loss:
    """A parameter that a surface cannot express. `reason` is marked for translation."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Export:
    """The text to hand over, without a line break at its end, and what is not in it."""

    text: str
    lost: tuple[Loss, ...] = ()


def export_design(values: Values, surface: Surface, *, page: Address | None = None, name: str = "",
                  say: Say = str) -> Export:  # fmt: skip
    """Write a design for a surface. Raises `InvalidValue` for a value that no surface may get.

    `page`, the address of the meeting's page, is put in front of an address; without it the text is what is added to
    a join address. `name` goes into a file. `say` translates the comments in the text for a form.
    """
    chosen = {row.path: str(row.parse(str(values[row.path]))) for row in DESIGN if row.path in values}
    if surface in FORMS:
        return _form(chosen, surface, say)
    compact = json.dumps(chosen, separators=(",", ":"))
    if surface == "link":
        return Export(compact)
    if surface == "url":
        return Export((f"{page}/?" if page else "&") + f"custom_design={quote(compact, safe='')}")
    if surface == "config":
        lines = [f"  {path}: {json.dumps(value)}," for path, value in chosen.items()]
        return Export("\n".join(["window.plugNmeetConfig.designCustomization = {", *lines, "};"]))
    content = {"plugnmeet_design": 1, "name": plain(name, 100), "values": chosen}
    return Export(json.dumps(content, ensure_ascii=False, indent=2))


def import_design(text: str, surface: Surface | None = None) -> Import:
    """Read a design, from the surface that it looks like unless told: only colours and addresses get in.

    Raises `InvalidValue` with the field to blame, `design` for the whole text. No text of a fault or a note repeats a
    token or a value of the design.
    """
    found = examine_design(text, surface)
    if found.problems:
        raise found.problems[0]
    return found


def examine_design(text: str, surface: Surface | None = None) -> Import:
    """The same, with every refused value in `problems` instead of the first one raised."""
    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST:
        raise InvalidValue("design", tr("This is larger than any design, and was not read."))
    if not text.strip():
        raise InvalidValue("design", tr("There is nothing here to read."))
    surface = surface or detect(text)
    return settle(surface, read(text, surface))


def _form(chosen: dict[str, str], form: Surface, say: Say) -> Export:
    names = FIELD_NAMES[form]
    lost = tuple(Loss(path, loss_reason(path)) for path in chosen if path not in names)
    lines = [f"{own} = {chosen[path]}" for path, own in names.items() if path in chosen]
    if form == "lti":  # learning platforms take these lines as they are: no comments
        return Export("\n".join(lines), lost)
    notes = [f"# {say(SURFACES[form])}"]
    notes += [f"# {names[path]}: " + say(tr("download this picture, and upload it in the form"))
              for path in UPLOADED.get(form, ()) if path in chosen]  # fmt: skip
    return Export("\n".join([*notes, *lines]), lost)
