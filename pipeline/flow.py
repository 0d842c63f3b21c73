"""The whole way in memory: the same stages as the workers run, chained without a broker.

`crossclaim replay` and the tests run it. Articles are taken one by one, each through all stages before the next.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.errors import Unusable
from pipeline.stage import Output, Position, Stage, rejection
from schemas.article import Article
from schemas.codec import encode
from schemas.topics import ARTICLES, Topic


class Flow:
    """Stages chained through queues that stand for the topics.

    `fates` counts messages by (stage, fate), as the workers' counters do.
    """

    def __init__(self, stages: Sequence[Stage], clock_ms: Callable[[], int]) -> None:
        self._stages = stages
        self._clock_ms = clock_ms
        self._offsets: Counter[str] = Counter()
        self.fates: Counter[tuple[str, str]] = Counter()

    def run(self, articles: Iterable[Article]) -> Iterator[Output]:
        """Yield every message of every topic, in the order in which they come about."""
        for article in articles:
            yield from self._take(Output(ARTICLES, article))

    def _take(self, first: Output) -> Iterator[Output]:
        queue = deque([first])
        while queue:
            output = queue.popleft()
            yield output
            position = self._append(output.topic)
            for stage in self._stages:
                if output.topic in stage.sources:
                    queue.extend(self._step(stage, output, position))

    def _append(self, topic: Topic) -> Position:
        offset = self._offsets[topic.name]
        self._offsets[topic.name] += 1
        return Position(topic.name, 0, offset, self._clock_ms())

    def _step(self, stage: Stage, output: Output, position: Position) -> Sequence[Output]:
        try:
            outputs = stage.step(output.message, position)
        except Unusable as error:
            self.fates[stage.name, "rejected"] += 1
            stage.done(position)
            return [rejection(stage.name, position, None, encode(output.message), error)]
        stage.done(position)
        self.fates[stage.name, "duplicate" if outputs is None else "done"] += 1
        return outputs or ()
