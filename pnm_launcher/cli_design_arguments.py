"""The arguments of the `design` commands."""

from argparse import ArgumentParser
from collections.abc import Callable

from .design.shots import SCREENS
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
            made.add_argument(
                "--from", dest="source", choices=SURFACES, help=tr("the surface, if it is not recognised")
            )
        return made

    any_design = tr("a design of any surface; - is standard input")
    check = action("check", tr("find what is wrong with a design"), file=any_design)
    check.add_argument("--strict", action="store_true", help=tr("end with 8 if the contrast is too low"))
    export = action("export", tr("write a design for another surface"), file=any_design)
    export.add_argument("--to", choices=SURFACES, required=True, help=tr("the surface"))
    export.add_argument("--page", metavar="URL", help=tr("the meeting's page, put in front of an address"))
    action("import", tr("write a design of any surface as a design file"), file=any_design)
    action("list", tr("list the saved designs"))
    action("show", tr("write a saved design as a design file"), name_of=tr("name of a saved design"))
    save = action("save", tr("save a design; one of that name becomes its newest version"), file=any_design,
                  name_of=tr("its name"))  # fmt: skip
    save.add_argument("--note", default="", metavar="TEXT", help=tr("what is new, for the list of versions"))
    preview = action("preview", tr("take pictures of a design's screens"), file=any_design)
    _describe_preview(preview)
    sheet = action("sheet", tr("write a sheet for the sign-off of a design"), file=any_design)
    _describe_sheet(sheet)
    action("dark", tr("write a style sheet that gives dark mode the same brand"), file=any_design)
    _describe_length(action("length", tr("measure how long a design makes the join address"), file=any_design))
    for taking in (preview, sheet):
        taking.add_argument("--load", action="store_true", help=tr("load the design's pictures and style sheet"))
    action("assets", tr("load the pictures and the style sheet of a design, and say what is wrong with them"),
           file=any_design)  # fmt: skip
    action("remove", tr("remove a saved design with its versions"), name_of=tr("name of a saved design"))
    colors = action("colors", tr("propose a whole design for a colour or a picture"))
    colors.add_argument("source", metavar="COLOR|PICTURE", help=tr("a colour, or the file of a logo"))


def _describe_preview(parser: ArgumentParser) -> None:
    parser.add_argument("--out", metavar="DIR", required=True, help=tr("the folder for the pictures; made if missing"))
    only = tr("only these, with commas between them: {screens}").format(screens=", ".join(SCREENS))
    parser.add_argument("--screens", metavar="LIST", type=_screens, default=(), help=only)
    parser.add_argument("--dark", action="store_true", help=tr("also as people with a dark desktop see it"))
    parser.add_argument("--phone", action="store_true", help=tr("also on a phone"))
    parser.add_argument("--rtl", action="store_true", help=tr("in a language that is read from right to left"))


def _describe_length(parser: ArgumentParser) -> None:
    parser.add_argument("--page", metavar="URL", help=tr("the meeting's page, if not an address of usual length"))
    parser.add_argument("--strict", action="store_true", help=tr("end with 11 if the server may refuse the address"))


def _describe_sheet(parser: ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", required=True, help=tr("the HTML file to write"))
    parser.add_argument("--name", default="", metavar="TEXT", help=tr("the design's name, if its file has none"))
    parser.add_argument("--note", default="", metavar="TEXT", help=tr("what whoever approves it should know"))
    parser.add_argument("--force", action="store_true", help=tr("replace the file if there is one"))


def _screens(text: str) -> tuple[str, ...]:
    screens = tuple(name.strip() for name in text.split(",") if name.strip())
    if not screens or set(screens) - set(SCREENS):
        raise ValueError
    return screens


_screens.__name__ = "list of screens"  # argparse names it in its error
