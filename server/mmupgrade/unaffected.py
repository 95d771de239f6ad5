"""Edits that change no finding but where it stands."""

from __future__ import annotations

import ast

from mmupgrade.codebases import speaks
from mmupgrade.document import Document, Origin
from mmupgrade.findings import Finding
from mmupgrade.ignores import ignores
from mmupgrade.tokens import comment_spans
from mmupgrade.values import WHOLE

Marks = dict[ast.expr, int]


def is_unaffected(document: Document, origin: Origin) -> bool:
    """Whether the findings of the text that `document` was made from are its own.

    That is so where no lines come or go, and nobody has asked for what is another now
    in a statement, nor may care for what it reads or names. What was asked for is then
    taken over.
    """
    before, change = origin.before, origin.change
    if len(before.text.starts) != len(document.text.starts):
        return False
    if "mmupgrade" in change.old or "mmupgrade" in change.new or ignores(before):
        return False
    if change.order is not None:
        old, new = change.reads
        if change.renamed or old != new or speaks(change.old) != speaks(change.new):
            return False
        marks = _taken_over(before, document, change.order)
        if marks is None or not _same_comments(before, origin):
            return False
        before.asked[change.order] = marks
    # One for all texts since the last look: views of earlier ones still add to it.
    document.asked = before.asked
    return True


def _taken_over(before: Document, after: Document, order: int) -> Marks | None:
    """What was asked for of a statement, for its new tree; None where that is another."""
    marks = before.asked.get(order, {})
    old, new = (_value(document, order) for document in (before, after))
    found: Marks = {}
    agree = old is None or new is None or _agree(old, new, marks, found)
    return found if agree and len(found) == len(marks) else None


def _value(document: Document, order: int) -> ast.expr | None:
    node, _ = document.facts.module.statements[order]
    return node.value if isinstance(node, ast.Assign) else None


def _agree(old: ast.expr, new: ast.expr, marks: Marks, found: Marks) -> bool:
    """Whether two trees are one in all that is marked; `found` are the new one's marks."""
    how = marks.get(old)
    if how is None:
        return True
    found[new] = how
    if how == WHOLE:
        pairs = zip(ast.walk(old), ast.walk(new))
        found.update((b, marks[a]) for a, b in pairs if isinstance(b, ast.expr) and a in marks)
        return ast.dump(old) == ast.dump(new)
    parts, others = _parts(old), _parts(new)
    if _shape(old) != _shape(new) or len(parts) != len(others):
        return False
    return all(_agree(one, other, marks, found) for one, other in zip(parts, others))


def _shape(node: ast.expr) -> object:
    """What is asked for with SHAPE: kind, keys, a name, whether it is None."""
    kind = type(node)
    if isinstance(node, ast.Call):
        return kind, ast.dump(node.func), len(node.args), [part.arg for part in node.keywords]
    if isinstance(node, ast.Dict):
        return kind, [key and ast.dump(key) for key in node.keys]
    if isinstance(node, ast.Constant):
        return kind, type(node.value)
    if isinstance(node, (ast.List, ast.Tuple)):
        return kind, [type(part) for part in node.elts]
    return ast.dump(node)


def _parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        return [*node.args, *(part.value for part in node.keywords)]
    if isinstance(node, ast.Dict):
        return node.values
    return node.elts if isinstance(node, (ast.List, ast.Tuple)) else []


def _same_comments(before: Document, origin: Origin) -> bool:
    if origin.change.order not in before.commented:
        return True
    old, new = (_comments(piece) for piece in (origin.change.old, origin.change.new))
    return old == new


def _comments(piece: str) -> list[str]:
    return [piece[start:end] for start, end in comment_spans(piece, 0, len(piece))]


def moved(found: list[Finding], document: Document, origin: Origin) -> list[Finding]:
    """Findings of the text before, where they stand in `document`."""
    edit = origin.edit
    return [
        finding._replace(document=document)
        if finding.start < edit.end
        else finding._replace(
            document=document, start=finding.start + edit.delta, end=finding.end + edit.delta
        )
        for finding in found
    ]
