"""Configs that the tests open, and what the engine says of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mmupgrade.engine import check
from mmupgrade.findings import Finding
from mmupgrade.fix import Rewrite, fix, fix_alone, quick_fix
from mmupgrade.workspace import Workspace
from tests.editors.plan import CONFIG

__all__ = ["BASE", "CONFIG", "FAMILY", "HEIR", "Engine"]

BASE = """\
# 基础 🍣
optimizers = dict(generator=dict(type='Adam', lr=1e-4))
total_iters = 9
tag = '🍣'; checkpoint_config = dict(interval=5)
log_config = dict(interval=100, hooks=[dict(type='TextLoggerHook', by_epoch=False)])
resume_from = None
"""
HEIR = """\
_base_ = ['b.py']
tag = '𠮷'; checkpoint_config = dict(interval=7)  # 🍣
workflow = [('train', 1)]
cudnn_benchmark = True
"""
FAMILY = {"b": BASE, "c": HEIR}


class Engine:
    """What the engine says of texts, by the name of their file in one folder."""

    def __init__(self, folder: Path, texts: Mapping[str, str]) -> None:
        self._folder = folder
        self._texts = texts

    def run(self) -> Workspace:
        """A new run of the files."""
        made = Workspace()
        for name, text in self._texts.items():
            made.add(self.path(name), text)
        return made

    def path(self, name: str) -> str:
        """The path of a file."""
        return str(self._folder / f"{name}.py")

    def findings(self, name: str) -> list[Finding]:
        """The findings of one file."""
        return [one for one in check(self.run()) if one.document.path == self.path(name)]

    def fixed(self, *, unsafe: bool = False) -> dict[str, str]:
        """The texts after `mmupgrade fix --family`."""
        return self._texts_of(fix(self.run(), unsafe=unsafe, whole_families=True))

    def fixed_alone(self, name: str) -> dict[str, str]:
        """The texts after `mmupgrade fix` of one file."""
        return self._texts_of(fix_alone(self.run(), self.path(name)))

    def quick_fixed(self, name: str, field: str, number: int = 0) -> dict[str, str]:
        """The texts after one fix."""
        return self._texts_of(quick_fix(self.run(), self.path(name), field, number))

    def _texts_of(self, rewrites: list[Rewrite]) -> dict[str, str]:
        return {Path(r.document.path).stem: r.text for r in rewrites if r.changed}
