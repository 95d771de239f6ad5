"""The pages under docs/rules are those of the rules as they are now."""

from __future__ import annotations

from scripts.pages import FOLDER, rendered


def test_pages_are_fresh() -> None:
    kept = {path.name: path.read_text() for path in FOLDER.glob("*.md")}
    assert kept == rendered(), "run `make docs`"
