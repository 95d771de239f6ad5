"""What a 1.x config says besides: written once, in the file the others build on.

That is the file without `_base_` that sets `checkpoint_config` or `log_config`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mmupgrade.key_order import ordered
from mmupgrade.moves import Move, default, path
from mmupgrade.tree import Branch, Kind, Leaf, Node, copied, ends, put
from mmupgrade.view import View

#: The 0.x fields that give parts of `env_cfg`, and what these are where none is there.
_ENV: dict[str, tuple[str, object]] = {
    "cudnn_benchmark": ("env_cfg.cudnn_benchmark", False),
    "mp_start_method": ("env_cfg.mp_cfg.mp_start_method", "fork"),
    "opencv_num_threads": ("env_cfg.mp_cfg.opencv_num_threads", 0),
    "dist_params": ("env_cfg.dist_cfg.backend", "nccl"),
}
#: A file that sets one of these is where the runtime settings are.
TRIGGERS = ("checkpoint_config", "log_config")


def is_root(view: View) -> bool:
    """Whether the whole set of runtime settings belongs into the document of `view`."""
    if view.bases or view.troubles:
        return False
    return any(view.own_value(name) is not None for name in TRIGGERS)


def template(view: View, applied: set[str], waiting: set[str]) -> list[Move]:
    """What goes into `view`'s document when the fields `applied` are migrated.

    A part waits while one of the fields that give it stays 0.x: those are `waiting`. A
    field of the document gives its part itself.
    """
    if view.live or not any(name in applied for name in TRIGGERS):
        return []
    return list(_moves(view, waiting))


def _moves(view: View, waiting: set[str]) -> Iterator[Move]:
    target = view.target
    if view.codebase in ("mmedit", "mmgen"):
        yield default("default_scope", target.scope)
    yield default("default_hooks.timer.type", target.timer)
    for key, kind in target.hooks.items():
        yield default(f"default_hooks.{key}.type", kind)
    if "log_config" not in waiting and view.by_epoch is False:
        yield default("log_processor.type", target.log_processor)
        yield default("log_processor.by_epoch", False)
    for name, (to, value) in _ENV.items():
        if name not in waiting and view.own_value(name) is None and not _is_given(view, name):
            yield default(to, value)


def _is_given(view: View, name: str) -> bool:
    """Whether the dict that `name` became stands in the document already."""
    held = view.document.value("env_cfg") if name == "dist_params" else None
    return held is not None and held.get("dist_cfg") is not None


def kept(node: Node, below: Node) -> Node:
    """The `env_cfg` that a config wants, with what of its base's it has nothing against.

    Its own field, which gives another value, may still be 0.x.
    """
    root, said = Branch({"env_cfg": copied(node)}), dict(ends(below, ("env_cfg",)))
    wanted = dict(ends(node, ("env_cfg",)))
    for to in (path(dotted) for dotted, _ in _ENV.values()):
        held = said.get(to)
        if isinstance(held, Leaf) and held.kind is Kind.DEFAULT and to not in wanted:
            put(root, to, held)
    ordered(root)
    return root.children["env_cfg"]
