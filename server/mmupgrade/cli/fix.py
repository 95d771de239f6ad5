"""`mmupgrade fix`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from mmupgrade.cli.inputs import load, shown
from mmupgrade.cli.usage import CLEAN, FINDINGS, UsageError

if TYPE_CHECKING:
    from mmupgrade.fix import Rewrite
    from mmupgrade.workspace import Workspace

#: How many of the files that weren't given are named.
_NAMED = 5


def run(options: argparse.Namespace) -> int:
    """Rewrite files and say what is left; gives the exit code."""
    from mmupgrade import engine
    from mmupgrade.cli.output import output
    from mmupgrade.fix import diff, fix
    from mmupgrade.report import formats
    from mmupgrade.report.outcome import outcome

    workspace, names, notices = load(options)
    rewrites = fix(workspace, unsafe=options.unsafe_fixes, whole_families=options.family)
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
    after = [*notices, *(engine.check(workspace) if options.diff else left)]
    for_people = options.output_format == "text"
    aside = for_people or piped or options.diff
    with output(options, sys.stderr if aside else sys.stdout) as stream:
        if for_people:
            lines = [outcome(rewrite, names[rewrite.document.path]) for rewrite in rewrites]
            lines += _hint(options, workspace)
            print(*lines, sep="\n", end="\n" if lines else "", file=stream)
        else:
            rows = [finding.record() for finding in after]
            formats.report(options.output_format)(rows, names, stream)
    return FINDINGS if after and not options.exit_zero else CLEAN


def _hint(options: argparse.Namespace, workspace: Workspace) -> list[str]:
    """A line about files that belong to those given."""
    from mmupgrade.project import not_given

    others = [] if options.family else [shown(path) for path in not_given(workspace)]
    if not others:
        return []
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    named = f"{', '.join(others[:_NAMED])}{more}"
    return [f"In one family with these files, and not given: {named}; `--family` takes them in."]


def _write(options: argparse.Namespace, workspace: Workspace, rewrites: list[Rewrite]) -> None:
    from mmupgrade.family import families
    from mmupgrade.paths import Unmirrored, mirror, write_together

    try:
        texts = {r.document.path: r.text for r in rewrites if options.output_dir or r.changed}
        if options.output_dir:
            mirror(workspace, texts, options.output_dir)
            return
        for family in families(workspace):
            write_together({m.path: texts[m.path] for m in family if m.path in texts})
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    except Unmirrored as error:
        raise UsageError(str(error)) from None
