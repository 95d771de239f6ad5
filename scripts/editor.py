"""`make docs`: the settings of the VS Code extension, in its manifest and its manual."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mmupgrade import __version__
from mmupgrade.settings.options import EDITOR_OPTIONS, OPTIONS, Option

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / "package.json"
TEXTS = ROOT / "package.nls.json"
CHINESE = ROOT / "package.nls.zh-cn.json"
#: Each manual with the texts that it quotes, and the head of its table.
MANUALS = {
    ROOT / "docs" / "vscode.md": (TEXTS, ("setting", "default", "what it says")),
    ROOT / "docs" / "vscode.zh-CN.md": (CHINESE, ("设置", "默认值", "含义")),
}
#: What the language client itself reads.
_TRACE = Option(
    name="trace.server",
    kind="choice",
    default="off",
    choices=("off", "messages", "verbose"),
    description="How much of what is said to and by the server goes to the log.",
)
EDITOR = (*EDITOR_OPTIONS, *OPTIONS, _TRACE)
#: A project's settings can differ by folder. A workspace can't name the interpreter for everyone.
_SCOPES = {**{option.name: "resource" for option in OPTIONS}, "interpreter": "machine-overridable"}
_MADE = re.compile(r"(?s)(?<=<!-- made by scripts/editor.py -->\n).*(?=<!-- end -->)")


def configuration() -> dict[str, Any]:
    """The settings as the manifest declares them; their texts stand in the nls files."""
    properties = {
        f"mmupgrade.{option.editor_name}": {"order": order, **_property(option)}
        for order, option in enumerate(EDITOR)
    }
    return {"title": "mmupgrade", "properties": properties}


def _property(option: Option) -> dict[str, Any]:
    strings = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    kinds: dict[str, dict[str, Any]] = {
        "choice": {"type": "string", "enum": list(option.choices)},
        "rules": strings,
        "globs": strings,
        "path": {"type": "string"},
        "switch": {"type": "boolean"},
        "text": {"type": "string"},
    }
    held = dict(kinds[option.kind])
    if option.default is None:
        held["type"] = [held["type"], "null"]
        if option.choices:
            held["enum"] = [*option.choices, None]
    return {
        "scope": _SCOPES.get(option.name, "window"),
        **held,
        "default": option.default,
        "markdownDescription": f"%setting.{option.editor_name}%",
    }


def texts() -> dict[str, str]:
    """The English texts of the manifest."""
    written: dict[str, str] = json.loads(TEXTS.read_text())
    others = {key: text for key, text in written.items() if not key.startswith("setting.")}
    return {**others, **{f"setting.{option.editor_name}": _text(option) for option in EDITOR}}


def _text(option: Option) -> str:
    """Its description, with other settings under the names that they have in editors."""
    text = option.description
    for other in OPTIONS:
        text = text.replace(f"`{other.name}`", f"`{other.editor_name}`")
    return text


def table(held: dict[str, str], head: tuple[str, ...]) -> str:
    """The settings as a Markdown table, with the descriptions that `held` has."""
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    for option in EDITOR:
        default = f"`{json.dumps(option.default)}`"
        lines.append(f"`mmupgrade.{option.editor_name}` | {default} | {_described(option, held)}")
    return "".join(f"| {line} |\n" for line in lines)


def _described(option: Option, held: dict[str, str]) -> str:
    choices = " ".join(f"`{json.dumps(choice)}`" for choice in option.choices)
    return f"{held[f'setting.{option.editor_name}']} {choices}".strip()


def rendered() -> dict[Path, str]:
    """The text of each file that is made, wholly or in part."""
    manifest = json.loads(MANIFEST.read_text())
    manifest["version"] = __version__
    manifest["contributes"]["configuration"] = configuration()
    made = {MANIFEST: _dumped(manifest), TEXTS: _dumped(texts())}
    for manual, (source, head) in MANUALS.items():
        held = texts() if source is TEXTS else json.loads(source.read_text())
        body = f"\n{table(held, head)}\n"
        made[manual] = _MADE.sub(lambda _, body=body: body, manual.read_text())  # type: ignore[misc]
    return made


def _dumped(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, text in rendered().items():
        path.write_text(text)
