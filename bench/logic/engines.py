"""A program of formulas to engines that evaluate all of it for one person's answers.

Each is used as its documentation advises where speed matters: everything is compiled once, the answers
are handed over once for a person, and each gets the spelling with which it is fastest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.logic.languages import Cel, CelWithMacros, Python, Zen, json_logic
from bench.logic.program import Program
from selfcheck.rulebook.conditions import Value

Run = Callable[[Mapping[str, Value]], Sequence[object]]
"""Answers as the rules read them (see ``logical_values``) to the truth of everything asked about."""

GOOGLE_LONGEST = 90_000


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine: what it is called, the package to install, and how a program is given to it."""

    name: str
    package: str
    make: Callable[[Program], Run]


def if_chain(program: Program) -> Run:
    """The same conditions as a Python function without any engine."""
    space: dict[str, Run] = {}
    exec(compile(Python(program).source(), "<if-chain>", "exec"), space)  # noqa: S102 - our own text
    return space["chain"]


def plain(values: Mapping[str, Value]) -> dict[str, object]:
    """Answers as JSON has them; numbers as floats, which CEL does not mix with whole ones."""
    given: dict[str, object] = {}
    for item, value in values.items():
        if isinstance(value, frozenset):
            given[item] = list(value)
        else:
            given[item] = value if isinstance(value, str) else float(value)
    return {"a": given}


def zen_expression(program: Program) -> Run:
    """ZEN's expressions alone: one list of all of them."""
    import zen

    language = Zen({})
    whole = zen.compile_expression(f"[{', '.join(language.write(one) for one in program.inlined())}]")
    return lambda values: whole.evaluate(plain(values))


def zen_decision(program: Program) -> Run:
    """ZEN as it is meant: a decision with one node of expressions, of which each may use those before it."""
    import zen

    names = {name: f"c{number}" for number, name in enumerate(program.formulas)}
    language, place = Zen(names), {"x": 0, "y": 0}
    written = [
        {"id": names[name], "key": names[name], "value": language.write(one)}
        for name, one in program.formulas.items()
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "answers", "position": place},
        {"id": "all", "type": "expressionNode", "name": "all", "position": place, "content": {"expressions": written}},
        {"id": "out", "type": "outputNode", "name": "truths", "position": place},
    ]  # fmt: skip
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "all"), ("all", "out"))
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    keys = [names[name] for name in program.asked]

    def run(values: Mapping[str, Value]) -> Sequence[object]:
        found = decision.evaluate(plain(values))["result"]
        return [found[key] for key in keys]

    return run


def cel_rust(program: Program) -> Run:
    """CEL in Rust: one list of all expressions."""
    import cel

    language = Cel()
    whole = cel.compile(f"[{', '.join(language.write(one) for one in program.inlined())}]")
    return lambda values: whole.execute(plain(values))


def cel_google(program: Program) -> Run:
    """CEL in C++ by its makers: a few lists, as long as it takes, read with the same answers."""
    from cel_expr_python import cel

    language = CelWithMacros()
    lists: list[list[str]] = [[]]
    for one in program.inlined():
        text = language.write(one)
        if sum(map(len, lists[-1])) + 2 * len(lists[-1]) + len(text) > GOOGLE_LONGEST:
            lists.append([])
        lists[-1].append(text)
    types = cel.Type
    around = cel.NewEnv(variables={"a": types.Map(types.STRING, types.DYN)})
    compiled = [around.compile(f"[{', '.join(texts)}]") for texts in lists]

    def run(values: Mapping[str, Value]) -> Sequence[object]:
        answers = around.Activation(plain(values))
        return [truth for each in compiled for truth in each.eval(answers).plain_value()]

    return run


def json_logic_rust(program: Program) -> Run:
    """JsonLogic in Rust: one list of all rules, compiled once."""
    import datalogic_py

    rule = datalogic_py.Engine().compile([json_logic(one) for one in program.inlined()])
    return lambda values: rule.evaluate(plain(values))


def json_logic_python(program: Program) -> Run:
    """JsonLogic in Python, which has nothing to compile."""
    from json_logic import jsonLogic

    rules = [json_logic(one) for one in program.inlined()]
    return lambda values: jsonLogic(rules, plain(values))


IF_CHAIN = Peer("if-chain", "", if_chain)
PEERS = (
    Peer("ZEN, a decision", "zen-engine", zen_decision),
    Peer("ZEN, expressions alone", "zen-engine", zen_expression),
    Peer("CEL in C++", "cel-expr-python", cel_google),
    Peer("CEL in Rust", "common-expression-language", cel_rust),
    Peer("JsonLogic in Rust", "datalogic-py", json_logic_rust),
    Peer("JsonLogic in Python", "panzi-json-logic", json_logic_python),
)
