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
    if not editor.installed and os.environ.get("CI") != "true":
        pytest.skip(f"`{editor.program}` isn't on PATH")
    plan = plans.make(tmp_path, newline)
    before, findings = plan.path.read_bytes(), plan.findings
    one, everything = plan.fixed(plans.FIXED), plan.fixed()
    report = _carry_out(editor, plan, tmp_path / "home")

    assert report["root"] == str(plan.project / editor.root)
    assert _sorted(report["diagnostics"]) == plans.shown(findings)
    assert rules()[plans.SHOWN].title in report["hover"]
    assert (plan.saved / "quick-fix.py").read_bytes() == one
    assert (plan.saved / "undo.py").read_bytes() == before
    assert (plan.saved / "fix-all.py").read_bytes() == everything
    assert plan.path.read_bytes() == everything
    assert _sorted(report["left"]) == plans.shown(plan.findings)


def _carry_out(editor: Editor, plan: plans.Plan, home: Path) -> dict[str, Any]:
    editor.set_up(home)
    variables = environment(home, plan.file)
    # An editor gives up by itself, and says what it waited for.
    printed = run(editor.command(home, plan.path), plan.path.parent, variables, 3 * plans.DEADLINE)
    assert plan.report.exists(), printed
    report: dict[str, Any] = json.loads(plan.report.read_text())
    assert "failure" not in report, f"{report['failure']}\n{printed}"
    return report


def _sorted(diagnostics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(diagnostics, key=lambda item: (item["line"], item["column"]))
