"""Cases: what is read, and what is said of a case that cannot be read."""

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from library import HERE, explain, load_library, read_text

from reasoner.casefiles.case import Case, Denial, Expectation, Statement, read_case, read_case_text
from reasoner.errors import InputError, Position, Problem
from reasoner.source import Source, read_source

LIBRARY = load_library()
HEAD = "case: A title\nas_of: 2022-09-01\n"
BAD = sorted(path.name for path in (HERE / "bad").glob("*.*") if path.suffix in (".yaml", ".lp"))


def statements(case: Case) -> list[tuple[str, str]]:
    return [(statement.atom, statement.status) for statement in case.statements]


def stated(text: str) -> list[tuple[str, str]]:
    """Read what is said of ana and of the book one."""
    return statements(read_text(HEAD + f"readers: {{ana: {{{text}}}}}\nbooks: {{one: {{}}}}\n"))


# What is said of a case that cannot be read


@pytest.mark.parametrize("name", BAD)
def test_problems_are_explained(name: str) -> None:
    source = read_source(HERE / "bad" / name)
    with pytest.raises(InputError) as caught:
        read_case_text(Source(name, source.text), LIBRARY)
    golden = HERE / "bad" / f"{name}.txt"
    said = f"{caught.value}\n"
    if os.environ.get("RECORD"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BAD)
def test_problems_are_sorted_and_placed(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_case(str(HERE / "bad" / name), LIBRARY)
    places = [problem.position for problem in caught.value.problems]
    assert all(place is not None for place in places)
    lines = [(place.line, place.column) for place in places if place]
    assert lines == sorted(lines)
    for problem in caught.value.problems:
        assert not problem.message.endswith(".")
        assert "\n" not in problem.message


# What is read


def test_a_whole_case() -> None:
    case = read_text(
        """\
case: Two readers
description: >
  On two
  lines
question: 4(a)
about: [ana]
as_of: 2022-09-01
law_date: 2021-01-01
readings: {late: tolerant(3)}
books:
  one: {genres: [Novel, ON], copies: 2}
readers:
  ana:
    name: "Ana Ørsted"
    enrolled: 2020-01-01
    borrowed: {book: one, from: 2020-01-05}
  bob_lee:
    banned: no
    trusted: unknown
expect:
  - {answer: yes}
  - {question: 4(b), about: bob_lee, as_of: 2022-10-01, answer: undetermined,
     decided_by: [4(b), 5], readings: {late: strict}, law_date: 2020-01-01, note: a note}
"""
    )
    assert (case.title, case.description) == ("Two readers", "On two lines")
    assert (case.question, case.about) == ("4(a)", ("ana",))
    assert (case.as_of, case.law_date) == (20220901, 20210101)
    assert case.readings == (("late", "tolerant(3)"),)
    assert list(case.entities.items()) == [
        ("one", "book"),
        ("ana", "reader"),
        ("bob_lee", "reader"),
    ]
    assert dict(case.names) == {"one": "one", "ana": "Ana Ørsted", "bob_lee": "Bob Lee"}
    assert statements(case) == [
        ("shelved_under(one,novel)", "stated"),
        ("shelved_under(one,on_loan_only)", "stated"),
        ("copies(one,2)", "stated"),
        ("enrolled(ana,20200101)", "stated"),
        ("borrowed(ana,one,20200105,99991231)", "stated"),
        ("trusted(bob_lee)", "unknown"),
    ]
    assert case.statements[3] == Statement(
        "enrolled", ("ana", "20200101"), "stated", Position("case.yaml", 15, 15)
    )
    assert case.denials == (
        Denial("banned", ("bob_lee", None, None), Position("case.yaml", 18, 13)),
    )
    assert case.expectations == (
        Expectation("4(a)", (), None, "yes", (), (), None, Position("case.yaml", 21, 5)),
        Expectation(
            "4(b)",
            ("bob_lee",),
            20221001,
            "undetermined",
            ("4(b)", "5"),
            (("late", "strict"),),
            20200101,
            Position("case.yaml", 22, 5),
            "a note",
        ),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trusted: yes", [("trusted(ana)", "stated")]),
        ("trusted: TRUE", [("trusted(ana)", "stated")]),
        ("trusted: No", [("trusted(ana)", "denied")]),
        ("trusted: unknown", [("trusted(ana)", "unknown")]),
        ("enrolled: 2020-01-01", [("enrolled(ana,20200101)", "stated")]),
        ("enrolled: '2020-01-01'", [("enrolled(ana,20200101)", "stated")]),
        ("enrolled: {day: 2020-01-01, is: unknown}", [("enrolled(ana,20200101)", "unknown")]),
        ("enrolled: [{day: 2020-01-01, is: no}]", [("enrolled(ana,20200101)", "denied")]),
        ("enrolled: no", []),
        ("banned: yes", [("banned(ana,19000101,99991231)", "stated")]),
        ("banned: {is: unknown}", [("banned(ana,19000101,99991231)", "unknown")]),
        ("banned: {since: 2020-02-29}", [("banned(ana,20200229,99991231)", "stated")]),
        (
            "banned: {since: 2020-01-01, until: 2020-01-01}",
            [("banned(ana,20200101,20200101)", "stated")],
        ),
        (
            "borrowed: [{book: one, from: 2020-01-01, until: 9999-12-31}]",
            [("borrowed(ana,one,20200101,99991231)", "stated")],
        ),
    ],
)
def test_ways_of_stating(text: str, expected: list[tuple[str, str]]) -> None:
    assert stated(text) == expected


def test_an_entity_may_have_nothing_said_of_it() -> None:
    assert dict(read_text(HEAD + "readers:\n  ana:\n").entities) == {"ana": "reader"}


def test_a_day_in_every_expectation_is_enough() -> None:
    text = "case: t\nexpect: [{question: 4, as_of: 2022-09-01, answer: no}]\n"
    case = read_text(text)
    assert case.as_of is None
    assert case.expectations[0].as_of == 20220901
    assert "no 'as_of'" in explain(text.replace("as_of: 2022-09-01, ", ""))


def test_plain_yaml_types_are_ignored() -> None:
    case = read_text(HEAD + "question: 65\nbooks: {one: {genres: on, copies: 010}}\n")
    assert case.question == "65"
    assert statements(case)[0] == ("shelved_under(one,on_loan_only)", "stated")
    assert statements(case)[1] == ("copies(one,10)", "stated")


def test_facts() -> None:
    case = read_text(
        """\
% a remark %* that opens nothing
as_of(20220901). law_date(20210101). title("A \\"title\\""). question("4(b)"). about(ana).
reader(ana). reader(bob_lee). book(one). %* reader(cyd). %* nested *% *%
name(ana, "Ana Ørsted"). chosen_reading(late, tolerant(3)).
enrolled(ana, 20200101). -trusted(ana). unknown(trusted(bob_lee)).
denied(banned(ana)). denied(copies(one, -3)).
""",
        "folder/some_case.lp",
    )
    assert case.title == 'A "title"'
    assert (case.as_of, case.law_date, case.question) == (20220901, 20210101, "4(b)")
    assert case.about == ("ana",)
    assert case.readings == (("late", "tolerant(3)"),)
    assert dict(case.names) == {"ana": "Ana Ørsted", "bob_lee": "Bob Lee", "one": "one"}
    assert statements(case) == [
        ("enrolled(ana,20200101)", "stated"),
        ("trusted(ana)", "denied"),
        ("trusted(bob_lee)", "unknown"),
        ("copies(one,-3)", "denied"),
    ]
    assert case.denials == (
        Denial("banned", ("ana", None, None), Position("folder/some_case.lp", 6, 8)),
    )


def test_facts_take_their_title_from_the_file() -> None:
    assert read_text("as_of(20220901).", "folder/some_case.lp").title == "some case"


def test_other_endings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.txt"
    path.write_text("case: t")
    with pytest.raises(InputError, match="a case file ends in"):
        read_case(str(path), LIBRARY)


def test_include_directives_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.lp").write_text("secret(")
    (tmp_path / "case.lp").write_text(f'#include "{tmp_path}/secret.lp".\n')
    with pytest.raises(InputError) as caught:
        read_case(str(tmp_path / "case.lp"), LIBRARY)
    assert len(caught.value.problems) == 2
    assert "secret(" not in str(caught.value)


def test_many_problems_are_found_quickly() -> None:
    line = "  r{0}: {{trustd: yes, borrowed: {{book: x{0}, from: 2020-01-01}}}}\n"
    lines = "".join(line.format(number) for number in range(2000))
    assert explain(HEAD + "readers:\n" + lines).count("there is no key 'trustd'") == 2000


def test_both_yaml_parsers_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    texts = {name: read_source(HERE / "bad" / name).text for name in BAD if name.endswith("yaml")}
    fast = {name: explain(text) for name, text in texts.items()}
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow = {name: explain(text) for name, text in texts.items()}
    assert {name for name in texts if fast[name] != slow[name]} <= {"escape.yaml"}  # the column


# A case is read as it was written, in both forms

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
VALUES = {
    "reader": st.sampled_from(["ana", "bob"]),
    "book": st.sampled_from(["one", "two"]),
    "genre": st.sampled_from(sorted(LIBRARY.kinds["genre"].values)),
    "number": st.integers(-9, 9).map(str),
    "date": DAYS.map(lambda day: day.strftime("%Y%m%d")),
}
WORD = {"stated": "yes", "denied": "no", "unknown": "unknown"}


@st.composite
def some_statements(draw: st.DrawFn) -> dict[tuple[str, tuple[str, ...]], str]:
    """Draw statements about the library, each with its status."""
    drawn: dict[tuple[str, tuple[str, ...]], str] = {}
    written = [fact for fact in LIBRARY.facts.values() if fact.section]
    for fact in draw(st.lists(st.sampled_from(written), max_size=8)):
        terms = [draw(VALUES[argument.type]) for argument in fact.arguments]
        if fact.name in ("borrowed", "banned"):
            terms[-2:] = sorted(terms[-2:])
            if terms[-1] == terms[-2] or draw(st.booleans()):
                terms[-1] = "99991231"
        drawn[fact.name, tuple(terms)] = draw(st.sampled_from(sorted(WORD)))
    return drawn


def write_yaml(drawn: dict[tuple[str, tuple[str, ...]], str]) -> str:
    import yaml

    case: dict[str, object] = {"case": "t", "as_of": "2022-09-01"}
    readers: dict[str, dict[str, object]] = {"ana": {}, "bob": {}}
    books: dict[str, dict[str, object]] = {"one": {}, "two": {}}
    for (name, terms), status in drawn.items():
        fact = LIBRARY.facts[name]
        said = {**readers, **books}[terms[0]]
        entry = {"is": WORD[status]}
        for argument, key, term in zip(fact.arguments[1:], fact.keys, terms[1:], strict=True):
            label = LIBRARY.label(argument.type, term)
            entry[key] = "9999-12-31" if label == "no end" else label
        if fact.keys:
            said.setdefault(fact.key, []).append(entry)  # type: ignore[attr-defined]
        else:
            said[fact.key or ""] = WORD[status]
    return yaml.safe_dump({**case, "readers": readers, "books": books})


def write_facts(drawn: dict[tuple[str, tuple[str, ...]], str]) -> str:
    form = {"stated": "{}.", "denied": "denied({}).", "unknown": "unknown({})."}
    lines = ["reader(ana). reader(bob). book(one). book(two). as_of(20220901)."]
    for (name, terms), status in drawn.items():
        lines.append(form[status].format(f"{name}({','.join(terms)})"))
    return "\n".join(lines)


@settings(deadline=None)
@given(some_statements())
def test_cases_are_read_as_written(drawn: dict[tuple[str, tuple[str, ...]], str]) -> None:
    for case in (read_text(write_yaml(drawn)), read_text(write_facts(drawn), "case.lp")):
        read = {(one.name, one.arguments): one.status for one in case.statements}
        assert read == drawn
        assert not case.denials


# Whatever stands in a file, the only exception is InputError

KEYS_AND_VALUES = """
case as_of readers books ana one trusted enrolled borrowed banned genres copies name expect
question answer about readings late strict tolerant(1) yes no unknown book from until since
is day 2020-01-01 2020-02-30 9999-12-31 Novel ~ null 3 law_date
"""
TOKENS = """
reader book trusted enrolled borrowed copies shelved_under banned ( ) , . - ana one s1_2
20200101 99991231 3 "x" " % %* *% not X _ denied unknown as_of name question about
chosen_reading late strict tolerant #include #script #end :- ; .. { }
"""
WORDS = st.sampled_from(KEYS_AND_VALUES.split())
NODES = st.recursive(
    WORDS | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=30,
)
YAML_PIECES = st.lists(
    WORDS | st.sampled_from([": ", ":\n", "\n  ", "\n", "- ", "[", "]", "{", "}", ", ", "'", '"']),
    max_size=60,
)
FACT_PIECES = st.lists(st.sampled_from([*TOKENS.split(), " ", "\n"]), max_size=60)


def only_input_errors(text: str, path: str) -> None:
    try:
        case = read_case_text(Source(path, text), LIBRARY)
    except InputError as error:
        described = str(error)
    else:
        described = case.title
        assert all(case.entities[one.arguments[0]] for one in case.statements)
    assert described


@settings(deadline=None)
@given(NODES)
def test_any_yaml_document(node: object) -> None:
    import yaml

    only_input_errors(yaml.safe_dump(node), "case.yaml")
    only_input_errors(HEAD + yaml.safe_dump({"readers": node, "books": {"one": node}}), "case.yaml")


@settings(deadline=None)
@given(YAML_PIECES.map("".join) | st.text())
@example("\x85\u2028: \U0001f600\n- [")
@example("a: !<tag:x> &b *c")
@example("- ? - : -")
@example('"\\ud800": "\\U0010ffff"')
def test_any_text_as_yaml(text: str) -> None:
    only_input_errors(text, "case.yaml")
    only_input_errors(HEAD + text, "case.yaml")


@settings(deadline=None)
@given(FACT_PIECES.map(" ".join) | FACT_PIECES.map("".join) | st.text())
def test_any_text_as_facts(text: str) -> None:
    only_input_errors(text, "case.lp")


@settings(deadline=None)
@given(FACT_PIECES.map("".join))
@example('-reader(a,b). reader(007). reader(f(-3,"a\\\\\\"\\n")). \'')
@example("reader(ana).%*x*%reader(bob).")
def test_facts_that_are_read_are_read_alike_by_the_solver(text: str) -> None:
    from clingo.ast import AST, ASTType, parse_string

    from reasoner.casefiles.facts import Term, read_facts

    def write(term: Term) -> str:
        if term.sort == "string":
            escaped = term.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{escaped}"'
        if not term.arguments:
            return term.text
        return f"{term.text}({','.join(write(argument) for argument in term.arguments)})"

    if "#include" in text:
        return
    problems: list[Problem] = []
    facts = read_facts(Source("case.lp", text), problems)
    if problems:
        return
    heads: list[str] = []

    def add(node: AST) -> None:
        if node.ast_type == ASTType.Rule:
            assert not node.body
            heads.append(str(node.head))

    parse_string(text, add)
    assert heads == ["-" * fact.negated + write(fact.term) for fact in facts]
