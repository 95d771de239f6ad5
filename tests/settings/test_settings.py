"""What settings say of a path and of a rule."""

from __future__ import annotations

import pytest

from mmupgrade.moves import Applicability
from mmupgrade.selection import divided, names
from mmupgrade.settings.settings import Settings

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


@pytest.mark.parametrize(
    ("path", "excluded"),
    [
        ("/p/a.py", False),
        ("/p/old/a.py", True),
        ("/p/x/old/y/a.py", True),
        ("/p/old", True),
        ("/p/configs/gen/a.py", True),
        ("/p/x/configs/gen/a.py", False),
        ("/p/tmp", False),
        ("/p/tmp/a.py", True),
        ("/old/a.py", True),
    ],
)
def test_an_excluded_folder_excludes_what_is_below(path: str, excluded: bool) -> None:
    settings = Settings(root="/p", exclude=("old", "configs/gen", "tmp/"))
    assert settings.excludes(path) is excluded


def test_folders_above_the_root_exclude_nothing() -> None:
    assert not Settings(root="/old/p", exclude=("old",)).excludes("/old/p/a.py")


def test_a_walk_asks_for_the_entry_alone() -> None:
    settings = Settings(root="/p", exclude=("old", "tmp/"))
    assert settings.skips("/p/x/old", folder=True)
    assert not settings.skips("/p/old/x.py")
    assert not settings.skips("/p/tmp")
    assert settings.skips("/p/tmp", folder=True)


def test_included_are_files_not_what_is_below() -> None:
    assert Settings().includes("/any/where/a.py")
    assert not Settings().includes("/any/where/a.pyi")
    settings = Settings(root="/p", include=("configs", "more/*.cfg"))
    assert not settings.includes("/p/configs/a.py")
    assert settings.includes("/p/more/a.cfg")
    assert not settings.includes("/p/a.py")


@pytest.mark.parametrize(
    ("select", "ignore", "reported"),
    [
        (None, (), (True, True, True)),
        (None, ("MMR1",), (False, False, True)),
        (("MMR1",), (), (True, True, False)),
        (("MMR1",), ("checkpoint_config",), (False, True, False)),
        (("checkpoint_config",), ("MMR1",), (True, False, False)),
        (("MMR101",), ("checkpoint_config",), (False, False, False)),
        (("MMR",), ("MMR1",), (False, False, True)),
        ((), (), (False, False, False)),
    ],
)
def test_the_more_exact_name_decides(
    select: tuple[str, ...] | None, ignore: tuple[str, ...], reported: tuple[bool, ...]
) -> None:
    settings = Settings(select=select, ignore=ignore)
    assert tuple(settings.reports(id) for id in ("MMR101", "MMR102", "MMR201")) == reported


def test_unsafe_wins_over_safe_where_both_are_as_exact() -> None:
    settings = Settings(
        extend_safe_fixes=("MMR1", "total_iters"), extend_unsafe_fixes=("MMR1", "MMR2", "MMR302")
    )
    assert settings.trust("MMR101") is UNSAFE
    assert settings.trust("MMR302") is UNSAFE
    assert settings.trust("MMR901") is None
    assert Settings(extend_safe_fixes=("MMR101",)).trust("MMR101") is SAFE
    assert Settings().trust("MMR101") is None


def test_a_start_of_ids_is_less_exact_than_any_field() -> None:
    assert "data" in names()
    (data,) = divided(("data",), ())[0]
    assert divided(("data",), (data[:-1],))[0] == {data}
