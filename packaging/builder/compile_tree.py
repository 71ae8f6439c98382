"""Compiles every module below a folder beside itself and removes its source. Arguments: the folder, its shown name."""

import importlib._bootstrap_external as bootstrap
import importlib.util
import sys
from pathlib import Path


def main(folder: Path, shown: str) -> None:
    for path in sorted(folder.rglob("*.py")):
        source = path.read_bytes()
        code = compile(source, f"{shown}/{path.relative_to(folder)}", "exec", dont_inherit=True, optimize=0)
        hashed = importlib.util.source_hash(source)
        path.with_suffix(".pyc").write_bytes(bootstrap._code_to_hash_pyc(code, hashed, checked=False))  # type: ignore[attr-defined]
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
