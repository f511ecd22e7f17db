"""Score every gold set, print the tables, and fail below the floors: `make evaluate`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from detente.scoring import Board
from evaluation.pages import EXPECTED, score_pages
from evaluation.records import score_records
from evaluation.sentences import load_gold, score_events, score_statements

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
SCORERS = {"events": score_events, "statements": score_statements, "records": score_records}
"""How a gold file is scored, by the field that holds its answers."""


def main() -> int:
    """Score, print, compare with the floors; `--raise` writes higher floors and never lower ones."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=main.__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise floors to what was reached")
    lift = parser.parse_args().lift
    reached: dict[str, float] = {}
    for path in sorted((HERE / "gold").glob("*.jsonl")):
        gold = load_gold(path)
        board = next(score for field, score in SCORERS.items() if field in gold[0])(gold)
        print(f"\n{path.name}: {len(gold)} sentences")
        show(board)
        reached |= measures(path.stem, board)
    print(f"\nexample pages: {len(EXPECTED)}")
    pages = score_pages()
    show(pages)
    reached |= measures("pages", pages)
    return hold(reached, lift=lift)


def show(board: Board) -> None:
    """Print a table of scores and one of shares."""
    print(f"  {'':34} {'P':>6} {'R':>6} {'F1':>6} {'hits':>5} {'miss':>5} {'false':>5}")
    for name, score in sorted(board.scores.items()):
        cells = "".join(f"{percent(value):>7}" for value in (score.precision, score.recall, score.f1))
        print(f"  {name:34}{cells} {score.hits:5} {score.missed:5} {score.false:5}")
    for name in sorted(board.asked):
        print(f"  {name:34}{percent(board.share(name)):>7} of {board.asked[name]}")


def measures(gold: str, board: Board) -> dict[str, float]:
    """The measures that have floors: the F1 of whole sets, and the shares."""
    held = {f"{gold}: {name} F1": score.f1 for name, score in board.scores.items() if ": " not in name}
    held |= {f"{gold}: {name}": board.share(name) for name in board.asked if ": " not in name}
    return {name: round(100 * value, 1) for name, value in held.items() if value is not None}


def hold(reached: dict[str, float], *, lift: bool) -> int:
    """Compare with the floors; 1 when something fell below its floor."""
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    fallen = [
        f"{name}: {reached.get(name)} is below {floor}"
        for name, floor in floors.items()
        if reached.get(name, 0) < floor
    ]
    print("\n" + ("\n".join(fallen) if fallen else f"all {len(floors)} floors hold"))
    if lift:
        # Whole points: a floor holds against slips, not against the last digit of a rounding.
        raised = {
            name: max(float(int(value)), floors.get(name, 0.0)) for name, value in sorted(reached.items())
        }
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n", encoding="utf-8")
    return 1 if fallen else 0


def percent(value: float | None) -> str:
    """Write a share in percent; a dash where there is none."""
    return "-" if value is None else f"{100 * value:.1f}"


if __name__ == "__main__":
    sys.exit(main())
