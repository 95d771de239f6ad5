"""Workspaces that aren't trusted, and those of several folders."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from mmupgrade.engine import check
from tests.vscode.configs import LONE, configure, written
from tests.vscode.conftest import Opens


def test_a_folder_that_is_not_trusted(opens: Opens, project: Path, tmp_path: Path) -> None:
    findings = check(written(project, {"edvr_reds.py": LONE}))
    python, ran = project / "python3", tmp_path / "ran"
    python.write_text(f"#!/bin/sh\n: >'{ran}'\necho 3.8.18\n")
    python.chmod(0o755)
    configure(project, {"mmupgrade.interpreter": "${workspaceFolder}/python3"})
    window = opens(project, trusting=False)
    expect(window.page.get_by_role("button", name="Restricted Mode")).to_be_visible()
    window.open("edvr_reds.py")
    expect(window.struck).to_have_text([finding.field for finding in findings])
    assert not ran.exists()

    window.run("Workspaces: Manage Workspace Trust")
    window.page.locator(".workspace-trust-editor").get_by_role("button", name="Trust").first.click()
    expect(window.message("The setting mmupgrade.interpreter names Python 3.8.18")).to_be_visible()
    assert ran.exists()


def test_folders_with_settings_of_their_own(opens: Opens, project: Path) -> None:
    by_file, by_editor = project / "一", project / "二"
    first = check(written(by_file, {"edvr.py": LONE}, ignore=("log_config", "MMR3")))
    second = check(written(by_editor, {"esrgan.py": LONE}, select=("log_config",)))
    assert (len(first), len(second)) == (4, 1)
    (by_file / "mmupgrade.toml").write_text('ignore = ["log_config", "MMR3"]\n')
    configure(by_editor, {"mmupgrade.select": ["log_config"]})
    workspace = project / "all.code-workspace"
    workspace.write_text(json.dumps({"folders": [{"path": "一"}, {"path": "二"}]}))
    window = opens(workspace)
    for name, findings in (("edvr.py", first), ("esrgan.py", second)):
        window.open(name)
        expect(window.struck).to_have_text([finding.field for finding in findings])
