"""The axioms rule out what cannot be, each something of its own, and no shipped case."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from paths import CASE_FILES, LAW

from reasoner.errors import InputError
from reasoner.hypotheses.expectations import read_expectations
from reasoner.lawfiles.assemble import extend
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.worlds import goal_in, ground_worlds, lift
from reasoner.solving.ground import YES, Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import ground_case
from reasoner.source import read_source
from reasoner.stories.completion import demanded
from reasoner.stories.remarked import read_sections
from reasoner.stories.stories import Axiom, Setting, read_setting, story_program

SETTING = read_setting(load_law(LAW))
NAMES = [axiom.name for axiom in SETTING.axioms]
AT_ONCE = 250
Found = frozenset[int] | None
# A story is told on the day asked about; a case may ask about several days, and these two look at
# the last of them.
OF_THE_DAY = {"the_future_is_open", "ends_are_known_afterwards"}


def test_every_axiom_is_said_in_both_languages() -> None:
    for axiom in SETTING.axioms:
        assert set(axiom.words) == {"en", "fr"}, axiom.name
        for words in axiom.words.values():
            assert words[0].isupper(), axiom.name
            assert words.endswith("."), axiom.name


def test_no_shipped_case_is_impossible(law: Law) -> None:
    """What a lawyer wrote as a case can happen; an axiom that says otherwise is wrong."""
    pieces = [
        piece
        for path in sorted((LAW / "worlds").glob("*.lp"))
        for section in read_sections(read_source(str(path)), like_law=True)
        for piece in section.pieces
    ]
    more = extend(law, {rule.text: rule for piece in pieces for rule in piece.rules}.values())
    goals = [Goal("impossible", (name,), "") for name in NAMES]
    asked = [read_expectations(law, path) for path in CASE_FILES.values()]
    worlds = [(one, world) for one in asked for world in {w: 0 for w, _ in one.worlds()}]
    last = {one.path: max(w.day for o, w in worlds if o is one) for one in asked}
    found = []
    known = [(one, world) for one, world in worlds if not one.unsettled]
    lifted = lift(more, goals)
    for start in range(0, len(known), AT_ONCE):
        part = known[start : start + AT_ONCE]
        together = [(one.case, world) for one, world in part]
        ground = ground_worlds(lifted, together, [goal_in(0, goal) for goal in goals])
        found += [
            (one, world, goal.arguments[0])
            for place, (one, world) in enumerate(part)
            for goal in goals
            if ground.answer(goal_in(place, goal)) == YES
        ]
    for one, world in worlds:
        if one.unsettled:
            alone = ground_case(more, one.case, world, goals)
            found += [(one, world, g.arguments[0]) for g in goals if alone.answer(g) == YES]
    wrong = [
        f"{one.path.name} on {world.day}: {name}"
        for one, world, name in found
        if name not in OF_THE_DAY or world.day == last[one.path]
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_each_axiom_rules_out_what_no_other_does(name: str, law: Law) -> None:
    axiom = next(axiom for axiom in SETTING.axioms if axiom.name == name)
    others = SETTING.without([name])
    # What is never stated in a story need not be ruled out; here it is.
    pieces = [p for p in others.pieces if p.head.signature[0] not in ("at_days", "at_values")]
    assert search(law, Setting(tuple(pieces), others.axioms), axiom)


def search(law: Law, setting: Setting, against: Axiom) -> bool:
    """Whether a story satisfies the axioms of a setting, and not one more axiom."""
    vocabulary = law.vocabulary
    named = mentioned(setting, against)
    facts = [f.name for f in vocabulary.facts.values() if f.section and (f.name, f.arity) in named]
    types = {a.type for name in facts for a in vocabulary.facts[name].arguments}
    types |= {name for name, arity in named if arity == 1}
    used = sorted(demanded(law, setting, facts, types))
    types |= {a.type for name in used for a in vocabulary.facts[name].arguments}
    people = 3 if "child" in used else 2
    most = {
        kind: people if kind == "person" else 2 for kind in vocabulary.entities if kind in types
    }
    alone = Setting(setting.pieces, (against,)).axiom_rules
    program = [
        *story_program(law, setting, used, most),
        *(rule.replace(f"impossible({against.name})", "_unlikely") for rule in alone),
        ":- not _unlikely.",
        *(f":- {name}({','.join('_' * arity)})." for name, arity in law.heads if name == "problem"),
    ]
    asked = sorted({*setting.looks_at, *((kind, 1) for kind in vocabulary.kinds)})
    goals = [Goal(name, (None,) * arity, "") for name, arity in asked]
    return finish(Ground(law, program, goals=goals).search()) is not None


def mentioned(setting: Setting, axiom: Axiom) -> set[Signature]:
    """All that an axiom looks at, also through other rules."""
    rules = [*setting.pieces, *axiom.pieces]
    found: set[Signature] = {("impossible", 1)}
    while True:
        heads = [piece for piece in rules if piece.head.signature in found]
        more = found | {use.signature for piece in heads for use in piece.body}
        if more == found:
            return found
        found = more


def finish(search: Generator[None, None, Found]) -> Found:
    """What a search finds in the end."""
    while True:
        try:
            next(search)
        except StopIteration as stop:
            found: Found = stop.value
            return found


def write(folder: Path, text: str) -> Path:
    """A file of axioms."""
    path = folder / "mine.lp"
    path.write_text(text, encoding="utf-8")
    return path


def complaints(folder: Path, text: str, law: Law) -> list[str]:
    """What is wrong with a file of axioms."""
    with pytest.raises(InputError) as caught:
        read_setting(law, [write(folder, text)])
    return [f"{problem.message}; {problem.hint}" for problem in caught.value.problems]


def test_axioms_of_ones_own_are_added(garden: Law, tmp_path: Path) -> None:
    text = """\
% What all files may look at.
helps(G, H) :- vouches(G, H).

%## nobody_helps_back
%> Nobody vouches for whoever vouched for them.
impossible(nobody_helps_back) :- helps(G, H), helps(H, G).
"""
    setting = read_setting(garden, [write(tmp_path, text)])
    assert [axiom.name for axiom in setting.axioms] == ["nobody_helps_back"]
    assert setting.axioms[0].words == {"en": "Nobody vouches for whoever vouched for them."}
    assert not setting.without(["nobody_helps_back"]).axioms
    # what a claim calls the same is another thing
    assert setting.rules == ("_own_helps(G,H) :- vouches(G,H).",)
    assert "_own_helps(G,H); _own_helps(H,G)" in setting.axiom_rules[0]


def test_bad_axioms_are_refused_with_all_that_is_wrong(garden: Law, tmp_path: Path) -> None:
    text = """\
%## wordless
impossible(wordless) :- vouches(G, _), gardner(G).

%## misnamed
%> It has another name.
impossible(misnomer) :- vouches(G), nuisance(G).

%## idle
%> It rules nothing out.
trusted(G) :- gardener(G).
"""
    found = complaints(tmp_path, text, garden)
    assert "wordless is not put into words; write them after %>" in found
    assert "nothing is called gardner; did you mean 'gardener'?" in found
    assert "this axiom is called misnamed; write impossible(misnamed)" in found
    assert "vouches has 2 arguments, not 1; " in found
    assert "nothing says what idle rules out; derive impossible(idle)" in found
    assert "trusted is the law's own; choose another name" in found


def test_an_axiom_that_is_left_out_has_to_exist(law: Law) -> None:
    with pytest.raises(InputError, match="there is no axiom permits_are_complet"):
        SETTING.without(["permits_are_complet"])


def test_what_an_axiom_asks_for_can_be_stated(law: Law) -> None:
    """Or no story could have a permit, wherever only its holder matters."""
    found = demanded(law, SETTING, ["issued_to"], ["permit", "person"])
    assert found == {"issued_to", "issued_on", "valid_from", "printed_expiry"}
    assert "child" not in demanded(law, SETTING, ["born"], ["person"])
    assert "permanent_resident" in demanded(law, SETTING, ["residency_report"], ["person"])
    without = SETTING.without(["permits_are_complete"])
    assert demanded(law, without, ["issued_to"], ["permit", "person"]) == {"issued_to"}
