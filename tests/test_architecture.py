"""The two rules of `docs/architecture.md`, and the budgets. Every failure says how to mend it."""

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "pnm_launcher"
ORDER = [
    "texts", "product", "values", "errors", "refusals", "address", "colors", "kinds", "fields", "schema",
    "matrix_saved", "meetings", "invitations", "rooms", "paths", "whole_files", "pipe", "running", "ownership",
    "site_file", "work", "log", "saved_json", "book_file", "store", "keyrings", "keychain", "wire", "diagnosis",
    "transport", "session", "strict_json", "updates", "answers", "verdict", "api", "links", "design", "launch",
    "ladder", "loopback", "handoff", "link_handler", "matrix", "practice", "connections", "report", "field_docs",
    "cli_output", "cli_saved", "cli_server", "cli_meeting", "cli_design_arguments", "cli_design", "cli_assets",
    "cli_handover", "cli_preview", "cli_practice", "cli_matrix_arguments", "cli_matrix_accounts", "cli_matrix",
    "cli_commands", "cli", "gui",
]  # fmt: skip
"""A module imports only modules to its left. Inside the packages (`design`, `matrix` …) there is no order."""
THREADS = {"threading", "_thread", "concurrent", "multiprocessing", "asyncio"}
QT_THREADS = {"QThread", "QThreadPool", "QRunnable", "QtConcurrent"}
HOMES = {
    "requests": {"transport"}, "urllib3": {"transport", "diagnosis"}, "keyring": {"keyrings", "keychain"},
    "coloraide": {"design.tones", "design.vision"}, "PIL": {"design.pictures", "design.asset_pictures"},
}  # fmt: skip
"""Where alone a library may be imported."""
HEAVY = {
    "requests", "urllib3", "keyring", "waitress", "jwt", "truststore", "filelock", "platformdirs", "idna", "tinycss2",
    "coloraide", "PIL", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets",
}  # fmt: skip
STARTS = ("__main__", "cli", "cli_commands", "cli_saved", "gui.app")
"""What is imported before the first window is painted, or before a command begins, with all that these import."""
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 250, 40
LONG = {
    "schema": "the table of all fields, which is data",
    "errors": "the tree of all faults, which is data",
}


@dataclass(frozen=True)
class Import:
    """One import: by which module, of what (`pnm_launcher.work` or `requests.adapters`), and where it stands."""

    module: str
    target: str
    names: tuple[str, ...]
    line: int
    late: bool
    """Inside a function, or for the type checker only."""

    @property
    def inside(self) -> list[str]:
        """The modules of the package that it names, without the package's own name."""
        if self.target == PACKAGE:
            return [name for name in self.names if not name.startswith("__")]
        return [self.target.removeprefix(f"{PACKAGE}.")] if self.target.startswith(f"{PACKAGE}.") else []

    def is_of(self, library: str) -> bool:
        return self.target == library or self.target.startswith(f"{library}.")

    def __str__(self) -> str:
        return f"{PACKAGE}/{self.module.replace('.', '/')}.py:{self.line}"


def modules(root: Path) -> dict[str, Path]:
    """Every module of the package by its name inside of it; `gui` for `gui/__init__.py`."""
    found = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        name = ".".join(path.relative_to(root / PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def imports(root: Path) -> list[Import]:
    return [found for name, path in modules(root).items() for found in _imports_of(name, path)]


def _imports_of(module: str, path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) or _is_type_checking(outer)
        for inner in ast.walk(outer)
    }
    package = [PACKAGE, *module.split(".")] if path.name == "__init__.py" else [PACKAGE, *module.split(".")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, (), node.lineno, id(node) in late)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            target = ".".join([*base, *([node.module] if node.module else [])])
            names = tuple(alias.name for alias in node.names)
            inside = target.startswith(f"{PACKAGE}.")
            is_package = inside and path.parents[len(package) - 1].joinpath(*target.split(".")[1:]).is_dir()
            for name in names if is_package else [""]:
                yield Import(module, f"{target}.{name}".rstrip("."), names, node.lineno, id(node) in late)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def place(module: str) -> int:
    """Where a module stands in ORDER; those without a place are `not_in_the_order`, and offend nobody else."""
    name = module.split(".")[0]
    return ORDER.index(name) if name in ORDER else -1


# --- the rules: each returns its failures ------------------------------------------------------------------------


def not_in_the_order(root: Path) -> list[str]:
    placed = {name.split(".")[0] for name in modules(root)} - {"__init__", "__main__"}
    return [f"{name}: give it a place in ORDER (and in docs/architecture.md)" for name in placed - set(ORDER)]


def to_the_right(root: Path) -> list[str]:
    return [
        f"{found} imports {target}: {found.module} may import only {', '.join(ORDER[: place(found.module)])}"
        for found in imports(root)
        if found.module not in ("__init__", "__main__")
        for target in found.inside
        if target.split(".")[0] != found.module.split(".")[0] and place(target) >= place(found.module) >= 0
    ]


def qt_outside_gui(root: Path) -> list[str]:
    return [
        f"{found} imports {found.target}: only {PACKAGE}/gui/ may know Qt; move that part there"
        for found in imports(root)
        if found.target.startswith(("PySide6", "shiboken6")) and not found.module.startswith("gui")
    ]


def threads_outside_work(root: Path) -> list[str]:
    return [
        f"{found} imports {found.target}: threads belong to work.py; use what it offers, or add it there"
        for found in imports(root)
        if found.module != "work"
        and (found.target.split(".")[0] in THREADS or QT_THREADS & {*found.names, *found.target.split(".")})
    ]


def away_from_home(root: Path) -> list[str]:
    return [
        f"{found} imports {found.target}: only {' and '.join(sorted(homes))} may"
        for found in imports(root)
        for library, homes in HOMES.items()
        if found.is_of(library) and found.module not in homes and not _warms_up(found)
    ]


def _warms_up(found: Import) -> bool:
    """`gui.app` loads libraries in the background after the first paint; it calls nothing of them."""
    return found.module == "gui.app" and found.late and not found.names


def heavy_at_start(root: Path) -> list[str]:
    everything = [found for found in imports(root) if not found.late]
    chains = {start: start for start in STARTS}
    waiting = list(STARTS)
    while waiting:
        module = waiting.pop()
        for target in [target for found in everything if found.module == module for target in found.inside]:
            if target not in chains:
                chains[target] = f"{chains[module]} → {target}"
                waiting.append(target)
    return [
        f"{found} imports {found.target}, which takes long, at the start of the program ({chains[found.module]}): "
        "import it in the function that needs it"
        for found in everything
        if found.module in chains and any(found.is_of(library) for library in HEAVY)
    ]


def over_budget(root: Path) -> list[str]:
    failures = []
    for name, path in modules(root).items():
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > MOST_LINES and name not in LONG:
            failures.append(f"{name} has {lines} lines, {MOST_LINES} are allowed: split it by what it is for")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION:
                failures.append(f"{name}.{node.name} has more than {MOST_LINES_OF_A_FUNCTION} lines: split it")
    return failures


def untranslatable(root: Path) -> list[str]:
    """`pyside6-lupdate` finds only literals, and none inside of f-strings."""
    return [
        f"{PACKAGE}/{name.replace('.', '/')}.py:{node.lineno}: write the text itself inside tr(…), outside an f-string"
        for name, path in modules(root).items()
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for node in (ast.walk(outer) if isinstance(outer, ast.JoinedStr) else [outer])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
        if isinstance(outer, ast.JoinedStr) or not is_literal(node.args)
    ]


def is_literal(arguments: list[ast.expr]) -> bool:
    return len(arguments) == 1 and isinstance(arguments[0], ast.Constant) and isinstance(arguments[0].value, str)


def left_to_do(root: Path) -> list[str]:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    return [
        f"{path.relative_to(root)}:{number}: finish it or file it"
        for path in [*modules(root).values(), *(path for path in (root / "scripts").glob("*") if path.is_file())]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]


RULES = [
    not_in_the_order, to_the_right, qt_outside_gui, threads_outside_work, away_from_home, heavy_at_start, over_budget,
    untranslatable, left_to_do,
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds(rule):
    failures = rule(ROOT)
    assert not failures, "\n" + "\n".join(failures)


# --- the scan saw something --------------------------------------------------------------------------------------


def test_the_scan_saw_the_whole_package():
    found = modules(ROOT)
    assert {name.split(".")[0] for name in found} >= {"api", "cli", "gui", "practice", "schema", "__main__"}
    assert len(found) > 50
    seen = imports(ROOT)
    assert len(seen) > 300
    assert sum(found.late for found in seen) > 5
    assert sum(bool(found.inside) for found in seen) > 100
    assert any(found.target.startswith("PySide6") for found in seen)


def test_exceptions_from_the_budget_are_still_needed():
    sizes = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules(ROOT).items()}
    assert [name for name in LONG if name not in sizes] == []


def test_the_document_shows_the_same_order():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = re.findall(r"[\w/]+", re.search(r"```\n(texts.*?)```", text, re.DOTALL)[1])
    assert [name.rstrip("/") for name in drawn] == ORDER
    missing = [name for name in ORDER if not re.search(rf"`{name}/?`", text.partition("| module |")[2])]
    assert missing == [], "add them to the table of modules"


PLANTED = [
    (to_the_right, "errors.py", "from .cli import main", "errors may import only texts"),
    (to_the_right, "kinds.py", "def f():\n    from pnm_launcher import api", "imports api"),
    (to_the_right, "api.py", "import pnm_launcher.gui.app", "imports gui.app"),
    (to_the_right, "fields.py", "from . import schema", "imports schema"),
    (to_the_right, "practice/protocol.py", "from ..cli import main", "imports cli"),
    (qt_outside_gui, "links.py", "def f():\n    from PySide6.QtCore import QUrl", "only pnm_launcher/gui/ may know Qt"),
    (threads_outside_work, "links.py", "from concurrent.futures import Future", "threads belong to work.py"),
    (threads_outside_work, "gui/form/form.py", "from PySide6.QtCore import QThread", "threads belong to work.py"),
    (away_from_home, "api.py", "def f():\n    import requests.adapters", "only transport may"),
    (heavy_at_start, "api.py", "import requests", "in the function that needs it"),
    (heavy_at_start, "gui/main_window.py", "from pnm_launcher.colors import rgba", "gui.main_window → colors"),
    (heavy_at_start, "gui/main_window.py", "from .meeting import meeting_window", "→ gui.meeting.meeting_window"),
    (over_budget, "paths.py", "x = 1\n" * 251, "split it by what it is for"),
    (over_budget, "paths.py", "def long():\n" + "    x = 1\n" * 41, "paths.long has more than 40 lines"),
    (untranslatable, "paths.py", "tr(f'{1}')", "write the text itself"),
    (untranslatable, "paths.py", "x = f'{tr(\"a\")}'", "outside an f-string"),
    (left_to_do, "paths.py", "# TO" + "DO later", "finish it or file it"),
    (not_in_the_order, "helper.py", "", "give it a place in ORDER"),
]


@pytest.mark.parametrize(
    ("rule", "file", "text", "words"), PLANTED, ids=[f"{row[0].__name__}-{row[1]}" for row in PLANTED]
)
def test_a_planted_fault_is_found_and_the_failure_says_what_to_do(rule, file, text, words, tmp_path):
    shutil.copytree(ROOT / PACKAGE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / PACKAGE / file
    before = rule(tmp_path)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + f"\n\n{text}\n", encoding="utf-8")
    assert any(words in failure for failure in rule(tmp_path) if failure not in before)
