"""Tell pairs of stories as near misses of the cases that they are of.

Of all pairs found as few are kept as show everything that any of them shows. A near miss asks the
question of the case itself where its answer turns, and otherwise what stands highest in the law of
all that turns; what the law has no words for is asked last.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reasoner.audit.conditions import conditions, literal_at, section_of
from reasoner.audit.nearby import Pair, change
from reasoner.audit.probes import LOST, SHOWN, report_pairs
from reasoner.audit.stock import Stock, Story, near_facts
from reasoner.casefiles.case import Case, read_case
from reasoner.casefiles.edits import ASSUMED, Edit, apply_edits
from reasoner.casefiles.generated import GeneratedStory
from reasoner.casefiles.near_misses import NearMiss
from reasoner.casefiles.shelf import is_shipped
from reasoner.casefiles.write_edits import write_change
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.worlds import ground_worlds, world_name
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal, resolve
from reasoner.solving.replay import question_for
from reasoner.solving.solve import world_of
from reasoner.values import OPEN_END
from reasoner.wording.conditions import bind, describe_condition
from reasoner.wording.words import Speaker, read_date, show_date

AT_ONCE = 60
"""How many pairs are put to the law together."""


class Turn(NamedTuple):
    """What a pair of stories shows, and a question whose answer turns between them.

    ``shows`` has for each condition whether its rule applies before the change, and the arguments
    of the conclusion that is lost.
    """

    pair: Pair
    shows: Mapping[int, tuple[bool, tuple[str, ...]]]
    goal: Goal
    holds_before: bool


def turns(stock: Stock, pairs: Sequence[Pair]) -> Iterator[Turn | None]:
    """Put pairs to the law once more: all that each shows, of what any of them shows.

    Args:
        stock: the law with its conditions and the stories.
        pairs: the pairs.

    Yields:
        Each pair of which a question can be asked; None as a sign of life.
    """
    numbers = sorted({number for pair in pairs for number, _ in pair.shows})
    for start in range(0, len(pairs), AT_ONCE):
        yield None
        yield from _turns(stock, pairs[start : start + AT_ONCE], numbers)


def _turns(stock: Stock, pairs: Sequence[Pair], numbers: Sequence[int]) -> Iterator[Turn]:
    stories: list[Case] = []
    for pair in pairs:
        before = change(stock, pair.seed)
        stories += [before, apply_edits(before, [pair.edit])]
    worlds = [(story, world_of(stock.law, story)) for story in stories]
    goals = [Goal(name, (None,) * arity, "") for name, arity in sorted(stock.lifted.law.heads)]
    near = [(2 * place, 2 * place + 1) for place in range(len(pairs))]
    program = [
        *report_pairs(stock.lifted, [stock.conditions[n] for n in numbers]),
        *near_facts(near),
    ]
    ground = ground_worlds(stock.lifted, worlds, goals, program)
    lost = _lost(stock, ground, numbers)
    shown: dict[int, dict[int, tuple[bool, tuple[str, ...]]]] = {}
    for number, first, second in sorted(ground.rows((SHOWN, 3))):
        place = int(first[1:]) // 2
        rule = stock.conditions[numbers[int(number)]].rule
        conclusions = lost.get((rule, first, second), [])
        if conclusions:
            told = int(first[1:]) % 2 == 0, min(conclusions)
            shown.setdefault(place, {})[numbers[int(number)]] = told
    said = _said(stock, ground, len(stories))
    for place, pair in enumerate(pairs):
        shows = shown.get(place)
        if shows:
            goal = _question(stock, pair, stories[2 * place : 2 * place + 2], said, place, shows)
            if goal is not None:
                name, holds = goal
                yield Turn(pair, shows, name, holds)


def _lost(
    stock: Stock, ground: Ground, numbers: Sequence[int]
) -> dict[tuple[int, str, str], list[tuple[str, ...]]]:
    """The conclusions that a rule gives in one world and nothing gives in another."""
    found: dict[tuple[int, str, str], list[tuple[str, ...]]] = {}
    for rule in sorted({stock.conditions[n].rule for n in numbers}):
        arity = len(stock.lifted.law.rules[rule].head.arguments) + 1
        for first, second, *conclusion in ground.rows((f"{LOST}{rule}", arity)):
            found.setdefault((rule, first, second), []).append(tuple(conclusion))
    return found


def _said(stock: Stock, ground: Ground, worlds: int) -> list[set[tuple[str, tuple[str, ...]]]]:
    """What holds in each world, of all that the law has words for."""
    found: list[set[tuple[str, tuple[str, ...]]]] = [set() for _ in range(worlds)]
    names = {world_name(place): place for place in range(worlds)}
    for name, arity in sorted(stock.law.sentences):
        if (name, arity) in stock.lifted.local and (name, arity) in stock.law.heads:
            for world, *arguments in ground.rows((name, arity + 1)):
                found[names[world]].add((name, tuple(arguments)))
    return found


def _question(
    stock: Stock,
    pair: Pair,
    stories: Sequence[Case],
    said: Sequence[set[tuple[str, tuple[str, ...]]]],
    place: int,
    shows: Mapping[int, tuple[bool, tuple[str, ...]]],
) -> tuple[Goal, bool] | None:
    """A question whose answer turns, and whether the answer is yes before the change."""
    law = stock.law
    before, after = said[2 * place], said[2 * place + 1]
    asked = stock.stories[pair.seed.story].goals
    for goal in asked:
        first, second = (any(_fits(goal, one) for one in here) for here in (before, after))
        if first != second:
            return goal, first
    turned = sorted(before ^ after, key=lambda one: (*_height(law, one, stories[0]), one))
    for name, arguments in turned:
        goal = Goal(name, arguments, law.homes.get((name, len(arguments)), ""))
        if _can_be_asked(law, goal, stories):
            return goal, (name, arguments) in before
    for number, (applies_before, conclusion) in sorted(shows.items()):
        name = law.rules[stock.conditions[number].rule].head.name
        goal = Goal(name, conclusion, "")
        if _can_be_asked(law, goal, stories):
            return goal, applies_before
    return None


def _fits(goal: Goal, atom: tuple[str, tuple[str, ...]]) -> bool:
    name, arguments = atom
    return goal.name == name and all(
        a is None or a == b for a, b in zip(goal.arguments, arguments, strict=True)
    )


def _height(law: Law, atom: tuple[str, tuple[str, ...]], story: Case) -> tuple[bool, bool, int]:
    """How high in the law something stands; what is of the day asked about comes first."""
    name, arguments = atom
    signature: Signature = name, len(arguments)
    kinds = law.types.get(signature, ())
    days = [a for a, kind in zip(arguments, kinds, strict=False) if kind == "date"]
    elsewhere = bool(days) and days[-1] != str(story.as_of)
    return elsewhere, signature not in law.homes, law.depths.get(signature, 0)


def _can_be_asked(law: Law, goal: Goal, stories: Sequence[Case]) -> bool:
    """Whether all that a goal speaks of is there in both stories."""
    for story in stories:
        try:
            found = resolve(
                law,
                goal.text,
                entities=story.entities,
                day=story.as_of or 0,
                without_words=True,
            )
        except InputError:
            return False
        if found.arguments != goal.arguments:
            return False
    return True


def choose(found: Sequence[Turn]) -> list[Turn]:
    """As few turns as show all that any of them shows, each with what only it is there for."""
    left = {number for turn in found for number in turn.shows}
    kept: list[Turn] = []
    while left:
        best = max(found, key=lambda t: (len(left & t.shows.keys()), -len(t.pair.seed.given)))
        kept.append(best._replace(shows={n: s for n, s in best.shows.items() if n in left}))
        left -= best.shows.keys()
    return kept


def tell(stock: Stock, turn: Turn) -> NearMiss | None:
    """Tell a turn as a near miss; None if a change cannot be written.

    Args:
        stock: the law with its conditions and the stories.
        turn: the pair with what it shows.
    """
    law = stock.law
    case = stock.stories[turn.pair.seed.story].case
    given: list[str] = []
    for edit in turn.pair.seed.given:
        texts = write_change(case, edit, law.vocabulary)
        if texts is None:
            return None
        given += texts
        case = apply_edits(case, [edit])
    changes = write_change(case, turn.pair.edit, law.vocabulary)
    if changes is None:
        return None
    after = apply_edits(case, [turn.pair.edit])
    question, about = _ask(law, case, after, turn.goal)
    speaker = Speaker(law, after, read_date(str(after.as_of)))
    shows = []
    for number, (_, conclusion) in sorted(turn.shows.items()):
        condition = stock.conditions[number]
        rule = law.rules[condition.rule]
        literal = literal_at(law, condition)
        words = describe_condition(speaker, rule, literal, bind(rule, conclusion))
        shows.append((condition.id, words))
    return NearMiss(
        given=tuple(given),
        change=changes,
        before=case,
        after=after,
        question=question,
        about=about,
        expected=("yes", "no") if turn.holds_before else ("no", "yes"),
        shows=tuple(shows),
        note=describe_change(speaker, turn.pair.edit),
        position=ASSUMED,
    )


def _ask(law: Law, case: Case, after: Case, goal: Goal) -> tuple[str, tuple[str, ...]]:
    """A question that means a goal in two stories, and whom it is about.

    Nobody is named where that is whom the case is about. The atom itself is asked where a shorter
    question would mean something else, as it does on another day.
    """
    question, about = question_for(law, replace(case, question=None), world_of(law, case), goal)
    named = tuple(dict.fromkeys(a for a in goal.arguments if a is not None and a in case.entities))
    for text, whom in ((question, about), (question, named), (goal.text, named)):
        if all(_means(law, story, text, whom or story.about, goal) for story in (case, after)):
            return text, () if whom == case.about else whom
    return goal.text, ()


def _means(law: Law, story: Case, text: str, about: tuple[str, ...], goal: Goal) -> bool:
    """Whether a question asks for a goal."""
    try:
        found = resolve(
            law,
            text,
            entities=story.entities,
            about=about,
            day=story.as_of or 0,
            without_words=True,
        )
    except InputError:
        return False
    return (found.name, found.arguments) == (goal.name, goal.arguments)


def describe_change(speaker: Speaker, edit: Edit) -> str:
    """What is otherwise after a change of one thing."""
    say = speaker.say
    if edit.as_of is not None:
        return f"{say.DAY_ASKED}: {show_date(str(edit.as_of))}"
    if edit.law_date:
        return f"{say.DATE_OF_LAW}: {show_date(str(edit.law_date))}"
    if edit.readings:
        return say.list_words([say.option(name, option) for name, option in edit.readings])
    if not edit.added:
        old = edit.removed[0]
        return _statement(speaker, old.name, old.arguments, False)
    new = edit.added[0]
    text = _statement(speaker, new.name, new.arguments, new.status != "denied")
    if edit.removed:
        arguments = speaker.law.vocabulary.facts[new.name].arguments
        pairs = zip(arguments, edit.removed[0].arguments, new.arguments, strict=True)
        old_values = [
            say.NO_END if old == OPEN_END else speaker.value(argument.type, old)
            for argument, old, now in pairs
            if old != now
        ]
        text += f" ({say.instead_of(say.list_words(old_values))})"
    return text


def _statement(speaker: Speaker, name: str, arguments: tuple[str, ...], holds: bool) -> str:
    return speaker.atom((name, len(arguments)), arguments, holds)


def tell_all(stock: Stock, pairs: Sequence[Pair]) -> Iterator[tuple[Story, NearMiss]]:
    """Tell pairs as near misses, each with its story: as few as show all that can be told.

    Args:
        stock: the law with its conditions and the stories.
        pairs: the pairs.
    """
    for turn in choose([turn for turn in turns(stock, pairs) if turn is not None]):
        near_miss = tell(stock, turn)
        if near_miss is not None:
            yield stock.stories[turn.pair.seed.story], near_miss


def near_misses_by_case(
    law: Law, told: Iterable[tuple[Story, NearMiss]], folder: Path
) -> dict[Path, tuple[str, Case, list[NearMiss]]]:
    """Near misses of stories that are in case files, in a file for each case.

    Args:
        law: the law.
        told: the near misses, each with its story.
        folder: where the files are to be.

    Returns:
        For each file the name of the case as it is written there, the case, and the near misses.
    """
    found: dict[Path, tuple[str, Case, list[NearMiss]]] = {}
    for story, near_miss in told:
        path = Path(story.path)
        file = folder / f"{path.stem}.yaml"
        if file not in found:
            base = read_case(str(path), law.vocabulary)
            found[file] = _name_of(path, folder), base, []
        found[file][2].append(near_miss)
    return dict(sorted(found.items()))


def stories_by_section(
    law: Law, told: Iterable[tuple[Story, NearMiss]]
) -> dict[str, list[GeneratedStory]]:
    """Stories made up for their near misses, each with these, by section of the law.

    Args:
        law: the law.
        told: the near misses, each with its story.

    Returns:
        For each section, or file of the law, the stories; they are called after what they show.
    """
    headings = {condition.id: condition.heading for condition in conditions(law)}
    stories: dict[int, tuple[Story, list[NearMiss]]] = {}
    for story, near_miss in told:
        stories.setdefault(id(story), (story, []))[1].append(near_miss)
    found: dict[str, list[GeneratedStory]] = {}
    for story, near_misses in stories.values():
        ordered = in_order(law, near_misses)
        shown, words = ordered[0].shows[0]
        heading = headings[shown]
        title = f"{heading}: {words or ordered[0].note}"
        told_so = GeneratedStory(replace(story.case, title=title), (), tuple(ordered))
        found.setdefault(section_of(heading), []).append(told_so)
    return dict(sorted(found.items()))


def stories_in_order(law: Law, stories: Iterable[GeneratedStory]) -> list[GeneratedStory]:
    """Stories in the order of the conditions that their near misses show first."""
    places = {condition.id: place for place, condition in enumerate(conditions(law))}

    def key(story: GeneratedStory) -> tuple[int, str, str]:
        shown = [places.get(n, len(places)) for one in story.near_misses for n, _ in one.shows]
        facts = sorted(statement.atom for statement in story.case.statements)
        return min(shown, default=len(places)), story.case.title, " ".join(facts)

    return sorted(stories, key=key)


def _name_of(case: Path, folder: Path) -> str:
    """How a file of near misses names its case: a shipped one by its name, others by the path."""
    if is_shipped(case):
        return case.stem
    return os.path.relpath(case.resolve(), folder.resolve()).replace(os.sep, "/")


def in_order(law: Law, near_misses: Iterable[NearMiss]) -> list[NearMiss]:
    """Near misses in the order of the conditions that they show first, each change once."""
    places = {condition.id: place for place, condition in enumerate(conditions(law))}

    def key(one: NearMiss) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        shown = [places.get(name, len(places)) for name, _ in one.shows]
        return min(shown, default=len(places)), one.change, one.given

    return sorted(near_misses, key=key)
