"""The Debian package."""

import gzip
import os
from email.utils import formatdate
from pathlib import Path

from pnm_launcher import product

from . import needs
from .places import PACKAGING, epoch, run, settle, write

_MAINTAINER = "pnm-launcher founders <maintainers@pnm-launcher.invalid>"
_SCRIPTS = ("postinst", "prerm", "postrm")
"""In `linux/deb`."""


def add_parts(stage: Path, tree: Path, name: str, *, engine: bool) -> None:
    """What only this form has, put beside the staged tree."""
    write(stage / "usr" / "share" / "doc" / name / "changelog.gz", gzip.compress(_changelog(name).encode(), 9, mtime=0))
    folder = PACKAGING / "linux" / "deb"
    if engine:
        write(stage / "usr" / "share" / product.COMMAND / "apparmor", (PACKAGING / "linux" / "apparmor").read_bytes())
    overrides = (folder / "lintian-overrides").read_text("utf-8").replace("@PACKAGE@", name)
    write(stage / "usr" / "share" / "lintian" / "overrides" / name, overrides)
    for script in _SCRIPTS:
        write(stage / "DEBIAN" / script, (folder / script).read_bytes(), mode=0o755)
    write(stage / "DEBIAN" / "control", _control(stage, tree, name, engine=engine))
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink()
                   and "DEBIAN" not in path.relative_to(stage).parts)  # fmt: skip
    sums = run("md5sum", *(path.relative_to(stage) for path in files), cwd=stage)
    write(stage / "DEBIAN" / "md5sums", sums)


def build(stage: Path, target: Path, *, quick: bool) -> None:
    settle(stage, epoch())
    packing = ("-Zzstd", "-z3") if quick else ("-Zxz", "-z6", "--threads-max=2")
    run("dpkg-deb", "--root-owner-group", *packing, "-b", stage, target,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())})  # fmt: skip


def _control(stage: Path, tree: Path, name: str, *, engine: bool) -> str:
    size = sum((path.lstat().st_size + 1023) // 1024 for path in stage.rglob("*") if path.is_file())
    other = product.COMMAND if name != product.COMMAND else f"{product.COMMAND}-browser"
    paragraphs = "\n .\n".join(f" {_wrapped(text)}" for text in product.DESCRIPTION)
    extra = "" if engine else "\n .\n This variant has no web engine: meetings open in your own browser."
    return f"""Package: {name}
Version: {product.VERSION}
Architecture: amd64
Maintainer: {_MAINTAINER}
Installed-Size: {size}
Depends: {needs.of_deb(tree)}
Recommends: ca-certificates, fonts-dejavu-core | fonts-freefont-ttf, gnome-keyring | org.freedesktop.secrets, xdg-utils
Conflicts: {other}
Replaces: {other}
Section: net
Priority: optional
Description: {product.SUMMARY[0].lower()}{product.SUMMARY[1:]}
{paragraphs}{extra}
"""


def _wrapped(text: str) -> str:
    import textwrap

    return "\n ".join(textwrap.wrap(text, 76))


def _changelog(name: str) -> str:
    return (f"{name} ({product.VERSION}) stable; urgency=medium\n\n  * See CHANGELOG.md of the source for what changed."
            f"\n\n -- {_MAINTAINER}  {formatdate(epoch())}\n")  # fmt: skip
