"""`python -m mmupgrade`."""

from mmupgrade.cli import run

run()
