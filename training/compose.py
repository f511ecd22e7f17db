"""Compose labelled sentences from `deeds.tsv`: `python training/compose.py OUT --count 6000`.

Parties are put together at random, so a composed sentence tells no real event; it only shows how a phrase
looks past, future, passive, denied, asked for, between other clauses. Nothing composed is kept: the seed fixes it.
"""

from __future__ import annotations

import argparse
import random
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FRIENDLY = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"}
HARSH = {"SANCTION", "COERCE", "ASSAULT", "PROTEST", "MOBILIZE"}
STATES = (
    "France:French:Paris Brazil:Brazilian:Brasilia Kenya:Kenyan:Nairobi India:Indian:Delhi Japan:Japanese:Tokyo Peru:Peruvian:Lima "
    "Turkey:Turkish:Ankara Iran:Iranian:Tehran Israel:Israeli:Jerusalem Egypt:Egyptian:Cairo Sudan:Sudanese:Khartoum "
    "Russia:Russian:Moscow China:Chinese:Beijing Ukraine:Ukrainian:Kyiv Poland:Polish:Warsaw Germany:German:Berlin "
    "Serbia:Serbian:Belgrade Armenia:Armenian:Yerevan Pakistan:Pakistani:Islamabad Vietnam:Vietnamese:Hanoi "
    "Indonesia:Indonesian:Jakarta Colombia:Colombian:Bogota Venezuela:Venezuelan:Caracas Cuba:Cuban:Havana Mexico:Mexican:Mexico_City "
    "Nigeria:Nigerian:Abuja Mali:Malian:Bamako Ethiopia:Ethiopian:Addis_Ababa Somalia:Somali:Mogadishu Syria:Syrian:Damascus "
    "Iraq:Iraqi:Baghdad Lebanon:Lebanese:Beirut Jordan:Jordanian:Amman Libya:Libyan:Tripoli Georgia:Georgian:Tbilisi "
    "Cambodia:Cambodian:Phnom_Penh Thailand:Thai:Bangkok Myanmar:Burmese:Naypyidaw Nepal:Nepali:Kathmandu Australia:Australian:Canberra "
    "Canada:Canadian:Ottawa Spain:Spanish:Madrid Italy:Italian:Rome Greece:Greek:Athens Bolivia:Bolivian:La_Paz Haiti:Haitian:Port-au-Prince "
    "North_Korea:North_Korean:Pyongyang South_Korea:South_Korean:Seoul the_United_States:American:Washington Britain:British:London"
).split()
KINDS = {
    "s": "{S}|{S}|{S}|{C}|{C}|the {A} government|{A} President|the {A} foreign ministry|{S}'s prime minister|the {A} foreign minister|{A} authorities|the president of {S}|{A} officials|the ruling party in {S}",
    "i": "the United Nations|the European Union|the African Union|the UN Security Council|NATO|the International Monetary Fund|the World Bank|ECOWAS|the Arab League|the nuclear watchdog|UN peacekeepers|the International Criminal Court|the OSCE",
    "c": "a {A} court|the supreme court of {S}|prosecutors in {C}|a judge in {C}|the {A} attorney general|a military tribunal|an appeals court",
    "p": "police|{A} police|riot police|security forces in {C}|the {A} secret police|officers|border guards|{A} security agents|federal police",
    "a": "the {A} army|{A} troops|the {A} navy|{A} warplanes|government forces|{A} soldiers|the {A} military|an army patrol|{A} marines",
    "r": "rebels|the rebels|{A} insurgents|Islamist militants|gunmen|separatist fighters|the Taliban|the guerrillas|a rebel faction|tribal militias|the Houthis|Boko Haram|armed men|Hezbollah|the junta's opponents",
    "m": "protesters|thousands of demonstrators|students|villagers|farmers|tens of thousands of people|opposition supporters|teachers|residents of {C}|activists|women's groups|a crowd|Indigenous communities|truck drivers|{A} workers",
    "o": "the opposition leader|a journalist|a dissident|the former president|a human rights lawyer|the opposition party|an editor|a blogger|two activists|the ousted minister|a union leader|a {A} businessman|the mayor of {C}|an opposition lawmaker|the rival candidate",
    "b": "a mining company|the state oil company|a {A} bank|the airline|a social media company|the steelmaker|a shipping firm|the carmaker|a private broadcaster|the newspaper",
    "n": "Amnesty International|the Red Cross|Doctors Without Borders|a relief agency|a human rights group|the charity|aid workers|church groups",
    "u": "the union|dockers|miners|the teachers' union|railway workers|nurses|airline pilots|public-sector unions|factory workers",
    "x": "refugees|civilians|migrants|hundreds of families|aid workers|foreign tourists|displaced villagers|two engineers|children|a group of pilgrims|prisoners of war|fishermen|the hostages",
    "d": "the {A} ambassador|two {A} diplomats|the {A} envoy|the {A} chargé d'affaires|a {A} military attaché",
}
IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "meet:met hold:held pay:paid fly:flew speak:spoke sit:sat write:wrote send:sent sell:sold buy:bought take:took win:won run:ran "
        "lend:lent give:gave spend:spent feed:fed let:let lay:laid cut:cut set:set shut:shut build:built bring:brought break:broke tear:tore "
        "withdraw:withdrew overrun:overran drive:drove sink:sank shoot:shot hit:hit beat:beat strike:struck go:went begin:began throw:threw "
        "put:put quit:quit find:found seek:sought blow:blew fight:fought say:said leave:left forbid:forbade rise:rose burn:burned come:came "
        "vow:vowed stop:stopped ban:banned bar:barred strip:stripped stab:stabbed swap:swapped drop:dropped scrap:scrapped kidnap:kidnapped "
        "commit:committed ship:shipped slam:slammed slap:slapped admit:admitted plan:planned step:stepped hack:hacked spy:spied gas:gassed "
        "have:had bargain:bargained yield:yielded"
    ).split()
)
PARTICIPLE = dict(
    pair.split(":")
    for pair in (
        "fly:flown speak:spoken write:written take:taken give:given break:broken tear:torn withdraw:withdrawn overrun:overrun drive:driven "
        "sink:sunk beat:beaten go:gone begin:begun throw:thrown blow:blown forbid:forbidden rise:risen come:come run:run"
    ).split()
)
BEFORE = (
    "On Tuesday, |Late on Friday, |In a surprise move, |After weeks of tension, |A day before the vote, |Earlier this week, |"
    "In the capital, |Despite the rain, |For the second time this month, |Amid growing anger over prices, |Last week, |On Sunday night, |"
    "With elections near, |Overnight, |At the weekend, |According to state television, |Citing security concerns, |Under pressure from investors, |"
).split("|")
DATELINES = ("NAIROBI (Wire) - ", "GENEVA, March 3 - ", "BEIRUT: ", "LIMA - ", "SEOUL, Oct. 12 -- ", "BRUSSELS — ")
AFTER = (
    "|, officials said|, according to local media|, a spokesman said on Monday|, state television reported|, witnesses said|, the ministry said in a statement|"
    " on Thursday| over the weekend| for the first time in a decade|, raising fears of a wider crisis|, diplomats in the region said|"
    ", a move analysts called unprecedented| as prices climbed|, two years after the coup| in a dispute over water|, citing a lack of progress|"
    ", the daily said| despite mounting debts|, drawing little attention abroad| at a ceremony in the capital|, a sign of shifting alliances"
).split("|")
JOINS = (" while ", ", and ", "; ", ", hours after ", " as ", ", a day after ", ", shortly before ", ", even though ", " because ")
YEARS = ("In 1994, ", "In 2003, ", "Back in 1989, ", "In the summer of 2008, ", "Three years ago, ", "Since 2014, ")


@dataclass
class Piece:
    """A clause with its events as (actor, recipient, trigger, type, status)."""

    text: str
    events: list[tuple[str, str, str, str, str]]


class Composer:
    """Draws phrases and forms with one random source."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        rows = [line.split("\t") for line in _lines("deeds.tsv")]
        self.by_type: dict[str, list[tuple[str, str, str]]] = {}
        for kind, sides, phrase in rows:
            self.by_type.setdefault(kind.split("/")[0], []).append((kind, sides, phrase))

        self.nominals = [line.split("\t") for line in _lines("nominals.tsv")]
        self.nothing = _lines("nothing.txt")

    def party(self, kind: str, *, taken: str = "") -> str:
        while True:
            name, adjective, capital = (part.replace("_", " ") for part in self.draw.choice(STATES).split(":"))
            form = self.draw.choice(KINDS[kind].split("|"))
            words = form.replace("{S}", name).replace("{A}", adjective).replace("{C}", capital)
            if words not in taken and taken not in words or not taken:
                return words

    def piece(self, only: str = "") -> Piece:
        kind, sides, phrase = self.draw.choice(self.by_type[only or self.draw.choice(list(self.by_type))])
        mine, theirs = sides.split(">")
        actor = self.party(mine)
        other = self.party(theirs, taken=actor)
        root = kind.split("/")[0]
        forms = ["past"] * 6 + ["perfect", "headline"]
        if re.match(r"\[\w+\] R\b", phrase):
            forms += ["passive"] * 3
        if root in FRIENDLY:
            forms += ["future", "agreed", "refused", "urged", "maybe", "denied"]
        if root in HARSH:
            forms += ["future", "threatened", "accused", "denied", "maybe", "alleged", "believed"]
        if kind == "AID/military":
            forms += ["accused", "denied", "believed"]
        return getattr(self, "_" + self.draw.choice(forms))(actor, other, phrase, kind)

    def _split(self, phrase: str, other: str) -> tuple[str, str]:
        verb, rest = re.match(r"\[(\w+)\](.*)", phrase).groups()
        return verb, re.sub(r"\bR\b", lambda _: other, rest)

    def _past(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        return Piece(f"{actor} {past(verb)}{rest}", [(actor, other, past(verb), kind, self._done(kind))])

    def _done(self, kind: str) -> str:
        return "threatened" if kind.startswith("THREATEN") else "done"

    def _perfect(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        done = participle(verb)
        return Piece(f"{actor} {has(actor)} {done}{rest}", [(actor, other, done, kind, self._done(kind))])

    def _headline(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        form = verb if plural(actor) else third(verb)
        return Piece(f"{actor} {form}{rest}", [(actor, other, form, kind, self._done(kind))])

    def _passive(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        done = participle(verb)
        be = "were" if plural(other) else "was"
        return Piece(f"{other} {be} {done}{rest.replace(' ' + other, '', 1)} by {actor}", [(actor, other, done, kind, self._done(kind))])

    def _future(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        turned = "AGREE/" if kind.split("/")[0] in FRIENDLY else "THREATEN/"
        status = "planned" if turned == "AGREE/" else "threatened"
        ahead = self.draw.choice(["will", "is to", "would"])
        said = self.draw.choice(["", f"{actor} said it ", f"{actor} announced it "])
        if said and not plural(actor):
            ahead = "would" if ahead != "is to" else "was to"
            return Piece(f"{said}{ahead} {verb}{rest}", [(actor, other, verb, turned, status)])
        ahead = "are to" if ahead == "is to" and plural(actor) else ahead
        return Piece(f"{actor} {ahead} {verb}{rest} next month", [(actor, other, verb, turned, status)])

    def _agreed(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        word = self.draw.choice("agreed promised pledged offered vowed undertook consented decided".split())
        return Piece(f"{actor} {word} to {verb}{rest}", [(actor, other, word, "AGREE/", "planned")])

    def _refused(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        word = self.draw.choice("refused declined refused".split())
        mode = {"CONSULT": "meet", "AID": "assist", "RETREAT": "yield", "CONCEDE": "yield"}.get(kind.split("/")[0], "")
        if self.draw.random() < 0.3:
            return Piece(f"{actor} said it would not {verb}{rest}", [(actor, other, verb, f"REJECT/{mode}", "done")])
        return Piece(f"{actor} {word} to {verb}{rest}", [(actor, other, word, f"REJECT/{mode}", "done")])

    def _urged(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        asker = self.party(self.draw.choice("siison"), taken=actor)
        word = self.draw.choice(["urged", "asked", "called on", "pressed", "appealed to", "implored", "told", "ordered"])
        mode = {"CONSULT": "meet", "AID": "assist", "RETREAT": "yield", "CONCEDE": "yield"}.get(kind.split("/")[0], "change")
        return Piece(f"{asker} {word} {actor} to {verb}{rest}", [(asker, actor, word.split()[0], f"REQUEST/{mode}", "done")])

    def _threatened(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        word = self.draw.choice("threatened threatened vowed warned".split())
        link = " to" if word != "warned" else " that it would"
        return Piece(f"{actor} {word}{link} {verb}{rest}", [(actor, other, word, "THREATEN/", "threatened")])

    def _accused(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        asker = self.party(self.draw.choice("sino"), taken=actor)
        word, gerund = self.draw.choice(["accused", "suspected", "accused"]), ing(verb)
        accuse = [] if word == "suspected" else [(asker, actor, word, "ACCUSE/allege", "done")]
        deed = (actor, other, gerund, kind, "alleged" if accuse else "presumed")
        return Piece(f"{asker} {word} {actor} of {gerund}{rest}", [*accuse, deed])

    def _denied(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        if self.draw.random() < 0.5:
            return Piece(f"{actor} denied {ing(verb)}{rest}", [(actor, other, ing(verb), kind, "denied")])
        return Piece(f"{actor} denied that it had {participle(verb)}{rest}", [(actor, other, participle(verb), kind, "denied")])

    def _alleged(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        return Piece(f"{actor} allegedly {past(verb)}{rest}", [(actor, other, past(verb), kind, "alleged")])

    def _believed(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        be = "are" if plural(actor) else "is"
        done = participle(verb)
        return Piece(f"{actor} {be} believed to have {done}{rest}", [(actor, other, done, kind, "presumed")])

    def _maybe(self, actor, other, phrase, kind):
        verb, rest = self._split(phrase, other)
        word = self.draw.choice([f"{actor} may {verb}{rest}", f"{actor} could soon {verb}{rest}", f"analysts expect {actor} to {verb}{rest}",
                                 f"observers doubt that {actor} will {verb}{rest}", f"it is unclear whether {actor} will {verb}{rest}",
                                 f"{actor} should {verb}{rest}, the editorial argued"])
        return Piece(word, [])

    def void(self) -> Piece:
        """A clause that tells no act."""
        one = self.party("s")
        other = self.party("s", taken=one)
        words = self.draw.choice(self.nothing)
        return Piece(re.sub(r"\b[ST]\b", lambda m: one if m.group() == "S" else other, words), [])

    def nominal(self) -> Piece:
        """A clause around a noun that tells an act."""
        kind, sides, phrase = self.draw.choice(self.nominals)
        mine, theirs = sides.split(">")
        actor = self.party(mine)
        other = self.party(theirs, taken=actor)
        trigger = re.search(r"\[(.+?)\]", phrase).group(1)
        words = phrase.replace("[", "").replace("]", "")
        words = re.sub(r"\b[AR]\b", lambda m: actor if m.group() == "A" else other, words).replace("s's ", "s' ")
        frame = self.draw.choice(
            ["{} drew crowds of reporters", "{} topped the news", "{} came as a surprise", "markets fell after {}", "{} has dominated the week",
             "the paper carried a long piece on {}", "{} lasted three days", "{} was over by noon", "little is known about {}", "{} followed within hours"]
        )
        return Piece(frame.format(words), [(actor, other, trigger, kind, self._done(kind))])

    def relative(self) -> Piece:
        """A clause whose subject did something in a relative clause or with a participle."""
        kind, sides, phrase = self.draw.choice(self.by_type[self.draw.choice(list(self.by_type))])
        mine, theirs = sides.split(">")
        actor = self.party(mine)
        other = self.party(theirs, taken=actor)
        verb, rest = self._split(phrase, other)
        who = "who" if plural(actor) else "which"
        tail = self.draw.choice(["is short of cash", "has gained ground in the polls", "gave no reason", "won praise at home", "made no comment"])
        if plural(actor):
            tail = tail.replace("is ", "are ").replace("has ", "have ")
        form = self.draw.choice([f"{actor}, {who} {past(verb)}{rest} on Monday, {tail}", f"{actor} {tail} after {ing(verb)}{rest}", f"{actor} {tail}, {ing(verb)}{rest}"])
        trigger = past(verb) if f" {past(verb)}{rest}" in form else ing(verb)
        return Piece(form, [(actor, other, trigger, kind, self._done(kind))])

    def any_piece(self) -> Piece:
        roll = self.draw.random()
        return self.void() if roll < 0.17 else self.nominal() if roll < 0.29 else self.relative() if roll < 0.42 else self.piece()

    def sentence(self) -> tuple[str, list]:
        first = self.any_piece()
        text, events = first.text, list(first.events)
        roll = self.draw.random()
        if roll < 0.35:
            second = self.any_piece()
            if not set(words_of(first)) & set(words_of(second)):
                text = f"{text}{self.draw.choice(JOINS)}{second.text}"
                events += second.events
        elif roll < 0.42 and events and events[0][4] == "done":
            text, events = self.draw.choice(YEARS) + text, [(*e[:4], "background") for e in events]
            return finish(text), events
        if self.draw.random() < 0.35:
            text = self.draw.choice(BEFORE) + text
        elif self.draw.random() < 0.2:
            text = self.draw.choice(DATELINES) + text[0].upper() + text[1:]
        return finish(text + self.draw.choice(AFTER)), events


def _lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def words_of(piece: Piece) -> list[str]:
    return [word for event in piece.events for word in event[:3]]


def finish(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def past(verb: str) -> str:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def participle(verb: str) -> str:
    return PARTICIPLE.get(verb, past(verb))


def ing(verb: str) -> str:
    double = {"cut", "set", "shut", "put", "quit", "ban", "bar", "strip", "stab", "swap", "drop", "scrap", "kidnap", "commit", "ship", "hit", "slam", "slap", "let", "stop", "run", "win", "sit", "begin", "plan", "step", "admit", "forbid", "overrun"}
    if verb in double:
        return verb + verb[-1] + "ing"
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def third(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")


def plural(party: str) -> bool:
    head = party.split(" in ")[0].split(" of ")[0]
    return head.endswith(("s", "people", "men", "police", "guerrillas")) and not party.endswith(("United States", "Honduras", "airlines"))


def has(party: str) -> str:
    return "have" if plural(party) else "has"


def main() -> None:
    """Write the composed sentences in the form of the training set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    composer, seen, lines = Composer(args.seed), set(), []
    while len(lines) < args.count:
        text, events = composer.sentence()
        if text in seen:
            continue
        seen.add(text)
        told = []
        for actor, other, trigger, kind, status in events:
            actor, other, trigger = (at_start(text, words) for words in (actor, other, trigger))
            told.append(f"{actor} > {other} | {trigger} | {kind.rstrip('/')} | {status}")
        lines.append(f"{text}\t{' ;; '.join(told) or '-'}\n")
    args.out.write_text("".join(lines), encoding="utf-8")


def at_start(text: str, words: str) -> str:
    """The words as they stand when they open the sentence."""
    return words if words in text else words[0].upper() + words[1:]


if __name__ == "__main__":
    main()
