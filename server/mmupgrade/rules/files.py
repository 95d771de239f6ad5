"""`file_client_args`, which hooks of 0.x take, as the `backend_args` of 1.x."""

from mmupgrade.moves import Move, Steps, manual, move, path
from mmupgrade.tree import Branch, Leaf
from mmupgrade.values import Entry

#: 0.x storage backends and what MMEngine calls them.
_BACKENDS = {"disk": "local", "petrel": "petrel", "memcached": "memcached", "http": "http"}


def backend_args(entry: Entry, to: str) -> Steps:
    """The entry `file_client_args` of the hook at `to`."""
    target = f"{to}.backend_args"
    if entry.value.is_none:
        yield move(entry, target)
        return
    inner = entry.value.entries
    backend = inner["backend"].value.const if inner and "backend" in inner else None
    if (
        inner is None
        or not isinstance(backend, str)
        or backend not in _BACKENDS
        or "prefix" in inner
    ):
        yield manual("`file_client_args` has no exact counterpart among `backend_args`")
        return
    renamed = Leaf(const=_BACKENDS[backend], carrier=inner["backend"])
    yield Move(path(target), Branch({"backend": renamed}, entry.value, entry))
    for other in inner.values():
        if other.key != "backend":
            yield move(other, f"{target}.{other.key}")
