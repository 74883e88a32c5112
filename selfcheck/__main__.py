"""``python -m selfcheck``, and the program: the command line."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Read in the command line and run it; the exit status. Nothing that is read in is ever rubbish, so nobody
    looks for some meanwhile. No other package gets to look into what is validated, so none is looked for either.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from selfcheck.cli import main as run
    finally:
        gc.enable()
    return run()


if __name__ == "__main__":
    sys.exit(main())
