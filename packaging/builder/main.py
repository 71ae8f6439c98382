"""Builds all Linux packages into `dist/`, prints the sizes, and fails above the budget."""

import argparse
import hashlib
import shutil
import sys
import time
from pathlib import Path

from pnm_launcher import product

from . import bill, deb, menu, portable, rpm, sizes, tree, wheels
from .places import ROOT, WORK, fresh

_FORMS = ("deb", "rpm", "portable", "browser")
_BUDGETED = {"browser": "deb, browser only"}


def main() -> int:
    args = _arguments()
    started = time.monotonic()
    libraries = wheels.fetch()
    args.output.mkdir(parents=True, exist_ok=True)
    failures: list[str] = []
    made: dict[str, Path] = {}
    for form in args.forms:
        made[form] = _make(form, libraries, args.output, failures, quick=args.quick)
    print("packages, packed loosely:" if args.quick else "packages:")
    found = {_BUDGETED.get(form, form): path.stat().st_size for form, path in made.items()}
    if args.quick:
        print(*(f"  {name:32}{size / 1e6:8.1f} MB" for name, size in found.items()), sep="\n")
    else:
        failures += sizes.over_budget("packages", found)
    for path in made.values():
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}")
    print(f"built in {time.monotonic() - started:.0f} s")
    print(*failures, sep="\n", file=sys.stderr)
    return 1 if failures else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/package", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="pack loosely: the same files in larger packages, for tests"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="folder of the packages (dist)")
    parser.add_argument("forms", nargs="*", metavar="FORM", help=f"only these: {', '.join(_FORMS)}")
    args = parser.parse_args()
    args.output = args.output.resolve()
    args.forms = args.forms or list(_FORMS)
    if unknown := set(args.forms) - set(_FORMS):
        parser.error(f"there is no form {', '.join(unknown)}")
    return args


def _make(form: str, libraries: list[wheels.Library], output: Path, failures: list[str], *, quick: bool) -> Path:
    """Stage one form and build it."""
    engine = form != "browser"
    name = product.COMMAND if engine else f"{product.COMMAND}-browser"
    stage = fresh(WORK / "stage" / form)
    program, share = (stage / "program", stage / "share") if form == "portable" else \
        (stage / "usr" / "lib" / product.COMMAND, stage / "usr" / "share")  # fmt: skip
    tree.make(program, libraries, engine=engine, form=form)
    menu.install(share)
    bill.install(program / "app", share / "doc" / name, libraries, engine=engine)
    if form in ("portable", "browser"):
        section = "tree" if engine else "tree without the web engine"
        print(f"{section}:")
        failures += sizes.over_budget(section, sizes.parts(program))
    base = f"{name}_{product.VERSION}"
    if form == "portable":
        target = output / f"{name}-{product.VERSION}-linux-x86_64.tar.xz"
        portable.add_parts(stage)
        portable.build(stage, target, quick=quick)
    else:
        (stage / "usr" / "bin").mkdir()
        (stage / "usr" / "bin" / product.COMMAND).symlink_to(f"../lib/{product.COMMAND}/{product.COMMAND}")
        if form == "rpm":
            target = output / f"{name}-{product.VERSION}-1.x86_64.rpm"
            rpm.build(stage, program, target, quick=quick)
        else:
            target = output / f"{base}_amd64.deb"
            deb.add_parts(stage, program, name, engine=engine)
            deb.build(stage, target, quick=quick)
    shutil.rmtree(stage)
    return target


if __name__ == "__main__":
    sys.exit(main())
