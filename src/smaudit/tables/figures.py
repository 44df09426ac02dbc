"""From the sums of each row to its figures, in whole numbers, in expressions of Narwhals.

With the sums of `core/tally.py` and D their unit, a score is 100·earned/(D·rated). Rounded half up to six
places it is (q + D)//(2·D) millionths, where q = 2·10^8·earned//rated: the remainder can decide nothing. Of
the mean of n scores it can. There the remainders are added as fractions, whose denominators are small, and
what they come to in wholes joins the sum of the q: (sum of q + wholes + n·D)//(2·n·D) millionths.
"""

from collections.abc import Mapping, Sequence

import narwhals.stable.v2 as nw

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import FREE_FROM, OPEN_FROM
from smaudit.tables.cells import Frame, Sums, added
from smaudit.tables.columns import DEPTH, figure_column, figure_columns
from smaudit.tables.packing import WHOLE, Lane, Packing

MILLION = 1_000_000
Columns = dict[str, nw.Expr]


def figured(
    sums: Sums, questionnaire: Questionnaire, packing: Packing, *, kept: Sequence[str], deep: str, mark: str
) -> Frame:
    """The columns that are kept, and every figure; `deep` is the column that says whether a row is full."""
    ids = {name: f"{mark}{place}_" for place, name in enumerate(questionnaire.misconception)}
    named = list(ids.values())
    # The sums are left behind: an engine has the fewer columns to carry.
    frame = sums.frame.select(
        *kept, deep, sums.why, *sums.alarms.values(), **_lanes(sums, packing, ids, mark)
    )
    frame = frame.with_columns(**_counts(named, mark))
    frame = frame.with_columns(**_standing(sums, questionnaire, ids, mark))
    frame = frame.with_columns(**_quotients(packing, named))
    frame = frame.with_columns(**_remainders(named, mark))
    frame = frame.with_columns(**_means(named, mark))
    shown = _shown(sums, questionnaire, packing, ids, mark)
    shown[DEPTH] = _if(
        nw.col(f"{mark}problems") == 0,
        nw.when(nw.col(deep)).then(nw.lit("full")).otherwise(nw.lit("quick")),
    )
    return frame.select(*kept, **{name: shown[name] for name in figure_columns(questionnaire)})


def _number(value: int) -> nw.Expr:
    return nw.lit(value, dtype=nw.Int64)


def _lane(words: Sequence[str], packing: Packing, lane: Lane) -> nw.Expr:
    """What is in a lane of a sum."""
    place = packing.places[lane]
    found = nw.col(words[place.word])
    if place.shift:
        found = found // _number(1 << place.shift)
    is_topmost = lane == len(packing.places) - 1 or packing.places[lane + 1].word != place.word
    return found if is_topmost else found % _number(1 << place.width)


def _lanes(sums: Sums, packing: Packing, ids: Mapping[str, str], mark: str) -> Columns:
    """The sums of each misconception in columns of their own, and whether the row is refused."""
    found: Columns = {}
    for name, at in ids.items():
        weighed, own = sums.weighed[name], sums.own[name]
        found |= {
            f"{at}earned": _lane(weighed, packing, Lane.EARNED),
            f"{at}rated": _lane(weighed, packing, Lane.RATED),
            f"{at}unknown": _lane(weighed, packing, Lane.DONT_KNOW)
            + _lane(weighed, packing, Lane.UNANSWERED),
            **{f"{at}own_{lane.name}": _lane(own, packing, lane) for lane in Lane if lane != Lane.EARNED},
        }
    place = packing.places[Lane.REFUSED]
    found[f"{mark}checked"] = nw.col(sums.checks) // _number(1 << place.shift)
    return found


def _counts(named: Sequence[str], mark: str) -> Columns:
    """How many answers there are of each kind: every question is one misconception's own."""
    counts = {
        f"{mark}{lane.name}": added([nw.col(f"{at}own_{lane.name}") for at in named])
        for lane in (Lane.RATED, Lane.DONT_KNOW, Lane.UNANSWERED, Lane.EXCUSED)
    }
    refusals = [nw.col(f"{at}own_{Lane.REFUSED.name}") for at in named]
    counts[f"{mark}problems"] = added([*refusals, nw.col(f"{mark}checked")])
    for at in named:
        own = [f"{at}own_{lane.name}" for lane in (Lane.RATED, Lane.DONT_KNOW, Lane.UNANSWERED)]
        counts[f"{at}own"] = added([nw.col(each) for each in own])
        counts[f"{at}whole"] = nw.col(f"{at}rated") + nw.col(f"{at}unknown")
    return counts


def _standing(sums: Sums, questionnaire: Questionnaire, ids: Mapping[str, str], mark: str) -> Columns:
    """Which misconceptions have a range, a score, an alarm."""
    rules, found = questionnaire.rules, Columns()
    least, of = _number(rules.min_coverage.numerator), _number(rules.min_coverage.denominator)
    is_read = nw.col(f"{mark}problems") == 0
    for name, at in ids.items():
        rated, whole = nw.col(f"{at}rated"), nw.col(f"{at}whole")
        ranged = is_read & (whole > 0) & (nw.col(f"{at}own") >= rules.min_rated)
        enough = nw.col(f"{at}own_{Lane.RATED.name}") >= rules.min_rated
        scored = ranged & (rated > 0) & (rated * of >= whole * least) & enough
        alarms = [
            column
            for question, column in sums.alarms.items()
            if questionnaire.question[question].main == name
        ]
        alarm = nw.col(alarms[0]) if alarms else nw.lit(value=False)
        for column in alarms[1:]:
            alarm |= nw.col(column)
        found |= {f"{at}ranged": ranged, f"{at}scored": scored, f"{at}alarm": ranged & alarm}
    return found


def _where(condition: str, then: str, otherwise: int) -> nw.Expr:
    return nw.when(nw.col(condition)).then(nw.col(then)).otherwise(_number(otherwise))


def _quotients(packing: Packing, named: Sequence[str]) -> Columns:
    """What is divided for each figure, and by what: 1 where there is none."""
    found, times = Columns(), _number(100 * WHOLE)
    for at in named:
        found |= {
            f"{at}of_score": _where(f"{at}scored", f"{at}rated", 1),
            f"{at}of_range": _where(f"{at}ranged", f"{at}whole", 1),
            f"{at}worst": nw.col(f"{at}earned") * times,
            f"{at}best": (nw.col(f"{at}earned") + nw.col(f"{at}unknown") * _number(packing.unit)) * times,
            f"{at}counts": nw.col(f"{at}scored").cast(nw.Int64),
        }
    return found


FIGURES = {"score": ("worst", "of_score"), "worst": ("worst", "of_range"), "best": ("best", "of_range")}
"""What each figure divides by what."""


def _remainders(named: Sequence[str], mark: str) -> Columns:
    """The quotients, and what is left of each division where the misconception has a score."""
    found = {f"{mark}counted": added([nw.col(f"{at}counts") for at in named])}
    for at in named:
        for figure, names in FIGURES.items():
            part, whole = (nw.col(f"{at}{name}") for name in names)
            found[f"{at}q_{figure}"] = part // whole
            found[f"{at}r_{figure}"] = part % whole * nw.col(f"{at}counts")
        # Of the mean of the worst and of the best only what is scored counts.
        found[f"{at}of_mean"] = _where(f"{at}scored", f"{at}of_range", 1)
    return found


def _means(named: Sequence[str], mark: str) -> Columns:
    """For each overall figure the sum of the quotients, and the wholes that the remainders come to."""
    counted = nw.col(f"{mark}counted")
    # As a column: by one number for all rows some engines multiply by its reciprocal, and 46.31683 becomes
    # 46.316829999999996.
    found: Columns = {
        f"{mark}times": nw.when(counted > 0).then(counted).otherwise(_number(1)),
        f"{mark}million": counted * _number(0) + _number(MILLION),
    }
    for figure in FIGURES:
        whole = "of_score" if figure == "score" else "of_mean"
        part, of = nw.col(f"{named[0]}r_{figure}"), nw.col(f"{named[0]}{whole}")
        for at in named[1:]:
            part = part * nw.col(f"{at}{whole}") + nw.col(f"{at}r_{figure}") * of
            of *= nw.col(f"{at}{whole}")
        found[f"{mark}part_{figure}"], found[f"{mark}of_{figure}"] = part, of
        quotients = [nw.col(f"{at}q_{figure}") * nw.col(f"{at}counts") for at in named]
        found[f"{mark}q_{figure}"] = added(quotients)
    return found


def _shown(
    sums: Sums, questionnaire: Questionnaire, packing: Packing, ids: Mapping[str, str], mark: str
) -> Columns:
    """The figures as they are called: null where there is none, all of them where the row is refused."""
    is_read, problems = nw.col(f"{mark}problems") == 0, nw.col(f"{mark}problems")
    counted = nw.col(f"{mark}counted")
    status = nw.when(problems > 0).then(nw.lit("refused")).when(counted == 0).then(nw.lit("not-scored"))
    found: Columns = {
        "status": status.otherwise(nw.lit("scored")),
        "why": nw.col(sums.why),
        "problems": problems,
        "questionnaire": nw.lit(questionnaire.id),
        "scored_with": nw.lit(questionnaire.version),
        "answered": _if(is_read, nw.col(f"{mark}{Lane.RATED.name}")),
        "dont_know": _if(is_read, nw.col(f"{mark}{Lane.DONT_KNOW.name}")),
        "unanswered": _if(is_read, nw.col(f"{mark}{Lane.UNANSWERED.name}")),
        "not_applicable": _if(is_read, nw.col(f"{mark}{Lane.EXCUSED.name}")),
        "counted": _if(is_read, counted),
        "of": _if(is_read, _number(len(ids))),
    }
    times, million, unit = nw.col(f"{mark}times"), nw.col(f"{mark}million"), _number(packing.unit)
    for figure in FIGURES:
        wholes = nw.col(f"{mark}part_{figure}") // nw.col(f"{mark}of_{figure}")
        whole = nw.col(f"{mark}q_{figure}") + wholes
        found[f"overall_{figure}"] = _if(counted > 0, _decimal(whole, times * unit, million))
    sides = {at: _side(packing, at) for at in ids.values()}
    found |= _sides(sides, packing, is_read)
    found["alarms"] = _if(is_read, _alarms(sums))
    for name, at in ids.items():
        ranged = nw.col(f"{at}ranged")
        found[figure_column(name, "status")] = _if(is_read, _status(at))
        for figure in FIGURES:
            is_there = nw.col(f"{at}scored") if figure == "score" else ranged
            found[figure_column(name, figure)] = _if(
                is_there, _decimal(nw.col(f"{at}q_{figure}"), unit, million)
            )
        found[figure_column(name, "side")] = _if(ranged, sides[at])
    return found


def _if(condition: nw.Expr, then: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(then)


def _decimal(quotient: nw.Expr, unit: nw.Expr, million: nw.Expr) -> nw.Expr:
    """A number of points rounded half up to six places."""
    return (quotient + unit) // (unit * _number(2)) / million


def _status(at: str) -> nw.Expr:
    is_scored, is_ranged = nw.col(f"{at}scored"), nw.col(f"{at}ranged")
    chain = nw.when(is_scored).then(nw.lit("scored")).when(is_ranged).then(nw.lit("not-enough-answers"))
    return (
        chain.when(nw.col(f"{at}whole") == 0)
        .then(nw.lit("not-applicable"))
        .otherwise(nw.lit("too-few-apply"))
    )


def _steers(packing: Packing, at: str) -> tuple[nw.Expr, nw.Expr]:
    """Whether a misconception must, and whether it may steer: its best, its worst lie below 50."""
    earned, edge = nw.col(f"{at}earned"), nw.col(f"{at}whole") * _number(packing.unit)
    highest = earned + nw.col(f"{at}unknown") * _number(packing.unit)
    return highest * _number(2) < edge, earned * _number(2) < edge


def _side(packing: Packing, at: str) -> nw.Expr:
    """The side of a misconception that has a range, as `insight.side_of` has it."""
    must, may = _steers(packing, at)
    rated = nw.col(f"{at}rated") * _number(packing.unit)
    twice = nw.col(f"{at}earned") * _number(200)
    # A score is below a whole number when rounded half up, if it is below that number less a half.
    steers, free = rated * _number(2 * OPEN_FROM - 1) > twice, rated * _number(2 * FREE_FROM - 1) <= twice
    chain = nw.when(nw.col(f"{at}alarm")).then(nw.lit("steers"))
    chain = chain.when(~nw.col(f"{at}scored") | (may & ~must)).then(nw.lit("open"))
    return chain.when(steers).then(nw.lit("steers")).when(free).then(nw.lit("free")).otherwise(nw.lit("open"))


def _alarms(sums: Sums) -> nw.Expr:
    """The questions whose answer is an alarm, with a space between."""
    told = [nw.when(nw.col(column)).then(nw.lit(name)) for name, column in sums.alarms.items()]
    return nw.concat_str(told, separator=" ", ignore_nulls=True) if told else nw.lit("")


def _sides(sides: Mapping[str, nw.Expr], packing: Packing, is_read: nw.Expr) -> Columns:
    """How many misconceptions lie on each side, and between how many may steer."""
    found: Columns = {}
    for side in ("steers", "open", "free"):
        on = [(nw.col(f"{at}ranged") & (each == nw.lit(side))).cast(nw.Int64) for at, each in sides.items()]
        found[side] = _if(is_read, added(on))
    for number, name in enumerate(("least", "most")):
        below = [
            (nw.col(f"{at}ranged") & (nw.col(f"{at}alarm") | _steers(packing, at)[number])).cast(nw.Int64)
            for at in sides
        ]
        found[name] = _if(is_read, added(below))
    return found
