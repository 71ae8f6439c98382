"""The portable archive: one folder that runs where it lies, with a script that puts it into the menu."""

import lzma
import subprocess
import tarfile
from pathlib import Path

from .places import PACKAGING, epoch, settle, write


def add_parts(stage: Path) -> None:
    for name in ("install.sh", "README.txt"):
        write(stage / name, (PACKAGING / "linux" / "portable" / name).read_bytes(),
              mode=0o755 if name.endswith(".sh") else 0o644)  # fmt: skip


def build(stage: Path, target: Path, *, quick: bool) -> None:
    """An archive `….tar.xz` of the staged folder, under the archive's own name."""
    settle(stage, epoch())
    packer = subprocess.Popen(["xz", "-T2", "--block-size=25165824", "-0" if quick else "-6", "-c"],
                              stdin=subprocess.PIPE, stdout=target.open("wb"))  # fmt: skip
    assert packer.stdin  # noqa: S101 - it was asked for
    with tarfile.open(fileobj=packer.stdin, mode="w|", format=tarfile.GNU_FORMAT) as archive:
        for path in [stage, *sorted(stage.rglob("*"))]:
            archive.add(path, f"{target.name.removesuffix('.tar.xz')}/{path.relative_to(stage)}".rstrip("/."),
                        recursive=False, filter=_plain)  # fmt: skip
    packer.stdin.close()
    if packer.wait():
        raise lzma.LZMAError(f"xz ended with {packer.returncode}")


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member
