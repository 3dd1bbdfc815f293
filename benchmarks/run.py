"""Measure the reasoner against bare clingo: ``python benchmarks/run.py``.

Every figure is the median of whole processes or of calls, and every comparison a ratio from one
run, so that it holds when the machine drifts. ``--json`` writes the figures as data.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = (1, 10, 100, 1000)
DAY = 20240601
EQUIVALENT = Path(__file__).resolve().parent / "equivalent"


def main() -> None:
    """Run what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="numbers of people")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps({**_CHILDREN, **_MORE_CHILDREN}[options.child[0]](Path(options.child[1]))))
        return
    figures = {"people": people(options.sizes, options.runs), "cold": cold(options.runs)}
    figures["xclingo"] = against_xclingo(options.sizes, options.runs)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        print_figures(figures)


def write_case(path: Path, people: int) -> None:
    """A case file of facts: each person with three permits, a ground and a place to live."""
    lines = [f'title("{people} people").', f"as_of({DAY}).", 'question("65").']
    for n in range(people):
        p = f"p{n}"
        lines.append(f"person({p}). resides_in_canada({p},20190115,99991231).")
        ground = ("a36_2", "a38_1_a", "a39", "a36_1_b")[n % 4]
        lines.append(f"inadmissible_found({p},{ground},20150410,99991231).")
        for k, (start, end) in enumerate(
            ((20190115, 20220114), (20220115, 20250114 - n % 2), (20250115, 20260114))
        ):
            t = f"t{n}_{k}"
            lines.append(f"permit({t}). issued_to({t},{p}). issued_on({t},{start}).")
            lines.append(f"valid_from({t},{start}). printed_expiry({t},{end}).")
            lines.append(f"recorded_ground({t},{ground}).")
    path.write_text("\n".join(lines) + "\n")


def write_equivalent(path: Path, people: int) -> None:
    """Facts for the law that xclingo can explain as well: three permits and a ground each."""
    lines = [f'title("{people} people").', f"as_of({DAY}).", 'question("65").']
    for n in range(people):
        p, ground = f"p{n}", ("crime", "health", "serious")[n % 3]
        lines.append(f"person({p}). found({p},{ground},10).")
        for k, (start, end) in enumerate(((100, 1195), (1196, 2291 - n % 2), (2292, 3387))):
            lines.append(f"permit(t{n}_{k}). held(t{n}_{k},{p},{start},{end}).")
    path.write_text("\n".join(lines) + "\n")


def facts_for_clingo(path: Path) -> str:
    """The same facts without what only the reasoner reads."""
    words = ("title(", "question(")
    return "\n".join(x for x in path.read_text().splitlines() if not x.startswith(words))


def child_bare(path: Path) -> dict[str, Any]:
    """Bare clingo: load the law and the facts, ground, solve."""
    import clingo

    from reasoner.lawfiles.law import shipped_law

    start = time.perf_counter()
    control = clingo.Control(["-Wnone"])
    control.load(str(shipped_law() / "main.lp"))
    control.add("base", [], facts_for_clingo(path))
    control.ground([("base", [])])
    control.solve()
    return _figures(start)


def child_decide(path: Path) -> dict[str, Any]:
    """Read the law and the case, decide for everybody."""
    start = time.perf_counter()
    _, _, deciding = _decide(path)
    return {**_figures(start), "deciding": deciding}


def child_explain(path: Path) -> dict[str, Any]:
    """Decide, and build the justification graph of every person."""
    start = time.perf_counter()
    ground, goals, _ = _decide(path)
    from reasoner.reasons.justify import justify

    why = justify(ground, goals)
    return {**_figures(start), "nodes": len(why.nodes)}


def child_graph(path: Path) -> dict[str, Any]:
    """As explain, and hand the graph over to networkx."""
    start = time.perf_counter()
    ground, goals, _ = _decide(path)
    from reasoner.reasons.justify import justify

    graph = justify(ground, goals).graph()
    return {**_figures(start), "nodes": graph.number_of_nodes()}


def child_equivalent(path: Path) -> dict[str, Any]:
    """Decide and explain everybody under the law that xclingo can explain as well."""
    from reasoner.casefiles.case import read_case
    from reasoner.lawfiles.law import load_law
    from reasoner.reasons.justify import justify
    from reasoner.solving.question import Goal
    from reasoner.solving.solve import World, ground_case

    start = time.perf_counter()
    law = load_law(EQUIVALENT)
    case = read_case(str(path), law.vocabulary)
    ground = ground_case(law, case, World(DAY, None, ()))
    members = [name for name, kind in case.entities.items() if kind == "person"]
    why = justify(ground, [Goal("member", (p,), "E65") for p in members])
    return {**_figures(start), "nodes": len(why.nodes)}


def child_bare_equivalent(path: Path) -> dict[str, Any]:
    """Bare clingo on the same."""
    import clingo

    start = time.perf_counter()
    control = clingo.Control(["-Wnone"])
    control.load(str(EQUIVALENT / "main.lp"))
    control.add("base", [], facts_for_clingo(path))
    control.ground([("base", [])])
    control.solve()
    return _figures(start)


def against_xclingo(sizes: list[int] | tuple[int, ...], runs: int) -> list[dict[str, Any]]:
    """The same question on the same rules: bare clingo, ours, and xclingo's one explanation."""
    if importlib.util.find_spec("xclingo") is None:
        return []
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            ours, theirs = Path(folder) / f"e{size}.lp", Path(folder) / f"x{size}.lp"
            write_equivalent(ours, size)
            theirs.write_text(facts_for_clingo(ours) + "\n%!show_trace {member(P)}.\n")
            files = [str(EQUIVALENT / "vocabulary.lp"), str(EQUIVALENT / "rules.lp"), str(theirs)]
            command = [sys.executable, "-m", "xclingo", "-n", "1", "1", *files]
            taken: dict[str, list[float]] = {"bare": [], "ours": [], "xclingo": []}
            for _ in range(runs):
                taken["bare"].append(_process("bare_equivalent", ours)["process"])
                taken["ours"].append(_process("equivalent", ours)["process"])
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                taken["xclingo"].append(time.perf_counter() - start)
            row: dict[str, Any] = {"people": size}
            for name, found in taken.items():
                row[name] = statistics.median(found)
                row[f"{name} / bare"] = statistics.median(
                    a / b for a, b in zip(found, taken["bare"], strict=True)
                )
            rows.append(row)
    return rows


def _decide(path: Path) -> tuple[Any, list[Any], float]:
    """The ground law, a goal for each person, and the seconds that deciding alone took."""
    from reasoner.casefiles.case import read_case
    from reasoner.lawfiles.law import load_law
    from reasoner.solving.question import Goal
    from reasoner.solving.solve import World, ground_case

    law = load_law()
    case = read_case(str(path), law.vocabulary)
    members = [name for name, kind in case.entities.items() if kind == "person"]
    goals = [Goal("permit_holder_class_member", (p, str(DAY)), "R65") for p in members]
    start = time.perf_counter()
    ground = ground_case(law, case, World(DAY, None, ()))
    holding = sum(ground.settled(goal.text) is True for goal in goals)
    deciding = time.perf_counter() - start
    assert 0 < holding <= len(goals)
    return ground, goals, deciding


def _figures(start: float) -> dict[str, Any]:
    return {
        "inside": time.perf_counter() - start,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


_CHILDREN: dict[str, Callable[[Path], dict[str, Any]]] = {
    "bare": child_bare,
    "decide": child_decide,
    "explain": child_explain,
    "graph": child_graph,
}
_MORE_CHILDREN = {"equivalent": child_equivalent, "bare_equivalent": child_bare_equivalent}


def people(sizes: list[int] | tuple[int, ...], runs: int) -> list[dict[str, Any]]:
    """For each number of people, each way of asking in turn: seconds, memory, ratios."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"people{size}.lp"
            write_case(path, size)
            taken: dict[str, list[dict[str, Any]]] = {name: [] for name in _CHILDREN}
            for _ in range(runs):
                for name, row in taken.items():
                    row.append(_process(name, path))
            row = {"people": size}
            for name, found in taken.items():
                row[name] = {key: statistics.median(f[key] for f in found) for key in found[0]}
            for name in ("decide", "explain", "graph"):
                row[f"{name} / bare"] = statistics.median(
                    a["process"] / b["process"]
                    for a, b in zip(taken[name], taken["bare"], strict=True)
                )
            row["deciding / bare"] = statistics.median(
                a["deciding"] / b["inside"]
                for a, b in zip(taken["decide"], taken["bare"], strict=True)
            )
            rows.append(row)
    return rows


def _process(name: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", name, str(path)]
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    taken = time.perf_counter() - start
    found: dict[str, Any] = json.loads(done.stdout)
    return {"process": taken, **found}


def cold(runs: int) -> dict[str, Any]:
    """Whole processes that answer one shipped case, against ``import clingo``."""
    python = sys.executable
    case = _a_shipped_case()
    commands = {
        "import clingo": [python, "-c", "import clingo"],
        "import rich.console": [python, "-c", "import rich.console"],
        "import networkx": [python, "-c", "import networkx"],
        "reasoner --version": [python, "-m", "reasoner", "--version"],
        "reasoner why --json": [python, "-m", "reasoner", "why", case, "--json"],
        "reasoner why": [python, "-m", "reasoner", "why", case],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs * 2 + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            taken[name].append(time.perf_counter() - start)
    base = taken["import clingo"]
    return {
        name: {
            "seconds": statistics.median(row),
            "times import clingo": statistics.median(a / b for a, b in zip(row, base, strict=True)),
        }
        for name, row in taken.items()
    }


def _a_shipped_case() -> str:
    from reasoner.casefiles.shelf import case_files
    from reasoner.lawfiles.law import shipped

    names = [p.stem for p in case_files(shipped("cases"))]
    return "renewal-one-day-late" if "renewal-one-day-late" in names else names[0]


def print_figures(figures: dict[str, Any]) -> None:
    """The figures as two tables."""
    print("whole processes, medians; memory in MiB")
    for row in figures["people"]:
        print(f"\n{row['people']:,} people")
        for name in _CHILDREN:
            found = row[name]
            ratio = row.get(f"{name} / bare")
            times = f"  {ratio:5.2f} times bare" if ratio else ""
            nodes = f"  {found['nodes']:,.0f} nodes" if "nodes" in found else ""
            print(
                f"  {name:8} {found['process']:7.3f} s  (inside {found['inside']:.3f} s)"
                f"  {found['memory']:6.0f} MiB{times}{nodes}"
            )
        print(
            f"  deciding alone, law and case already read: {row['decide']['deciding']:.3f} s,"
            f" {row['deciding / bare']:.2f} times clingo's load, ground and solve"
        )
    print("\ncold start, whole processes")
    for name, found in figures["cold"].items():
        print(f"  {name:20} {found['seconds']:.3f} s  {found['times import clingo']:5.2f}")
    if not figures["xclingo"]:
        print("\nxclingo is not installed: no comparison with it")
        return
    print("\na dozen rules that xclingo can explain too, whole processes")
    for row in figures["xclingo"]:
        print(
            f"  {row['people']:,} people: bare {row['bare']:.3f} s, ours {row['ours']:.3f} s"
            f" ({row['ours / bare']:.1f} times), xclingo {row['xclingo']:.3f} s"
            f" ({row['xclingo / bare']:.1f} times)"
        )


if __name__ == "__main__":
    main()
