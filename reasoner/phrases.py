"""What a language has to offer: the fixed phrases of answers and trees, one module a language.

``english`` and ``french`` are such modules. What a law itself says in a language stands in the law
files, see :mod:`reasoner.translation`.
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
        """What may be replied: ``status``, ``date``, ``number``, ``values`` or ``name``."""

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

    def depends_on(self, questions: Sequence[str]) -> str:
        """The questions to which nobody knew the answer, and on which the answer depends."""

    def found_out(self, question: str, day: str) -> str:
        """The title of a case that was found out in an interview."""


def phrases(language: str) -> Phrases:
    """The phrases of a language: one of ``LANGUAGES``.

    Raises:
        ValueError: there is no such language.
    """
    if language == "en":
        from reasoner import english

        return english
    if language == "fr":
        from reasoner import french

        return french
    raise ValueError(f"there is no language {language!r}", f"write {' or '.join(LANGUAGES)}")
