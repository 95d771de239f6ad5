"""What `fix` did to each file, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmupgrade.fix import Rewrite

_NOTHING_LEFT = "nothing of 0.x is left"


def outcome(rewrite: Rewrite, name: str) -> str:
    """The line of `fix` for one file."""
    if rewrite.error:
        return f"{name}: left as it is: {rewrite.error}"
    parts = [f"migrated {len(rewrite.migrated)}"]
    if rewrite.left:
        fields = dict.fromkeys(left.field or left.rule.name for left in rewrite.left)
        parts.append(f"left {len(fields)} ({', '.join(fields)})")
    else:
        parts.append("left 0")
    if rewrite.ignored:
        parts.append(f"ignored {len(rewrite.ignored)} ({', '.join(rewrite.ignored)})")
    rest = rewrite.left or rewrite.ignored
    runs = {
        "0.x": "still runs on 0.x",
        "1.x": "runs on 1.x, which ignores what is left" if rest else _NOTHING_LEFT,
        "neither": "runs on neither 0.x nor 1.x until the rest is migrated",
        "unknown": "what its bases hold isn't known",
    }[rewrite.runs]
    return f"{name}: {', '.join(parts)}; {runs}"
