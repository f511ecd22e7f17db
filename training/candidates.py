"""Find the candidate acts of the training sentences as the product would: `python training/candidates.py OUT FILES`.

Runs in the product's own environment. Writes one JSON line a sentence with the candidates' spans, and the table
of trigger lemmas that the product asks the classifier about.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from data import Labelled, read_labelled  # noqa: E402

from detente.codebooks import trained  # noqa: E402
from detente.coding import acts  # noqa: E402
from detente.coding.parties import Parties  # noqa: E402
from detente.language.lemmas import lemma  # noqa: E402
from detente.language.loading import load_model  # noqa: E402
from detente.language.parsing import parse  # noqa: E402
from detente.model.documents import Metadata, Rendition  # noqa: E402
from detente.model.text import Block, BlockKind  # noqa: E402

TABLE = Path(trained.__file__).parent / "trained_triggers.tsv"
HEAD = """# Words by which the training set tells acts; written by training/candidates.py, not by hand.
lemma\tword_class
"""


def main() -> None:
    """Write the trigger table, then the candidates."""
    out, *files = map(Path, sys.argv[1:])
    sentences = [one for path in files for one in read_labelled(path)]
    TABLE.write_text(HEAD + "".join(f"{word}\t{kind}\n" for word, kind in triggers(sentences)), encoding="utf-8")
    trained.trained_triggers.cache_clear()
    from detente.codebooks.tables import read_table

    if hasattr(read_table, "cache_clear"):
        read_table.cache_clear()
    with out.open("w", encoding="utf-8") as file:
        for one in sentences:
            file.write(json.dumps({"text": one.text, **candidates(one.text)}) + "\n")


def triggers(sentences: list[Labelled]) -> list[tuple[str, str]]:
    """Lemma and word class of what tells an act at least once, and not far more often tells none."""
    told: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    nlp = load_model()
    for one, doc in zip(sentences, nlp.pipe(s.text for s in sentences), strict=True):
        spans = [event.trigger for event in one.events]
        for token in doc:
            kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token.pos_)
            if kind is None or not token.text[0].isalpha():
                continue
            key = (lemma(token), kind)
            seen[key] += 1
            told[key] += any(a <= token.idx < b for a, b in spans)
    return sorted(
        key for key, count in told.items() if count >= (1 if key[1] == "verb" else 2) and count / seen[key] > 0.25
    )


def candidates(text: str) -> dict:
    """The words that may tell an act and the parties that may do or suffer it, spans in code points."""
    rendition = Rendition(text, (Block(0, len(text), BlockKind.HEADING, "en"),), Metadata(), "training")
    found: dict = {"triggers": [], "parties": []}
    for sentence in parse(rendition, published=None, publisher=None).sentences:
        for clause in acts.candidates(sentence.clauses):
            at = sentence.position(clause.predicate)
            found["triggers"].append((at, at + len(clause.predicate.text)))
        found["parties"] += [(p.start, p.end) for p in acts.parties_in(sentence, Parties(sentence))]
    return found


if __name__ == "__main__":
    main()
