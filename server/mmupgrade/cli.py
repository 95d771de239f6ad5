"""The command line: `mmupgrade check|fix|explain|rules`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from mmupgrade import __version__

if TYPE_CHECKING:
    from mmupgrade.findings import Finding
    from mmupgrade.fix import Rewrite
    from mmupgrade.workspace import Workspace

CLEAN, FINDINGS, ERROR = 0, 1, 2
_MANY_FILES = 300


class UsageError(Exception):
    """What the user gave can't be used; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 clean, 1 findings, 2 error."""
    options = _parser().parse_args(arguments)
    # What is made here lives until the process ends.
    gc.disable()
    try:
        return int(options.run(options))
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return ERROR
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        print(f"error: mmupgrade failed {_place(error)}: {error!r}", file=sys.stderr)
        print("Nothing more was written. Please report this.", file=sys.stderr)
        return ERROR


def _place(error: Exception) -> str:
    """Where an error of ours came from, as far as its trace says."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "somewhere"
    return f"in {os.path.basename(trace.tb_frame.f_code.co_filename)}, line {trace.tb_lineno}"


def run() -> None:
    """The command `mmupgrade`. Ends the process at once: freeing all trees takes longer."""
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = ERROR
    os._exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mmupgrade",
        description="Migrate OpenMMLab 0.x configs to MMagic 1.x and MMEngine.",
    )
    parser.add_argument("--version", action="version", version=f"mmupgrade {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(commands)
    _add_fix(commands)
    explain = commands.add_parser("explain", help="explain a rule or a 0.x field")
    explain.add_argument("rule", metavar="RULE|FIELD")
    explain.set_defaults(run=_explain)
    listing = commands.add_parser("rules", help="list all rules")
    listing.set_defaults(run=_rules)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_check(commands: _Commands) -> None:
    check = commands.add_parser("check", help="show the 0.x fields of configs")
    _add_common(check)
    check.add_argument("--statistics", action="store_true", help="count the findings by rule")
    check.set_defaults(run=_check)


def _add_fix(commands: _Commands) -> None:
    fix = commands.add_parser("fix", help="rewrite configs")
    _add_common(fix)
    fix.add_argument("--diff", action="store_true", help="show the change, write nothing")
    fix.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes too")
    fix.add_argument(
        "--output-dir", metavar="DIR", help="write the migrated tree here, leave the originals"
    )
    fix.set_defaults(run=_fix)


def _add_common(parser: argparse.ArgumentParser) -> None:
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
        choices=("mmagic", "mmedit", "mmgen"),
        default="mmagic",
        help="the 1.x package to migrate to (default: mmagic)",
    )
    parser.add_argument(
        "--codebase", choices=("mmedit", "mmgen", "other"), help="the 0.x codebase, where known"
    )
    parser.add_argument(
        "--output-format",
        choices=("text", "json"),
        default="text",
        help="for people or for machines (default: text)",
    )
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit 0 even if there are findings"
    )
    parser.add_argument("--stdin-filename", metavar="PATH", help="the name of what `-` reads")


def _selected(options: argparse.Namespace) -> frozenset[str] | None:
    from mmupgrade.engine import NoSuchRule, matching
    from mmupgrade.rule import pages

    if not options.select and not options.ignore:
        return None
    try:
        chosen = matching(options.select.split(",")) if options.select else pages()
        ignored = matching(options.ignore.split(",")) if options.ignore else []
    except NoSuchRule as error:
        raise UsageError(f"no rule or field `{error}`; see `mmupgrade rules`") from None
    return frozenset(rule.id for rule in chosen) - {rule.id for rule in ignored}


def _load(options: argparse.Namespace) -> tuple[Workspace, dict[str, str], list[Finding]]:
    """The workspace, the path to show for each file, and notices of unreadable files."""
    from mmupgrade.document import Unreadable, read
    from mmupgrade.findings import unreadable
    from mmupgrade.paths import NoSuchPath, python_files
    from mmupgrade.workspace import Workspace

    workspace = Workspace(options.target, options.codebase)
    names: dict[str, str] = {}
    notices: list[Finding] = []
    if options.paths == ["-"]:
        path = options.stdin_filename or "stdin.py"
        names[os.path.abspath(path)] = path
        workspace.add(path, _standard_input())
        return workspace, names, notices
    try:
        files = list(python_files(options.paths))
    except NoSuchPath as error:
        raise UsageError(f"{error}: no such file or folder") from None
    for path in _with_progress(files):
        names[os.path.abspath(path)] = path
        try:
            workspace.add(path, read(path))
        except Unreadable as error:
            notices += unreadable(path, str(error), workspace, given=path in options.paths)
    return workspace, names, notices


def _standard_input() -> str:
    from mmupgrade.document import Unreadable, decode

    try:
        return decode(sys.stdin.buffer.read())
    except Unreadable as error:
        raise UsageError(f"standard input: {error}") from None


def _with_progress(files: list[str]) -> Iterable[str]:
    if len(files) < _MANY_FILES or not sys.stderr.isatty():
        return files
    from tqdm import tqdm

    return tqdm(files, unit=" files", leave=False, file=sys.stderr)


def _check(options: argparse.Namespace) -> int:
    from mmupgrade import parallel, report

    selected = _selected(options)
    workspace, names, notices = _load(options)
    found = [*(notice.shown() for notice in notices), *parallel.shown(workspace, selected)]
    if options.output_format == "json":
        print(report.as_json(found, names))
    elif options.statistics:
        print(*report.statistics(found), sep="\n")
    else:
        paint = report.Paint(report.wants_colour(sys.stdout))
        print(*report.text(found, names, paint), report.summary(found, len(names)), sep="\n")
    return FINDINGS if found and not options.exit_zero else CLEAN


def _fix(options: argparse.Namespace) -> int:
    from mmupgrade import engine, report
    from mmupgrade.fix import diff, fix

    selected = _selected(options)
    workspace, names, notices = _load(options)
    rewrites = fix(workspace, selected, unsafe=options.unsafe_fixes)
    piped = options.paths == ["-"]
    if options.diff:
        for rewrite in rewrites:
            sys.stdout.write(diff(rewrite, names[rewrite.document.path]))
    elif piped:
        texts = [rewrite.text for rewrite in rewrites] or [
            document.source for document in workspace.run.values()
        ]
        sys.stdout.buffer.write("".join(texts).encode())
    else:
        _write(options, workspace, rewrites)
    left = [finding for rewrite in rewrites for finding in rewrite.left]
    after = [*notices, *(engine.check(workspace, selected) if options.diff else left)]
    if options.output_format == "json":
        rows = [finding.shown() for finding in after]
        print(report.as_json(rows, names), file=sys.stderr if piped else sys.stdout)
    else:
        lines = [report.outcome(rewrite, names[rewrite.document.path]) for rewrite in rewrites]
        print(*lines, sep="\n", end="\n" if lines else "", file=sys.stderr)
    return FINDINGS if after and not options.exit_zero else CLEAN


def _write(options: argparse.Namespace, workspace: Workspace, rewrites: list[Rewrite]) -> None:
    from mmupgrade.paths import Unmirrored, mirror, write

    try:
        if options.output_dir:
            texts = {rewrite.document.path: rewrite.text for rewrite in rewrites}
            mirror(workspace, texts, options.output_dir)
            return
        for rewrite in rewrites:
            if rewrite.changed:
                write(rewrite.document.path, rewrite.text)
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    except Unmirrored as error:
        raise UsageError(str(error)) from None


def _explain(options: argparse.Namespace) -> int:
    from mmupgrade.engine import NoSuchRule, explain

    try:
        print(explain(options.rule), end="")
    except NoSuchRule:
        raise UsageError(f"no rule or field `{options.rule}`; see `mmupgrade rules`") from None
    return CLEAN


def _rules(options: argparse.Namespace) -> int:
    from mmupgrade.rule import pages

    del options
    for rule in pages():
        print(f"{rule.id}  {rule.name:20} {rule.title}")
    return CLEAN
