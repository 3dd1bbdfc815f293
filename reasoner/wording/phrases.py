"""What a language has to offer: the fixed phrases of answers and trees, one module a language.

``english`` and ``french`` are such modules. What a law itself says in a language stands in the law
files, see :mod:`reasoner.lawfiles.translation`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Protocol

LANGUAGES = ("en", "fr")


class Phrases(Protocol):
    """All that is said in a language beside what the law and the case say."""

    ANSWERS: Mapping[str, str]
    SHOWN_ABOVE: str
    CIRCULAR: str
    CIRCLE: str
    OTHER_WAY: str
    NOT_STATED: str
    ASSUMED: str
    NO_END: str
    CONTRADICTION: str
    GUIDANCE: str
    NEW: str
    AS_STATED: str
    AS_CHANGED: str
    CHANGES_NOTHING: str
    DAY_ASKED: str
    DATE_OF_LAW: str
    REPLIES: Mapping[str, str]
    ORDERS: Mapping[str, str]

    def fill(self, pattern: str, values: Mapping[str, str], implied: Set[str] = frozenset()) -> str:
        """A sentence with its places filled; "from {From}" goes when the value is only implied."""

    def anything(self, kind: str | None) -> str:
        """An open argument of a sort that the law has no words for."""

    def predicate(self, name: str, arguments: Sequence[str], holds: bool | None) -> str:
        """A predicate without a sentence of its own."""

    def reading(self, name: str, option: str, text: str, holds: bool | None) -> str:
        """The option that applies, or does not, where the text is open."""

    def option(self, name: str, option: str) -> str:
        """A reading with its option, in short."""

    def otherwise(self, options: Sequence[str]) -> str:
        """The options under which a conclusion would be another."""

    def compare(self, kind: str, operator: str, left: str, right: str) -> str:
        """Two values compared; ``kind`` is date, number or thing."""

    def counted(self, number: str) -> str:
        """A number that the law counts."""

    def late(self, days: int, reached: date) -> str:
        """How many days a day is short of another."""

    def short(self, have: int, need: int) -> str:
        """How much a number is short of another."""

    def length(self, days: int) -> str:
        """A number of days."""

    def absent(self, facts: Sequence[str], more: int) -> str:
        """The facts that nobody stated, and how many are not named."""

    def between(self, first: str, last: str) -> str:
        """An unknown day of a range, in the place of a date."""

    def on_some_day(self, first: str, last: str, line: int) -> str:
        """The range that a fact's day lies in, and the line that says so."""

    def from_lines(self, lines: Sequence[int]) -> str:
        """Where in the case file something rests; here and below, line 0 is what is assumed."""

    def stated(self, lines: Sequence[int]) -> str:
        """The lines that state a fact."""

    def stated_otherwise(self, line: int) -> str:
        """The line that states a fact with other values."""

    def denied(self, line: int) -> str:
        """The line that says that a fact is not so."""

    def unknown(self, line: int) -> str:
        """The line that leaves a fact open."""

    def settled_by(self, what: str, who: str) -> str:
        """Who could settle a fact that nobody stated; ``what`` as in ``Settled by``."""

    def way(self, place: int, ways: int, holds: bool | None) -> str:
        """The heading of one of several rules that could have led to a conclusion."""

    def more_like_these(self, number: int) -> str:
        """What stands for branches left out."""

    def list_words(self, words: Sequence[str]) -> str:
        """ "a, b and c"."""

    def verdict(self, answer: str, words: str, day: str) -> str:
        """The answer in a sentence, with the day where the words do not name it."""

    def law_agrees(self, pinpoint: str, answer: str, words: str, day: str) -> str:
        """What the law says that agrees with guidance."""

    def law_differs(self, pinpoint: str, answer: str, words: str, day: str) -> str:
        """What the law says that differs from guidance."""

    def differ_on(self, remarks: Sequence[str]) -> str:
        """The words on which they differ."""

    def decided_by(self, pinpoints: Sequence[str]) -> str:
        """The provisions that decide."""

    def turns_on(self, pinpoints: Sequence[str]) -> str:
        """The provisions on which an undetermined answer turns."""

    def settles(self, answer: str, facts: Sequence[str]) -> str:
        """The answer that follows if some facts are so."""

    def text_of(self, language: str) -> str:
        """The official text in a language."""

    def law_of(self, day: str) -> str:
        """The law as it stood on a day."""

    def compared(self, title: str, day: str, worlds: Sequence[str]) -> str:
        """The heading of a comparison."""

    def amended(self, provisions: Sequence[str], matters: bool) -> str:
        """The provisions amended between two dates, those that matter or the others."""

    def amendment(self, provision: str, day: str, note: str) -> str:
        """One of them, with what the law files say of it."""

    def other_reasons(self, answer: str) -> str:
        """That an answer is the same, for other reasons."""

    def stayed(self, conditions: Sequence[str]) -> str:
        """The conditions that are met in both worlds, or in neither."""

    def same(self, answers: Sequence[str]) -> str:
        """The questions with the same answers for the same reasons."""

    def nothing_differs(self) -> str:
        """That no answer and no reason differs."""

    def in_force(self, day: str) -> str:
        """That words have been in force since a day."""

    def then(self, first: str, second: str) -> str:
        """What is so in the first world, and what in the second."""

    def labelled(self, label: str, words: str) -> str:
        """Words with a label before them."""

    def what_if(self, title: str, day: str) -> str:
        """The heading above the changes of a case."""

    def instead_of(self, value: str) -> str:
        """The value that a changed fact had before."""

    def change(self, number: int) -> str:
        """One of several changes."""

    def made_alone(self, number: int, alone: str, without: str) -> str:
        """The answer with one change only, and without it only; empty where that cannot be."""

    def enough(self, sets: Sequence[Sequence[int]], changes: int) -> str:
        """The smallest sets of changes that give the new answer; none means that none was found."""

    def otherwise_with(self, sets: Sequence[Sequence[int]]) -> str:
        """The sets of changes that would give another answer where all together give the same."""

    def idle(self, changes: Sequence[int]) -> str:
        """The changes without effect on an answer."""

    def common(self, conditions: Sequence[str]) -> str:
        """The conditions that are met in both of two cases, or in neither."""

    def carried(self, subject: str, answer: str, several: bool) -> str:
        """The heading of what, carried over from another case, gives the answer of that case."""

    def nothing_carried(self, subject: str, answer: str) -> str:
        """That nothing, carried over from another case, gives the answer of that case."""

    def together(self) -> str:
        """The heading of what has an effect only together."""

    def without(self, words: str) -> str:
        """What is no longer so."""

    def aside(self) -> str:
        """The heading of what differs without anything turning on it."""

    def more(self, number: int) -> str:
        """What stands for the rest of a list."""

    def survey(self, title: str, questions: int, day: str) -> str:
        """The heading of the answers to all questions that a case touches."""

    def official_words(self, texts: Mapping[str, str]) -> str:
        """What is quoted: the languages, each with the day of its consolidation."""

    def other_words(self, language: str) -> str:
        """The rules were written from other words in a language than those quoted."""

    def not_imported(self, title: str, languages: Sequence[str], page: str) -> str:
        """How to import what cannot be quoted; ``page`` is where it is, or empty."""

    def no_question(self, day: str) -> str:
        """That a case touches no question."""

    def under(self, options: Sequence[str], law_date: str, language: str | None = None) -> str:
        """The readings chosen, the date of the law and the language of its text if one was."""

    def which_provision(self) -> str:
        """The question what an interview is about."""

    def which_day(self) -> str:
        """The question what day it is about."""

    def about_whom(self, type: str) -> str:
        """The question whom or what of a type it is about."""

    def is_it_so(self, sentence: str) -> str:
        """A question made of a sentence, where there is no better one."""

    def besides(self, stated: Sequence[str], question: str) -> str:
        """A question whether there is another beside those stated."""

    def what_is_missing(self, sentence: str) -> str:
        """The question what belongs into the blank of a sentence."""

    def expected(self, kind: str, values: Sequence[str], usual: str) -> str:
        """What may be replied.

        Args:
            kind: ``provision``, ``status``, ``date``, ``number``, ``name``, ``values`` or ``some``.
            values: all there are, or for ``some`` and ``provision`` a few of them.
            usual: what is taken where nothing is said.
        """

    def replies(self) -> str:
        """What may be said in an interview."""

    def why_asked_first(self) -> str:
        """Why an interview begins as it does."""

    def so_far(self, verdict: str) -> str:
        """The answer as things stand in an interview."""

    def ended(self, questions: int) -> str:
        """That nothing further can change the answer."""

    def ended_early(self, questions: int) -> str:
        """That more may be asked."""

    def ended_in_doubt(self, questions: int, open_questions: Sequence[str]) -> str:
        """That only what nobody knew can change the answer: the questions about it."""

    def found_out(self, question: str, day: str) -> str:
        """The title of a case that was found out in an interview."""

    def may_be_more(self, why: str) -> str:
        """That a search was not finished: because of its limit, the time, or an interruption."""

    def robust(self, looked_at: int) -> str:
        """That no choice of so many readings gives another answer."""

    def none_found(self) -> str:
        """The same where the search was not finished."""

    def swayed(self, answer: str) -> str:
        """The heading of the options that give another answer, or settle an undetermined one."""

    def under_together(self, answer: str, options: Sequence[str]) -> str:
        """The answer under some options taken together."""

    def each_alone(self) -> str:
        """The heading of a table of options with the answer under each."""

    def taken(self, option: str) -> str:
        """An option that applies unless another is chosen."""

    def without_effect(self, readings: Sequence[str], certain: bool) -> str:
        """The readings that make no difference, or for which none was found."""

    def not_looked_at(self, number: int) -> str:
        """How many readings a question does not look at."""

    def numbers_tried(self, option: str, tried: Sequence[str]) -> str:
        """Which numbers were tried for an option that takes one."""

    def days_within(self, first: str | None, last: str | None) -> str:
        """A day at or after the first and at or before the last, where there are such."""

    def left_open(self, number: int) -> str:
        """How many facts that nobody stated are left open."""

    def beside_stated(self, words: str) -> str:
        """That nothing of a kind is so but what is stated."""

    def settles_more(self) -> str:
        """That not all sets of facts that would settle an answer are named."""

    def asked_when(self, title: str, question: str, first: str, last: str, given: bool) -> str:
        """The heading of the days on which an answer is yes; ``given``: the bounds were given."""

    def interval(self, answer: str, first: str, last: str, days: int) -> str:
        """Days on end with the same answer."""

    def whole_time(self, answer: str) -> str:
        """That the answer is the same on all days looked at."""

    def never_certain(self) -> str:
        """That the answer is yes on no day, but on some depends on unknown facts."""

    def first_day(self, day: str) -> str:
        """The first day on which the answer is yes."""

    def last_day(self, day: str) -> str:
        """The last day on which the answer is yes."""

    def open_edge(self, start: bool) -> str:
        """That the answer is yes on the first, or the last, day looked at."""

    def not_explained(self, number: int) -> str:
        """How many turns of the answer were not looked into."""

    def counted_periods(self) -> str:
        """The heading of the periods that are counted."""

    def put_off(self, planned: str) -> str:
        """The day on which a period was to be complete before it was put off."""

    def clock_stopped(self, day: str) -> str:
        """The day on which a period ceased to be counted."""

    def clock_again(self, day: str) -> str:
        """The day from which a period was counted anew."""

    def day_asked(self, day: str) -> str:
        """The mark of the day asked about."""

    def lane_answer(self) -> str:
        """The name of the lane with the answer."""

    def lane_counted(self) -> str:
        """The name of the lane with the periods that are counted."""

    def would_make(self, answer: str, whatever: bool) -> str:
        """The heading of the changes that would give an answer; ``whatever``: also of the past."""

    def somebody_acts(self, how: str, who: str) -> str:
        """Who would bring some changes about: a decision, opinion, finding or act, or none."""

    def nobody_acts(self, day: str, alone: bool) -> str:
        """That the answer is another on a later day; ``alone``: and that this is all it takes."""

    def also_with(self, values: Sequence[str], more: int) -> str:
        """Other values with which a change does as well, and how many are not named."""

    def no_change_found(self, answer: str) -> str:
        """That no changes were found that would give an answer."""

    def changes_looked_at(self, number: int, facts: int, last: str, whole: bool) -> str:
        """What the search looked at, and whether that was all."""

    def varied(self, alone: bool) -> str:
        """The heading of changes that turn a condition; ``alone``: without the answer."""

    def answer_varied(self, answer: str, same: bool) -> str:
        """The answer before and after some changes, or the one that stays."""

    def turns_too(self, pinpoints: Sequence[str]) -> str:
        """The provisions of which other conditions turn with the same changes."""

    def no_variation(self, most: int) -> str:
        """The heading of conditions that no variation of so many changes was found to turn."""

    def not_varied(self) -> str:
        """The heading of conditions that a search did not come to."""

    def generated(self, title: str, number: int) -> str:
        """The title of a case that was made of another one."""

    def turned(self, pinpoint: str, condition: str, changes: str) -> str:
        """What such a case is for: the condition as it was, and what is otherwise."""

    def search_stopped(self, ended: str) -> str:
        """That a search ended early, and why: limit, time or interrupted."""

    def mutation_columns(self) -> Sequence[str]:
        """The columns: provision, changes, and what became of them, outcome by outcome."""

    def mutation_sum(self, tried: int, noticed: int, rest: Mapping[str, int]) -> str:
        """How many changes were tried and noticed, and what became of the rest, by outcome."""

    def unnoticed_heading(self, provision: str) -> str:
        """The heading of the changes of a provision that nobody notices."""

    def dropped(self, what: str) -> str:
        """That a condition is dropped."""

    def negated(self, what: str) -> str:
        """That a condition is turned into its opposite."""

    def shifted(self, what: str, before: str, after: str) -> str:
        """That a number or a day becomes the one beside it."""

    def limit_shifted(self, what: str, included: bool) -> str:
        """That a limit comes to be included, or no longer is."""

    def conclusion_shifted(self, what: str, before: str, after: str) -> str:
        """That a rule concludes a number or a day beside the one that it does."""

    def rule_dropped(self, what: str) -> str:
        """That a whole rule is left out."""

    def part_dropped(self, what: str) -> str:
        """That one of the things that are counted is left out."""

    def line_of(self, line: int) -> str:
        """What has no words of its own, by the line on which it stands."""

    def not_reached(self) -> str:
        """That no case comes to a rule in such a way that the change would matter there."""

    def listed_in_vain(self, ids: Sequence[str]) -> str:
        """That changes are listed as known to be unnoticed, and are noticed or do not exist."""

    def claim_verdict(self, verdict: str) -> str:
        """What came of a claim: holds, refuted or open."""

    def verdict_expected(self, verdict: str) -> str:
        """The verdict that was expected and did not come."""

    def search_open(self, too_large: bool, ended: str) -> str:
        """Why a search for a story came to no verdict."""

    def story_size(self, facts: int) -> str:
        """How many facts a story states."""

    def story_turns_on(self, pinpoints: Sequence[str]) -> str:
        """The provisions on which a story against a claim turns."""

    def under_any_readings(self) -> str:
        """That a verdict is one for all readings."""

    def no_case_breaks(self) -> str:
        """That no case breaks a claim."""

    def claims_summary(self, claims: int, verdicts: int, failed: int, seconds: float) -> str:
        """How many claims and verdicts there are, how many otherwise than expected, how long."""

    def on_one_day(self, text: str) -> str:
        """A sentence in which a period that begins and ends on the same day is that day."""

    def and_also(self, text: str, rest: str) -> str:
        """A sentence that goes on with something else about the same subject."""

    def in_order(self, text: str, name: str, label: str, some: str) -> str:
        """A text in which an entity that is called "first" has its place before its noun.

        Args:
            text: what is said.
            name: what the entity is called.
            label: what its type is called.
            some: any entity of the type, in words.
        """

    def story_ends(self, day: str, met: Sequence[str], unmet: Sequence[str]) -> str:
        """What the law makes of a story, what is so and what is not, with the day if unnamed."""

    def broken(self, claim: str) -> str:
        """That some story breaks a claim, which may have no words."""

    def unbroken(self, claim: str, whole: bool) -> str:
        """That no story was found that breaks a claim, with all of the scope searched or not."""

    def broken_under(self, options: Sequence[str]) -> str:
        """That a story breaks a claim because of some options, or whatever the readings are."""

    def holds_under(self, options: Sequence[str]) -> str:
        """That no story was found that breaks a claim under some options."""

    def survey_verdict(self, verdict: str) -> str:
        """What the readings make of a claim: broken, unbroken, depends or open."""

    def readings_matter(self, names: Sequence[str]) -> str:
        """The readings on which a claim depends."""

    def story_heading(self, number: int) -> str:
        """The heading of a story."""

    def entities(self, number: int, one: str, several: str, label: str) -> str:
        """So many entities: the words for one and for several as cases say them, and the label."""

    def part_of_scope(
        self, entities: Sequence[str], facts: int, days: int, first: str, last: str
    ) -> str:
        """A part of a scope: who is in its stories, how many sorts of facts, on which days."""

    def scope_is(self, part: str) -> str:
        """The scope of a search."""

    def searched_part(self, part: str, whole: bool) -> str:
        """What was searched to the end, and whether that is all of the scope."""

    def part_left(self, part: str) -> str:
        """What was not searched to the end."""

    def part_too_large(self, part: str, statements: int, most: int, smaller: str) -> str:
        """What was not searched for its size, and a scope that can be."""

    def axioms_used(self, names: Sequence[str]) -> str:
        """What was taken to be impossible, by name."""

    def usual_readings(self) -> str:
        """That no reading was chosen."""

    def took(self, seconds: float) -> str:
        """How long it took."""

    def axiom_added(self, name: str, path: str) -> str:
        """That something is taken to be impossible from now on, and in which file that stands."""

    def own_axiom(self, path: str) -> str:
        """Where an axiom of the user's own stands."""

    def coverage_columns(self) -> Sequence[str]:
        """The columns: provision, conditions, what shows that they decide, what is left."""

    def coverage_sum(self, conditions: int, told: Mapping[str, int]) -> str:
        """How many conditions there are, and how many of each outcome."""

    def open_heading(self, provision: str) -> str:
        """The heading of the conditions of a provision that nothing shows to decide."""

    def both_sides_seen(self) -> str:
        """That the rule applies in some story, and the condition alone is missing in another."""

    def pair_found(self, case: str, changes: Sequence[str]) -> str:
        """A pair of stories: a case, what it has before the change, and the change last."""

    def audit_heading(self, kind: str) -> str:
        """What the findings of a kind have in common."""

    def audit_finding(
        self, kind: str, what: str, guidance_yes: bool, resting: int, turning: int
    ) -> str:
        """What a finding says of some conclusion, condition, option or fact in words.

        ``guidance_yes`` tells which of two layers says yes; ``resting`` and ``turning`` count the
        cases that rest on a reading and those that turn on it.
        """

    def audit_case(self, name: str) -> str:
        """The case that shows a finding."""

    def audit_nothing(self) -> str:
        """That an audit found nothing."""

    def audit_unasked(
        self, unasked: Mapping[str, int], repeated: int, unsettled: int
    ) -> Sequence[str]:
        """What an audit did not ask, did not list, and did not settle."""

    def audit_axioms(self, number: int) -> str:
        """How many axioms there are, where they are not listed."""

    def audit_given(self, conditions: str) -> str:
        """That an audit looked only at those of whom some conditions are true."""


def phrases(language: str) -> Phrases:
    """The phrases of a language: one of ``LANGUAGES``.

    Raises:
        ValueError: there is no such language.
    """
    if language == "en":
        from reasoner.wording import english

        return english
    if language == "fr":
        from reasoner.wording import french

        return french
    raise ValueError(f"there is no language {language!r}", f"write {' or '.join(LANGUAGES)}")
