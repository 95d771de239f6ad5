"""What an editor is told to do, and what has to come of it according to the engine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmupgrade.engine import check
from mmupgrade.findings import Finding
from mmupgrade.fix import fix
from mmupgrade.settings.settings import Settings
from mmupgrade.workspace import Workspace

CONFIG = """\
# 实验：𠮷野家的 EDVR 🍣
exp_name = 'edvr_中文'
model = dict(type='EDVR', note='𠮷🍣', pretrained='https://example.com/edvr.pth')

# 每 5000 次迭代保存一次
checkpoint_config = dict(interval=5000, by_epoch=False)  # 🍣 按迭代
log_config = dict(
    interval=100,
    hooks=[
        dict(type='TextLoggerHook', by_epoch=False),  # 日志
    ])
total_iters = 600000
# 从头开始
resume_from = None; tag = '🍣'; workflow = [('train', 1)]
optimizers = dict(generator=dict(type='Adam', lr=1e-4))
"""
#: The title of the action that applies all safe fixes to the file.
FIX_ALL = "Fix all safe mmupgrade findings"
#: The field that gets the quick fix, and the one that is pointed at: behind wide characters.
FIXED, SHOWN = "checkpoint_config", "workflow"
DEADLINE = 30


@dataclass(frozen=True)
class Plan:
    """One config in a project, and the files through which an editor is told and reports."""

    project: Path
    path: Path
    file: Path
    report: Path
    saved: Path

    @property
    def findings(self) -> list[Finding]:
        """What the engine finds in the config as it is on disk now."""
        return check(self._workspace())

    def fixed(self, *names: str) -> bytes:
        """What `mmupgrade fix --select NAMES` would write now; without names, all rules."""
        settings = Settings(select=names or None)
        [rewrite] = fix(self._workspace(settings))
        return rewrite.text.encode()

    def _workspace(self, settings: Settings = Settings()) -> Workspace:  # noqa: B008
        made = Workspace(lambda _: settings)
        made.add(str(self.path), self.path.read_bytes().decode())
        return made


def make(folder: Path, newline: str) -> Plan:
    """A project with one config in a folder of its own, and the plan for it on disk."""
    project, saved = folder / "project", folder / "saved"
    path = project / "configs" / "edvr.py"
    path.parent.mkdir(parents=True)
    saved.mkdir()
    (project / "mmupgrade.toml").touch()
    path.write_bytes(CONFIG.replace("\n", newline).encode())
    plan = Plan(project, path, folder / "plan.json", folder / "report.json", saved)
    plan.file.write_text(json.dumps(_told(plan)))
    return plan


def _told(plan: Plan) -> dict[str, Any]:
    found = {finding.field: finding for finding in plan.findings}
    left = [finding for finding in found.values() if not finding.titles]
    return {
        "file": str(plan.path),
        "report": str(plan.report),
        "saved": str(plan.saved),
        "deadline": DEADLINE,
        "counts": {"found": len(found), "fixed": len(found) - 1, "left": len(left)},
        "hover": _place(found[SHOWN]),
        "fix": {**_place(found[FIXED]), "title": found[FIXED].titles[0]},
        "fix_all": FIX_ALL,
    }


def _place(finding: Finding) -> dict[str, int]:
    line, column = finding.position
    return {"line": line, "column": column}


def shown(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as an editor has to report them."""
    return [
        {
            "line": record.line,
            "column": record.column,
            "end_line": record.end_line,
            "end_column": record.end_column,
            "code": record.rule,
            "source": "mmupgrade",
            "message": record.message,
        }
        for record in (finding.record() for finding in findings)
    ]
