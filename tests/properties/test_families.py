"""Whatever the family, merging its rewritten files gives what the merged originals meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from mmupgrade.engine import check
from mmupgrade.fix import Rewrite, fix, quick_fix
from mmupgrade.workspace import Workspace
from tests.properties.families import Family, families, shown
from tests.properties.family_judge import Change, differences
from tests.properties.judge import comments
from tests.properties.loading import chains, merged, written_bases
from tests.support import load, selecting, workspace

FOLDER = Path("/nowhere")
Files = Mapping[str, str]

# Shrinking a family takes long, and its files are short enough to be read as they are.
steady = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
both = pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
any_family = st.one_of(families(), families(half_migrated=True))
#: A comment above a field stays there, or goes along where something was written before.
plain_family = st.one_of(
    families(comments_above=False), families(half_migrated=True, comments_above=False)
)


def run(files: Files, family: Family) -> Workspace:
    """The files as one run."""
    return workspace(files, FOLDER, codebase=family.codebase)


def name_of(rewrite: Rewrite) -> str:
    """The relative path of a file."""
    return Path(rewrite.document.path).relative_to(FOLDER).as_posix()


def after(files: Files, rewrites: list[Rewrite]) -> dict[str, str]:
    """All files, those that were rewritten with their new texts."""
    return {**files, **{name_of(rewrite): rewrite.text for rewrite in rewrites}}


def fixed(files: Files, family: Family, *, unsafe: bool) -> dict[str, str]:
    """All files after `fix`."""
    return after(files, fix(run(files, family), unsafe=unsafe))


def loads(files: Files) -> bool:
    """Whether every file loads by MMEngine's merge rules; prints the files where one doesn't."""
    try:
        merged(files)
    except Exception as error:
        print(f"{error!r}\n{shown(files)}")
        return False
    return True


@settings(steady, max_examples=40)
@given(any_family)
def test_the_judge_loads_what_mmengine_loads(
    tmp_path_factory: pytest.TempPathFactory, family: Family
) -> None:
    folder = tmp_path_factory.mktemp("family")
    for files in (family.files, fixed(family.files, family, unsafe=True)):
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        assert merged(files) == {path: load(folder / path) for path in files}


@both
@steady
@given(family=any_family)
def test_every_file_loads(family: Family, unsafe: bool) -> None:
    assert loads(fixed(family.files, family, unsafe=unsafe))


@both
@steady
@given(family=any_family)
def test_merged_settings_are_those_of_the_merged_originals(family: Family, unsafe: bool) -> None:
    rewrites = fix(run(family.files, family), unsafe=unsafe)
    taken = {name_of(rewrite): frozenset(rewrite.migrated) for rewrite in rewrites}
    texts = after(family.files, rewrites)
    old, new = merged(family.files), merged(texts)
    for path, chain in chains(family.files).items():
        if not is_inherited(family, path):
            change = Change(family, chain, taken, old[path], new[path])
            assert list(differences(change)) == [], f"{path}\n{shown(texts)}"


@both
@steady
@given(family=any_family)
def test_every_fix_that_is_taken_is_carried_out(family: Family, unsafe: bool) -> None:
    rewrites = fix(run(family.files, family), unsafe=unsafe)
    assert [rewrite.error for rewrite in rewrites if rewrite.error] == []


@both
@steady
@given(family=any_family)
def test_a_second_run_changes_nothing(family: Family, unsafe: bool) -> None:
    once = fixed(family.files, family, unsafe=unsafe)
    assert fixed(once, family, unsafe=unsafe) == once


@both
@steady
@given(family=any_family, random=st.randoms())
def test_the_order_of_the_files_makes_no_difference(
    family: Family, random: Random, unsafe: bool
) -> None:
    names = list(family.files)
    random.shuffle(names)
    other = fixed({name: family.files[name] for name in names}, family, unsafe=unsafe)
    assert other == fixed(family.files, family, unsafe=unsafe)


@both
@steady
@given(family=any_family, random=st.randoms())
def test_after_each_of_the_fixes_one_by_one_every_file_loads(
    family: Family, random: Random, unsafe: bool
) -> None:
    rules = rule_ids(family)
    random.shuffle(rules)
    for rule, files in one_by_one(family, rules, unsafe=unsafe):
        assert loads(files), f"after {rule} of {rules}"


@steady
@given(any_family)
def test_safe_fixes_keep_every_comment_in_its_file(family: Family) -> None:
    texts = fixed(family.files, family, unsafe=False)
    lost = {path: comments(text) - comments(texts[path]) for path, text in family.files.items()}
    assert sum(lost.values(), Counter()) == Counter(), shown(texts)


@both
@steady
@given(family=plain_family, random=st.randoms())
def test_quick_fixes_one_by_one_give_what_all_at_once_give(
    family: Family, random: Random, unsafe: bool
) -> None:
    assume(not unsafe or is_trusted_alike(family))
    rewrites = fix(run(family.files, family), unsafe=unsafe)
    fixes = [(rewrite.document.path, name) for rewrite in rewrites for name in rewrite.migrated]
    random.shuffle(fixes)
    files: Files = family.files
    for files in quickly(family, fixes):
        assert loads(files), fixes
    assert shown(files) == shown(after(family.files, rewrites)), fixes


def quickly(family: Family, fixes: list[tuple[str, str]]) -> Iterator[Files]:
    """The files after each quick fix, round after round until none changes them."""
    state = run(family.files, family)
    changed = True
    while changed:
        changed = False
        for path, field in fixes:
            rewrites = quick_fix(state, path, field)
            assert [rewrite.error for rewrite in rewrites if rewrite.error] == []
            texts = {r.document.path: r.text for r in rewrites if r.changed}
            if texts:
                state, changed = state.with_texts(texts), True
                yield {name: state.run[str(FOLDER / name)].source for name in family.files}


def is_trusted_alike(family: Family) -> bool:
    """Whether no safe fix would have to take along an unsafe one to say a name in one file.

    Without it, each config says what its bases would have said together.
    """
    several = any(len(written_bases(*item)) > 1 for item in family.files.items())
    found = check(run(family.files, family))
    return not several or len({each.applicability for each in found if each.applicability}) < 2


def is_inherited(family: Family, path: str) -> bool:
    """Whether another file inherits from the one at `path`."""
    return any(path in chain[:-1] for chain in chains(family.files).values())


def rule_ids(family: Family) -> list[str]:
    """The ids of the rules that have something to say, in order."""
    return sorted({finding.rule.id for finding in check(run(family.files, family))})


def one_by_one(
    family: Family, rules: list[str], *, unsafe: bool
) -> Iterator[tuple[str, dict[str, str]]]:
    """The files after each fix of one rule, round after round until none changes them."""
    files = dict(family.files)
    state = run(files, family)
    for _ in range(6):
        before = files
        for rule in rules:
            texts = after(files, fix(selecting(state, rule), unsafe=unsafe))
            if texts != files:
                files = texts
                state = state.with_texts({str(FOLDER / path): t for path, t in files.items()})
                yield rule, files
        if files == before:
            return
    raise AssertionError(f"the fixes of {rules} never end")
