"""The `design` commands that need pictures: `preview` and `sheet`. How pictures are taken is handed in."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .cli_design import design_text
from .cli_output import Output, WrongUsage
from .design.settle import Import
from .design.shots import SHEET, Shot, Taken, TakePictures, shots_of
from .design.surfaces import import_design
from .texts import tr
from .whole_files import NotWritten, write_whole


def design_preview(args: Namespace, output: Output, take: TakePictures) -> None:
    """Pictures that an earlier run put there are replaced: their names are ours. Others in the folder stay."""
    found = import_design(design_text(args.file), args.source)
    folder = Path(args.out)
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(tr("There is a file of the folder's name."), tr("Choose another folder."))
    shots = shots_of(args.screens, dark=args.dark, phone=args.phone, right_to_left=args.rtl)
    taken = _take(found, shots, args, output, take)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(name=folder.name, reason=error.strerror or type(error).__name__) from None
    paths = []
    for shot, picture in taken.pictures.items():
        path = folder / shot.file_name
        write_whole(path, picture)
        paths.append((shot, str(path)))
    data = [{"file": path, "screen": shot.screen, "dark": shot.dark, "phone": shot.phone, "rtl": shot.right_to_left}
            for shot, path in paths]  # fmt: skip
    output.result({"pictures": data, "missing": list(taken.missing)}, [path for _shot, path in paths])


def design_sheet(args: Namespace, output: Output, take: TakePictures) -> None:
    found = import_design(design_text(args.file), args.source)
    path = Path(args.out)
    if path.exists() and not args.force:
        raise WrongUsage(tr("There is a file of that name already."), tr("Choose another name, or add --force."))
    if not path.parent.is_dir():
        raise WrongUsage(tr("There is no folder for that file."), tr("Make the folder first, or choose another one."))
    taken = _take(found, SHEET, args, output, take)
    from .design.sheet import Sheet, sheet_html  # colour mathematics, which `preview` does not need

    sheet = Sheet(args.name or found.name, args.note, date.today(), dict(map(_texts, found.values.items())),
                  taken.pictures, args.load, taken.missing)  # fmt: skip
    write_whole(path, sheet_html(sheet).encode())
    output.result({"file": str(path), "missing": list(taken.missing)}, str(path))


def _texts(item: tuple[str, object]) -> tuple[str, str]:
    return item[0], str(item[1])


def _take(found: Import, shots: Sequence[Shot], args: Namespace, output: Output, take: TakePictures) -> Taken:
    taken = take(dict(map(_texts, found.values.items())), shots, loads=args.load)
    if not output.as_json:
        for note in found.notes:
            output.note(str(note))
        for name in taken.missing:
            output.note(tr("Not in the pictures, because it could not be loaded: {field}.").format(field=name))
    return taken
