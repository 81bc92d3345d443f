"""The chosen readings of a question in order, and which of them a part of the draft has used."""

from dataclasses import dataclass, field
from datetime import date

from buster_jobs.packages.ai.offline.reading.readings import Glue, Item, Mark, Reading, Tab
from buster_jobs.packages.data_sources.catalog import Table


@dataclass(slots=True)
class Slots:
    """One assignment of readings to items. Each reader marks in `used` the indexes that it has read."""

    items: tuple[Item, ...]
    readings: tuple[Reading, ...]
    today: date
    used: set[int] = field(default_factory=set[int])

    def free(self, kind: type[Reading] | tuple[type[Reading], ...]) -> list[int]:
        """Indexes of unused readings of a kind."""
        return [i for i, r in enumerate(self.readings) if i not in self.used and isinstance(r, kind)]

    def tables(self) -> list[Table]:
        """The tables that the question names."""
        return [reading.table for reading in self.readings if isinstance(reading, Tab)]

    def after(self, index: int, *, skip: frozenset[str] | None = None) -> int | None:
        """The next index whose reading is not glue; with `skip`, only these words of glue are passed over."""
        return self._walk(index, 1, skip)

    def before(self, index: int, *, skip: frozenset[str] | None = None) -> int | None:
        """The previous index whose reading is not glue; `skip` as in `after`."""
        return self._walk(index, -1, skip)

    def glue_between(self, left: int, right: int) -> set[str]:
        """The glue words between two indexes."""
        found = self.readings[left + 1 : right]
        return {reading.word for reading in found if isinstance(reading, Glue)}

    def is_free(self, index: int | None, kind: type[Reading] | tuple[type[Reading], ...]) -> bool:
        """Whether the index holds an unused reading of a kind."""
        return index is not None and index not in self.used and isinstance(self.readings[index], kind)

    def mark(self, index: int | None, *kinds: str) -> bool:
        """Whether the index holds an unused marker of one of the kinds."""
        if index is None or index in self.used:
            return False
        reading = self.readings[index]
        return isinstance(reading, Mark) and reading.kind in kinds

    def roles(self, index: int) -> frozenset[str]:
        """The prepositions and role verbs right before an index; the verbs are marked as used."""
        words: set[str] = set()
        for step in range(index - 1, max(-1, index - 4), -1):
            reading = self.readings[step]
            if isinstance(reading, Mark) and reading.kind == "role":
                self.used.add(step)
                words.add(reading.word)
            elif isinstance(reading, Glue):
                words.add(reading.word)
            elif not (isinstance(reading, Tab) or (isinstance(reading, Mark) and reading.kind in ("per", "not"))):
                break
        return frozenset(words)

    def _walk(self, index: int, step: int, skip: frozenset[str] | None) -> int | None:
        index += step
        while 0 <= index < len(self.readings):
            reading = self.readings[index]
            passed = isinstance(reading, Mark) and reading.word == "by" and index in self.used
            if passed and (skip is None or "by" in skip):
                index += step
                continue
            if not isinstance(reading, Glue) or (skip is not None and reading.word not in skip):
                return index
            index += step
        return None
