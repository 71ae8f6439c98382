"""Where things are while packages are made, and how programs are run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGING: Final = ROOT / "packaging"
WORK: Final = ROOT / "build" / "package"
PYTHON: Final = Path("/usr/bin/python3.11")
"""Debian's own: the one whose files are bundled."""


def epoch() -> int:
    """The time that every file in a package gets: `SOURCE_DATE_EPOCH`, else that of the newest commit."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    return int(run("git", "-C", str(ROOT), "log", "-1", "--format=%ct"))


def run(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Run a program and return what it writes; a failure ends the build with its own words."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(str(part) for part in command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def fresh(folder: Path) -> Path:
    """An empty folder at this place."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def write(path: Path, content: str | bytes, *, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(mode)


def settle(folder: Path, when: int) -> None:
    """Give everything below a folder the same time and plain permissions, so that equal input makes equal bytes."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
    folder.chmod(0o755)
    os.utime(folder, (when, when))
