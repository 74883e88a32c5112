"""A proof as lines for a terminal, as JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.assessment.model import plain_answer
from selfcheck.proof.report import Counterexample, Proof, Property

HEAD = """\
# What is proved of the rules

Made by `selfcheck prove -o docs/proof.md -o rules/proof.json`; do not edit. What these words rest on, and what they do not say,
stands in [proving.md](proving.md). A proof is about the rules as they are written: it does not say that
the rules are right for anybody."""


def lines(proof: Proof) -> Iterator[str]:
    """What a person at a terminal reads."""
    for place, one in enumerate(proof.properties, start=1):
        yield f"{'proved' if one.proved else 'BROKEN'}  {place:2}  {one.statement} ({one.cases} cases)"
        yield from (f"            but: {exception}" for exception in one.exceptions)
        yield from (f"            {_sentence(found)}" for found in one.counterexamples)
    held = sum(one.proved for one in proof.properties)
    yield f"{held} of {len(proof.properties)} proved of rules {proof.version} ({proof.fingerprint}), {figures(proof)}."


def _sentence(found: Counterexample) -> str:
    return f"{found.about}: {found.says}"


def figures(proof: Proof) -> str:
    """How long it took, and with what."""
    return (
        f"in {proof.seconds:.1f} s with {proof.solver}, {proof.megabytes:.0f} MB at most, "
        f"{proof.sampled} answer sets tried, {sum(one.solved for one in proof.properties)} solved"
    )


def plain(proof: Proof) -> dict[str, object]:
    """The proof for other programs; the keys are stable."""
    return {
        "proved": proof.proved,
        "rules": {
            "version": proof.version,
            "fingerprint": proof.fingerprint,
            "status": proof.status,
        },
        "properties": [_property(one) for one in proof.properties],
        "seconds": round(proof.seconds, 1),
        "megabytes": round(proof.megabytes),
        "sampled": proof.sampled,
        "solver": proof.solver,
    }


def _property(one: Property) -> dict[str, object]:
    return {
        "id": one.id,
        "statement": one.statement,
        "proved": one.proved,
        "cases": one.cases,
        "solved": one.solved,
        "exceptions": list(one.exceptions),
        "counterexamples": [
            {
                "about": found.about,
                "says": found.says,
                "answers": {name: plain_answer(value) for name, value in found.answers.values.items()}
                if found.answers
                else None,
            }
            for found in one.counterexamples
        ],
    }


def markdown(proof: Proof, day: str) -> Iterator[str]:
    """The page that is kept beside the rules; ``day`` is when it was proved."""
    yield HEAD
    yield ""
    yield f"Rules {proof.version}, fingerprint `{proof.fingerprint}`, status {proof.status}; {day}."
    for place, one in enumerate(proof.properties, start=1):
        yield ""
        yield f"## {place}. {'Proved' if one.proved else 'Broken'}: `{one.id}`"
        yield ""
        yield f"{one.statement} Looked at: {one.cases} cases."
        if one.exceptions:
            yield ""
            yield "Exceptions and what is declared in the rules file:"
            yield ""
            yield from (f"- {exception}" for exception in one.exceptions)
        if one.counterexamples:
            yield ""
            yield from (f"- {_sentence(found)}" for found in one.counterexamples)
