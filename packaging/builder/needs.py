"""The libraries of the system that the tree needs, in the words of each package format."""

from pathlib import Path
from typing import Final

from . import elf, trim

_DEB: Final = {
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libX11-xcb.so.1": "libx11-xcb1", "libX11.so.6": "libx11-6",
    "libXcomposite.so.1": "libxcomposite1", "libXdamage.so.1": "libxdamage1", "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3", "libXrandr.so.2": "libxrandr2", "libXtst.so.6": "libxtst6",
    "libasound.so.2": "libasound2t64 | libasound2", "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1", "libcrypto.so.3": "libssl3t64 | libssl3", "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1", "libffi.so.8": "libffi8", "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6", "libgbm.so.1": "libgbm1", "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2", "liblzma.so.5": "liblzma5", "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3", "libnssutil3.so": "libnss3", "libsmime3.so": "libnss3",
    "libssl.so.3": "libssl3t64 | libssl3", "libstdc++.so.6": "libstdc++6", "libudev.so.1": "libudev1",
    "libuuid.so.1": "libuuid1", "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0", "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-dri3.so.0": "libxcb-dri3-0", "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0", "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1", "libxcb-util.so.1": "libxcb-util1", "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1", "libxcb.so.1": "libxcb1", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0", "libxkbfile.so.1": "libxkbfile1", "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}  # fmt: skip
_OF_LIBC: Final = ("ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "libresolv.so.2")
_LOADED_LATER: Final = ("libssl.so.3", "libcrypto.so.3")
"""Opened by Qt's plug-in for TLS by name, so that no program lists them."""


def sonames(tree: Path) -> list[str]:
    """The libraries that must be there; those of one desktop's look alone are left out."""
    found = elf.from_the_system(tree) | set(_LOADED_LATER)
    return sorted(found - set(trim.MAY_BE_MISSING) - set(_OF_LIBC))


def of_deb(tree: Path) -> str:
    """`Depends:` of a Debian package. A library without a known package ends the build."""
    names = sorted({_DEB[name] for name in sonames(tree)})
    return ", ".join([f"libc6 (>= {elf.newest_glibc(tree)})", *names])


def of_rpm(tree: Path) -> list[str]:
    """`Requires:` of an rpm, by library: their packages have other names in each distribution."""
    return [f"libc.so.6(GLIBC_{elf.newest_glibc(tree)})(64bit)", *(f"{name}()(64bit)" for name in sonames(tree))]
