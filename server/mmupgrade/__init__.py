"""mmupgrade takes OpenMMLab 0.x configs to MMagic 1.x and MMEngine."""

__version__ = "0.1.0"
