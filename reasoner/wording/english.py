"""The fixed phrases of answers and trees in English; :mod:`reasoner.wording.phrases` says what
each is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date

ANSWERS: Mapping[str, str] = {"yes": "Yes", "no": "No", "undetermined": "Undetermined"}
SHOWN_ABOVE = "shown above"
CIRCULAR = "only circular support"
CIRCLE = "this is the circle: it would have to support itself"
OTHER_WAY = "it holds in another way too"
NOT_STATED = "not stated"
ASSUMED = "assumed"
NO_END = "no end"
CONTRADICTION = "the law cannot be asked about such facts"
GUIDANCE = "Guidance, which is not law:"
AS_STATED, AS_CHANGED = "As stated", "As changed"
CHANGES_NOTHING = "changes nothing"
DAY_ASKED, DATE_OF_LAW = "the day asked about", "the date of the law"
REPLIES: Mapping[str, str] = {
    **dict.fromkeys(("yes", "y"), "stated"),
    **dict.fromkeys(("no", "n", "none"), "denied"),
    **dict.fromkeys(("unknown", "?"), "unknown"),
}
ORDERS: Mapping[str, str] = {
    "why": "why",
    "back": "back",
    "so far": "so far",
    "help": "help",
    "stop": "stop",
}

_MOST_LINES = 4
_PLACE = re.compile(r"(\s+(?:from|to|until|since|on))?\s*\{(\w+)\}")
_COMPARED = {
    "date": {
        "<": "{} is before {}",
        "<=": "{} is not after {}",
        ">": "{} is after {}",
        ">=": "{} is not before {}",
        "=": "{} is the same day as {}",
        "!=": "{} is another day than {}",
    },
    "number": {
        "<": "{} is less than {}",
        "<=": "{} is at most {}",
        ">": "{} is more than {}",
        ">=": "{} is at least {}",
        "=": "{} equals {}",
        "!=": "{} does not equal {}",
    },
    "thing": {"=": "{} is {}", "!=": "{} is not {}"},
}
_TO_SETTLE = {
    "fact": "a fact to be stated",
    "finding": "a finding to be made",
    "opinion": "an opinion to be given",
    "decision": "a decision to be taken",
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def fill(pattern: str, values: Mapping[str, str], implied: Set[str] = frozenset()) -> str:
    def replace(match: re.Match[str]) -> str:
        word, name = match[1], match[2]
        if name not in values or (word and name in implied):
            return ""
        return f"{match[0][: match[0].index('{')]}{values[name]}"

    return _PLACE.sub(replace, pattern)


def anything(kind: str | None) -> str:
    return f"any {kind.replace('_', ' ')}" if kind else "any"


def predicate(name: str, arguments: Sequence[str], holds: bool | None) -> str:
    return f"{'not ' if holds is False else ''}{name.replace('_', ' ')}: {', '.join(arguments)}"


def reading(name: str, option: str, text: str, holds: bool | None) -> str:
    state = "" if holds else "not "
    return f"{state}reading {name}: {option}" + (f" ({text})" if text else "")


def option(name: str, option: str) -> str:
    return f"{name}: {option}"


def otherwise(options: Sequence[str]) -> str:
    return f"otherwise under {' + '.join(options)}"


def compare(kind: str, operator: str, left: str, right: str) -> str:
    form = _COMPARED[kind].get(operator) or _COMPARED["number"][operator]
    return form.format(left, right)


def counted(number: str) -> str:
    return f"{number} in all"


def late(days: int, reached: date) -> str:
    return f"{length(days)} short; reached on {reached.isoformat()}"


def short(have: int, need: int) -> str:
    return f"have {have}, need {need}, short by {need - have}"


def length(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def absent(facts: Sequence[str], more: int) -> str:
    return f"not stated: {list_words([*facts, *([f'{more} more'] if more else [])])}"


def between(first: str, last: str) -> str:
    return f"some day between {first} and {last}"


def on_some_day(first: str, last: str, line: int) -> str:
    return f"{between(first, last)}, {f'line {line}' if line else ASSUMED}"


def from_lines(lines: Sequence[int]) -> str:
    written = [n for n in lines if n]
    if not written:
        return ASSUMED
    shown = [str(n) for n in written[:_MOST_LINES]]
    if len(written) > _MOST_LINES:
        shown = [*shown[:-1], f"{len(written) - _MOST_LINES + 1} more"]
    words = f"line{'' if len(written) == 1 else 's'} {list_words(shown)}"
    return words if len(written) == len(lines) else f"{words}, {ASSUMED} in part"


def stated(lines: Sequence[int]) -> str:
    written = [str(n) for n in lines if n]
    return f"stated, line {', '.join(written)}" if written else ASSUMED


def stated_otherwise(line: int) -> str:
    return f"stated otherwise, line {line}" if line else "assumed to be otherwise"


def denied(line: int) -> str:
    return f"stated not to be so, line {line}" if line else "assumed not to be so"


def unknown(line: int) -> str:
    return f"unknown, line {line}" if line else "assumed to be unknown"


def settled_by(what: str, who: str) -> str:
    return _TO_SETTLE.get(what, "to be stated") + (f" by {who}" if who else "")


def way(place: int, ways: int, holds: bool | None) -> str:
    name = _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"
    state = "is open" if holds is None else "is met" if holds else "is not met"
    return f"the {name} of {ways} ways {state}"


def more_like_these(number: int) -> str:
    return f"and {number} more like {'this' if number == 1 else 'these'}"


def list_words(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def verdict(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"{ANSWERS[answer]}. It depends on unknown facts whether {words}."
    if day in words:
        return f"{ANSWERS[answer]}. {words[:1].upper()}{words[1:]}."
    return f"{ANSWERS[answer]}. On {day} {words}."


def law_agrees(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"The law ({pinpoint}) agrees: {_on_day(answer, words, day)}."


def law_differs(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"The law ({pinpoint}) differs: {_on_day(answer, words, day)}."


def _on_day(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"it depends on unknown facts whether {words}"
    return words if day in words else f"on {day} {words}"


def differ_on(remarks: Sequence[str]) -> str:
    return f"Where they differ: {'; '.join(remarks)}."


def decided_by(pinpoints: Sequence[str]) -> str:
    return f"Decided by {list_words(pinpoints)}."


def turns_on(pinpoints: Sequence[str]) -> str:
    return f"Turns on {list_words(pinpoints)}."


def settles(answer: str, facts: Sequence[str]) -> str:
    return f"{ANSWERS[answer]} if {list_words(facts)}."


def under(options: Sequence[str], law_date: str, language: str | None = None) -> str:
    parts = ", ".join([*options, *([f"law of {law_date}"] if law_date else [])])
    return f"Under {text_of(language)}: {parts}." if language else f"Under {parts}."


def text_of(language: str) -> str:
    return {"en": "the English text", "fr": "the French text"}[language]


def law_of(day: str) -> str:
    return f"the law of {day}"


def compared(title: str, day: str, worlds: Sequence[str]) -> str:
    return f"{title}, on {day}: {list_words(worlds)}."


def amended(provisions: Sequence[str], matters: bool) -> str:
    lead = "Amended in between" if matters else "Amended in between, without effect here"
    return f"{lead}: {list_words(provisions)}."


def amendment(provision: str, day: str, note: str) -> str:
    return f"{provision} ({day}{f', {note}' if note else ''})"


def other_reasons(answer: str) -> str:
    return f"{answer}, for partly other reasons"


def stayed(conditions: Sequence[str]) -> str:
    return f"Unchanged: {list_words(conditions)}."


def same(answers: Sequence[str]) -> str:
    return f"The same answers for the same reasons: {list_words(answers)}."


def nothing_differs() -> str:
    return "Nothing differs, neither answers nor reasons."


def in_force(day: str) -> str:
    return f"in force since {day}"


def then(first: str, second: str) -> str:
    return f"{first}, then {second}"


def labelled(label: str, words: str) -> str:
    return f"{label}: {words}"


def what_if(title: str, day: str) -> str:
    return f"{title}, on {day}. What if:"


def instead_of(value: str) -> str:
    return f"instead of {value}"


def change(number: int) -> str:
    return f"change\u00a0{number}"


def made_alone(number: int, alone: str, without: str) -> str:
    first = f"Change {number} alone: {alone}" if alone else f"Change {number} cannot be made alone"
    rest = f"without it: {without}" if without else "the others need it"
    return f"{first}; {rest}."


def enough(sets: Sequence[Sequence[int]], changes: int) -> str:
    if not sets:
        return "None of the changes suffices alone."
    if [len(made) for made in sets] == [changes]:
        both = "Neither change alone suffices; both are needed."
        return both if changes == 2 else "All of the changes are needed."
    return f"Enough for this: {_or([_together(made) for made in sets])}."


def otherwise_with(sets: Sequence[Sequence[int]]) -> str:
    return f"The answer would be another with {_or([_together(made) for made in sets])}."


def _together(made: Sequence[int]) -> str:
    words = list_words([str(number) for number in made])
    return f"changes {words} together" if len(made) > 1 else f"change {words} alone"


def _or(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def idle(changes: Sequence[int]) -> str:
    words = list_words([str(number) for number in changes])
    if len(changes) > 1:
        return f"Changes {words} make no difference."
    return f"Change {words} makes no difference."


def common(conditions: Sequence[str]) -> str:
    return f"Alike: {list_words(conditions)}."


def carried(subject: str, answer: str, several: bool) -> str:
    what = "Each of these" if several else "This"
    return f"{what}, carried over to {subject}, gives the answer {answer}:"


def nothing_carried(subject: str, answer: str) -> str:
    return f"No difference, carried over to {subject}, gives the answer {answer}."


def together() -> str:
    return "together"


def without(words: str) -> str:
    return f"without this: {words}"


def aside() -> str:
    return "differs as well, without anything turning on it"


def more(number: int) -> str:
    return f"and {number} more"


def survey(title: str, questions: int, day: str) -> str:
    return f"{title}: {questions} question{'' if questions == 1 else 's'} on {day}."


_TEXTS = {"en": "English", "fr": "French"}


def official_words(texts: Mapping[str, str]) -> str:
    return "official words, " + ", ".join(f"{_TEXTS[t]} of {day}" for t, day in texts.items())


def other_words(language: str) -> str:
    return f"The rules were written from other {_TEXTS[language]} words than these."


def not_imported(title: str, languages: Sequence[str], page: str) -> str:
    names = " and ".join(_TEXTS[language] for language in languages)
    where = f" with the XML from {page}" if page else ""
    return f"The {names} text of the {title} is not imported: `reasoner law import FILE`{where}"


def no_question(day: str) -> str:
    return f"The facts raise no question on {day}."


def which_provision() -> str:
    return "Which provision is the question about?"


def which_day() -> str:
    return "Which day is it about?"


def about_whom(type: str) -> str:
    return f"What is the name of the {type} that it is about?"


def is_it_so(sentence: str) -> str:
    return f"Is this so: {sentence}?"


def besides(stated: Sequence[str], question: str) -> str:
    return f"Besides {list_words(stated)}: {question[:1].lower()}{question[1:]}"


def what_is_missing(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}?"


def expected(kind: str, values: Sequence[str], usual: str) -> str:
    words = {
        "provision": "a pinpoint, or the name of a predicate"
        + (f": {list_words(values)}, for example" if values else ""),
        "status": "yes, no or unknown",
        "date": "a day, such as 2024-06-01",
        "number": "a number",
        "values": "one of these: " + "; ".join(values),
        "some": "a value, for example " + "; ".join(values),
        "name": "a name" + (f", for example {list_words(values)}" if values else ""),
    }[kind]
    return f"{words}; if nothing is said: {usual}" if usual else words


def replies() -> str:
    return (
        "Reply yes, no, unknown, or with a day, a name or a value. Also: why (what rests on the "
        "reply), back (the question before), so far (the answer as things stand, and what is "
        "settled), stop (keep what there is)."
    )


def why_asked_first() -> str:
    return "The law answers questions about somebody or something, on a day."


def so_far(verdict: str) -> str:
    return f"So far: {verdict}"


def ended(questions: int) -> str:
    return f"{_questions(questions)}. Nothing else can change the answer."


def ended_early(questions: int) -> str:
    return f"{_questions(questions)}. What was not asked yet is taken as not so."


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def ended_in_doubt(questions: int, open_questions: Sequence[str]) -> str:
    number = _questions(questions)
    return f"{number}. What nobody knew could still change the answer: {' '.join(open_questions)}"


def found_out(question: str, day: str) -> str:
    return f"Interview about {question} on {day}"


def may_be_more(why: str) -> str:
    reasons = {
        "limit": "the search stopped at its limit (--limit)",
        "time": "the time was up (--time)",
        "interrupted": "the search was interrupted",
    }
    return f"There may be more: {reasons[why]}."


def robust(looked_at: int) -> str:
    if not looked_at:
        return "The answer does not depend on readings: the question looks at none."
    return (
        "No choice of readings gives another answer. The question looks at "
        f"{_number(looked_at, 'reading')}; none matters, alone or together with others."
    )


def none_found() -> str:
    return "No choice of readings was found that gives another answer."


def swayed(answer: str) -> str:
    if answer == "undetermined":
        return "Some choices of readings settle it, whatever the unknown facts are:"
    return "Some choices of readings give another answer:"


def under_together(answer: str, options: Sequence[str]) -> str:
    return f"{ANSWERS[answer]} under {list_words(options)}."


def each_alone() -> str:
    return "The answer under each option alone, the other readings as they are:"


def taken(option: str) -> str:
    return f"{option} (taken)"


def without_effect(readings: Sequence[str], certain: bool) -> str:
    lead = "Looked at, without effect on the answer" if certain else "Looked at, no effect found"
    return f"{lead}: {list_words(readings)}."


def not_looked_at(number: int) -> str:
    others = "1 other reading has" if number == 1 else f"{number} other readings have"
    return f"{others} no part in this question."


def numbers_tried(option: str, tried: Sequence[str]) -> str:
    return f"For {option} these numbers were tried: {list_words(tried)}."


def days_within(first: str | None, last: str | None) -> str:
    if first == last:
        return str(first)
    if first is None:
        return f"{last} or earlier"
    return f"{first} or later" + (f", up to {last}" if last else "")


def left_open(number: int) -> str:
    facts = (
        "1 fact that nobody stated is" if number == 1 else f"{number} facts that nobody stated are"
    )
    return f"{facts} left open."


def beside_stated(words: str) -> str:
    return f"beside what is stated, {words}"


def settles_more() -> str:
    return "Other sets of facts may settle it too."


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def asked_when(title: str, question: str, first: str, last: str, given: bool) -> str:
    if given:
        return f"{title}: {question}, each day from {first} to {last}."
    return f"{title}: {question}, each day from {first} to {last}, as far as dates reach."


def interval(answer: str, first: str, last: str, days: int) -> str:
    if days == 1:
        return f"{ANSWERS[answer]} on {first}, one day."
    return f"{ANSWERS[answer]} from {first} to {last}, {length(days)}."


def whole_time(answer: str) -> str:
    return f"{ANSWERS[answer]} on each of these days."


def never_certain() -> str:
    return "On none of these days is the answer certainly yes."


def first_day(day: str) -> str:
    return f"First day: {day}."


def last_day(day: str) -> str:
    return f"Last day: {day}."


def open_edge(start: bool) -> str:
    return "It may have begun earlier." if start else "It may go on."


def not_explained(number: int) -> str:
    return f"{number} more turn{'' if number == 1 else 's'} not explained."


def counted_periods() -> str:
    return "Periods that count"


def put_off(planned: str) -> str:
    return f"put off from {planned}"


def clock_stopped(day: str) -> str:
    return f"stopped on {day}"


def clock_again(day: str) -> str:
    return f"began again on {day}"


def day_asked(day: str) -> str:
    return f"{day} asked about"


def lane_answer() -> str:
    return "answer"


def lane_counted() -> str:
    return "counted"


NEW = "new"


def would_make(answer: str, whatever: bool) -> str:
    what = "what could still come about" if not whatever else "the past included"
    return f"What would make the answer {answer}, {what}; each by itself:"


def somebody_acts(how: str, who: str) -> str:
    who = who[:1].upper() + who[1:]
    return {
        "decision": f"{who} may decide so that:",
        "opinion": f"{who} may give the opinion, so that:",
        "finding": f"{who} may find that:",
        "may": f"{who} may act so that:",
        "act": f"{who} would have to act, so that:",
        "past": f"It would have had to be so ({who[:1].lower()}{who[1:]}):" if who else "",
        "settle": "It would have to turn out that:",
    }.get(how) or ("It would have had to be so:" if how == "past" else "It would have to happen:")


def nobody_acts(day: str, alone: bool) -> str:
    if alone:
        return f"Nobody needs to act: on {day} the answer is another."
    return f"And time would have to pass, until {day}."


def also_with(values: Sequence[str], more: int) -> str:
    rest = f" and {more} more" if more else ""
    return f"or {', '.join(values)}{rest}"


def no_change_found(answer: str) -> str:
    return f"No set of the changes looked at would make the answer {answer}."


def changes_looked_at(number: int, facts: int, last: str, whole: bool) -> str:
    text = f"Looked at: {number} changes of {facts} kinds of facts, on days up to {last}."
    return text if whole else f"{text} There are more that were not looked at."


def varied(alone: bool) -> str:
    return "By itself this would turn with:" if alone else "This would turn with:"


def answer_varied(answer: str, same: bool) -> str:
    return f"The answer stays {answer}." if same else f"The answer turns: {answer}."


def turns_too(pinpoints: Sequence[str]) -> str:
    return f"With it turns a condition of {list_words(pinpoints)}."


def no_variation(most: int) -> str:
    changes = "1 change" if most == 1 else f"up to {most} changes"
    return f"No variation of {changes} was found that turns:"


def not_varied() -> str:
    return "The search did not come to:"


def generated(title: str, number: int) -> str:
    return f"{title} (near miss {number}, generated)"


def turned(pinpoint: str, condition: str, changes: str) -> str:
    return (
        f"Generated to show what {pinpoint} turns on, not as expected law. Otherwise here: "
        f"{changes}. In the case that it was made of: {condition}."
    )


def search_stopped(ended: str) -> str:
    why = {"limit": "its limit (--limit)", "time": "its time (--time)", "interrupted": "a key"}
    return f"There may be more: the search was stopped by {why[ended]}."


_UNNOTICED = {
    "survived": "not noticed",
    "unreached": "not reached by any case",
    "known": "listed as known",
    "equivalent": "the same law in other words",
    "inexpressible": "not to be expressed",
}


def mutation_columns() -> Sequence[str]:
    return (
        "provision",
        "changes",
        "noticed",
        "known",
        "not noticed",
        "not reached",
        "same",
        "unmade",
    )


def mutation_sum(tried: int, noticed: int, rest: Mapping[str, int]) -> str:
    others = [f"{number:,} {_UNNOTICED[outcome]}" for outcome, number in rest.items() if number]
    parts = ", ".join([f"{noticed:,} noticed", *others])
    return f"{tried:,} change{'' if tried == 1 else 's'}: {parts}."


def unnoticed_heading(provision: str) -> str:
    return f"{provision}: nobody notices when"


def dropped(what: str) -> str:
    return f"this is no longer asked: {what}"


def negated(what: str) -> str:
    return f"the opposite is asked of: {what}"


def shifted(what: str, before: str, after: str) -> str:
    return f"{before} becomes {after} in: {what}"


def limit_shifted(what: str, included: bool) -> str:
    return f"the limit itself {'is enough too' if included else 'is no longer enough'} in: {what}"


def conclusion_shifted(what: str, before: str, after: str) -> str:
    return f"{after} follows instead of {before}: {what}"


def rule_dropped(what: str) -> str:
    return f"this way to a conclusion is left out: {what}"


def part_dropped(what: str) -> str:
    return f"one of the things counted is left out: {what}"


def line_of(line: int) -> str:
    return f"what stands on line {line}"


def not_reached() -> str:
    return "no case comes to it"


def listed_in_vain(ids: Sequence[str]) -> str:
    return f"Listed as known, and noticed or not there: {', '.join(ids)}."


def claim_verdict(verdict: str) -> str:
    return {"holds": "holds within the scope"}.get(verdict, verdict)


def verdict_expected(verdict: str) -> str:
    return f"Expected: {verdict}."


def search_open(too_large: bool, ended: str) -> str:
    if too_large:
        return "The scope is too large to be searched."
    why = {"time": "its time (--time)", "interrupted": "a key"}.get(ended, "its limit")
    return f"The search was stopped by {why}."


def story_size(facts: int) -> str:
    return "a story of 1 fact" if facts == 1 else f"a story of {facts} facts"


def story_turns_on(pinpoints: Sequence[str]) -> str:
    return f"A story against it turns on {list_words(pinpoints)}."


def under_any_readings() -> str:
    return "under any readings"


def no_case_breaks() -> str:
    return "no case breaks it"


def claims_summary(claims: int, verdicts: int, failed: int, seconds: float) -> str:
    text = f"{claims} {'claim' if claims == 1 else 'claims'}, "
    text += f"{verdicts} {'verdict' if verdicts == 1 else 'verdicts'}: "
    text += f"{failed} not as expected" if failed else "all as expected"
    return f"{text}, {seconds:.1f} s"


_ONE_DAY = re.compile(r"\bfrom (\d{4}-\d\d-\d\d) to \1\b")


def on_one_day(text: str) -> str:
    return _ONE_DAY.sub(r"on \1 only", text)


def and_also(text: str, rest: str) -> str:
    return f"{text}, and {rest}" if "," in text or " and " in text else f"{text} and {rest}"


def in_order(text: str, name: str, label: str, some: str) -> str:
    if name not in _ORDINALS:
        return text
    noun = label.rpartition(" ")[2]
    return re.sub(rf"\b{noun} {name}\b", f"the {name} {noun}", text)


def story_ends(day: str, met: Sequence[str], unmet: Sequence[str]) -> str:
    parts = [*([_in_a_row(met)] if met else []), *([_in_a_row(unmet)] if unmet else [])]
    words = ", but ".join(parts)
    lead = "Then" if day in words else f"On {day}"
    return f"{lead} {words}."


def _in_a_row(words: Sequence[str]) -> str:
    if any("," in part or " and " in part for part in words):
        return "; ".join(words)
    return list_words(words)


def broken(claim: str) -> str:
    return f"Broken: {claim}" if claim else "Broken: it can all be so at once."


def unbroken(claim: str, whole: bool) -> str:
    lead = f"{claim} " if claim else ""
    if whole:
        return f"{lead}No story within this scope breaks it."
    return f"{lead}No story was found that breaks it, but not all of the scope was searched."


def broken_under(options: Sequence[str]) -> str:
    if not options:
        return "Broken, whatever the readings:"
    return f"Broken under {list_words(options)}:"


def holds_under(options: Sequence[str]) -> str:
    return f"Not broken under {list_words(options)}." if options else "Not broken otherwise."


def survey_verdict(verdict: str) -> str:
    return {
        "broken": "Broken under all readings that were tried.",
        "unbroken": "No story within this scope breaks it, under any reading that was tried.",
        "depends": "Whether it holds depends on the readings.",
        "open": "No story was found that breaks it, but not all of the scope was searched.",
    }[verdict]


def readings_matter(names: Sequence[str]) -> str:
    return f"The readings that decide: {list_words(names)}."


def story_heading(number: int) -> str:
    return f"Story {number}"


def entities(number: int, one: str, several: str, label: str) -> str:
    return f"{number} {one if number == 1 else several}"


def part_of_scope(entities: Sequence[str], facts: int, days: int, first: str, last: str) -> str:
    who = f"at most {list_words(entities)}, " if entities else ""
    sorts = "1 sort of fact" if facts == 1 else f"{facts} sorts of facts"
    return f"{who}{sorts}, on {_number(days, 'day')} from {first} to {last}"


def scope_is(part: str) -> str:
    return f"Scope: {part}."


def searched_part(part: str, whole: bool) -> str:
    return f"{'Scope, all of it searched' if whole else 'Searched to the end'}: {part}."


def part_left(part: str) -> str:
    return f"Not searched to the end: {part}."


def part_too_large(part: str, statements: int, most: int, smaller: str) -> str:
    size = f"{statements:,} possible statements, where {most:,} are the most"
    hint = f" Smaller: --scope {smaller}." if smaller else ""
    return f"Not searched, too large: {part} ({size}).{hint}"


def axioms_used(names: Sequence[str]) -> str:
    return f"Axioms, what is taken to be impossible: {', '.join(names) or 'none'}."


def usual_readings() -> str:
    return "Readings: those usually taken."


def took(seconds: float) -> str:
    return f"Time: {seconds:.1f} s."


def axiom_added(name: str, path: str) -> str:
    return f"From now on impossible: {name}, in {path}."


def own_axiom(path: str) -> str:
    return f"your own, in {path}"


_SHOWN_BY = {
    "cases": "shown by cases",
    "near_misses": "shown by near misses",
    "found": "shown by pairs found now",
    "impossible": "brought along by others",
    "open": "open",
}


def coverage_columns() -> Sequence[str]:
    return (
        "provision",
        "conditions",
        "cases",
        "near misses",
        "found",
        "open",
        "both sides",
        "never alone",
    )


def coverage_sum(conditions: int, told: Mapping[str, int]) -> str:
    parts = [f"{number:,} {_SHOWN_BY[outcome]}" for outcome, number in told.items() if number]
    return f"{conditions:,} condition{'' if conditions == 1 else 's'}: {', '.join(parts)}."


def open_heading(provision: str) -> str:
    return f"{provision}: no two stories show yet that this decides"


def both_sides_seen() -> str:
    return "both sides are there, in stories that differ in more"


def pair_found(case: str, changes: Sequence[str]) -> str:
    *given, last = changes
    before = f" (where {list_words(given)})" if given else ""
    return f"{case}{before}, changed: {last}"


_AUDITED = {
    "dead": "Met by nobody",
    "always": "Met by everybody",
    "apart": "The guidance and the law answer otherwise",
    "clause": "Ways to a conclusion that are never open",
    "nowhere": "Ways that lead nowhere",
    "loop": "Conclusions that could hold each other up, and are not taken to",
    "texts": "The English and the French text answer otherwise",
    "condition": "Conditions that never decide where they stand",
    "idle": "Options of readings that change no answer",
    "turning": "Options of readings on which cases turn",
    "unreached": "Nothing that people ask about rests on it",
    "definition": "Concluded and never looked at",
    "fact": "Facts that nothing looks at",
    "option": "Options that no rule asks for",
    "same_texts": "The two texts differ in words, not in answers",
    "round": "Conclusions that rest on each other, and never hold each other up",
    "repeated": "Conditions that the others of their rule bring with them",
    "open": "Not settled in the time that was given to each",
}


def audit_heading(kind: str) -> str:
    return _AUDITED[kind]


def audit_finding(kind: str, what: str, guidance_yes: bool, resting: int, turning: int) -> str:
    if kind == "dead":
        return f"in no story is it so that {what}"
    if kind == "always":
        return f"in every story, and of everybody: {what}"
    if kind == "nowhere":
        return f"in no story does this lead to the result, although it can be so that {what}"
    if kind == "apart":
        side = (
            "guidance says yes, the law says" if guidance_yes else "guidance says no, the law says"
        )
        return f"the {side} otherwise: {what}"
    if kind == "loop":
        return f"only by resting on itself could this be so, and it is taken not to be: {what}"
    if kind == "turning":
        return f"{turning} of {_number(resting, 'case')} answered otherwise under {what}"
    return what


def audit_case(name: str) -> str:
    return f"Case: {name}"


def audit_nothing() -> str:
    return "Nothing was found."


def audit_unasked(unasked: Mapping[str, int], repeated: int, unsettled: int) -> Sequence[str]:
    lines = []
    if number := unasked.get("readings"):
        lines.append(f"Not asked, apply only under other readings: {_number(number, 'rule')}.")
    if number := unasked.get("values"):
        told = _number(number, "condition")
        lines.append(f"Not asked, only give others their values or are counted: {told}.")
    if repeated:
        lines.append(f"--full lists the conditions that others bring with them: {repeated}.")
    if unsettled:
        lines.append(f"--full lists what was not settled: {unsettled}.")
    return lines


def audit_given(conditions: str) -> str:
    return f"Only of whom this is true (--given): {conditions}"


def audit_axioms(number: int) -> str:
    return f"{_number(number, 'axiom')} on what is impossible; --full lists them."
