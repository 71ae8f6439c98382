"""What a desktop knows of the program: menu entry, description, icons, file type, manual, completion."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from pnm_launcher import product

from . import cli_words, translated
from .places import ROOT, epoch, run, write

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_ICON = ROOT / "resources" / "icons" / f"{product.COMMAND}.svg"


def install(share: Path) -> None:
    """Put everything below a `share` folder."""
    name = product.COMMAND
    write(share / "applications" / f"{name}.desktop", desktop_entry())
    write(share / "metainfo" / f"{product.APP_ID}.metainfo.xml", metainfo())
    write(share / "mime" / "packages" / f"{name}.xml", file_type())
    write(share / "man" / "man1" / f"{name}.1.gz", gzip.compress(manual().encode(), 9, mtime=0))
    for folder, text in cli_words.completions().items():
        write(share / folder, text)
    icons(share / "icons" / "hicolor")


def icons(folder: Path) -> None:
    """The icon in all sizes and as a drawing, also for the file type."""
    mime = product.FILE_TYPE.replace("/", "-")
    for size in ICON_SIZES:
        png = folder / f"{size}x{size}" / "apps" / f"{product.COMMAND}.png"
        png.parent.mkdir(parents=True, exist_ok=True)
        run("rsvg-convert", "-w", str(size), "-h", str(size), "-o", png, _ICON)
        write(folder / f"{size}x{size}" / "mimetypes" / f"{mime}.png", png.read_bytes())
    write(folder / "scalable" / "apps" / f"{product.COMMAND}.svg", _ICON.read_bytes())
    write(folder / "scalable" / "mimetypes" / f"{mime}.svg", _ICON.read_bytes())


def desktop_entry(command: str = product.COMMAND) -> str:
    """The menu entry. `%u` is at most one link or file, always after `--`."""
    return "\n".join([
        "[Desktop Entry]",
        "Type=Application",
        f"Name={product.NAME}",
        *_entries("Comment", product.SUMMARY),
        f"Exec={command} {' '.join(product.OPEN)} %u",
        f"Icon={product.COMMAND}",
        "Terminal=false",
        "StartupNotify=true",
        f"StartupWMClass={product.COMMAND}",
        f"Categories={';'.join(product.CATEGORIES)};",
        *_entries("Keywords", product.KEYWORDS, end=";"),
        f"MimeType={product.FILE_TYPE};x-scheme-handler/{product.SCHEME};",
        "",
    ])  # fmt: skip


def _entries(key: str, text: str, *, end: str = "") -> list[str]:
    others = translated.of(text).items()
    return [f"{key}={text}{end}", *(f"{key}[{language}]={words}{end}" for language, words in others)]


def _elements(tag: str, text: str, indent: str) -> str:
    """An XML element, and after it those in other languages."""
    elements = [f"{indent}<{tag}>{escape(text)}</{tag}>"]
    for language, words in translated.of(text).items():
        elements.append(f'{indent}<{tag} xml:lang="{language.replace("_", "-")}">{escape(words)}</{tag}>')
    return "\n".join(elements)


def metainfo() -> str:
    paragraphs = "\n".join(_elements("p", text, "    ") for text in product.DESCRIPTION)
    categories = "\n".join(f"    <category>{name}</category>" for name in product.CATEGORIES)
    keywords = "\n".join(f"    <keyword>{escape(word)}</keyword>" for word in product.KEYWORDS.split(";"))
    day = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{product.APP_ID}</id>
  <name>{escape(product.NAME)}</name>
{_elements("summary", product.SUMMARY, "  ")}
  <developer_name>{escape(product.COPYRIGHT.split(maxsplit=2)[2])}</developer_name>
  <metadata_license>{product.LICENCE}</metadata_license>
  <project_license>{product.LICENCE}</project_license>
  <description>
{paragraphs}
  </description>
  <launchable type="desktop-id">{product.COMMAND}.desktop</launchable>
  <icon type="stock">{product.COMMAND}</icon>
  <categories>
{categories}
  </categories>
  <keywords>
{keywords}
  </keywords>
  <provides>
    <binary>{product.COMMAND}</binary>
    <mediatype>{product.FILE_TYPE}</mediatype>
  </provides>
  <content_rating type="oars-1.1">
    <content_attribute id="social-chat">intense</content_attribute>
    <content_attribute id="social-audio">intense</content_attribute>
  </content_rating>
  <releases>
    <release version="{product.VERSION}" date="{day}"/>
  </releases>
</component>
"""


def file_type() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{product.FILE_TYPE}">
{_elements("comment", product.FILE_TYPE_NAME, "    ")}
    <sub-class-of type="application/json"/>
    <glob pattern="*{product.FILE_SUFFIX}" weight="60"/>
    <magic priority="60">
      <match type="string" value="pnm-launcher meeting" offset="0:64"/>
    </magic>
  </mime-type>
</mime-info>
"""


def manual() -> str:
    """The manual page, from the command line's own words."""
    day = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    commands = "\n".join(f".TP\n.B {name}\n{_roff(text)}" for name, text in cli_words.commands().items())
    codes = "\n".join(f".TP\n.B {code}\n{_roff(text)}" for code, text in cli_words.exit_codes())
    paragraphs = "\n.PP\n".join(_roff(text) for text in product.DESCRIPTION)
    return rf""".TH {product.COMMAND.upper()} 1 {day} "{product.VERSION}" "User Commands"
.SH NAME
{_roff(product.COMMAND)} \- {_roff(product.SUMMARY)}
.SH SYNOPSIS
.B {_roff(product.COMMAND)}
.br
.B {_roff(product.COMMAND)}
.I COMMAND
.RI [ ARGUMENTS ]
.br
.B {_roff(product.COMMAND)} open \-\-
.IR LINK\-OR\-FILE
.SH DESCRIPTION
{paragraphs}
.PP
Without arguments the window opens; a second start brings the running window to the front.
.SH COMMANDS
.TP
.B open
show a meeting file (*{product.FILE_SUFFIX}) or a link ({_roff(product.SCHEME)}:) in the window;
nothing happens before you agree
{commands}
.PP
Each command explains its arguments with
.BR \-\-help .
.SH EXIT STATUS
{codes}
.SH FILES
.TP
.I {_roff("~/.config/" + product.COMMAND)}
your meetings, servers and designs; never a secret, which is in the keyring
.TP
.I {_roff("/etc/" + product.COMMAND + "/site.json")}
what your organisation presets for everyone on this computer
"""


def _roff(text: str) -> str:
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)
