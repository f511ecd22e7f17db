"""Join the mentions of one deed into an event, and say why they are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from detente.model.dates import Dated
from detente.model.events import Event, Mention, Status
from detente.model.identity import normalise_quote

Pair = tuple[str, str]

WIDEST_ACROSS_DOCUMENTS = 31
"""Days: a date wider than a month says too little to join reports of different pages."""

_DEED = {
    Status.DONE: "deed",
    Status.ONGOING: "deed",
    Status.BACKGROUND: "deed",
    Status.PRESUMED: "deed",
    Status.PLANNED: "plan",
    Status.CONDITIONAL: "plan",
}
_DIRECTNESS = (Status.DONE, Status.ONGOING, Status.BACKGROUND, Status.PRESUMED)


@dataclass(slots=True)
class _Cluster:
    mentions: list[Mention]
    lo: date | None
    hi: date | None
    why: list[str] = field(default_factory=list)


def join_mentions(
    mentions: Iterable[Mention],
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    origins: Mapping[str, str] | None = None,
) -> tuple[Event, ...]:
    """Join mentions of one deed: same type, same parties, same standing (deed, plan, denial), one date.

    A pure function of the set given: the order does not matter. `together` and `apart` are pairs of
    keys a person merged or split; they win over the rule. `origins` names for each document that copies
    another the one it copies: its mentions join the event of the same passage there and found none of
    their own. Events come in order of date, then id.
    """
    divided = {frozenset(pair) for pair in apart}
    origins = origins or {}
    ordered = sorted(mentions, key=_firmest_first)
    passages = {(mention.document, passage(mention)) for mention in ordered}
    copied = [m for m in ordered if (origins.get(m.document), passage(m)) in passages]
    repeats = {mention.key for mention in copied}
    buckets: dict[tuple[str, ...], _Bucket] = defaultdict(lambda: _Bucket(divided, origins))
    for mention in ordered:
        if mention.key not in repeats:
            buckets[_deed(mention)].add(mention)
    clusters = [cluster for bucket in buckets.values() for cluster in bucket.clusters]
    clusters = _repeat(clusters, copied, divided, origins)
    clusters = _merge(clusters, together)
    return tuple(sorted((_event(cluster) for cluster in clusters), key=_by_date))


def passage(mention: Mention) -> Pair:
    """Name the words a mention stands on and the one it hangs on, the same in every copy of a text."""
    quote = normalise_quote(" ".join(evidence.quote for evidence in mention.evidence))
    return (quote, f"{mention.trigger.casefold()}/{mention.event_type.value}")


def _deed(mention: Mention) -> tuple[str, ...]:
    """What must be equal for two mentions to be of one deed: type, standing and parties."""
    parties = sorted(party.side for party in (*mention.actor, *mention.recipient))
    standing = _DEED.get(mention.status, mention.status.value)
    return (mention.event_type.value, mention.mode or "", standing, *parties)


def _firmest_first(mention: Mention) -> tuple[int, int, str]:
    # A mention with a known day founds an event; a vaguer one may then fall into it.
    return (_width(mention.deed_date), _rank(mention.status), mention.key)


def _rank(status: Status) -> int:
    return _DIRECTNESS.index(status) if status in _DIRECTNESS else len(_DIRECTNESS)


def _width(when: Dated | None) -> int:
    if when is None or when.lo is None or when.hi is None:
        return 100_000
    return (when.hi - when.lo).days


class _Bucket:
    """The clusters of mentions with equal type, standing and parties, found by page and by day."""

    def __init__(self, divided: set[frozenset[str]], origins: Mapping[str, str]) -> None:
        self.clusters: list[_Cluster] = []
        self._divided = divided
        self._origins = origins
        self._by_page: dict[str, list[int]] = defaultdict(list)
        self._by_day: dict[date, list[int]] = defaultdict(list)

    def add(self, mention: Mention) -> None:
        """Put a mention into the first cluster it fits, else into one of its own."""
        page = self._origins.get(mention.document, mention.document)
        days = _days(mention.deed_date)
        near = {*self._by_page[page], *(number for day in days for number in self._by_day[day])}
        home = next((n for n in sorted(near) if self._fits(mention, page, n)), None)
        if home is None:
            home = len(self.clusters)
            self.clusters.append(_alone(mention))
            for day in days:
                self._by_day[day].append(home)
        else:
            _join(mention, self.clusters[home])
        self._by_page[page].append(home)

    def _fits(self, mention: Mention, page: str, number: int) -> bool:
        cluster, when = self.clusters[number], mention.deed_date
        shares_page = number in self._by_page[page]
        if when is None or when.lo is None or when.hi is None or cluster.lo is None or cluster.hi is None:
            fits = shares_page and mention.trigger == cluster.mentions[0].trigger
        elif when.lo > cluster.hi or when.hi < cluster.lo:
            return False
        else:
            fits = _width(when) <= WIDEST_ACROSS_DOCUMENTS or shares_page
        return fits and not _is_divided(mention, cluster, self._divided)


def _days(when: Dated | None) -> list[date]:
    if when is None or when.lo is None or _width(when) > WIDEST_ACROSS_DOCUMENTS:
        return []
    return [when.lo + timedelta(days=number) for number in range(_width(when) + 1)]


def _alone(mention: Mention) -> _Cluster:
    when = mention.deed_date
    return _Cluster([mention], when.lo if when else None, when.hi if when else None)


def _join(mention: Mention, home: _Cluster) -> None:
    when = mention.deed_date
    home.why.append(_reason(mention, home))
    home.mentions.append(mention)
    if when and when.lo and (home.lo is None or when.lo > home.lo):
        home.lo = when.lo
    if when and when.hi and (home.hi is None or when.hi < home.hi):
        home.hi = when.hi


def _is_divided(mention: Mention, cluster: _Cluster, divided: set[frozenset[str]]) -> bool:
    return any(frozenset((mention.key, other.key)) in divided for other in cluster.mentions)


def _repeat(
    clusters: list[_Cluster],
    copied: Sequence[Mention],
    divided: set[frozenset[str]],
    origins: Mapping[str, str],
) -> list[_Cluster]:
    """Let the mentions of copied pages join the events of the passages they repeat."""
    homes = {(m.document, passage(m)): cluster for cluster in clusters for m in cluster.mentions}
    alone = []
    for mention in copied:
        home = homes.get((origins.get(mention.document, ""), passage(mention)))
        if home is None or _is_divided(mention, home, divided):
            alone.append(_alone(mention))
            continue
        home.mentions.append(mention)
        home.why.append(f"a copy of the page: the same passage at {mention.document}")
    return [*clusters, *alone]


def _reason(mention: Mention, cluster: _Cluster) -> str:
    where = "same page" if mention.document == cluster.mentions[0].document else "another page"
    dates = mention.deed_date.edtf if mention.deed_date else "no date"
    return f"{where}: same {mention.event_type.value}, same parties, {dates} falls on the same day"


def _merge(clusters: list[_Cluster], together: Iterable[Pair]) -> list[_Cluster]:
    for first, second in sorted(together):
        homes = [c for c in clusters if any(m.key in (first, second) for m in c.mentions)]
        if len(homes) == 2:
            kept, gone = homes
            kept.mentions += gone.mentions
            kept.why += [*gone.why, "merged by a person"]
            clusters = [c for c in clusters if c is not gone]
    return clusters


def _event(cluster: _Cluster) -> Event:
    lead = cluster.mentions[0]
    return Event(
        id="e" + min(mention.key for mention in cluster.mentions)[1:],
        mentions=tuple(sorted(cluster.mentions, key=lambda mention: (mention.document, mention.key))),
        event_type=lead.event_type,
        mode=lead.mode,
        actor=lead.actor,
        recipient=lead.recipient,
        status=lead.status,
        event_date=lead.event_date,
        deed_date=lead.deed_date,
        place=next((m.place for m in cluster.mentions if m.place), None),
        occasion=next((m.occasion for m in cluster.mentions if m.occasion), ""),
        why=tuple(cluster.why),
    )


def _by_date(event: Event) -> tuple[date, str]:
    when = event.deed_date or event.event_date
    return ((when.lo if when else None) or date.max, event.id)
