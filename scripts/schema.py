"""`make docs`: the JSON Schema of the settings and the manual's part on each key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mmupgrade.selection import names
from mmupgrade.settings import options
from mmupgrade.settings.options import OPTIONS, Option

SCHEMA = Path(options.__file__).with_name("mmupgrade.schema.json")
MANUAL = Path(__file__).parents[1] / "docs" / "settings.md"
#: The lines of the manual between which it is made.
_MADE = re.compile(r"(?s)(?<=<!-- made by scripts/schema.py -->\n).*(?=<!-- end -->)")


def schema() -> dict[str, Any]:
    """The schema of `mmupgrade.toml`, and of the table `tool.mmupgrade`.

    Draft-07, since not every TOML extension of an editor knows a later one.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "mmupgrade",
        "description": "Settings of mmupgrade, which takes OpenMMLab 0.x configs to 1.x.",
        "type": "object",
        "additionalProperties": False,
        "properties": {option.name: _property(option) for option in OPTIONS},
        "definitions": {"rule": {"type": "string", "enum": names()}},
    }


def _property(option: Option) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "choice": {"type": "string", "enum": list(option.choices)},
        "rules": {"type": "array", "items": {"$ref": "#/definitions/rule"}},
        "globs": {"type": "array", "items": {"type": "string", "pattern": "[^/]"}},
        "path": {"type": "string", "minLength": 1},
    }
    default = {} if option.default is None else {"default": option.default}
    return {"description": option.description, **kinds[option.kind], **default}


def reference() -> str:
    """The part of the manual that says what each key means, as Markdown."""
    return "\n".join(_section(option) for option in OPTIONS)


def _section(option: Option) -> str:
    default = "none" if option.default is None else f"`{json.dumps(option.default)}`"
    kinds = {
        "choice": f"one of {', '.join(f'`{json.dumps(name)}`' for name in option.choices)}",
        "rules": "a list of rules",
        "globs": "a list of patterns",
        "path": "a path",
    }
    return (
        f"### `{option.name}`\n\n{option.description}\n\n"
        f"Value: {kinds[option.kind]}. Default: {default}.\n\n```toml\n{option.example}\n```\n"
    )


def rendered() -> dict[Path, str]:
    """The text of each file that is made."""
    manual = _MADE.sub(lambda _: f"\n{reference()}\n", MANUAL.read_text())
    return {SCHEMA: json.dumps(schema(), indent=2) + "\n", MANUAL: manual}


if __name__ == "__main__":
    for path, text in rendered().items():
        path.write_text(text)
