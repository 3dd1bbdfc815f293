"""French beside English: the phrases, the sentences of a law, and what is found missing."""

import ast
import inspect
import json
import re
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from paths import GARDEN, TESTS

from reasoner.cli import main
from reasoner.errors import InputError
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.translation import in_language, translation_of
from reasoner.printing.linter import lint
from reasoner.wording import english, french
from reasoner.wording.interface import Phrases
from reasoner.wording.parts import PARTS
from reasoner.wording.phrases import LANGUAGES, phrases

ASKED = [part for part in Phrases.__mro__ if part.__module__.startswith("reasoner.wording.")][1:]
IN_PART = {part.__module__.rpartition(".")[2]: part for part in ASKED}
CONSTANTS = [name for part in ASKED for name in part.__annotations__]
NAMES = [name for part in ASKED for name in vars(part) if not name.startswith("_")]
DAY = "2024-06-01"
SPACE = "\N{NO-BREAK SPACE}"

# what is called, how, and what it says in English and in French
SAID = [
    ("anything", ("thing",), "any thing", "un élément quelconque"),
    ("anything", ("date",), "any date", "un jour quelconque"),
    ("anything", (None,), "any", "un élément quelconque"),
    ("predicate", ("as_of", ["ana"], True), "as of: ana", "« as of » : ana"),
    ("predicate", ("as_of", ["ana"], False), "not as of: ana", "non « as of » : ana"),
    ("reading", ("gap", "strict", "any", True), "reading gap: strict (any)",
     "interprétation gap : strict (any)"),
    ("reading", ("gap", "strict", "", False), "not reading gap: strict",
     "interprétation autre que gap : strict"),
    ("option", ("gap", "strict"), "gap: strict", "gap : strict"),
    ("otherwise", (["gap: a", "due: b"],), "otherwise under gap: a + due: b",
     "conclusion contraire selon gap: a + due: b"),
    ("compare", ("date", "<=", DAY, "2024-07-01"), "2024-06-01 is not after 2024-07-01",
     "le 2024-06-01 n'est pas postérieur au 2024-07-01"),
    ("compare", ("date", "<", DAY, french.NO_END), f"2024-06-01 is before {french.NO_END}",
     "le 2024-06-01 est antérieur à une date indéterminée"),
    ("compare", ("number", ">=", "3", "4"), "3 is at least 4", "3 atteint 4"),
    ("compare", ("thing", "!=", "Ana", "Ben"), "Ana is not Ben", "Ana n'est pas Ben"),
    ("compare", ("thing", "<", "1", "2"), "1 is less than 2", "1 est inférieur à 2"),
    ("counted", ("12",), "12 in all", "12 en tout"),
    ("late", (1, date(2024, 6, 1)), "1 day short; reached on 2024-06-01",
     "il manque 1 jour; condition remplie le 2024-06-01"),
    ("late", (1095, date(2027, 1, 1)), "1,095 days short; reached on 2027-01-01",
     "il manque 1 095 jours; condition remplie le 2027-01-01"),
    ("short", (612, 730), "have 612, need 730, short by 118", "612 sur 730, il en manque 118"),
    ("length", (1,), "1 day", "1 jour"),
    ("length", (0,), "0 days", "0 jour"),
    ("length", (2000,), "2,000 days", "2 000 jours"),
    ("absent", (["a", "b"], 0), "not stated: a and b", "non énoncé : a et b"),
    ("absent", (["a", "b"], 1), "not stated: a, b and 1 more", "non énoncé : a, b et 1 autre"),
    ("from_lines", ([5],), "line 5", "ligne 5"),
    ("from_lines", ([5, 7],), "lines 5 and 7", "lignes 5 et 7"),
    ("from_lines", ([1, 2, 3, 4, 5, 6],), "lines 1, 2, 3 and 3 more",
     "lignes 1, 2, 3 et 3 autres"),
    ("stated", ([5],), "stated, line 5", "fait énoncé, ligne 5"),
    ("stated_otherwise", (5,), "stated otherwise, line 5", "énoncé autrement, ligne 5"),
    ("denied", (5,), "stated not to be so, line 5", "nié, ligne 5"),
    ("unknown", (5,), "unknown, line 5", "inconnu, ligne 5"),
    ("settled_by", ("decision", "X"), "a decision to be taken by X", "décision à prendre par X"),
    ("settled_by", ("fact", ""), "a fact to be stated", "fait à énoncer"),
    ("settled_by", ("question", ""), "to be stated", "à énoncer"),
    ("way", (0, 2, False), "the first of 2 ways is not met",
     "la première des 2 possibilités n'est pas réalisée"),
    ("way", (1, 2, True), "the second of 2 ways is met",
     "la deuxième des 2 possibilités est réalisée"),
    ("way", (6, 7, None), "the 7th of 7 ways is open", "la 7e des 7 possibilités reste ouverte"),
    ("more_like_these", (1,), "and 1 more like this", "et un autre cas semblable"),
    ("more_like_these", (2,), "and 2 more like these", "et 2 autres cas semblables"),
    ("list_words", (["a", "b", "c"],), "a, b and c", "a, b et c"),
    ("list_words", ([],), "", ""),
    ("verdict", ("yes", "Ana is here", DAY), "Yes. On 2024-06-01 Ana is here.",
     "Oui. Le 2024-06-01, Ana is here."),
    ("verdict", ("no", f"it ended on {DAY}", DAY), "No. It ended on 2024-06-01.",
     "Non. It ended on 2024-06-01."),
    ("verdict", ("undetermined", "il pleut", DAY),
     "Undetermined. It depends on unknown facts whether il pleut.",
     "Indéterminé. Des faits inconnus déterminent s'il pleut."),
    ("decided_by", (["R1", "R2"],), "Decided by R1 and R2.", "Décidé par R1 et R2."),
    ("turns_on", (["R1"],), "Turns on R1.", "Tout dépend de R1."),
    ("settles", ("yes", ["Ana rit", "il pleut"]), "Yes if Ana rit and il pleut.",
     "Oui, si Ana rit et s'il pleut."),
    ("under", (["gap: a"], DAY), "Under gap: a, law of 2024-06-01.",
     "Selon gap: a, loi en vigueur le 2024-06-01."),
    ("law_agrees", ("A24", "yes", "Ana rit", DAY), "The law (A24) agrees: on 2024-06-01 Ana rit.",
     "La loi (A24) concorde : le 2024-06-01, Ana rit."),
    ("law_differs", ("A24", "undetermined", "il pleut", DAY),
     "The law (A24) differs: it depends on unknown facts whether il pleut.",
     "La loi (A24) diffère : des faits inconnus déterminent s'il pleut."),
    ("differ_on", (["a", "b"],), "Where they differ: a; b.", "Ce qui les sépare : a; b."),
    ("text_of", ("fr",), "the French text", "le texte français"),
    ("law_of", (DAY,), "the law of 2024-06-01", "la loi en vigueur le 2024-06-01"),
    ("in_force", (DAY,), "in force since 2024-06-01", "en vigueur depuis le 2024-06-01"),
    ("more", (2,), "and 2 more", "et 2 autres"),
    ("survey", ("Ana", 1, DAY), "Ana: 1 question on 2024-06-01.",
     "Ana : 1 question au 2024-06-01."),
    ("no_question", (DAY,), "The facts raise no question on 2024-06-01.",
     "Les faits ne soulèvent aucune question au 2024-06-01."),
    ("under", (["gap: a"], "", "fr"), "Under the French text: gap: a.",
     "Selon le texte français : gap: a."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "in_english", "in_french"), SAID)
def test_a_phrase_in_both_languages(
    name: str, arguments: tuple[object, ...], in_english: str, in_french: str
) -> None:
    assert getattr(english, name)(*arguments) == in_english
    assert getattr(french, name)(*arguments).replace(SPACE, " ") == in_french


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", [english, french], ids=LANGUAGES)
def test_a_part_has_every_phrase_of_its_own_and_none_besides(
    language: ModuleType, part: str
) -> None:
    module = import_module(f"{language.__name__}.{part}")
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    own = {statement.name for statement in tree.body if isinstance(statement, ast.FunctionDef)}
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            own |= {
                name.id
                for name in ast.walk(statement)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            }
    asked = IN_PART[part]
    wanted = {*asked.__annotations__, *vars(asked)}
    assert {name for name in own if not name.startswith("_")} == {
        name for name in wanted if not name.startswith("_")
    }


def test_the_parts_are_the_same_and_no_phrase_is_in_two_of_them() -> None:
    assert sorted(PARTS) == sorted(IN_PART)
    for language in (english, french):
        modules = {path.stem for path in Path(str(language.__file__)).parent.glob("*.py")}
        assert modules == {*PARTS, "grammar", "__init__"}
    assert len({*NAMES, *CONSTANTS}) == len(NAMES) + len(CONSTANTS)


def test_a_part_is_read_only_when_something_of_it_is_asked_for() -> None:
    code = (
        "import sys; from reasoner.wording.phrases import phrases; phrases('fr').fill; "
        "print(*sorted(name for name in sys.modules if name.startswith('reasoner.wording.french')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        f"reasoner.wording.french{part}" for part in ("", ".grammar", ".terms")
    ]


def test_what_no_part_says_is_said_by_nobody() -> None:
    assert not hasattr(english, "nothing_of_the_sort")
    assert not hasattr(french, "_TEXTS")


@pytest.mark.parametrize("name", [n for n in NAMES if n not in CONSTANTS])
def test_a_phrase_is_asked_for_in_the_same_way_in_both_languages(name: str) -> None:
    def shape(module: object) -> list[tuple[str, object]]:
        found = inspect.signature(getattr(module, name)).parameters.values()
        return [(p.name, p.default) for p in found if p.name != "self"]

    assert shape(english) == shape(french) == shape(Phrases)


@pytest.mark.parametrize("name", CONSTANTS)
def test_a_fixed_phrase_differs_between_the_languages(name: str) -> None:
    assert getattr(english, name)
    assert getattr(french, name) != getattr(english, name)


def test_french_signs_are_not_parted_from_their_words() -> None:
    for part in PARTS:
        module = import_module(f"{french.__name__}.{part}")
        code = Path(str(module.__file__)).read_text(encoding="utf-8").split("_COMPARED = ")[-1]
        assert re.findall(r'"[^"\n]* [:;?!»][ "]', code) == []
    for name, arguments, _, _ in SAID:
        assert not re.search(r" [:;?!»]|« ", getattr(french, name)(*arguments))


def test_there_are_no_other_languages() -> None:
    assert [phrases(language) for language in LANGUAGES] == [english, french]
    with pytest.raises(ValueError, match="no language 'de'"):
        phrases("de")


# values put into sentences


@pytest.mark.parametrize(
    ("pattern", "value", "text"),
    [
        ("l'ami de {X}", "Ana", "l'ami d'Ana"),
        ("l'ami de {X}", "Élodie", "l'ami d'Élodie"),
        ("l'ami de {X}", "Œdipe", "l'ami d'Œdipe"),
        ("l'ami de {X}", "Ben", "l'ami de Ben"),
        ("l'ami de {X}", "Hugo", "l'ami de Hugo"),
        ("l'ami de {X}", "Yves", "l'ami d'Yves"),
        ("l'ami de {X}", "Yara", "l'ami de Yara"),
        ("que {X} parte", "Ana", "qu'Ana parte"),
        ("que {X} parte", "Dan", "que Dan parte"),
        ("lorsque {X} part", "Ana", "lorsqu'Ana part"),
        ("puisque {X} part", "Ida", "puisqu'Ida part"),
        ("au titre de {X}", "A34(1)", "au titre de A34(1)"),
        ("titulaire de {X}", "un permis", "titulaire d'un permis"),
        ("quand {X} rit", "Ana", "quand Ana rit"),
        ("{X} rit", "Ana", "Ana rit"),
        ("grande {X}", "Ana", "grande Ana"),
        ("de {X}", "le Québec", "du Québec"),
        ("de {X}", "les Territoires", "des Territoires"),
        ("de {X}", "l'Ontario", "de l'Ontario"),
        ("de {X}", "la Saskatchewan", "de la Saskatchewan"),
        ("à {X}", "le Yukon", "au Yukon"),
        ("à {X}", "Ana", "à Ana"),
        ("en {X}", "le Québec", "au Québec"),
        ("en {X}", "l'Ontario", "en Ontario"),
        ("en {X}", "la Saskatchewan", "en Saskatchewan"),
        ("en {X}", "l'Île-du-Prince-Édouard", "à l'Île-du-Prince-Édouard"),
        ("en {X}", "Terre-Neuve-et-Labrador", "à Terre-Neuve-et-Labrador"),
        ("en {X}", "les Territoires", "aux Territoires"),
        ("le permis {X}", "first", "le permis first"),
        ("le {X} même", "un jour quelconque", "un jour quelconque même"),
        ("membre de la {X}", "une catégorie", "membre d'une catégorie"),
        ("au {X}", "un jour quelconque", "à un jour quelconque"),
        ("de {X}", "le", "de le"),
        ("{X} jours entiers", "1", "1 jour entier"),
        ("{X} ans", "0", "0 an"),
        ("{X} ans", "21", "21 ans"),
        ("{X} : voici", "Ana", f"Ana{SPACE}: voici"),
    ],
)
def test_a_french_sentence_takes_a_value(pattern: str, value: str, text: str) -> None:
    assert french.fill(pattern, {"X": value}) == text


@pytest.mark.parametrize(
    ("values", "implied", "text"),
    [
        (("2020-01-01", "2021-01-01"), set(), "là du 2020-01-01 au 2021-01-01"),
        (("2020-01-01", french.NO_END), set(), "là depuis le 2020-01-01"),
        (("2020-01-01", "2021-01-01"), {"From"}, "là jusqu'au 2021-01-01"),
        (("2020-01-01", "2021-01-01"), {"Until"}, "là depuis le 2020-01-01"),
        (("1900-01-01", french.NO_END), {"From", "Until"}, "là"),
    ],
)
def test_a_french_period_says_the_ends_that_matter(
    values: tuple[str, str], implied: set[str], text: str
) -> None:
    given = dict(zip(("From", "Until"), values, strict=True))
    assert french.fill("là du {From} au {Until}", given, implied) == text


def test_an_implied_value_goes_with_its_preposition() -> None:
    assert english.fill("here from {D}", {"D": DAY}, {"D"}) == "here"
    assert french.fill("avis le {D} que", {"D": DAY}, {"D"}) == "avis que"
    assert french.fill("avis le {D} que", {"D": DAY}) == f"avis le {DAY} que"


# a law in French

FRENCH_LAW = """%# B regulation: By-law
%#fr Règlement du jardin

%*! type gardener
gardener

Any: any gardener
Section: gardeners
French: jardinier
French any: un jardinier quelconque
*%
#defined gardener/1.

%*! kind crop
What may grow in a bed.

Values:
    - beans: Beans -- climbing or not
    - gravel: Gravel
French any: une culture quelconque
French:
    - beans: haricots
*%
crop(beans; gravel).

%*! grows(G, Crop, Days)
{G} grows {Crop} for {Days} days

Not: {G} grows nothing
French: {G} cultive des {Crop} pendant {Days} jours
French not: {G} ne cultive rien
French key: culture
French by: le comité
French changed by: le jardinier
Args:
    - G: (gardener) the gardener
    - Crop: (crop) what
    - Days: (number) how long
Written: gardeners.grows [crop, days]
Settled by: finding (the committee)
Can change: by the tenant
Ask: What does {G} grow?
French ask: Que cultive {G} ?
*%
#defined grows/3.

%*! reading stay
May somebody stay who stops?

At: B1
French: Qui s'arrête peut-il rester ?
Options:
    - goes: no, nobody
      Why: The garden is small.
      From: By-law
      French: non, personne
      French why: Le jardin
        est petit.
      French from: Règlement
    - stays: yes
      Why: Nothing forbids it.
      French: oui
      French why: Rien ne l'interdit.
*%
default_reading(stay, goes).
reading(I, O) :-
    default_reading(I, O),
    not rechosen(I).
reading(I, O) :-
    chosen_reading(I, O).
rechosen(I) :-
    chosen_reading(I, _).

%## 1
%> Whoever grows beans for
%> twenty days may stay.
%>fr Peut rester quiconque cultive
%>fr des haricots pendant vingt jours.
%= since 2020-01-01: the whole section
%=fr depuis le 2020-01-01 : l'article entier
%
%+ {G} may stay
%+fr le jardin est ouvert à l'usage
%+fr de {G}
%- {G} may not stay
%-fr le jardin est fermé à l'usage de {G}
%+ `Days >= 20` twenty days are over
%+fr `Days >= 20` vingt jours sont passés
%- `Days >= 20` there were {Days} days
%- only
%-fr `Days >= 20` il n'y a eu que
%-fr {Days} jours
may_stay(G) :-
    grows(G, beans, Days),
    Days >= 20.

%+ {G} stays on
%+fr {G} reste
may_stay(G) :-
    reading(stay, stays),
    gardener(G).

%## 2
%> Tea is served.
%>fr On sert le thé.
% Not encoded: it is a custom.
% Non codé : c'est un usage.
"""
CASE = """case: A garden
question: 1
as_of: 2024-06-01
gardeners:
  ana: {grows: {crop: Beans, days: 1}}
"""


def write_law(folder: Path, text: str) -> Law:
    folder.mkdir(exist_ok=True)
    (folder / "main.lp").write_text(text, encoding="utf-8")
    return load_law(folder)


def ask_in_french(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    write_law(tmp_path / "law", text)
    (tmp_path / "ana.yaml").write_text(CASE, encoding="utf-8")
    arguments = ["why", str(tmp_path / "ana.yaml"), "--law", str(tmp_path / "law"), *more]
    assert main([*arguments, "--lang", "fr"]) == 0
    return capsys.readouterr().out.replace(SPACE, " ")


def test_a_case_is_answered_in_french(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ask_in_french(tmp_path, FRENCH_LAW, capsys)
    assert text.startswith("Non. Le 2024-06-01, le jardin est fermé à l'usage d'Ana.\nDécidé par")
    assert "il n'y a eu que 1 jour" in text
    assert "Ana cultive des haricots pendant 1 jour  (fait énoncé, ligne 5)" in text


def test_what_has_no_french_is_said_in_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ask_in_french(tmp_path, re.sub(r"%-fr [^`].*\n", "", FRENCH_LAW), capsys)
    assert "Non. Le 2024-06-01, Ana may not stay." in text


def test_a_sentence_of_a_comparison_goes_on_in_the_next_line(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law", FRENCH_LAW)
    rule = next(r for r in law.rules if r.comparisons)
    assert rule.sentences.fails == "{G} may not stay"
    assert rule.comparisons["Days>=20"].fails == "there were {Days} days only"
    spoken = next(r for r in in_language(law, "fr").rules if r.comparisons)
    assert spoken.sentences.holds == "le jardin est ouvert à l'usage de {G}"
    assert spoken.comparisons["Days>=20"].fails == "il n'y a eu que {Days} jours"


def test_json_says_its_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(ask_in_french(tmp_path, FRENCH_LAW, capsys, "--json"))
    assert data["language"] == "fr"
    assert data["verdict"].startswith("Non.")
    assert data["answer"] == "no"
    assert data["tree"][0]["sentence"] == "le jardin est fermé à l'usage d'Ana"


def test_a_law_without_french_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    beans = str(TESTS / "goldens" / "beans.yaml")
    assert main(["why", beans, "--law", str(GARDEN), "--lang", "fr"]) == 2
    assert "this law has no sentences in French" in capsys.readouterr().err


def test_the_language_of_the_terminal_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "fr_CA.UTF-8")
    assert main(["why", "one-day-gap", "--brief"]) == 0
    assert capsys.readouterr().out.startswith("No. ")


def test_contradictory_facts_are_told_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    case = str(TESTS / "bad_cases" / "contradicts_the_law.yaml")
    assert main(["why", case, "65", "--lang", "fr"]) == 2
    told = capsys.readouterr().err.replace(SPACE, " ")
    assert "Ana serait l'enfant de Ben, et Ben l'enfant d'Ana" in told
    assert "hint: la loi ne peut être interrogée sur de tels faits" in told


def test_in_language_is_the_same_law(law: Law) -> None:
    spoken = in_language(law, "fr")
    assert in_language(law, "en") is law
    assert in_language(spoken, "fr") is spoken
    assert [r.text for r in spoken.rules] == [r.text for r in law.rules]
    assert spoken.provisions.keys() == law.provisions.keys()
    assert all(spoken.provisions[p].summary != law.provisions[p].summary for p in ("R63", "A24(1)"))
    assert spoken.sentences.keys() == law.sentences.keys()
    assert spoken.vocabulary.label("class", "permit_holder") == (
        "catégorie des titulaires de permis"
    )


def test_an_unknown_language_of_a_law_is_refused(law: Law) -> None:
    with pytest.raises(InputError, match="no sentences in de"):
        in_language(law, "de")


def test_what_stands_under_a_heading_is_said_in_french(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law", FRENCH_LAW)
    spoken = in_language(law, "fr")
    first, second = spoken.provisions.values()
    assert law.provisions["B1"].summary == "Whoever grows beans for twenty days may stay."
    assert first.summary == "Peut rester quiconque cultive des haricots pendant vingt jours."
    assert first.in_force == ("depuis le 2020-01-01 : l'article entier",)
    assert second.not_encoded == "c'est un usage."
    assert spoken.instruments["B"].title == "Règlement du jardin"
    reading = spoken.vocabulary.readings["stay"]
    assert reading.question == "Qui s'arrête peut-il rester ?"
    assert reading.options[0][2:5] == ("non, personne", "Le jardin est petit.", "Règlement")
    assert reading.options[1][2:5] == ("oui", "Rien ne l'interdit.", "")


# what is missing

GAPS = [
    ("%#fr Règlement du jardin\n", "", "the title of B has no French"),
    ("%>fr On sert le thé.\n", "", "the summary of B2 has no French"),
    ("%=fr depuis le 2020-01-01 : l'article entier\n", "", "B1 does not say in French since when"),
    ("% Non codé : c'est un usage.\n", "", "B2 does not say in French why it is not encoded"),
    ("French: Qui s'arrête peut-il rester ?\n", "", "the reading stay has no 'French'"),
    ("      French from: Règlement\n", "", "option goes of the reading stay has no 'French from'"),
    (
        "      French: oui\n      French why: Rien ne l'interdit.\n",
        "",
        "the option stays of the reading stay has no 'French' and no 'French why'",
    ),
    ("%+fr le jardin est ouvert à l'usage\n%+fr de {G}\n", "", "the sentence %+ has no French"),
    ("%-fr le jardin est fermé à l'usage de {G}\n", "", "the sentence %- has no French"),
    ("%+fr `Days >= 20` vingt jours sont passés\n", "", "%+ `Days>=20` has no French"),
    ("%- {G} may not stay\n", "", "the sentence %- has French and no English"),
    ("l'usage de {G}\n", "l'usage de {H}\n", "names {H} in French, which nothing fills"),
    ("l'usage de {G}\n", "l'usage de {Days}\n", "names {Days} in French, which nothing fills"),
    ("vingt jours sont passés", "{D} jours", "names {D} in French, which nothing fills"),
    ("%+fr de {G}", "%+fr de {G}.", "the sentence %+ ends in a full stop in French"),
    ("French: jardinier\n", "", "the type gardener has no 'French'"),
    ("French any: un jardinier quelconque\n", "", "the type gardener has no 'French any'"),
    ("French any: une culture quelconque\n", "", "the kind crop has no 'French any'"),
    ("French not: {G} ne cultive rien\n", "", "the fact grows has no 'French not'"),
    ("French changed by: le jardinier\n", "", "the fact grows has no 'French changed by'"),
    (
        "French key: culture\nFrench by: le comité\n",
        "",
        "the fact grows has no 'French key' and no 'French by'",
    ),
    ("French ask: Que cultive {G} ?\n", "", "the fact grows has no 'French ask'"),
]


@pytest.mark.parametrize(("old", "new", "message"), GAPS)
def test_lint_finds_what_is_said_in_one_language_only(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    assert lint(write_law(tmp_path / "whole", FRENCH_LAW)) == []
    assert FRENCH_LAW.count(old) == 1
    problems = lint(write_law(tmp_path / "gap", FRENCH_LAW.replace(old, new)))
    assert any(message in problem.message for problem in problems)


def test_a_french_value_of_no_kind_and_a_place_of_no_argument_are_refused(tmp_path: Path) -> None:
    wrong = FRENCH_LAW.replace("- beans: haricots", "- bean: haricots")
    with pytest.raises(InputError, match="'bean' is not a value of the kind crop"):
        write_law(tmp_path / "kind", wrong)
    wrong = FRENCH_LAW.replace("{G} ne cultive", "{H} ne cultive")
    with pytest.raises(InputError, match=r"\{H\} is not an argument of grows"):
        write_law(tmp_path / "fact", wrong)


def test_lint_leaves_a_law_in_one_language_alone() -> None:
    garden = load_law(GARDEN)
    assert translation_of(garden, "fr") is None
    assert lint(garden) == []


@pytest.mark.parametrize(
    ("arguments", "french"),
    [
        (
            ("show", "63(b)"),
            ["Règlement sur l'immigration", "par défaut", "le titulaire du permis"],
        ),
        (("facts", "permis"), ["décision, par un agent", "fixé une fois", "le permis T"]),
        (("readings", "leave"), ["par défaut", "Le texte français y est favorable"]),
        (("readings", "leave", "--language", "fr"), ["Texte français", "avant le départ"]),
        (("facts", "xyz"), ["Aucun fait ne mentionne"]),
        (("cases", "xyz"), ["Aucun cas fourni ne mentionne"]),
    ],
)
def test_lists_speak_french(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], french: list[str]
) -> None:
    assert main([*arguments, "--lang", "fr", "--width", "200"]) == 0
    out = capsys.readouterr().out
    assert [words for words in french if words not in out] == []
    assert not re.search(r"\(default\)|From:|text:|Below it|mentions", out)
