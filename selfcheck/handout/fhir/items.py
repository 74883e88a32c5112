"""One item of the rules to one item of a Questionnaire."""

from __future__ import annotations

from selfcheck.handout.fhir.codes import Resource, chosen_from, coding, is_truth, is_whole
from selfcheck.handout.fhir.enabling import item_enabled
from selfcheck.questionnaire import SIDES, Item, Kind, Must
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region

CORE = "http://hl7.org/fhir/StructureDefinition"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
UCUM = "http://unitsofmeasure.org"
UNITS = {
    "degrees": "deg", "seconds": "s", "minutes": "min", "years": "a", "cm": "cm", "kg": "kg", "°C": "Cel",
    "days a week": "d/wk", "hours a day": "h/d", "hours a week": "h/wk", "minutes a week": "min/wk",
    "times": "{times}", "sets a week": "{sets}/wk",
}  # fmt: skip
"""Units of the rules in the Unified Code for Units of Measure; another unit goes out in words only."""
FEW = 4
"""As many options still stand side by side."""


def joined(*parts: Resource) -> Resource:
    """Parts of one element, their extensions behind one another and first."""
    extensions = [extension for part in parts for extension in part.get("extension", ())]
    fields = {key: value for part in parts for key, value in part.items() if key != "extension"}
    return {"extension": extensions, **fields} if extensions else fields


def extension(name: str, **value: object) -> Resource:
    """An element with one of the extensions that FHIR itself defines."""
    return {"extension": [{"url": f"{CORE}/{name}", **value}]}


def words(link: str, text: str) -> Resource:
    """A text to read."""
    return {"linkId": link, "text": text, "type": "display"}


def questionnaire_item(rulebook: Rulebook, item: Item, region: Region) -> Resource:
    """The item with its type, limits, options, hint and when it is asked."""
    fields: Resource = {"linkId": item.id, "text": question(item, region), "type": _type(item)}
    if item.must in (Must.ALWAYS, Must.WHEN_ASKED):
        fields["required"] = True
    if item.kind is Kind.MULTI:
        fields["repeats"] = True
    if item.kind is Kind.TEXT:
        fields["maxLength"] = item.max_characters
    if fields["type"] == "choice":
        fields["answerOption"] = _options(rulebook, item, region)
    if item.hint:
        fields["item"] = [joined(_control("help"), words(f"{item.id}-hint", region.say(item.hint)))]
    return joined(_drawn(item), _limits(item), item_enabled(rulebook, item), fields)


def question(item: Item, region: Region) -> str:
    """The question, with its side where it is asked for both."""
    text = region.say(item.text)
    side = next((side for side in SIDES if item.id.endswith(f"_{side}")), None)
    return {"left": _("Left: %s"), "right": _("Right: %s")}[side] % text if side else text


def _type(item: Item) -> str:
    match item.kind:
        case Kind.SINGLE | Kind.MULTI:
            return "boolean" if is_truth(item) else "choice"
        case Kind.TEXT:
            return "string"
        case _:
            return "integer" if is_whole(item) else "decimal"


def _options(rulebook: Rulebook, item: Item, region: Region) -> list[Resource]:
    """The options, of a several-choice item those that stand alone last."""
    found = []
    last = item.kind is Kind.MULTI
    for option in sorted(chosen_from(rulebook, item).option, key=lambda option: last and option.alone):
        alone = option.alone and item.kind is Kind.MULTI
        exclusive = extension("questionnaire-optionExclusive", valueBoolean=True) if alone else {}
        found.append(joined(exclusive, {"valueCoding": coding(rulebook, item, option, region)}))
    return found


def _control(name: str) -> Resource:
    control = {"coding": [{"system": CONTROLS, "code": name}]}
    return extension("questionnaire-itemControl", valueCodeableConcept=control)


def _drawn(item: Item) -> Resource:
    """How a form should draw choices: all of them to be seen, many of them below one another."""
    if item.kind not in (Kind.SINGLE, Kind.MULTI) or is_truth(item):
        return {}
    upright = extension("questionnaire-choiceOrientation", valueCode="vertical")
    control = _control("check-box" if item.kind is Kind.MULTI else "radio-button")
    return joined(control, upright if len(item.option) > FEW else {})


def _limits(item: Item) -> Resource:
    """Least and greatest value, decimal places and unit of a number."""
    if item.kind not in (Kind.NUMBER, Kind.SCALE):
        return {}
    whole = is_whole(item)
    parts = [
        extension(name, **({"valueInteger": int(bound)} if whole else {"valueDecimal": bound}))
        for name, bound in (("minValue", item.low), ("maxValue", item.high))
        if bound is not None
    ]
    if not whole:
        parts.append(extension("maxDecimalPlaces", valueInteger=len(f"{item.step:g}".partition(".")[2])))
    if item.unit:
        known = {"system": UCUM, "code": UNITS[item.unit]} if item.unit in UNITS else {}
        parts.append(extension("questionnaire-unit", valueCoding={**known, "display": item.unit}))
    return joined(*parts)
