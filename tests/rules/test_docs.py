"""What the documents show is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.pages import FOLDER, rendered
from tests.support import fixed

README = Path(__file__).parents[2] / "README.md"


def test_pages_are_fresh() -> None:
    kept = {path.name: path.read_text() for path in FOLDER.glob("*.md")}
    assert kept == rendered(), "run `make docs`"


def test_the_example_of_the_readme_is_true() -> None:
    before, after = re.findall(r"```python\n(.*?)```", README.read_text(), re.S)
    assert fixed(before) == after
