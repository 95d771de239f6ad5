"""`make docs`: a page for each rule under docs/rules, from the rules' own docstrings."""

from __future__ import annotations

from pathlib import Path

from mmupgrade.rule import AREAS, Page, Rule, pages

FOLDER = Path(__file__).parents[1] / "docs" / "rules"
_AREA_TITLES = {
    "runtime": "Runtime settings",
    "loops": "Loops",
    "schedule": "Schedule and optimizers",
    "data": "Data and evaluation",
    "model": "Model and hooks",
    "added": "New in 1.x",
    "file": "Files",
}


def rendered() -> dict[str, str]:
    """The text of every page by file name."""
    made = {f"{rule.name}.md": _page(rule) for rule in pages()}
    return {**made, "README.md": _index()}


def _page(rule: Page) -> str:
    source = f"\n\nSource: {rule.source}.\n" if isinstance(rule, Rule) else "\n"
    return f"# {rule.name} ({rule.id})\n\n{rule.text}{source}"


def _index() -> str:
    lines = ["# Rules", ""]
    for area in AREAS:
        lines += [f"## {_AREA_TITLES[area]}", ""]
        lines += [
            f"- [{rule.name}]({rule.name}.md) ({rule.id}): {rule.title}"
            for rule in pages()
            if rule.area == area
        ]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for stale in FOLDER.glob("*.md"):
        stale.unlink()
    for name, text in rendered().items():
        (FOLDER / name).write_text(text)
