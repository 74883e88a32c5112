"""A reader of answers codes made from ``docs/answers-code.md`` and ``rules.toml`` alone: none of our program."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from typing import Any

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PARTS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
Values = dict[str, Any]


def rest_of(letters: list[int]) -> int:
    rest = 1
    for value in letters:
        top = rest >> 25
        rest = ((rest & 0x1FFFFFF) << 5) ^ value
        for bit in range(5):
            rest ^= PARTS[bit] if top >> bit & 1 else 0
    return rest


class Reader:
    """Reads the codes of one rules file."""

    def __init__(self, rules: str) -> None:
        file = tomllib.loads(rules)
        self.fingerprint = int(sha256(rules.encode()).hexdigest()[:8], 16)
        self.sections = file["section"]
        self.types = {kind["id"]: kind["option"] for kind in file["answer_type"]}
        self.items = file["item"]
        self.by_id = {item["id"]: item for item in self.items}
        self.left = 0
        self.found: Values = {}

    def read(self, text: str) -> Values:
        letters = [SIGNS.index(sign) for sign in text.replace("-", "")]
        assert rest_of(letters) == 0x2BC830A3
        head = int("".join(f"{value:05b}" for value in letters[:7]), 2)
        assert divmod(head, 2**32) == (1, self.fingerprint)
        self.left, self.found = int("".join(f"{value:05b}" for value in [0, *letters[7:-6]]), 2), {}
        before = True
        for section in self.sections:
            items = [
                one for one in self.items if one["section"] == section["id"] and one.get("kind") != "text"
            ]
            if not items:
                continue
            expected = "ask_if" not in section and any(self.is_always(item) for item in items)
            answered = self.take(31, 1) == 0 if expected and before else self.take(7, 1) == 1
            before = answered if expected else before
            for item in items if answered else ():
                for end in ("_left", "_right") if item.get("sided") else ("",):
                    self.item(item, item["id"] + end)
        assert self.left == 0
        return self.found

    def take(self, *weights: int) -> int:
        whole, rest = divmod(self.left, sum(weights))
        symbol = next(s for s in range(len(weights)) if rest < sum(weights[: s + 1]))
        self.left = whole * weights[symbol] + rest - sum(weights[:symbol])
        return symbol

    @staticmethod
    def is_always(item: Values) -> bool:
        return item.get("must") == "always" and "ask_if" not in item

    @staticmethod
    def harmless(item: Values) -> Any:
        benign = item.get("benign")
        return (benign,) if benign and item.get("kind") == "multi" else benign

    def options(self, item: Values) -> list[Values]:
        return [*self.types.get(item.get("answer", ""), []), *item.get("option", [])]

    def weights(self, item: Values) -> tuple[tuple[str, ...], tuple[int, ...]]:
        if self.is_always(item):
            states, weights = ("harmless", "other", "absent"), (60, 3, 1)
            return (states, weights) if "benign" in item else (("other", "absent"), (63, 1))
        weights = (6, 1, 1) if "ask_if" in item else (2, 1, 1)
        if "follows" in item:
            above = self.by_id[item["follows"]]
            quiet = self.found.get(above["id"]) in (None, self.harmless(above))
            weights = (62, 1, 1) if quiet else (2, 1, 1)
        if "benign" in item:
            return ("absent", "harmless", "other"), weights
        return ("absent", "other"), (weights[0], 2)

    def item(self, item: Values, name: str) -> None:
        states, weights = self.weights(item)
        state = states[self.take(*weights)]
        if state == "harmless":
            self.found[name] = self.harmless(item)
        elif state == "other":
            self.found[name] = self.other(item)

    def other(self, item: Values) -> Any:
        kind = item.get("kind", "single")
        if kind in ("number", "scale"):
            low, step = item["low"], item.get("step", 1)
            return low + step * self.take(*[1] * (round((item["high"] - low) / step) + 1))
        if kind == "single":
            whole = self.options(self.by_id[item["among"]]) if "among" in item else self.options(item)
            choices = [option["id"] for option in whole if option["id"] != item.get("benign")]
            choices = list(self.found.get(item.get("among", ""), ())) or choices
            return choices[self.take(*[1] * len(choices))]
        alone = [option["id"] for option in self.options(item) if option.get("alone")]
        lone = [option for option in alone if option != item.get("benign")]
        chosen = self.take(2 * len(lone) + 1, *[1] * len(lone))
        if chosen:
            return (lone[chosen - 1],)
        ticks = [option["id"] for option in self.options(item) if option["id"] not in alone]
        return tuple(option for option in ticks if self.take(max(len(ticks), 2), 2))
