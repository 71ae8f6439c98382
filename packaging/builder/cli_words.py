"""What the command line says of itself, for the manual page and the shells' completion."""

import argparse
from collections.abc import Iterator
from typing import Any

from pnm_launcher import cli, product
from pnm_launcher.cli_output import EXIT_CODES

from .places import ROOT  # noqa: F401 - puts the product on the path


def commands() -> dict[str, str]:
    return {name: text for name, (text, _) in cli._COMMANDS.items()}


def exit_codes() -> list[tuple[str, str]]:
    return [(str(code), text) for code, text in EXIT_CODES]


def options(name: str) -> tuple[list[str], list[str]]:
    """The words and the options that may follow a command."""
    parser = argparse.ArgumentParser(add_help=False)
    cli._COMMANDS[name][1](parser)
    words: list[str] = []
    flags: list[str] = ["--help"]
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):
            words += list(action.choices)
        elif action.help != argparse.SUPPRESS:
            flags += [flag for flag in action.option_strings if flag.startswith("--")]
    return words, list(dict.fromkeys(flags))


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _actions(inner)


def completions() -> dict[str, str]:
    """The files of the three shells below `share`."""
    name = product.COMMAND
    return {
        f"bash-completion/completions/{name}": _bash(),
        f"zsh/site-functions/_{name}": _zsh(),
        f"fish/vendor_completions.d/{name}.fish": _fish(),
    }


def _bash() -> str:
    cases = "\n".join(f'    {each}) words="{" ".join([*words, *flags])}" ;;' for each, words, flags in _rows())
    return f"""# bash completion for {product.COMMAND}
_pnm_launcher() {{
  local words
  case "${{COMP_WORDS[1]}}" in
    open) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$2"); return ;;
{cases}
  esac
  [ "$COMP_CWORD" -gt 1 ] || words="open {" ".join(commands())} --help --version"
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$2")
}}
complete -F _pnm_launcher {product.COMMAND}
"""


def _zsh() -> str:
    listed = " ".join(f"'{name}:{_quoted(text)}'" for name, text in commands().items())
    cases = "\n".join(
        f"    {each}) _values -w argument {' '.join([*words, *flags])} ;;" for each, words, flags in _rows()
    )
    return f"""#compdef {product.COMMAND}
local -a known
known=('open:show a meeting file or link' {listed})
if (( CURRENT == 2 )); then
  _describe command known
else
  case $words[2] in
    open) _files -g '*{product.FILE_SUFFIX}' ;;
{cases}
  esac
fi
"""


def _fish() -> str:
    name = product.COMMAND
    lines = [
        f"complete -c {name} -f",
        f"complete -c {name} -n __fish_use_subcommand -a open -d 'show a meeting file or link'",
    ]
    for each, text in commands().items():
        lines.append(f"complete -c {name} -n __fish_use_subcommand -a {each} -d '{_quoted(text)}'")
    lines.append(f"complete -c {name} -n '__fish_seen_subcommand_from open' -F")
    for each, words, flags in _rows():
        seen = f"complete -c {name} -n '__fish_seen_subcommand_from {each}'"
        lines += [f"{seen} -a {word}" for word in words] + [f"{seen} -l {flag[2:]}" for flag in flags]
    return "\n".join(lines) + "\n"


def _rows() -> Iterator[tuple[str, Any, Any]]:
    for name in commands():
        yield (name, *options(name))


def _quoted(text: str) -> str:
    return text.replace("'", "’").replace(":", " -")
