"""How large each part of the tree is, and how large it may be (`packaging/budget.toml`, in MB of 1,000,000 bytes)."""

import tomllib
from pathlib import Path

from .places import PACKAGING

_PARTS = (
    ("web engine", ("app/PySide6/Qt/lib/*WebEngine*", "app/PySide6/Qt/resources", "app/PySide6/Qt/libexec",
                    "app/PySide6/QtWebEngine*", "app/PySide6/Qt/translations/qtwebengine_locales")),
    ("letters and languages (ICU)", ("app/PySide6/Qt/lib/libicu*",)),
    ("Qt", ("app/PySide6",)),
    ("Python", ("python", "libpython*", "pnm-launcher")),
    ("cryptography", ("app/cryptography",)),
    ("pictures", ("app/PIL", "app/pillow.libs")),
    ("the product", ("app/pnm_launcher",)),
    ("other libraries", ("app",)),
)  # fmt: skip


def parts(tree: Path) -> dict[str, int]:
    """Bytes of each part; each file belongs to the first part that names it."""
    seen: set[Path] = set()
    sizes = {}
    for name, patterns in _PARTS:
        files = {file for pattern in patterns for found in tree.glob(pattern)
                 for file in ([found] if found.is_file() else found.rglob("*")) if file.is_file()} - seen  # fmt: skip
        seen |= files
        sizes[name] = sum(file.lstat().st_size for file in files)
    return sizes


def over_budget(name: str, sizes: dict[str, int]) -> list[str]:
    """Print sizes beside the budget's section of that name; returns what is larger than allowed."""
    budget = tomllib.loads((PACKAGING / "budget.toml").read_text("utf-8"))[name]
    failures = [f"{name}: “{part}” has no place in packaging/budget.toml" for part in sizes if part not in budget]
    for part, size in sizes.items():
        allowed = budget.get(part, 0)
        print(f"  {part:32}{size / 1e6:8.1f} MB  (at most {allowed})")
        if size > allowed * 1e6:
            failures.append(f"{name}: {part} has {size / 1e6:.1f} MB, {allowed} are allowed in packaging/budget.toml")
    return failures
