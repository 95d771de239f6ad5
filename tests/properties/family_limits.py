"""Shapes of families that the engine doesn't master yet, and which tests leave out for now.

Each has an example in `tests/engine/test_family_examples.py` that is expected to fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.properties.families import MIGRATED, NEW, Family
from tests.properties.family_judge import counts_epochs, is_field, is_mmedit
from tests.properties.loading import Config, chains, merged, namespace, written_bases

#: Fields that go without a trace where they hold nothing.
_GOING = ("workflow", "visual_config", "runner", "total_iters", "load_from")


def _names(family: Family) -> dict[str, Config]:
    return {path: namespace(text) for path, text in family.files.items()}


def is_inherited(family: Family, path: str) -> bool:
    """Whether another file inherits from the one at `path`."""
    return any(path in chain[:-1] for chain in chains(family.files).values())


def counts_two_ways(family: Family) -> bool:
    """A config with a length in iterations and one in epochs gets a loop with both."""
    names = _names(family)
    kinds = {path: set(_kinds_of_length(held)) for path, held in names.items()}
    return any(
        len(set().union(*(kinds[path] for path in chain))) > 1
        for chain in chains(family.files).values()
    )


def _kinds_of_length(names: Config) -> Iterator[str]:
    runner, loop = names.get("runner") or {}, names.get("train_cfg") or {}
    kinds = f"{runner.get('type')} {loop.get('type')}"
    if "total_iters" in names or "max_iters" in {*runner, *loop} or "Iter" in kinds:
        yield "iterations"
    if "total_epochs" in names or "max_epochs" in {*runner, *loop} or "Epoch" in kinds:
        yield "epochs"


def counts_by_a_length_alone(family: Family) -> bool:
    """`runner = dict(max_iters=..)` says what is counted only once it is a loop."""
    return any(
        (names.get("runner") or {}).keys() & {"max_iters", "max_epochs"}
        for names in _names(family).values()
    )


def takes_back_what_goes(family: Family) -> bool:
    """Of two files that set such a field one may migrate it and the other keep it.

    Beside a 1.x value that says the same any field goes so.
    """
    names = _names(family)
    said = any("env_cfg" in held or "default_hooks" in held for held in names.values())
    return any(
        len({repr(names[path][field]) for path in chain if field in names[path]}) > 1
        for chain in chains(family.files).values()
        for field in (*_GOING, *(MIGRATED if said else ()))
    )


def leaves_open_what_a_relative_says(family: Family) -> bool:
    """Files that share a base, and not all of which say what the runner counts."""
    found, members = merged(family.files), chains(family.files)
    known = {
        path: counts_epochs(old, mmedit=is_mmedit(family, members[path])) is not None
        for path, old in found.items()
    }
    hooks = {"checkpoint_config", "log_config"}
    return any(
        known[one] != known[other]
        for one in found
        for other in found
        if {*members[one]} & {*members[other]} and hooks & found[one].keys()
    )


def has_comments_where_values_leave(family: Family) -> bool:
    """A comment beside a value that its base or another file says, or where one is added."""
    if not any("#" in text for text in family.files.values()):
        return False
    names = _names(family)
    several = any(len(written_bases(path, text)) > 1 for path, text in family.files.items())
    restated = any(
        sum(field in names[path] for path in chain) > 1
        for chain in chains(family.files).values()
        for field in MIGRATED
    )
    added_to = counts_two_ways(family) or leaves_open_what_a_relative_says(family)
    return several or restated or added_to


def empties_model_settings(family: Family) -> bool:
    """`train_cfg = None` of a file that is migrated in parts is taken for 1.x's."""
    return any(
        name in names and not names[name]
        for names in _names(family).values()
        for name in ("train_cfg", "test_cfg")
    )


def is_a_dict_over_a_hook_that_goes(family: Family) -> bool:
    """A 1.x hook over a base's `checkpoint_config = None`, which becomes None in its place."""
    names = _names(family)
    return any(
        _removes_a_hook(names[path]) and "default_hooks" in names[above]
        for above, chain in chains(family.files).items()
        for path in chain
    )


def _removes_a_hook(names: Config) -> bool:
    held: Any = names.get("log_config", ...)
    empty = held is None or (isinstance(held, dict) and held.get("hooks") == [])
    return empty or names.get("checkpoint_config", ...) is None


def empties_model_settings_beside_1x(family: Family) -> bool:
    """The same where 1.x names stand in some files: None may be either's."""
    names = _names(family)
    return empties_model_settings(family) and any(
        NEW.keys() & held.keys() for held in names.values()
    )


def sets_model_settings_over_a_loop(family: Family) -> bool:
    """`_delete_` has nothing to delete in `model`, where the settings go."""
    names = _names(family)
    held = {path: names[path]["train_cfg"] for path in names if "train_cfg" in names[path]}
    return any(
        len({is_field("train_cfg", held[path]) for path in chain if path in held}) > 1
        for chain in chains(family.files).values()
    )


def reads_a_length_by_name(family: Family) -> bool:
    """A `total_iters` that is read stays, and beside a 1.x name it is no field any more."""
    return any("=total_iters" in text or ": total_iters" in text for text in family.files.values())


def is_one_load_from_of_two(family: Family) -> bool:
    """A base whose `load_from = ''` can't go beside one whose `resume_from` becomes that name."""
    names, members = _names(family), chains(family.files)
    return any(
        any(names[p].get("load_from") == "" for b in bases for p in members[b])
        and any(names[p].get("resume_from") for b in bases for p in members[b])
        for bases in (written_bases(path, text) for path, text in family.files.items())
        if len(bases) > 1
    )
