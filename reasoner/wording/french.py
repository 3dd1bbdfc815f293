"""The fixed phrases of answers and trees in French; :mod:`reasoner.wording.phrases` says what
each is.

A value that is put into a sentence takes the word before it along: "de Ana" becomes "d'Ana", "de le
Manitoba" becomes "du Manitoba", "le un permis quelconque" loses its article. Names with h are left
alone, since only a dictionary knows which of them are aspirated; before y a consonant decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from datetime import date

ANSWERS: Mapping[str, str] = {"yes": "Oui", "no": "Non", "undetermined": "Indéterminé"}
SHOWN_ABOVE = "voir plus haut"
CIRCULAR = "appui seulement circulaire"
CIRCLE = "voici le cercle\N{NO-BREAK SPACE}: la conclusion s'appuierait sur elle-même"
OTHER_WAY = "c'est aussi le cas d'une autre façon"
NOT_STATED = "fait non énoncé"
ASSUMED = "supposé"
NO_END = "une date indéterminée"
CONTRADICTION = "la loi ne peut être interrogée sur de tels faits"
GUIDANCE = "Directives, qui ne sont pas du droit :"
AS_STATED, AS_CHANGED = "Tel quel", "Modifié"
CHANGES_NOTHING = "ne change rien"
DAY_ASKED, DATE_OF_LAW = "le jour visé", "la date du droit"
REPLIES: Mapping[str, str] = {
    **dict.fromkeys(("oui", "o", "yes", "y"), "stated"),
    **dict.fromkeys(("non", "n", "aucun", "aucune", "no"), "denied"),
    **dict.fromkeys(("inconnu", "?", "unknown"), "unknown"),
}
ORDERS: Mapping[str, str] = {
    **dict.fromkeys(("pourquoi", "why"), "why"),
    **dict.fromkeys(("retour", "back"), "back"),
    **dict.fromkeys(("jusqu'ici", "so far"), "so far"),
    **dict.fromkeys(("aide", "help"), "help"),
    **dict.fromkeys(("fin", "stop"), "stop"),
}

_SPACE = "\N{NO-BREAK SPACE}"
_MOST_LINES = 4
_PERIOD = re.compile(r"\s+du \{(\w+)\} (?:jusqu')?au \{(\w+)\}")
_SINCE = re.compile(r"\s+(?:depuis le|à compter du|à partir du|jusqu'au|au|le|du) \{(\w+)\}")
_PLACE = re.compile(
    r"(?:\b(?P<word>(?:à|de) la|à|au|aux|de|des|du|en|la|le|les|lorsque|puisque|que|quoique) )?"
    r"\{(?P<name>\w+)\}"
)
_ELIDED = ("de", "que", "lorsque", "puisque", "quoique")
_CONTRACTED = (
    ("de", r"le (?=\S)", "du "),
    ("de", r"les (?=\S)", "des "),
    ("à", r"le (?=\S)", "au "),
    ("à", r"les (?=\S)", "aux "),
    ("en", r"le (?=\S)", "au "),
    ("en", r"les (?=\S)", "aux "),
    ("en", r"la (?=\S)|l'(?!Î)|(?=une? )", "en "),
    ("en", r"", "à "),
    ("du|de la|des", r"(?=une? )", "d'"),
    ("au|à la|aux", r"(?=une? )", "à "),
    ("le|la|les", r"(?=une? )", ""),
)
_BEFORE_SIGNS = re.compile(r" (?=[:;?!»])|(?<=«) ")
_SINGULAR = re.compile(r"\b([01]) (an|jour)s(?: (complet|entier)s)?\b")
_COMPARED = {
    "date": {
        "<": "{} est antérieur à {}",
        "<=": "{} n'est pas postérieur à {}",
        ">": "{} est postérieur à {}",
        ">=": "{} n'est pas antérieur à {}",
        "=": "{} et {} sont le même jour",
        "!=": "{} et {} ne sont pas le même jour",
    },
    "number": {
        "<": "{} est inférieur à {}",
        "<=": "{} ne dépasse pas {}",
        ">": "{} est supérieur à {}",
        ">=": "{} atteint {}",
        "=": "{} est égal à {}",
        "!=": "{} n'est pas égal à {}",
    },
    "thing": {"=": "{} est {}", "!=": "{} n'est pas {}"},
}
_TO_SETTLE = {
    "fact": "fait à énoncer",
    "finding": "constatation à faire",
    "opinion": "avis à donner",
    "decision": "décision à prendre",
}
_NAMED_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ORDINALS = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")


def fill(pattern: str, values: Mapping[str, str], implied: Set[str] = frozenset()) -> str:
    def period(match: re.Match[str]) -> str:
        """Both ends, or the one that is known."""
        first, last = (values.get(name, "") for name in match.groups())
        opens = bool(first) and match[1] not in implied
        ends = last not in ("", NO_END) and match[2] not in implied
        if opens and ends:
            return f" du {first} au {last}"
        return f" depuis le {first}" if opens else f" jusqu'au {last}" if ends else ""

    def since(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        return "" if match[1] in implied or value in ("", NO_END) else match[0]

    def place(match: re.Match[str]) -> str:
        value, word = values.get(match["name"], ""), match["word"]
        if not word:
            return value
        for before, article, both in _CONTRACTED:
            found = re.match(article, value) if word in before.split("|") else None
            if found:
                return f"{both}{value[found.end() :]}"
        if word in _ELIDED and _is_elided_before(value):
            return f"{word[:-1]}'{value}"
        return f"{word} {value}"

    text = _PLACE.sub(place, _SINCE.sub(since, _PERIOD.sub(period, pattern)))
    return _BEFORE_SIGNS.sub(_SPACE, _SINGULAR.sub(_singular, text))


def _singular(match: re.Match[str]) -> str:
    return " ".join(part for part in match.groups() if part)


def _is_elided_before(value: str) -> bool:
    """Whether "de" and "que" lose their e before a value."""
    plain = unicodedata.normalize("NFKD", value[:3]).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    if letters[1:2].isdigit():
        return False  # a pinpoint, A34
    if letters[:1] == "y":
        return letters[1:2] not in (*"aeiouy", "")
    return letters[:1] in (*"aeiouæœ",)


def anything(kind: str | None) -> str:
    return {"date": "un jour quelconque", "number": "un nombre quelconque"}.get(
        kind or "", "un élément quelconque"
    )


def predicate(name: str, arguments: Sequence[str], holds: bool | None) -> str:
    words = f"«{_SPACE}{name.replace('_', ' ')}{_SPACE}»"  # a name of the law files, in English
    return f"{'non ' if holds is False else ''}{words}{_SPACE}: {', '.join(arguments)}"


def reading(name: str, option: str, text: str, holds: bool | None) -> str:
    state = "" if holds else "autre que "
    words = f" ({text})" if text else ""
    return f"interprétation {state}{name}{_SPACE}: {option}{words}"


def option(name: str, option: str) -> str:
    return f"{name}{_SPACE}: {option}"


def otherwise(options: Sequence[str]) -> str:
    return f"conclusion contraire selon {' + '.join(options)}"


def compare(kind: str, operator: str, left: str, right: str) -> str:
    form = _COMPARED[kind].get(operator) or _COMPARED["number"][operator]
    if kind != "date":
        return form.format(left, right)
    days = [day if day == NO_END else f"le {day}" for day in (left, right)]
    return form.format(*days).replace("à le ", "au ")


def counted(number: str) -> str:
    return f"{number} en tout"


def late(days: int, reached: date) -> str:
    return f"il manque {length(days)}; condition remplie le {reached.isoformat()}"


def short(have: int, need: int) -> str:
    return f"{have} sur {need}, il en manque {need - have}"


def length(days: int) -> str:
    number = f"{days:,}".replace(",", _SPACE)
    return f"{number} jour" + ("" if days < 2 else "s")


def absent(facts: Sequence[str], more: int) -> str:
    other = [f"{more} autre" + ("" if more == 1 else "s")] if more else []
    return f"non énoncé{_SPACE}: {list_words([*facts, *other])}"


def between(first: str, last: str) -> str:
    return f"un jour entre le {first} et le {last}"


def on_some_day(first: str, last: str, line: int) -> str:
    return f"{between(first, last)}, {f'ligne {line}' if line else ASSUMED}"


def from_lines(lines: Sequence[int]) -> str:
    written = [n for n in lines if n]
    if not written:
        return ASSUMED
    shown = [str(n) for n in written[:_MOST_LINES]]
    if len(written) > _MOST_LINES:
        more = len(written) - _MOST_LINES + 1
        shown = [*shown[:-1], f"{more} autres"]
    words = f"ligne{'' if len(written) == 1 else 's'} {list_words(shown)}"
    return words if len(written) == len(lines) else f"{words}, en partie {ASSUMED}"


def stated(lines: Sequence[int]) -> str:
    written = [str(n) for n in lines if n]
    return f"fait énoncé, ligne {', '.join(written)}" if written else ASSUMED


def stated_otherwise(line: int) -> str:
    return f"énoncé autrement, ligne {line}" if line else "supposé autre"


def denied(line: int) -> str:
    return f"nié, ligne {line}" if line else "supposé inexistant"


def unknown(line: int) -> str:
    return f"inconnu, ligne {line}" if line else "supposé inconnu"


def settled_by(what: str, who: str) -> str:
    return _TO_SETTLE.get(what, "à énoncer") + (f" par {who}" if who else "")


def way(place: int, ways: int, holds: bool | None) -> str:
    name = _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}e"
    state = "reste ouverte" if holds is None else "est réalisée" if holds else "n'est pas réalisée"
    return f"la {name} des {ways} possibilités {state}"


def more_like_these(number: int) -> str:
    return "et un autre cas semblable" if number == 1 else f"et {number} autres cas semblables"


def list_words(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def verdict(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"{ANSWERS[answer]}. Des faits inconnus déterminent {_whether(words)}."
    if day in words:
        return f"{ANSWERS[answer]}. {words[:1].upper()}{words[1:]}."
    return f"{ANSWERS[answer]}. Le {day}, {words}."


def law_agrees(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"La loi ({pinpoint}) concorde{_SPACE}: {_on_day(answer, words, day)}."


def law_differs(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"La loi ({pinpoint}) diffère{_SPACE}: {_on_day(answer, words, day)}."


def _on_day(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"des faits inconnus déterminent {_whether(words)}"
    return words if day in words else f"le {day}, {words}"


def differ_on(remarks: Sequence[str]) -> str:
    return f"Ce qui les sépare{_SPACE}: {'; '.join(remarks)}."


def decided_by(pinpoints: Sequence[str]) -> str:
    return f"Décidé par {list_words(pinpoints)}."


def turns_on(pinpoints: Sequence[str]) -> str:
    return f"Tout dépend de {list_words(pinpoints)}."


def settles(answer: str, facts: Sequence[str]) -> str:
    return f"{ANSWERS[answer]}, {list_words([_whether(fact) for fact in facts])}."


def _whether(words: str) -> str:
    return f"s'{words}" if re.match(r"ils? ", words) else f"si {words}"


def under(options: Sequence[str], law_date: str, language: str | None = None) -> str:
    parts = [*options, *([f"loi en vigueur le {law_date}"] if law_date else [])]
    if language:
        return f"Selon {text_of(language)}{_SPACE}: {', '.join(parts)}."
    return f"Selon {', '.join(parts)}."


def text_of(language: str) -> str:
    return {"en": "le texte anglais", "fr": "le texte français"}[language]


def law_of(day: str) -> str:
    return f"la loi en vigueur le {day}"


def compared(title: str, day: str, worlds: Sequence[str]) -> str:
    return f"{title}, le {day}{_SPACE}: {list_words(worlds)}."


def amended(provisions: Sequence[str], matters: bool) -> str:
    lead = "Modifié entre-temps" if matters else "Modifié entre-temps sans effet ici"
    return f"{lead}{_SPACE}: {list_words(provisions)}."


def amendment(provision: str, day: str, note: str) -> str:
    return f"{provision} ({day}{f', {note}' if note else ''})"


def other_reasons(answer: str) -> str:
    return f"{answer}, en partie pour d'autres motifs"


def stayed(conditions: Sequence[str]) -> str:
    return f"Inchangé{_SPACE}: {list_words(conditions)}."


def same(answers: Sequence[str]) -> str:
    return f"Mêmes réponses pour les mêmes motifs{_SPACE}: {list_words(answers)}."


def nothing_differs() -> str:
    return "Rien ne diffère, ni les réponses ni leurs motifs."


def in_force(day: str) -> str:
    return f"en vigueur depuis le {day}"


def then(first: str, second: str) -> str:
    return f"{first}, puis {second}"


def labelled(label: str, words: str) -> str:
    return f"{label}{_SPACE}: {words}"


def what_if(title: str, day: str) -> str:
    return f"{title}, le {day}. Et si{_SPACE}:"


def instead_of(value: str) -> str:
    if value[:1].isdigit():
        return f"au lieu du {value}"
    return f"au lieu d'{value}" if _is_elided_before(value) else f"au lieu de {value}"


def change(number: int) -> str:
    return f"changement{_SPACE}{number}"


def made_alone(number: int, alone: str, without: str) -> str:
    first = f"Changement {number} seul{_SPACE}: {alone}"
    if not alone:
        first = f"Le changement {number} ne peut se faire seul"
    rest = f"sans lui{_SPACE}: {without}" if without else "les autres en dépendent"
    return f"{first}; {rest}."


def enough(sets: Sequence[Sequence[int]], changes: int) -> str:
    if not sets:
        return "Aucun des changements ne suffit seul."
    if [len(made) for made in sets] == [changes]:
        both = "Aucun des deux changements ne suffit seul; il faut les deux."
        return both if changes == 2 else "Il faut tous les changements."
    return f"Il suffit{_SPACE}: {_or([_together(made) for made in sets])}."


def otherwise_with(sets: Sequence[Sequence[int]]) -> str:
    return f"La réponse serait autre avec {_or([_together(made) for made in sets])}."


def _together(made: Sequence[int]) -> str:
    words = list_words([str(number) for number in made])
    return f"les changements {words} ensemble" if len(made) > 1 else f"le changement {words} seul"


def _or(words: Sequence[str]) -> str:
    return " ou ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def idle(changes: Sequence[int]) -> str:
    words = list_words([str(number) for number in changes])
    if len(changes) > 1:
        return f"Les changements {words} n'ont aucun effet."
    return f"Le changement {words} n'a aucun effet."


def common(conditions: Sequence[str]) -> str:
    return f"Semblable{_SPACE}: {list_words(conditions)}."


def carried(subject: str, answer: str, several: bool) -> str:
    what = "Chacun de ces points" if several else "Ce point"
    pattern = f"{what}, reporté dans le cas de {{subject}}, donne la réponse {answer}{_SPACE}:"
    return fill(pattern, {"subject": subject})


def nothing_carried(subject: str, answer: str) -> str:
    pattern = f"Aucun point, reporté dans le cas de {{subject}}, ne donne la réponse {answer}."
    return fill(pattern, {"subject": subject})


def together() -> str:
    return "ensemble"


def without(words: str) -> str:
    return f"sans ceci{_SPACE}: {words}"


def aside() -> str:
    return "diffère aussi, sans que la réponse en dépende"


def more(number: int) -> str:
    return f"et {number} autre{'' if number == 1 else 's'}"


def survey(title: str, questions: int, day: str) -> str:
    return f"{title}{_SPACE}: {questions} question{'' if questions < 2 else 's'} au {day}."


_TEXTS = {"en": "anglais", "fr": "français"}


def official_words(texts: Mapping[str, str]) -> str:
    said = ", ".join(f"texte {_TEXTS[t]} au {day}" for t, day in texts.items())
    return f"termes officiels, {said}"


def other_words(language: str) -> str:
    return f"Les règles ont été écrites d'après d'autres termes du texte {_TEXTS[language]}."


def not_imported(title: str, languages: Sequence[str], page: str) -> str:
    names = " et ".join(_TEXTS[language] for language in languages)
    many = len(languages) > 1
    texts = f"Les textes {names}" if many else f"Le texte {names}"
    done = "ne sont pas importés" if many else "n'est pas importé"
    where = f", avec le XML de {page}" if page else ""
    return f"{texts} ({title}) {done}{_SPACE}: `reasoner law import FICHIER`{where}"


def no_question(day: str) -> str:
    return f"Les faits ne soulèvent aucune question au {day}."


def which_provision() -> str:
    return f"Sur quelle disposition porte la question{_SPACE}?"


def which_day() -> str:
    return f"Sur quel jour porte-t-elle{_SPACE}?"


def about_whom(type: str) -> str:
    return f"Quel est le nom de ce sur quoi elle porte ({type}){_SPACE}?"


def is_it_so(sentence: str) -> str:
    return f"Est-ce exact{_SPACE}: {sentence}{_SPACE}?"


def besides(stated: Sequence[str], question: str) -> str:
    return f"Outre {list_words(stated)}{_SPACE}: {question[:1].lower()}{question[1:]}"


def what_is_missing(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}{_SPACE}?"


def expected(kind: str, values: Sequence[str], usual: str) -> str:
    words = {
        "provision": "une disposition, ou le nom d'un prédicat"
        + (f"{_SPACE}: {list_words(values)}, par exemple" if values else ""),
        "status": "oui, non ou inconnu",
        "date": "un jour, par exemple 2024-06-01",
        "number": "un nombre",
        "values": f"l'un de ceux-ci{_SPACE}: " + "; ".join(values),
        "some": "une valeur, par exemple " + "; ".join(values),
        "name": "un nom" + (f", par exemple {list_words(values)}" if values else ""),
    }[kind]
    return f"{words}; si rien n'est dit{_SPACE}: {usual}" if usual else words


def replies() -> str:
    return (
        f"Répondez oui, non, inconnu, ou par un jour, un nom ou une valeur. Et encore{_SPACE}: "
        "pourquoi (ce qui tient à la réponse), retour (la question précédente), jusqu'ici (la "
        "réponse en l'état, et ce qui est établi), fin (garder ce qu'il y a)."
    )


def why_asked_first() -> str:
    return "La loi répond à des questions sur quelqu'un ou quelque chose, un jour donné."


def so_far(verdict: str) -> str:
    return f"Jusqu'ici{_SPACE}: {verdict}"


def ended(questions: int) -> str:
    return f"{_questions(questions)}. Rien d'autre ne peut changer la réponse."


def ended_early(questions: int) -> str:
    return f"{_questions(questions)}. Ce qui n'a pas été demandé est tenu pour non établi."


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def ended_in_doubt(questions: int, open_questions: Sequence[str]) -> str:
    asked, unknown = _questions(questions), " ".join(open_questions)
    return f"{asked}. Ce que personne ne savait pourrait changer la réponse{_SPACE}: {unknown}"


def found_out(question: str, day: str) -> str:
    return f"Entretien sur {question}, le {day}"


def may_be_more(why: str) -> str:
    reasons = {
        "limit": "la recherche s'est arrêtée à sa limite (--limit)",
        "time": "le temps imparti est écoulé (--time)",
        "interrupted": "la recherche a été interrompue",
    }
    return f"Il peut y en avoir d'autres{_SPACE}: {reasons[why]}."


def robust(looked_at: int) -> str:
    if not looked_at:
        return f"La réponse ne dépend d'aucune lecture{_SPACE}: la question n'en consulte aucune."
    plural = "" if looked_at == 1 else "s"
    return (
        "Aucun choix de lectures ne donne une autre réponse. La question consulte "
        f"{looked_at} lecture{plural}, dont aucune n'importe, seule ou avec d'autres."
    )


def none_found() -> str:
    return "Aucun choix de lectures donnant une autre réponse n'a été trouvé."


def swayed(answer: str) -> str:
    if answer == "undetermined":
        return (
            f"Certains choix de lectures la tranchent, quels que soient les faits inconnus{_SPACE}:"
        )
    return f"Certains choix de lectures donnent une autre réponse{_SPACE}:"


def under_together(answer: str, options: Sequence[str]) -> str:
    return f"{ANSWERS[answer]} selon {list_words(options)}."


def each_alone() -> str:
    return f"La réponse selon chaque option seule, les autres lectures restant inchangées{_SPACE}:"


def taken(option: str) -> str:
    return f"{option} (retenue)"


def without_effect(readings: Sequence[str], certain: bool) -> str:
    lead = "Consultées, sans effet sur la réponse" if certain else "Consultées, sans effet trouvé"
    return f"{lead}{_SPACE}: {list_words(readings)}."


def not_looked_at(number: int) -> str:
    if number == 1:
        return "1 autre lecture n'intervient pas dans cette question."
    return f"{number} autres lectures n'interviennent pas dans cette question."


def numbers_tried(option: str, tried: Sequence[str]) -> str:
    return f"Pour {option}, ont été essayés{_SPACE}: {list_words(tried)}."


def days_within(first: str | None, last: str | None) -> str:
    if first == last:
        return str(first)
    if first is None:
        return f"{last} ou plus tôt"
    return f"{first} ou plus tard" + (f", jusqu'au {last}" if last else "")


def left_open(number: int) -> str:
    if number == 1:
        return "1 fait que personne n'a énoncé est laissé ouvert."
    return f"{number} faits que personne n'a énoncés sont laissés ouverts."


def beside_stated(words: str) -> str:
    return f"hormis ce qui est énoncé, {words}"


def settles_more() -> str:
    return "D'autres ensembles de faits peuvent la trancher aussi."


def asked_when(title: str, question: str, first: str, last: str, given: bool) -> str:
    reach = "" if given else ", aussi loin que vont les dates"
    return f"{title}{_SPACE}: {question}, chaque jour du {first} au {last}{reach}."


def interval(answer: str, first: str, last: str, days: int) -> str:
    if days == 1:
        return f"{ANSWERS[answer]} le {first}, un seul jour."
    return f"{ANSWERS[answer]} du {first} au {last}, {length(days)}."


def whole_time(answer: str) -> str:
    return f"{ANSWERS[answer]} chacun de ces jours."


def never_certain() -> str:
    return "Aucun de ces jours la réponse n'est certainement oui."


def first_day(day: str) -> str:
    return f"Premier jour{_SPACE}: {day}."


def last_day(day: str) -> str:
    return f"Dernier jour{_SPACE}: {day}."


def open_edge(start: bool) -> str:
    return "Le début peut être antérieur." if start else "La suite reste ouverte."


def not_explained(number: int) -> str:
    plural = "" if number == 1 else "s"
    return f"{number} autre{plural} changement{plural} sans explication."


def counted_periods() -> str:
    return "Périodes qui comptent"


def put_off(planned: str) -> str:
    return f"reportée du {planned}"


def clock_stopped(day: str) -> str:
    return f"interrompue le {day}"


def clock_again(day: str) -> str:
    return f"recommencée le {day}"


def day_asked(day: str) -> str:
    return f"{day}{_SPACE}: jour demandé"


def lane_answer() -> str:
    return "réponse"


def lane_counted() -> str:
    return "compté"


NEW = "nouveau"


def would_make(answer: str, whatever: bool) -> str:
    what = "le passé compris" if whatever else "parmi ce qui peut encore advenir"
    wanted = f"«{_SPACE}{ANSWERS[answer].lower()}{_SPACE}»"
    return f"Ce qui rendrait la réponse {wanted}, {what}{_SPACE}; chacun suffit{_SPACE}:"


def somebody_acts(how: str, who: str) -> str:
    who = who[:1].upper() + who[1:]
    return {
        "decision": f"{who} peut décider ceci{_SPACE}:",
        "opinion": f"{who} peut donner cet avis{_SPACE}:",
        "finding": f"{who} peut constater ceci{_SPACE}:",
        "may": f"{who} peut faire ceci{_SPACE}:",
        "act": f"{who} devrait faire ceci{_SPACE}:",
        "past": f"Il aurait fallu ceci ({who[:1].lower()}{who[1:]}){_SPACE}:" if who else "",
        "settle": f"Il faudrait apprendre ceci{_SPACE}:",
    }.get(how) or (
        f"Il aurait fallu ceci{_SPACE}:" if how == "past" else f"Il faudrait ceci{_SPACE}:"
    )


def nobody_acts(day: str, alone: bool) -> str:
    if alone:
        return f"Personne n'a à agir{_SPACE}: le {day}, la réponse est autre."
    return f"Et il faudrait que du temps passe, jusqu'au {day}."


def also_with(values: Sequence[str], more: int) -> str:
    rest = f" et {more} autres" if more else ""
    return f"ou {', '.join(values)}{rest}"


def no_change_found(answer: str) -> str:
    return (
        "Aucun ensemble des changements examinés ne rendrait la réponse "
        f"« {ANSWERS[answer].lower()} »."
    )


def changes_looked_at(number: int, facts: int, last: str, whole: bool) -> str:
    text = f"Examinés{_SPACE}: {number} changements de {facts} sortes de faits, jusqu'au {last}."
    return text if whole else f"{text} Il y en a d'autres, qui n'ont pas été examinés."


def varied(alone: bool) -> str:
    condition = "À elle seule, cette condition" if alone else "Cette condition"
    return f"{condition} basculerait avec{_SPACE}:"


def answer_varied(answer: str, same: bool) -> str:
    if same:
        return f"La réponse reste «{_SPACE}{answer}{_SPACE}»."
    return f"La réponse bascule{_SPACE}: {answer}."


def turns_too(pinpoints: Sequence[str]) -> str:
    return f"Bascule en même temps une condition de {list_words(pinpoints)}."


def no_variation(most: int) -> str:
    changes = "d'un changement" if most == 1 else f"de {most} changements au plus"
    return f"Aucune variante {changes} n'a été trouvée qui fasse basculer{_SPACE}:"


def not_varied() -> str:
    return f"La recherche n'est pas arrivée à{_SPACE}:"


def generated(title: str, number: int) -> str:
    return f"{title} (variante {number}, produite par le programme)"


def turned(pinpoint: str, condition: str, changes: str) -> str:
    return (
        f"Produit pour montrer à quoi tient {pinpoint}, sans dire le droit attendu. Ce qui est "
        f"autrement ici{_SPACE}: {changes}. Dans le cas d'origine{_SPACE}: {condition}."
    )


def search_stopped(ended: str) -> str:
    why = {
        "limit": "sa limite (--limit)",
        "time": "son temps (--time)",
        "interrupted": "une touche",
    }
    return f"Il peut y en avoir d'autres{_SPACE}: la recherche a été arrêtée par {why[ended]}."


_UNNOTICED = {
    "survived": "inaperçus",
    "unreached": "qu'aucun cas n'atteint",
    "known": "déjà répertoriés",
    "equivalent": "sans effet possible",
    "inexpressible": "impossibles à exprimer",
}


def mutation_columns() -> Sequence[str]:
    return (
        "disposition",
        "changements",
        "remarqués",
        "connus",
        "inaperçus",
        "non atteints",
        "sans effet",
        "non exprimés",
    )


def mutation_sum(tried: int, noticed: int, rest: Mapping[str, int]) -> str:
    others = [f"{number} {_UNNOTICED[outcome]}" for outcome, number in rest.items() if number]
    parts = ", ".join([f"{noticed} remarqué{'s' if noticed > 1 else ''}", *others])
    return f"{tried} changement{'s' if tried > 1 else ''}{_SPACE}: {parts}."


def unnoticed_heading(provision: str) -> str:
    return f"{provision}{_SPACE}: personne ne remarque que"


def dropped(what: str) -> str:
    return f"ceci n'est plus exigé{_SPACE}: {what}"


def negated(what: str) -> str:
    return f"le contraire est exigé de ceci{_SPACE}: {what}"


def shifted(what: str, before: str, after: str) -> str:
    return f"{before} devient {after} dans{_SPACE}: {what}"


def limit_shifted(what: str, included: bool) -> str:
    state = "suffit aussi" if included else "ne suffit plus"
    return f"la limite elle-même {state} dans{_SPACE}: {what}"


def conclusion_shifted(what: str, before: str, after: str) -> str:
    return f"{after} s'ensuit au lieu de {before}{_SPACE}: {what}"


def rule_dropped(what: str) -> str:
    return f"cette voie vers une conclusion est omise{_SPACE}: {what}"


def part_dropped(what: str) -> str:
    return f"un des éléments comptés est omis{_SPACE}: {what}"


def line_of(line: int) -> str:
    return f"ce qui se trouve à la ligne {line}"


def not_reached() -> str:
    return "aucun cas n'y mène"


def listed_in_vain(ids: Sequence[str]) -> str:
    return f"Répertoriés, mais remarqués ou inexistants{_SPACE}: {', '.join(ids)}."


_CLAIM_VERDICTS = {
    "holds": "tient dans les limites de la recherche",
    "refuted": "réfutée",
    "open": "non tranchée",
}


def claim_verdict(verdict: str) -> str:
    return _CLAIM_VERDICTS[verdict]


def verdict_expected(verdict: str) -> str:
    return f"Attendu{_SPACE}: {_CLAIM_VERDICTS[verdict]}."


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
    text += f"{verdicts} {'verdict' if verdicts == 1 else 'verdicts'}{_SPACE}: "
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
    ordinal = "premier" if not place and not feminine else _ORDINALS[place]
    return re.sub(rf"\b{noun} {name}\b", f"{ordinal} {noun}", text)


def story_ends(day: str, met: Sequence[str], unmet: Sequence[str]) -> str:
    parts = [*([_in_a_row(met)] if met else []), *([_in_a_row(unmet)] if unmet else [])]
    words = ", mais ".join(parts)
    lead = "Alors" if day in words else f"Le {day},"
    return f"{lead} {words}."


def _in_a_row(words: Sequence[str]) -> str:
    if any("," in part or " et " in part for part in words):
        return f"{_SPACE}; ".join(words)
    return list_words(words)


def broken(claim: str) -> str:
    return f"Réfuté{_SPACE}: {claim or 'tout cela peut arriver à la fois.'}"


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
        return f"Réfuté, quelles que soient les interprétations{_SPACE}:"
    return f"Réfuté selon {list_words(options)}{_SPACE}:"


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
    return f"Les interprétations qui décident{_SPACE}: {list_words(names)}."


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
    return f"Cadre{_SPACE}: {part}."


def searched_part(part: str, whole: bool) -> str:
    lead = "Cadre, entièrement exploré" if whole else "Exploré jusqu'au bout"
    return f"{lead}{_SPACE}: {part}."


def part_left(part: str) -> str:
    return f"Non exploré jusqu'au bout{_SPACE}: {part}."


def part_too_large(part: str, statements: int, most: int, smaller: str) -> str:
    size = f"{statements} énoncés possibles, {most} au plus"
    hint = f" Plus petit{_SPACE}: --scope {smaller}." if smaller else ""
    return f"Non exploré, trop grand{_SPACE}: {part} ({size}).{hint}"


def axioms_used(names: Sequence[str]) -> str:
    told = ", ".join(names) or "aucun"
    return f"Axiomes, ce qui est tenu pour impossible{_SPACE}: {told}."


def usual_readings() -> str:
    return f"Interprétations{_SPACE}: celles retenues d'ordinaire."


def took(seconds: float) -> str:
    told = f"{seconds:.1f}".replace(".", ",")
    return f"Temps{_SPACE}: {told} s."


def axiom_added(name: str, path: str) -> str:
    return f"Désormais impossible{_SPACE}: {name}, dans {path}."


def own_axiom(path: str) -> str:
    return f"le vôtre, dans {path}"


_SHOWN_BY = {
    "cases": "établies par des cas",
    "near_misses": "établies par des cas voisins",
    "found": "établies par des paires trouvées à l'instant",
    "impossible": "entraînées par d'autres",
    "open": "ouvertes",
}


def coverage_columns() -> Sequence[str]:
    return (
        "disposition",
        "conditions",
        "cas",
        "cas voisins",
        "trouvées",
        "ouvertes",
        "deux côtés",
        "jamais seules",
    )


def coverage_sum(conditions: int, told: Mapping[str, int]) -> str:
    parts = [f"{number} {_SHOWN_BY[outcome]}" for outcome, number in told.items() if number]
    return f"{conditions} condition{'s' if conditions > 1 else ''}{_SPACE}: {', '.join(parts)}."


def open_heading(provision: str) -> str:
    return f"{provision}{_SPACE}: aucune paire d'histoires n'établit encore que ceci décide"


def both_sides_seen() -> str:
    return "les deux côtés existent, dans des histoires qui diffèrent davantage"


def pair_found(case: str, changes: Sequence[str]) -> str:
    *given, last = changes
    before = f" (où {list_words(given)})" if given else ""
    return f"{case}{before}, modifié{_SPACE}: {last}"


_AUDITED = {
    "dead": "Rempli par personne",
    "always": "Rempli par tout le monde",
    "apart": "Les directives et la loi répondent autrement",
    "clause": "Voies vers une conclusion qui ne sont jamais ouvertes",
    "nowhere": "Voies qui ne mènent à rien",
    "loop": "Conclusions qui pourraient se soutenir l'une l'autre, ce qui n'est pas admis",
    "texts": "Le texte anglais et le texte français répondent autrement",
    "condition": "Conditions qui ne décident jamais là où elles se trouvent",
    "idle": "Options d'interprétation qui ne changent aucune réponse",
    "turning": "Options d'interprétation dont dépendent des cas",
    "unreached": "Rien de ce que l'on demande n'en dépend",
    "definition": "Conclu et jamais consulté",
    "fact": "Faits que rien ne consulte",
    "option": "Options qu'aucune règle ne demande",
    "same_texts": "Les deux textes diffèrent par les mots, non par les réponses",
    "round": "Conclusions qui dépendent l'une de l'autre sans jamais se soutenir l'une l'autre",
    "repeated": "Conditions que les autres de leur règle entraînent",
    "open": "Non tranché dans le temps accordé à chacun",
}


def audit_heading(kind: str) -> str:
    return _AUDITED[kind]


def audit_finding(kind: str, what: str, guidance_yes: bool, resting: int, turning: int) -> str:
    if kind == "dead":
        return f"dans aucune histoire ceci n'est vrai{_SPACE}: {what}"
    if kind == "always":
        return f"dans toute histoire, et de chacun{_SPACE}: {what}"
    if kind == "nowhere":
        return f"dans aucune histoire cette voie, pourtant ouverte, ne mène au but{_SPACE}: {what}"
    if kind == "apart":
        said = "oui" if guidance_yes else "non"
        return f"les directives disent {said}, la loi répond autrement{_SPACE}: {what}"
    if kind == "loop":
        return f"ceci ne reposerait que sur soi-même, ce qui n'est pas admis{_SPACE}: {what}"
    if kind == "turning":
        return f"réponse autre dans {turning} des {resting} cas qui en dépendent, selon {what}"
    return what


def audit_case(name: str) -> str:
    return f"Cas{_SPACE}: {name}"


def audit_nothing() -> str:
    return "Rien n'a été trouvé."


def audit_unasked(unasked: Mapping[str, int], repeated: int, unsettled: int) -> Sequence[str]:
    lines = []
    if number := unasked.get("readings"):
        lines.append(f"Règles propres à d'autres interprétations, non examinées{_SPACE}: {number}.")
    if number := unasked.get("values"):
        lines.append(
            "Conditions non examinées, qui ne font que donner des valeurs à d'autres ou sont "
            f"comptées{_SPACE}: {number}."
        )
    if repeated:
        lines.append(
            f"Conditions que d'autres entraînent, énumérées par --full{_SPACE}: {repeated}."
        )
    if unsettled:
        lines.append(f"Ce qui n'a pas été tranché, énuméré par --full{_SPACE}: {unsettled}.")
    return lines


def audit_given(conditions: str) -> str:
    return f"Seulement de ceux dont ceci est vrai (--given){_SPACE}: {conditions}"


def audit_axioms(number: int) -> str:
    return f"Axiomes sur ce qui est impossible, énumérés par --full{_SPACE}: {number}."
