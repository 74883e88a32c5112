"""The command ``selfcheck prove``: prints a proof, or writes it as a page and as data."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import z3  # noqa: F401 - says at once that it is missing

from selfcheck.proof.numbers import NotModelledError
from selfcheck.proof.proving import ORDER, prove
from selfcheck.proof.report import Proof
from selfcheck.proof.writing import figures, lines, markdown, plain
from selfcheck.rulebook.model import Rulebook

PROVED, BROKEN = 0, 1


def run(rulebook: Rulebook, only: Sequence[str] | None, outputs: Sequence[Path], *, as_json: bool) -> int:
    """Prove, and tell; the exit status.

    Raises:
        ValueError: for an unknown property, and for rules that the proof cannot read.

    """
    unknown = [name for name in only or () if name not in ORDER]
    if unknown:
        raise ValueError(f"no property '{unknown[0]}'; one of: {', '.join(ORDER)}")
    try:
        proof = prove(rulebook, frozenset(only or ORDER))
    except NotModelledError as error:
        raise ValueError(f"these rules cannot be proved about: {error}") from None
    if outputs:
        for output in outputs:
            write(proof, output)
            print(f"{output}: {figures(proof)}", file=sys.stderr)
    elif as_json:
        print(json.dumps(plain(proof), ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(proof)))
    return PROVED if proof.proved else BROKEN


def write(proof: Proof, output: Path) -> None:
    """The page for people, or the same as JSON where the name ends so; both with the day."""
    day = datetime.now(tz=UTC).date().isoformat()
    if output.suffix == ".json":
        text = json.dumps({**plain(proof), "proved_on": day}, ensure_ascii=False, indent=1)
    else:
        text = "\n".join(markdown(proof, day))
    output.write_text(f"{text}\n", encoding="utf-8")
