"""``python -m selfcheck``: the command line."""

from __future__ import annotations

import sys

from selfcheck.cli import main

sys.exit(main())
