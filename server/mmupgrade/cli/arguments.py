"""The arguments of each command."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from mmupgrade import __version__
from mmupgrade.cli import baseline, check, fix, serve, show
from mmupgrade.report import formats
from mmupgrade.settings.options import choices

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; `run` of its result is the command."""
    made = argparse.ArgumentParser(
        prog="mmupgrade",
        description="Migrate OpenMMLab 0.x configs to MMagic 1.x and MMEngine.",
    )
    made.add_argument("--version", action="version", version=f"mmupgrade {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(commands)
    _add_fix(commands)
    _add_baseline(commands)
    explain = commands.add_parser("explain", help="explain a rule or a 0.x field")
    explain.add_argument("rule", metavar="RULE|FIELD")
    explain.set_defaults(run=show.explain_rule)
    _add_server(commands)
    listing = commands.add_parser("rules", help="list all rules")
    listing.set_defaults(run=show.list_rules)
    return made


def _add_check(commands: _Commands) -> None:
    command = commands.add_parser("check", help="show the 0.x fields of configs")
    _add_common(command)
    command.add_argument("--statistics", action="store_true", help="count the findings by rule")
    command.add_argument("--baseline", metavar="FILE", help="don't show the findings in FILE")
    command.add_argument(
        "--add-ignores", action="store_true", help="write comments that ignore what is found"
    )
    command.set_defaults(run=check.run)


def _add_fix(commands: _Commands) -> None:
    command = commands.add_parser("fix", help="rewrite configs")
    _add_common(command)
    command.add_argument("--diff", action="store_true", help="show the change, write nothing")
    command.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes too")
    command.add_argument(
        "--family",
        action="store_true",
        help="take in the files that inherit from each other; write all of a family or none",
    )
    command.add_argument(
        "--output-dir", metavar="DIR", help="write the migrated tree here, leave the originals"
    )
    command.set_defaults(run=fix.run)


def _add_baseline(commands: _Commands) -> None:
    known = commands.add_parser("baseline", help="keep a file of known findings")
    actions = known.add_subparsers(title="actions", metavar="ACTION", required=True)
    write = actions.add_parser("write", help="write today's findings to the file")
    write.set_defaults(run=baseline.write)
    prune = actions.add_parser("prune", help="take out what no longer occurs")
    prune.set_defaults(run=baseline.prune)
    for command in (write, prune):
        _add_choice(command)
        command.add_argument(
            "--baseline",
            metavar="FILE",
            default=baseline.DEFAULT,
            help="the file (default: %(default)s)",
        )


def _add_server(commands: _Commands) -> None:
    command = commands.add_parser("server", help="run the language server")
    command.add_argument(
        "--tcp", metavar="HOST:PORT", help="listen here, not on standard input, for debugging"
    )
    command.add_argument("--log-file", metavar="FILE", help="write the log here")
    command.add_argument("--verbose", action="store_true", help="log every message")
    command.set_defaults(run=serve.run)


def _add_choice(parser: argparse.ArgumentParser) -> None:
    """What is looked at, and for what."""
    parser.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="files or folders (default: .); `-` reads standard input",
    )
    parser.add_argument("--select", metavar="RULES", help="only these rules, comma-separated")
    parser.add_argument("--ignore", metavar="RULES", help="not these rules, comma-separated")
    parser.add_argument(
        "--target",
        choices=choices("target"),
        help="the 1.x package to migrate to (default: mmagic)",
    )
    parser.add_argument(
        "--codebase", choices=choices("codebase"), help="the 0.x codebase, where known"
    )
    files = parser.add_mutually_exclusive_group()
    files.add_argument("--config", metavar="FILE", help="the settings file for every path")
    files.add_argument("--isolated", action="store_true", help="look for no settings file")
    parser.add_argument(
        "--force-exclude",
        action="store_true",
        help="leave out what settings exclude even if it is given by name",
    )


def _add_common(parser: argparse.ArgumentParser) -> None:
    _add_choice(parser)
    parser.add_argument(
        "--output-format",
        choices=formats.NAMES,
        default="text",
        help="for people or for machines (default: text)",
    )
    parser.add_argument(
        "-o", "--output-file", metavar="FILE", help="write the report here, not to the terminal"
    )
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit 0 even if there are findings"
    )
    parser.add_argument("--stdin-filename", metavar="PATH", help="the name of what `-` reads")
