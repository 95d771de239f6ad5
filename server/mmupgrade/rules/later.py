"""Fields that have a 1.x successor which is still written by hand."""

from mmupgrade.moves import Steps, manual


def by_hand(successor: str) -> Steps:
    """The steps of a rule that only names what takes the field's place."""
    yield manual(f"write {successor} by hand")
