"""The official configs migrated one by one, each with its family: the same bytes as at once."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from mmupgrade.document import read
from mmupgrade.family import families
from mmupgrade.fix import fix
from mmupgrade.paths import write_together
from mmupgrade.project import take_in_families
from mmupgrade.workspace import Workspace
from tests.corpus.download import corpus

#: Members of families that are tried besides the first of each.
OTHERS = 12


def _migrate(paths: list[Path]) -> None:
    made = Workspace()
    for path in paths:
        made.add(str(path), read(str(path)))
    take_in_families(made)
    write_together({r.document.path: r.text for r in fix(made, whole_families=True) if r.changed})


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in _files(folder)}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("once") / "configs"
    shutil.copytree(corpus(), folder)
    (folder / "mmupgrade.toml").touch()
    _migrate(_files(folder))
    return _texts(folder)


@pytest.mark.parametrize("seed", [1, 2])
def test_file_by_file_gives_the_same_bytes(
    seed: int, tmp_path: Path, at_once: dict[str, bytes]
) -> None:
    folder = tmp_path / "configs"
    shutil.copytree(corpus(), folder)
    (folder / "mmupgrade.toml").touch()
    made = Workspace()
    for path in _files(folder):
        made.add(str(path), read(str(path)))
    chosen = random.Random(seed)
    groups = [[held.path for held in family] for family in families(made)]
    picked = [chosen.choice(group) for group in groups]
    picked += chosen.sample([path for group in groups if len(group) > 1 for path in group], OTHERS)
    chosen.shuffle(picked)
    for name in picked:
        _migrate([Path(name)])
    assert _texts(folder) == at_once
