"""What a result says to everybody whom it has the same to say, in the words of one region: made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from selfcheck.handout.model import Net
from selfcheck.part import Part
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Light, Recheck, Region, Week

AnyPart = TypeVar("AnyPart", bound=Part)


class Standing(Struct, frozen=True):
    """Texts that follow from the rules and the region alone; ``rechecks`` by the plan's mode."""

    notices: tuple[str, ...]
    version: str
    safety_net: tuple[Net, ...]
    stops: tuple[str, ...]
    lights: tuple[Light, ...]
    weeks: tuple[Week, ...]
    rechecks: Mapping[str, tuple[Recheck, ...]]


@lru_cache(maxsize=32)
def standing(rulebook: Rulebook, region: Region) -> Standing:
    """The texts of some rules in a region."""
    file = rulebook.file
    return Standing(
        notices=_notices(rulebook),
        version=_("Rules %(version)s (%(fingerprint)s)")
        % {"version": file.meta.version, "fingerprint": rulebook.fingerprint},
        safety_net=tuple(
            Net(region.say(net.act), tuple(region.say(sign) for sign in net.signs)) for net in file.safety_net
        ),
        stops=tuple(region.say(rule.text) for rule in file.stop_rule),
        lights=tuple(_filled(region, light) for light in file.light),
        weeks=tuple(_filled(region, week) for week in file.week),
        rechecks={
            mode.id: tuple(
                _filled(region, recheck)
                for recheck in file.recheck
                if not recheck.modes or mode.id in recheck.modes
            )
            for mode in file.programme.mode
        },
    )


def _filled(region: Region, part: AnyPart) -> AnyPart:
    """A row of a table with the region's words in all its texts."""
    texts = {key: region.say(value) for key, value in part if isinstance(value, str) and "{" in value}
    return part.model_copy(update=texts) if texts else part


def _notices(rulebook: Rulebook) -> tuple[str, ...]:
    meta = rulebook.file.meta
    signed = _("Reviewed by %(who)s on %(day)s.") % {"who": meta.reviewed_by, "day": meta.reviewed_on}
    status = meta.notice if meta.status == "draft" else signed
    return (meta.not_examined, status, meta.not_a_service)
