"""`python -m mmupgrade`."""

import sys

from mmupgrade.cli import main

sys.exit(main())
