"""The arguments of the `design` commands."""

from argparse import ArgumentParser
from collections.abc import Callable

from .design.surface_names import SURFACES
from .texts import tr


def describe(parser: ArgumentParser, output_options: Callable[[ArgumentParser], None]) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, text: str, *, file: str = "", name_of: str = "") -> ArgumentParser:
        made = actions.add_parser(name, help=text, description=text)
        output_options(made)
        if name_of:
            made.add_argument("design", metavar="NAME", help=name_of)
        if file:
            made.add_argument("file", metavar="FILE", help=file)
        return made

    any_design = tr("a design of any surface; - is standard input")
    check = action("check", tr("find what is wrong with a design"), file=any_design)
    check.add_argument("--strict", action="store_true", help=tr("end with 8 if the contrast is too low"))
    export = action("export", tr("write a design for another surface"), file=any_design)
    export.add_argument("--to", choices=SURFACES, required=True, help=tr("the surface"))
    export.add_argument("--page", metavar="URL", help=tr("the meeting's page, put in front of an address"))
    read = action("import", tr("write a design of any surface as a design file"), file=any_design)
    action("list", tr("list the saved designs"))
    action("show", tr("write a saved design as a design file"), name_of=tr("name of a saved design"))
    save = action("save", tr("save a design; one of that name becomes its newest version"), file=any_design,
                  name_of=tr("its name"))  # fmt: skip
    save.add_argument("--note", default="", metavar="TEXT", help=tr("what is new, for the list of versions"))
    for reading in (check, export, read, save):
        reading.add_argument("--from", dest="source", choices=SURFACES, help=tr("the surface, if it is not recognised"))
    action("remove", tr("remove a saved design with its versions"), name_of=tr("name of a saved design"))
    colors = action("colors", tr("propose a whole design for a colour or a picture"))
    colors.add_argument("source", metavar="COLOR|PICTURE", help=tr("a colour, or the file of a logo"))
