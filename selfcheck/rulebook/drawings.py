"""The file of the drawings to figures by id, or every fault in it; read when the first drawing is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from selfcheck.rulebook.faults import Fault, RulebookError, located, toml_fault
from selfcheck.rulebook.structure import Raw, details_of, entries, fault_at, validated
from selfcheck.rulebook.vocabulary import suggestion
from selfcheck.toml import NotToml, read_toml

if TYPE_CHECKING:
    from selfcheck.rulebook.file import RulesFile
    from selfcheck.rulebook.parts.figures import Figure, FiguresFile, Stance

STILL = "habit"


class Drawings:
    """The drawings of a rules file. Its text is not read until a drawing is asked for, so that starting
    stays fast.
    """

    def __init__(self, text: str, name: str, rules: RulesFile) -> None:
        """Keep the text; ``name`` stands in messages."""
        self.text = text
        self.name = name
        self._known = (*(each.id for each in rules.exercise), *(each.id for each in rules.home_test))
        self._needed = tuple(name for name in self._known if name not in self._still(rules))

    @staticmethod
    def _still(rules: RulesFile) -> frozenset[str]:
        """Habits are read, not copied from a drawing."""
        return frozenset(each.id for each in rules.exercise if each.kind == STILL)

    @cached_property
    def file(self) -> FiguresFile:
        """All drawings.

        Raises:
            RulebookError: with every fault in the file.

        """
        from selfcheck.rulebook.parts.figures import FiguresFile

        try:
            raw = read_toml(self.text)
        except NotToml as error:
            raise RulebookError((toml_fault(error, self.text, self.name),)) from None
        faults = list(self._faults(raw))
        try:
            file = validated(FiguresFile, raw)
        except ValidationError as error:
            faults.extend(fault_at(raw, detail, FiguresFile) for detail in details_of(error))
        if faults:
            raise RulebookError(located(faults, self.text, self.name))
        return file

    @cached_property
    def broken(self) -> str:
        """Every fault in the file as one text; empty where there is none."""
        try:
            self.file  # noqa: B018 - reading it tells
        except RulebookError as error:
            return str(error)
        return ""

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every drawing by the id of its exercise or home test."""
        return {figure.id: figure for figure in self.file.figure}

    @cached_property
    def stances(self) -> Mapping[str, Stance]:
        """The poses that drawings start from, by id."""
        return {stance.id: stance for stance in self.file.stance}

    def _faults(self, raw: Raw) -> Iterator[Fault]:
        """Ids that are used twice, that nothing in the rules has, or that lack a drawing."""
        known = {"figure": self._known}
        for table in ("stance", "figure"):
            seen: set[str] = set()
            for index, entry in enumerate(entries(raw, table)):
                name = str(entry.get("id"))
                path = (table, index, "id")
                if name in seen:
                    yield Fault(path, f"{table} {name}: 'id' is used twice")
                elif table in known and name not in known[table]:
                    hint = suggestion(name, known[table])
                    yield Fault(path, f"{table} {name}: no exercise or home test '{name}'.{hint}")
                seen.add(name)
        drawn = {str(entry.get("id")) for entry in entries(raw, "figure")}
        for name in self._needed:
            if name not in drawn:
                yield Fault((), f"figure: '{name}' has no drawing")
        yield from _stance_faults(raw)


def _stance_faults(raw: Raw) -> Iterator[Fault]:
    """Poses that start from a stance which is not there, or not yet."""
    ready: list[str] = []
    for table in ("stance", "figure"):
        for index, entry in enumerate(entries(raw, table)):
            poses: dict[tuple[str, ...], Any] = {
                (key,): entry.get(key) for key in ("start", "end", "helper", "helper_end")
            }
            poses[()] = entry if table == "stance" else None
            for where, pose in poses.items():
                name = pose.get("like") if isinstance(pose, dict) else None
                if name is not None and name not in ready:
                    hint = suggestion(str(name), ready)
                    path = (table, index, *where, "like")
                    yield Fault(path, f"{table} {entry.get('id')}: no stance '{name}' above.{hint}")
            if table == "stance":
                ready.append(str(entry.get("id")))
