"""The official configs mean the same after the migration.

The oracle was written apart from the rules, from the source of both runners.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

from mmupgrade.document import read
from mmupgrade.engine import check
from mmupgrade.fix import Rewrite, fix
from mmupgrade.moves import Applicability
from mmupgrade.paths import python_files
from mmupgrade.rule import rules
from mmupgrade.workspace import Workspace
from tests.corpus.download import corpus
from tests.corpus.oracle import MISSING, Unrunnable, compare, new_settings, old_settings
from tests.support import load

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Codebase = Literal["mmedit", "mmgen"]
CODEBASES: tuple[Codebase, ...] = ("mmedit", "mmgen")
#: How many files there are, how many of them MMEngine can load, and how many are 0.x configs.
FILES = {"mmedit": (84, 84), "mmgen": (149, 143)}
#: 0.x fields whose migration is by hand.
BY_HAND = {
    *("optimizer", "optimizers", "lr_config", "data", "evaluation", "metrics", "custom_hooks"),
    *("use_ddp_wrapper", "apex_amp", "model.pretrained", "runner", "visual_config"),
    "model.test_cfg.metrics",
}


def _run(folder: Path) -> Workspace:
    made = Workspace()
    for path in python_files([str(folder)]):
        made.add(path, read(path))
    return made


@cache
def _fixed(codebase: Codebase, *, unsafe: bool) -> tuple[Rewrite, ...]:
    return tuple(fix(_run(corpus() / codebase), unsafe=unsafe))


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[Codebase, Path]:
    """The whole tree of each codebase, written out after `fix --unsafe-fixes`."""
    return {name: _written(name, tmp_path_factory.mktemp(name), unsafe=True) for name in CODEBASES}


def _written(codebase: Codebase, to: Path, *, unsafe: bool) -> Path:
    folder = corpus() / codebase
    texts = {r.document.path: r.text for r in _fixed(codebase, unsafe=unsafe)}
    for path in sorted(folder.rglob("*.py")):
        target = to / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(texts.get(str(path), read(str(path))).encode())
    return to


def _loadable(codebase: Codebase) -> Iterator[tuple[Path, dict[str, Any]]]:
    folder = corpus() / codebase
    for path in sorted(folder.rglob("*.py")):
        if "./stylegan3_base.py" not in path.read_text():
            yield path.relative_to(folder), load(path)


def _differences(codebase: Codebase, migrated: Path) -> Iterator[tuple[str, str, str]]:
    """(path, old value, file) of everything that isn't the same."""
    for name, before in _loadable(codebase):
        old = old_settings(before, codebase)
        try:
            new = new_settings(load(migrated / name))
        except Unrunnable as error:
            yield "unrunnable", str(error.field), name.as_posix()
            continue
        for difference in compare(old, new):
            if difference.old is not MISSING:
                yield difference.path, str(difference.old), name.as_posix()


@pytest.mark.parametrize("codebase", CODEBASES)
def test_all_files_are_there_and_load(codebase: Codebase, migrated: dict[Codebase, Path]) -> None:
    files, loadable = FILES[codebase]
    assert len(list((corpus() / codebase).rglob("*.py"))) == files
    before = [name for name, _ in _loadable(codebase)]
    assert len(before) == loadable
    for name in before:
        load(migrated[codebase] / name)


def test_every_setting_is_the_same_or_listed(migrated: dict[Codebase, Path]) -> None:
    listed = tomllib.loads((Path(__file__).parent / "differences.toml").read_text())["difference"]
    used = set()
    for codebase in CODEBASES:
        for path, old, name in _differences(codebase, migrated[codebase]):
            found = [
                index
                for index, entry in enumerate(listed)
                if (entry["codebase"], entry["path"]) == (codebase, path)
                and old.startswith(entry["old"])
                and (entry["files"] == "*" or name in entry["files"])
            ]
            assert found, f"{name}: {path} was {old} and is not any more"
            used.update(found)
    assert used == set(range(len(listed)))


def test_what_is_listed_is_said() -> None:
    finding = next(
        finding
        for finding in check(_run(corpus() / "mmedit"))
        if finding.document.path.endswith("AOT-GAN_512x512_4x12_places.py")
        and finding.field == "log_config"
    )
    assert "MMagic's PaviVisBackend fails to start" in finding.message
    assert "saves under `<work_dir>`" in " ".join(rules()["checkpoint_config"].text.split())


@pytest.mark.parametrize("codebase", CODEBASES)
def test_only_what_is_by_hand_is_left(codebase: Codebase) -> None:
    for rewrite in _fixed(codebase, unsafe=True):
        assert not rewrite.error
        for finding in rewrite.left:
            assert finding.field in BY_HAND | {""}, (rewrite.document.path, finding.message)
            assert finding.applicability is Applicability.MANUAL


@pytest.mark.parametrize("codebase", CODEBASES)
def test_other_fields_come_out_unchanged(
    codebase: Codebase, migrated: dict[Codebase, Path]
) -> None:
    touched = {name for name in rules() if name not in BY_HAND} | {"runner", "visual_config"}
    for name, before in _loadable(codebase):
        after = load(migrated[codebase] / name)
        for key in before.keys() - touched - {"model", "load_from"}:
            assert before[key] == after[key], (name, key)
        _assert_model_kept(before, after, name)


def _assert_model_kept(before: dict[str, Any], after: dict[str, Any], name: Path) -> None:
    """`model` gains what stood in 0.x's `train_cfg` and `test_cfg`, and nothing else."""
    model = dict(before.get("model") or {})
    for key in ("train_cfg", "test_cfg"):
        given = before.get(key)
        if given:
            model.setdefault(key, given)
    got = {key: value for key, value in (after.get("model") or {}).items() if value is not None}
    assert got == {key: value for key, value in model.items() if value is not None}, name


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("codebase", CODEBASES)
def test_a_second_fix_changes_nothing(codebase: Codebase, unsafe: bool) -> None:
    again = _run(corpus() / codebase).with_texts(
        {r.document.path: r.text for r in _fixed(codebase, unsafe=unsafe)}
    )
    assert not [r.document.path for r in fix(again, unsafe=unsafe) if r.changed]


def test_safe_fixes_alone_go_as_far_as_is_written_here(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The counts may only improve."""
    counts: tuple[tuple[Codebase, int], ...] = (("mmedit", 709), ("mmgen", 276))
    for codebase, least in counts:
        rewrites = _fixed(codebase, unsafe=False)
        assert sum(len(rewrite.migrated) for rewrite in rewrites) >= least
        folder = _written(codebase, tmp_path_factory.mktemp(f"{codebase}-safe"), unsafe=False)
        for name, _ in _loadable(codebase):
            load(folder / name)


def test_the_order_of_the_files_makes_no_difference() -> None:
    forward = _run(corpus() / "mmgen")
    backward = Workspace()
    for path, document in reversed(forward.run.items()):
        backward.add(path, document.source)
    texts = {r.document.path: r.text for r in fix(forward, unsafe=True)}
    assert texts == {r.document.path: r.text for r in fix(backward, unsafe=True)}
