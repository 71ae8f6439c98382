"""The self-contained tree from which every package is made: a launcher program, Python, the libraries, the product.

pnm-launcher            the program (linux/launcher.c)
libpython3.11.so.1.0    Python itself, as Debian builds it
python/                 of Python's library what is used, compiled
app/                    the libraries, Qt, and the product, compiled
"""

import os
import shutil
from pathlib import Path
from typing import Final

from . import elf, trim, wheels
from .places import PACKAGING, PYTHON, ROOT, WORK, fresh, run, write

_QT: Final = ("pyside6", "shiboken6")
PYTHON_PACKAGES: Final = ("libpython3.11-minimal", "libpython3.11-stdlib")
_LIBPYTHON: Final = "libpython3.11.so.1.0"


def make(folder: Path, libraries: list[wheels.Library], *, engine: bool = True, form: str = "portable") -> Path:
    """Build the tree at a folder; `form` is the sort of package, which the program names in About."""
    fresh(folder)
    _python(folder)
    app = folder / "app"
    for library in libraries:
        wheels.unpack(library, app)
    _qt(app, libraries, engine=engine)
    if not engine:
        _without_engine(app)
    _product(app, form)
    _compile(folder)
    _launcher(folder)
    elf.strip(folder)
    return folder


def _python(folder: Path) -> None:
    library = Path("/usr/lib/python3.11")
    for package in PYTHON_PACKAGES:
        for line in run("dpkg", "-L", package).splitlines():
            path = Path(line)
            if path.is_relative_to(library) and path.is_file():
                inside = path.relative_to(library)
                if trim.keeps_python(str(inside)):
                    (folder / "python" / inside).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, folder / "python" / inside)
    shutil.copy(_libpython(), folder / _LIBPYTHON)


def _libpython() -> Path:
    return Path(run("dpkg", "-L", "libpython3.11").split(_LIBPYTHON)[0].splitlines()[-1] + _LIBPYTHON)


def _qt(app: Path, libraries: list[wheels.Library], *, engine: bool) -> None:
    source = WORK / "qt" / next(each.version for each in libraries if each.name.lower() == "pyside6_essentials")
    if not source.exists():
        half = fresh(WORK / "qt" / "unpacking")
        wheels.unpack_qt([each for each in libraries if each.name.lower().startswith(_QT)], half)
        half.rename(source)
    source /= "PySide6"
    roots = trim.qt_roots(engine=engine)
    files = list(roots)
    for name in elf.closure([source / name for name in roots], source):
        roots.append(name)
        files.append(name)
    files += [f"Qt/lib/{name}" for name in elf.closure([source / name for name in roots], source / "Qt" / "lib")]
    languages = sorted(path.stem.partition("_")[2] for path in (ROOT / "resources" / "i18n").glob("*.qm"))
    files += [f"Qt/translations/qtbase_{language}.qm" for language in languages]
    if engine:
        files += [f"Qt/{name}" for name in trim.engine_files(["en-US", *_locales(languages, source)])]
    for name in files:
        if (source / name).exists():
            target = app / "PySide6" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target)


def _locales(languages: list[str], source: Path) -> list[str]:
    """The web engine's names for languages (`pt_BR` is `pt-BR`, `es` may be `es-419` too)."""
    there = [path.stem for path in (source / "Qt" / "translations" / "qtwebengine_locales").glob("*.pak")]
    wanted = [language.replace("_", "-") for language in languages]
    return sorted(name for name in there if name in wanted or (name.partition("-")[0] in wanted and name != "en-GB"))


def _without_engine(app: Path) -> None:
    for path in [*app.glob("PySide6/*WebEngine*"), *app.glob("PySide6/Qt/lib/*WebEngine*")]:
        path.unlink()


def _product(app: Path, form: str) -> None:
    tracked = run("git", "-C", str(ROOT), "ls-files", "-z", "pnm_launcher", "resources").split("\0")
    for name in filter(None, tracked):
        inside = name if name.startswith("pnm_launcher/") else f"pnm_launcher/{name}"
        (app / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, app / inside)
    write(app / "pnm_launcher" / "resources" / "package.json", f'{{"form": "{form}"}}\n')


def _compile(folder: Path) -> None:
    """Keep compiled modules only, which name no file of this machine and are never looked at for changes."""
    for part in ("python", "app"):
        run(PYTHON, "-I", PACKAGING / "builder" / "compile_tree.py", folder / part, part,
            env={**os.environ, "PYTHONHASHSEED": "0"})  # fmt: skip


def _launcher(folder: Path) -> None:
    program = folder / "pnm-launcher"
    flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-fPIE", "-pie", "-D_FORTIFY_SOURCE=2", "-fstack-protector-strong",
             "-Wl,-z,relro,-z,now", "-Wl,--build-id=none", "-Wl,-rpath,$ORIGIN",
             f"-ffile-prefix-map={ROOT}=."]  # fmt: skip
    run("gcc", *flags, "-I/usr/include/python3.11", PACKAGING / "linux" / "launcher.c", folder / _LIBPYTHON,
        "-o", program)  # fmt: skip
