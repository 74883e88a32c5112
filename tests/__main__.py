"""All checks, one after the other: ``python -m tests``. Arguments go to pytest,
which shares its tests among as many processes as there are cores.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "--numprocesses", "auto", "--dist", "worksteal", "--durations", "25", *sys.argv[1:]),
)


def main() -> int:
    """Run every check, also after one has failed; 0 only if all passed."""
    failed = []
    for check in CHECKS:
        started = time.monotonic()
        status = subprocess.run([sys.executable, "-m", *check], cwd=ROOT, check=False).returncode
        print(
            f"-- {' '.join(check)}: {'ok' if status == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)",
            flush=True,
        )
        if status:
            failed.append(check[0])
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
