"""Fields that have a 1.x successor which is still written by hand."""

from mmupgrade.moves import Steps, manual
from mmupgrade.view import Field, View


def by_hand(field: Field, view: View, successor: str) -> Steps:
    """The steps of a rule that only names what takes the field's place."""
    del field, view
    yield manual(f"write {successor} by hand")
