"""Claims, the stories that break them, and what was searched for these, in French."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reasoner.wording.french.grammar import ORDINALS, SPACE
from reasoner.wording.french.terms import list_words

_NAMED_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_CLAIM_VERDICTS = {
    "holds": "tient dans les limites de la recherche",
    "refuted": "réfutée",
    "open": "non tranchée",
}


def claim_verdict(verdict: str) -> str:
    return _CLAIM_VERDICTS[verdict]


def verdict_expected(verdict: str) -> str:
    return f"Attendu{SPACE}: {_CLAIM_VERDICTS[verdict]}."


def search_open(too_large: bool, ended: str) -> str:
    if too_large:
        return "Les limites sont trop larges pour la recherche."
    why = {"time": "son temps (--time)", "interrupted": "une touche"}.get(ended, "sa limite")
    return f"La recherche a été arrêtée par {why}."


def story_size(facts: int) -> str:
    return "une histoire d'un fait" if facts == 1 else f"une histoire de {facts} faits"


def story_turns_on(pinpoints: Sequence[str]) -> str:
    return f"Une histoire contraire repose sur {list_words(pinpoints)}."


def under_any_readings() -> str:
    return "quelles que soient les lectures"


def no_case_breaks() -> str:
    return "aucun cas ne la contredit"


def claims_summary(claims: int, verdicts: int, failed: int, seconds: float) -> str:
    text = f"{claims} {'affirmation' if claims == 1 else 'affirmations'}, "
    text += f"{verdicts} {'verdict' if verdicts == 1 else 'verdicts'}{SPACE}: "
    text += f"{failed} autres qu'attendu" if failed else "tous comme attendu"
    return f"{text}, {seconds:.1f} s".replace(".", ",")


_ONE_DAY = re.compile(r"\bdu (\d{4}-\d\d-\d\d) au \1\b")


def on_one_day(text: str) -> str:
    return _ONE_DAY.sub(r"le \1 seulement", text)


def and_also(text: str, rest: str) -> str:
    return f"{text}, et {rest}" if "," in text or " et " in text else f"{text} et {rest}"


def in_order(text: str, name: str, label: str, some: str) -> str:
    if name not in _NAMED_ORDINALS:
        return text
    noun, place = label.partition(" ")[0], _NAMED_ORDINALS.index(name)
    feminine = some.startswith("une ")
    ordinal = "premier" if not place and not feminine else ORDINALS[place]
    return re.sub(rf"\b{noun} {name}\b", f"{ordinal} {noun}", text)


def story_ends(day: str, met: Sequence[str], unmet: Sequence[str]) -> str:
    parts = [*([_in_a_row(met)] if met else []), *([_in_a_row(unmet)] if unmet else [])]
    words = ", mais ".join(parts)
    lead = "Alors" if day in words else f"Le {day},"
    return f"{lead} {words}."


def _in_a_row(words: Sequence[str]) -> str:
    if any("," in part or " et " in part for part in words):
        return f"{SPACE}; ".join(words)
    return list_words(words)


def broken(claim: str) -> str:
    return f"Réfuté{SPACE}: {claim or 'tout cela peut arriver à la fois.'}"


def unbroken(claim: str, whole: bool) -> str:
    lead = f"{claim} " if claim else ""
    if whole:
        return f"{lead}Aucune histoire dans ce cadre ne le réfute."
    return (
        f"{lead}Aucune histoire n'a été trouvée qui le réfute, mais tout le cadre n'a pas été "
        "exploré."
    )


def broken_under(options: Sequence[str]) -> str:
    if not options:
        return f"Réfuté, quelles que soient les interprétations{SPACE}:"
    return f"Réfuté selon {list_words(options)}{SPACE}:"


def holds_under(options: Sequence[str]) -> str:
    return f"Non réfuté selon {list_words(options)}." if options else "Non réfuté autrement."


def survey_verdict(verdict: str) -> str:
    return {
        "broken": "Réfuté selon toutes les interprétations essayées.",
        "unbroken": "Aucune histoire dans ce cadre ne le réfute, selon aucune interprétation "
        "essayée.",
        "depends": "Tout dépend des interprétations.",
        "open": "Aucune histoire n'a été trouvée qui le réfute, mais tout le cadre n'a pas été "
        "exploré.",
    }[verdict]


def readings_matter(names: Sequence[str]) -> str:
    return f"Les interprétations qui décident{SPACE}: {list_words(names)}."


def story_heading(number: int) -> str:
    return f"Histoire {number}"


def entities(number: int, one: str, several: str, label: str) -> str:
    return f"{label} ({number})"


def part_of_scope(entities: Sequence[str], facts: int, days: int, first: str, last: str) -> str:
    who = f"au plus {list_words(entities)}, " if entities else ""
    sorts = "1 sorte de faits" if facts == 1 else f"{facts} sortes de faits"
    on = "1 jour" if days == 1 else f"{days} jours"
    return f"{who}{sorts}, {on} du {first} au {last}"


def scope_is(part: str) -> str:
    return f"Cadre{SPACE}: {part}."


def searched_part(part: str, whole: bool) -> str:
    lead = "Cadre, entièrement exploré" if whole else "Exploré jusqu'au bout"
    return f"{lead}{SPACE}: {part}."


def part_left(part: str) -> str:
    return f"Non exploré jusqu'au bout{SPACE}: {part}."


def part_too_large(part: str, statements: int, most: int, smaller: str) -> str:
    size = f"{statements} énoncés possibles, {most} au plus"
    hint = f" Plus petit{SPACE}: --scope {smaller}." if smaller else ""
    return f"Non exploré, trop grand{SPACE}: {part} ({size}).{hint}"


def axioms_used(names: Sequence[str]) -> str:
    told = ", ".join(names) or "aucun"
    return f"Axiomes, ce qui est tenu pour impossible{SPACE}: {told}."


def usual_readings() -> str:
    return f"Interprétations{SPACE}: celles retenues d'ordinaire."


def took(seconds: float) -> str:
    told = f"{seconds:.1f}".replace(".", ",")
    return f"Temps{SPACE}: {told} s."


def axiom_added(name: str, path: str) -> str:
    return f"Désormais impossible{SPACE}: {name}, dans {path}."


def own_axiom(path: str) -> str:
    return f"le vôtre, dans {path}"
