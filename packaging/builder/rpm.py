"""The rpm, from the same staged files as the Debian package."""

import os
import shutil
from pathlib import Path

from pnm_launcher import product

from . import needs
from .places import WORK, epoch, fresh, run, settle, write


def build(stage: Path, tree: Path, target: Path, *, quick: bool) -> None:
    settle(stage, epoch())
    top = fresh(WORK / "rpm")
    write(top / "product.spec", _spec(stage, tree))
    run("rpmbuild", "-bb", "--quiet", "--target", "x86_64-linux", "--define", f"_topdir {top}",
        "--define", f"staged {stage}",
        "--define", f"_binary_payload w{'3.zstdio' if quick else '6T2.xzdio'}", "--define", "_buildhost reproducible",
        "--define", "use_source_date_epoch_as_buildtime 1", "--define", "clamp_mtime_to_source_date_epoch 1",
        "--define", "_build_id_links none", top / "product.spec",
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())})  # fmt: skip
    shutil.move(next(top.rglob("*.rpm")), target)


def _spec(stage: Path, tree: Path) -> str:
    files = []
    for path in sorted(stage.rglob("*")):
        inside = f"/{path.relative_to(stage)}"
        ours = path.is_dir() and product.COMMAND in inside
        if not path.is_dir() or ours:
            files.append(f'{"%dir " if ours else ""}"{inside}"')
    requires = "\n".join(f"Requires: {name}" for name in needs.of_rpm(tree))
    description = "\n\n".join(product.DESCRIPTION)
    return f"""Name: {product.COMMAND}
Version: {product.VERSION}
Release: 1
Summary: {product.SUMMARY}
License: MIT AND LGPL-3.0-only AND PSF-2.0
AutoReqProv: no
{requires}
Recommends: gnome-keyring
%global __os_install_post %{{nil}}
%global debug_package %{{nil}}

%description
{description}

%install
mkdir -p %{{buildroot}}
cp -a %{{staged}}/. %{{buildroot}}/

%files
%defattr(-,root,root,-)
{chr(10).join(files)}
"""
