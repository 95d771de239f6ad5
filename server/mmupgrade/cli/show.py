"""`mmupgrade explain` and `mmupgrade rules`."""

from __future__ import annotations

import argparse

from mmupgrade.cli.usage import CLEAN, UsageError


def explain_rule(options: argparse.Namespace) -> int:
    """Print the page of a rule."""
    from mmupgrade.engine import explain
    from mmupgrade.selection import NoSuchRule

    try:
        print(explain(options.rule), end="")
    except NoSuchRule:
        raise UsageError(f"no rule or field `{options.rule}`; see `mmupgrade rules`") from None
    return CLEAN


def list_rules(options: argparse.Namespace) -> int:
    """Print a line for each rule."""
    from mmupgrade.rule import pages

    del options
    for rule in pages():
        print(f"{rule.id}  {rule.name:20} {rule.title}")
    return CLEAN
