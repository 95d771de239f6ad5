"""An ignore comment ignores nothing.

`# mmupgrade: ignore[MMR101]` keeps a field as it is, and says so to whoever reads the
file. Where it ignores no finding, or names no rule, it says what isn't so. `fix` takes
out the part that ignores nothing, and the line if nothing else is on it; a name that
stands for no rule goes with `--unsafe-fixes` only, since it may be a slip of the pen.

A comment counts for the findings on its line, and for those of the statement that
begins or ends on its line. `# mmupgrade: ignore-file` counts for the whole file and
stands on a line of its own. Only the names of rules that are selected are judged, and
nothing in a file that doesn't parse. `ignore[MMR906]` keeps the comment itself.
"""

from mmupgrade.ignores import UNUSED, Unused
from mmupgrade.moves import Applicability
from mmupgrade.rule import page, pages

UNUSED_IGNORE = page(UNUSED, "unused-ignore", __name__)


def said(part: Unused) -> str:
    """The message of the finding."""
    ignore, name = part
    if ignore.fault:
        return f"The comment ignores nothing: {ignore.fault}."
    if name is None:
        apart = ignore.comment.own_line and not ignore.of_file
        hint = "; it counts for a finding on its own line" if apart else ""
        return f"The comment ignores nothing{hint}."
    if part.is_unknown:
        return f"No rule or field is called `{name.text}`{_nearest(name.text)}"
    return f"`{name.text}` ignores nothing here."


def _nearest(text: str) -> str:
    from difflib import get_close_matches

    known = {word.lower(): word for rule in pages() for word in (rule.id, rule.name)}
    close = get_close_matches(text.lower(), known, 1)
    return f"; did you mean `{known[close[0]]}`?" if close else "."


def fixable(part: Unused) -> tuple[Applicability, tuple[str, ...]]:
    """How far its removal may be trusted, and the title of that fix where there is one."""
    if part.ignore.fault:
        return Applicability.MANUAL, ()
    if part.name is None:
        return Applicability.SAFE, ("Remove the comment",)
    title = f"Remove `{part.name.text}` from the comment"
    return Applicability.UNSAFE if part.is_unknown else Applicability.SAFE, (title,)
