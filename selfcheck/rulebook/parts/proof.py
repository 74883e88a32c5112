"""What the rules file promises about itself, beside what holds for every rules file; read by the proof only."""

from selfcheck.part import Id, Part, Words


class AlarmPromise(Part):
    """The least level that alarms of one group of flags give, whatever else is answered.

    All declared alarms of the group's questions but ``but``; or only those of ``options``.
    """

    group: Id
    least: Id
    options: tuple[Id, ...] = ()
    but: tuple[Id, ...] = ()
    because: Words


class Calmer(Part):
    """An alarm (or, without ``option``, every alarm) of a question that may give a lower level than another
    answer to it, and why.
    """

    item: Id
    option: Id | None = None
    than: Id
    because: Words


class MayBeEmpty(Part):
    """A question that holds nothing open when it is left empty, and why."""

    item: Id
    because: Words


class Uncounted(Part):
    """A rule that no empty question holds open, and why."""

    rule: Id
    because: Words


class Lifted(Part):
    """A tick in the list of conditions that another answer can lift, and why."""

    option: Id
    because: Words


class Promises(Part):
    """``no_plan`` are the results with which nothing may be planned and no pattern shown;
    ``conditions_item`` is the list of which each tick withholds the exercises with a tag of its name.
    """

    no_plan: tuple[Id, ...] = ()
    conditions_item: Id | None = None
    lifted: tuple[Lifted, ...] = ()
    alarm: tuple[AlarmPromise, ...] = ()
    calmer: tuple[Calmer, ...] = ()
    may_be_empty: tuple[MayBeEmpty, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
