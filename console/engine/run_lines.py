"""The journal of one run while it lives: what is on disk, what follows with the next lines, and its story so far."""

from collections.abc import Callable

from console.domain.reading import Moment
from console.domain.run import Entry
from console.domain.run_story import Story, story_of
from console.recovery.runner import Line
from console.store.journal import Journal


class RunLines:
    """Written by one thread at a time: the caller guards it. Raises StoreTrouble where a line can't be kept."""

    def __init__(
        self, run: str, journal: Journal, entries: tuple[Entry, ...], *, clock: Callable[[], Moment]
    ) -> None:  # fmt: skip
        self._run, self._journal, self._clock = run, journal, clock
        self._unwritten: list[Entry] = []
        self.story: Story = story_of(entries)

    @property
    def unwritten(self) -> tuple[Entry, ...]:
        """Lines that follow with the next ones."""
        return tuple(self._unwritten)

    def write(self, lines: tuple[Line, ...], *, soon: bool) -> None:
        """Add lines; they are on disk when this returns, or `soon`: with the next lines, or a flush."""
        at = self._clock().utc
        for step, word, detail in lines:
            number = self.story.number + 1
            entry = Entry(run=self._run, number=number, at=at, step=step, word=word, detail=detail)
            self._unwritten.append(entry)
            self.story.tell(entry)
        if not soon:
            self.flush()

    def flush(self) -> None:
        """All or none; what could not be written stays, and comes first the next time."""
        if self._unwritten:
            self._journal.write(*self._unwritten)
            self._unwritten.clear()

    def all(self, unwritten: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Every line in order: those on disk, and those of `unwritten` that are not there yet."""
        kept = self._journal.entries(self._run)
        last = kept[-1].number if kept else 0
        return (*kept, *(entry for entry in unwritten if entry.number > last))
