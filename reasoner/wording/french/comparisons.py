"""Two answers and their reasons side by side, in French."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.wording.french.grammar import SPACE, is_elided_before
from reasoner.wording.french.terms import fill, list_words

AS_STATED, AS_CHANGED = "Tel quel", "Modifié"
CHANGES_NOTHING = "ne change rien"


def compared(title: str, day: str, worlds: Sequence[str]) -> str:
    return f"{title}, le {day}{SPACE}: {list_words(worlds)}."


def amended(provisions: Sequence[str], matters: bool) -> str:
    lead = "Modifié entre-temps" if matters else "Modifié entre-temps sans effet ici"
    return f"{lead}{SPACE}: {list_words(provisions)}."


def amendment(provision: str, day: str, note: str) -> str:
    return f"{provision} ({day}{f', {note}' if note else ''})"


def other_reasons(answer: str) -> str:
    return f"{answer}, en partie pour d'autres motifs"


def stayed(conditions: Sequence[str]) -> str:
    return f"Inchangé{SPACE}: {list_words(conditions)}."


def same(answers: Sequence[str]) -> str:
    return f"Mêmes réponses pour les mêmes motifs{SPACE}: {list_words(answers)}."


def nothing_differs() -> str:
    return "Rien ne diffère, ni les réponses ni leurs motifs."


def then(first: str, second: str) -> str:
    return f"{first}, puis {second}"


def what_if(title: str, day: str) -> str:
    return f"{title}, le {day}. Et si{SPACE}:"


def instead_of(value: str) -> str:
    if value[:1].isdigit():
        return f"au lieu du {value}"
    return f"au lieu d'{value}" if is_elided_before(value) else f"au lieu de {value}"


def change(number: int) -> str:
    return f"changement{SPACE}{number}"


def made_alone(number: int, alone: str, without: str) -> str:
    first = f"Changement {number} seul{SPACE}: {alone}"
    if not alone:
        first = f"Le changement {number} ne peut se faire seul"
    rest = f"sans lui{SPACE}: {without}" if without else "les autres en dépendent"
    return f"{first}; {rest}."


def enough(sets: Sequence[Sequence[int]], changes: int) -> str:
    if not sets:
        return "Aucun des changements ne suffit seul."
    if [len(made) for made in sets] == [changes]:
        both = "Aucun des deux changements ne suffit seul; il faut les deux."
        return both if changes == 2 else "Il faut tous les changements."
    return f"Il suffit{SPACE}: {_or([_together(made) for made in sets])}."


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
    return f"Semblable{SPACE}: {list_words(conditions)}."


def carried(subject: str, answer: str, several: bool) -> str:
    what = "Chacun de ces points" if several else "Ce point"
    pattern = f"{what}, reporté dans le cas de {{subject}}, donne la réponse {answer}{SPACE}:"
    return fill(pattern, {"subject": subject})


def nothing_carried(subject: str, answer: str) -> str:
    pattern = f"Aucun point, reporté dans le cas de {{subject}}, ne donne la réponse {answer}."
    return fill(pattern, {"subject": subject})


def together() -> str:
    return "ensemble"


def without(words: str) -> str:
    return f"sans ceci{SPACE}: {words}"


def aside() -> str:
    return "diffère aussi, sans que la réponse en dépende"
