"""When a page or an item is asked, to ``enableWhen`` where that can say it, else to an expression.

A follow-up, drawn under another question, opens when its ``ask_if`` is true. Everything else is closed
only when its ``ask_if`` is false: what may have to be asked is asked.
"""

from __future__ import annotations

from collections.abc import Collection

from selfcheck.handout.fhir.codes import SYSTEM, Resource, code, is_truth, is_whole
from selfcheck.handout.fhir.conditions import fhirpath
from selfcheck.handout.fhir.outline import Group
from selfcheck.handout.fhir.variables import ENDS_CHECK
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import Answered, Compare, Every, Has, Is, Measure, Node, Not, Refer, Some

EXPRESSION = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
Tests = list[Resource]


def page_enabled(rulebook: Rulebook, group: Group) -> Resource:
    """What a page's group says about when it is asked: nothing for a page that everybody sees."""
    closing = [] if group.section.for_everyone else [f"%{ENDS_CHECK}"]
    condition = rulebook.page_if.get(group.section.id)
    if condition is not None:
        closing.append(f"({fhirpath(rulebook, condition.node)}).not()")
    return _expression(f"iif({' or '.join(closing)}, false, true)") if closing else {}


def item_enabled(rulebook: Rulebook, item: Item) -> Resource:
    """The same for an item, apart from its page."""
    node = own_condition(rulebook, item)
    if node is None:
        return {}
    tests = _follow_up_tests(rulebook, node) if item.follows else _tests_with_silence(rulebook, node)
    if tests:
        return tests
    text = fhirpath(rulebook, node)
    return _expression(f"iif({text}, true, false)" if item.follows else f"iif(({text}).not(), false, true)")


def own_condition(rulebook: Rulebook, item: Item) -> Node | None:
    """The item's own ``ask_if``, without that of its page."""
    whole, page = rulebook.ask_if.get(item.id), rulebook.page_if.get(item.section)
    if whole is None or page is None:
        return whole.node if whole else None
    match whole.node:
        case Every((first, own)) if first == page.node:
            return own
        case _:
            return None


def _expression(text: str) -> Resource:
    expression = {"language": "text/fhirpath", "expression": text}
    return {"extension": [{"url": EXPRESSION, "valueExpression": expression}]}


def _follow_up_tests(rulebook: Rulebook, node: Node) -> Resource:
    """The tests that hold together exactly when the condition is true, as far as tests can say it."""
    any_of = _alternatives(rulebook, node)
    if any_of:
        return _when(any_of, "any")
    if isinstance(node, Every):
        parts = [_alternatives(rulebook, part) for part in node.parts]
        if all(len(part) == 1 for part in parts):
            return _when([test for part in parts for test in part], "all")
    return {}


def _tests_with_silence(rulebook: Rulebook, node: Node) -> Resource:
    """The tests of which one holds exactly when the condition is not false: about one item that everybody
    is asked, and with its silence among them.
    """
    tests = _alternatives(rulebook, node)
    names = {test["question"] for test in tests}
    if len(names) != 1 or any(test["operator"] == "exists" for test in tests):
        return {}
    item = rulebook.questionnaire.items[names.pop()]
    if item.id in rulebook.ask_if or item.reserved:
        return {}
    return _when([{"question": item.id, "operator": "exists", "answerBoolean": False}, *tests], "any")


def _when(tests: Tests, behaviour: str) -> Resource:
    return {"enableWhen": tests, **({"enableBehavior": behaviour} if len(tests) > 1 else {})}


def _alternatives(rulebook: Rulebook, node: Node) -> Tests:
    """The tests of which one holds exactly when a condition is true; none where tests cannot say it."""
    match node:
        case Some(parts):
            found = [_alternatives(rulebook, part) for part in parts]
            return [test for tests in found for test in tests] if all(found) else []
        case Refer(key):
            return _alternatives(rulebook, rulebook.conditions[key].node)
        case Is(item, options) if _is_plain(rulebook, item, options):
            return _equal(rulebook, item, options)
        case Not(Is(item, options, reserved)) if item not in rulebook.ask_if:
            others = rulebook.questionnaire.items[item].options.keys() - options - reserved
            return _equal(rulebook, item, others) if _is_plain(rulebook, item, others) else []
        case Has(item, options, every) if _is_plain(rulebook, item, options):
            return _equal(rulebook, item, options) if len(options) == 1 or not every else []
        case Compare(Measure(item), operator, bound):
            return [_compared(rulebook, item, "=" if operator == "==" else operator, bound)]
        case Answered(item, reserved) if _is_plain(rulebook, item, ()) and not reserved:
            return [{"question": item, "operator": "exists", "answerBoolean": True}]
        case _:
            return []


def _is_plain(rulebook: Rulebook, name: str, options: Collection[str]) -> bool:
    """Whether these answers count exactly when they were given: nothing else brings them about or takes
    them away, and silence does not count as yes.
    """
    asked = rulebook.questionnaire
    item = asked.items[name]
    brought = {answer for pairs in asked.sets.values() for target, answer in pairs if target == name}
    if item.among or name in rulebook.careful:
        return False
    if item.kind is Kind.MULTI:
        return not brought or (brought.isdisjoint(options) and item.alone.isdisjoint(options))
    return not brought


def _equal(rulebook: Rulebook, name: str, options: Collection[str]) -> Tests:
    item = rulebook.questionnaire.items[name]
    if is_truth(item):
        answers: Tests = [{"answerBoolean": option == "yes"} for option in sorted(options)]
    else:
        codes = [code(rulebook, item, option) for option in item.options if option in options]
        answers = [{"answerCoding": {"system": SYSTEM, "code": each}} for each in codes]
    return [{"question": name, "operator": "=", **answer} for answer in answers]


def _compared(rulebook: Rulebook, name: str, operator: str, bound: float) -> Resource:
    whole = is_whole(rulebook.questionnaire.items[name])
    answer = {"answerInteger": int(bound)} if whole and bound % 1 == 0 else {"answerDecimal": bound}
    return {"question": name, "operator": operator, **answer}
