"""The top-level fields of one file, and how a base's and a file's own merge."""

from __future__ import annotations

from dataclasses import dataclass

from mmupgrade.document import Document
from mmupgrade.rule import rules
from mmupgrade.shapes import is_loop
from mmupgrade.tree import Statement
from mmupgrade.values import Entry, Value

#: Top-level names that only a 1.x config holds.
MARKS = frozenset(
    """
    default_hooks env_cfg train_dataloader val_dataloader test_dataloader optim_wrapper
    param_scheduler val_evaluator test_evaluator log_processor visualizer default_scope
    val_cfg
    """.split()
)
#: Names that 1.x has too, with other values.
SHARED_NAMES = ("custom_hooks", "default_hooks", "load_from", "train_cfg", "test_cfg")
#: Names of a 1.x training that are never written by a fix.
_RUN_1X = frozenset(
    """
    train_dataloader val_dataloader test_dataloader optim_wrapper param_scheduler
    val_evaluator test_evaluator
    """.split()
)
#: What a 0.x training can't do without.
RUN_0X = ("data", "optimizer", "optimizers", "evaluation", "lr_config", "total_iters")
_BY_HAND = RUN_0X[:-1]


@dataclass(slots=True, eq=False)
class Field:
    """One top-level field of a view: what each file of the chain sets, bases first."""

    name: str
    parts: tuple[Value, ...]
    _merged: Value | None = None

    @property
    def value(self) -> Value:
        """The merged value."""
        if self._merged is None:
            value = self.parts[0]
            for part in self.parts[1:]:
                value = merge(value, part)
            self._merged = value
        return self._merged

    @property
    def documents(self) -> list[Document]:
        """The files that set the field, bases first."""
        return [part.document for part in self.parts]

    def own(self, document: Document) -> Value | None:
        """What `document` itself sets."""
        last = self.parts[-1]
        return last if last.document is document else None

    @property
    def statement(self) -> Statement:
        """The statement that sets the field last."""
        part = self.parts[-1]
        use = part.document.facts.last(self.name.partition(".")[0])
        assert use is not None
        return Statement(part.document, use.order)


def merge(base: Value, own: Value) -> Value:
    """`own` over `base` by the merge rules of MMCV's and MMEngine's `Config`."""
    entries = own.entries
    if entries is None:
        return own
    deleted = entries.get("_delete_")
    if deleted is not None:
        entries = {key: entry for key, entry in entries.items() if key != "_delete_"}
    below = base.entries
    if below is None or (deleted is not None and deleted.value.const is not False):
        return Value(own.document, own.node, own.order, merged=entries)
    joined = dict(below)
    for key, entry in entries.items():
        held = below.get(key)
        if held is not None and entry.value.is_mapping and held.value.is_mapping:
            value = merge(held.value, entry.value)
            joined[key] = Entry(key, value, entry.holder, entry.place, entry.star)
        else:
            joined[key] = entry
    return Value(own.document, own.node, own.order, merged=joined)


def sets(document: Document, name: str) -> Value | None:
    """The value that `document` gives the 0.x field `name`, or None where it sets no such."""
    rule = rules().get(name)
    if rule is None:
        return None
    top, *keys = name.split(".")
    value = document.value(top)
    value = value.at(keys) if value is not None else None
    if value is None or not rule.shape(value):
        return None
    if rule.weak and _trains_1x(document) and document.facts.reads(name):
        return None
    return value


def key_span(document: Document, name: str) -> tuple[int, int]:
    """Where the 0.x field `name`, which `document` sets, stands: its name or its key."""
    top, *keys = name.split(".")
    use = document.facts.last(top)
    assert use is not None
    span, value = use.span, document.value(top)
    for key in keys:
        assert value is not None
        assert value.entries is not None
        span, value = value.entries[key].key_span, value.get(key)
    return span


def _trains_1x(document: Document) -> bool:
    """Whether a document's own text holds parts of a 1.x training that may read variables."""
    loop = document.value("train_cfg")
    parts = _RUN_1X & document.facts.bindings.keys()
    return bool(parts) or (loop is not None and is_loop(loop))


def is_unfinished(document: Document) -> bool:
    """Whether a document's own text holds what only a 0.x training needs."""
    return any(sets(document, name) is not None for name in RUN_0X)


def stays_0x(document: Document) -> bool:
    """Whether some of that is left to be migrated by hand."""
    return any(sets(document, name) is not None for name in _BY_HAND)


def is_marked(document: Document) -> bool:
    """Whether a document's own text holds names that only a 1.x config has."""
    if MARKS & document.facts.bindings.keys():
        return True
    loop = document.value("train_cfg")
    return loop is not None and is_loop(loop)
