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

from data import Labelled, read_labelled

from detente.codebooks import trained
from detente.codebooks.plover import classes
from detente.coding import acts
from detente.coding.parties import Parties
from detente.language.lemmas import lemma
from detente.language.loading import load_model
from detente.language.parsing import parse
from detente.model.documents import Metadata, Rendition
from detente.model.text import Block, BlockKind

TABLE = Path(trained.__file__).parent / "trained_triggers.tsv"
HEAD = """# Words by which the training set tells acts; written by training/candidates.py, not by hand.
# company: for a light verb the words below it (object, particle, preposition) with which it tells one.
# kinds: the types it tells there.
lemma\tword_class\tcompany\tkinds
"""


def main() -> None:
    """Write the trigger table, then the candidates."""
    out, *files = map(Path, sys.argv[1:])
    sentences = [one for path in files for one in read_labelled(path)]
    TABLE.write_text(HEAD + "".join("\t".join(row) + "\n" for row in triggers(sentences)), encoding="utf-8")
    trained.trained_triggers.cache_clear()
    trained.company.cache_clear()
    with out.open("w", encoding="utf-8") as file:
        for one in sentences:
            file.write(json.dumps({"text": one.text, **candidates(one.text)}) + "\n")


def triggers(sentences: list[Labelled]) -> list[tuple[str, str, str, str]]:
    """Lemma, word class, company and friendliness of what tells an act at least once, and not far more often tells none."""
    told: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    company: dict[tuple[str, str], Counter[str]] = {}
    kinds: dict[tuple[str, str], set[str]] = {}
    nlp, light = load_model(), classes()["LIGHT"]
    for one, doc in zip(sentences, nlp.pipe(s.text for s in sentences), strict=True):
        spans = [event.trigger for event in one.events]
        for token in doc:
            kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token.pos_)
            if kind is None or not token.text[0].isalpha():
                continue
            key = (lemma(token), kind)
            seen[key] += 1
            if any(a <= token.idx < b for a, b in spans):
                told[key] += 1
                kinds.setdefault(key, set()).update(e.type for e in one.events if e.trigger[0] <= token.idx < e.trigger[1])
                if kind == "verb" and key[0] in light:
                    company.setdefault(key, Counter()).update(acts.company_of(token))
    kept = sorted(
        key for key, count in told.items() if count >= (1 if key[1] == "verb" else 2) and count / seen[key] > 0.25
    )
    return [
        (*key, "|".join(sorted(company.get(key, ()))), "|".join(sorted(kinds[key]))) for key in kept
    ]


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
