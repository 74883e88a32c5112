"""``python -m selfcheck``, and the program: the command line."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Read in the command line and run it; the exit status. Nothing that is read in is ever rubbish, so nobody
    looks for some meanwhile.
    """
    gc.disable()
    try:
        from selfcheck.cli import main as run
    finally:
        gc.enable()
    return run()


if __name__ == "__main__":
    sys.exit(main())
