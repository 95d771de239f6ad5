"""Real editors, set up as the documentation says, do what the command line does."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from mmupgrade.rule import rules
from tests.editors import plan as plans
from tests.editors.editors import EDITORS, Editor
from tests.editors.session import environment, run


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.name)
def test_an_editor_does_what_the_command_line_does(
    editor: Editor, newline: str, tmp_path: Path
) -> None:
    plan = plans.make(tmp_path, newline)
    home = tmp_path / "home"
    variables = environment(home, plan.file)
    if not editor.installed(variables):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(editor.missing)
    before, findings = plan.path.read_bytes(), plan.findings
    one, everything = plan.fixed(plans.FIXED), plan.fixed()
    report = _carry_out(editor, plan, home, variables)

    assert report["root"] == str(plan.project / editor.root)
    assert _sorted(report["diagnostics"]) == plans.shown(findings)
    assert _plain(rules()[plans.SHOWN].title) in _plain(report["hover"])
    assert (plan.saved / "quick-fix.py").read_bytes() == one
    assert (plan.saved / "undo.py").read_bytes() == before
    assert (plan.saved / "fix-all.py").read_bytes() == everything
    assert plan.path.read_bytes() == everything
    assert _sorted(report["left"]) == plans.shown(plan.findings)


def _carry_out(
    editor: Editor, plan: plans.Plan, home: Path, variables: dict[str, str]
) -> dict[str, Any]:
    editor.set_up(home)
    # An editor gives up by itself, and says what it waited for.
    printed = run(editor.command(home, plan.path), plan.path.parent, variables, 3 * plans.DEADLINE)
    assert plan.report.exists(), printed
    report: dict[str, Any] = json.loads(plan.report.read_text())
    assert "failure" not in report, f"{report['failure']}\n{printed}"
    return report


def _sorted(diagnostics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(diagnostics, key=lambda item: (item["line"], item["column"]))


def _plain(markdown: str) -> str:
    return markdown.replace("`", "")
