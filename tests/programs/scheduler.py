"""Tasks with priorities and dependencies, on a heap with a counter."""

import heapq
from itertools import count
from typing import Callable, Iterator, Optional


class Task:
    def __init__(self, name: str, priority: int = 5, needs: tuple = ()) -> None:
        self.name = name
        self.priority = priority
        self.needs = set(needs)


class Scheduler:
    def __init__(self) -> None:
        self._heap: list = []
        self._order: Iterator[int] = count()
        self._done: list[str] = []
        self._waiting: dict[str, Task] = {}
        self.on_finish: Optional[Callable[[str], None]] = None

    def add(self, task: Task) -> None:
        if task.needs <= set(self._done):
            heapq.heappush(self._heap, (task.priority, next(self._order), task))
        else:
            self._waiting[task.name] = task

    def run(self) -> list[str]:
        while self._heap:
            priority, number, task = heapq.heappop(self._heap)
            self._done.append(task.name)
            if self.on_finish is not None:
                self.on_finish(f"{priority} #{number} {task.name}")
            for name in list(self._waiting):
                waiting = self._waiting[name]
                waiting.needs.discard(task.name)
                if not waiting.needs:
                    del self._waiting[name]
                    self.add(waiting)
        return sorted(self._waiting)


def round_robin(jobs: dict[str, int], quantum: int) -> Iterator[tuple[str, int]]:
    queue = list(jobs.items())
    while queue:
        name, left = queue.pop(0)
        used = min(left, quantum)
        yield name, used
        if left > used:
            queue.append((name, left - used))


def simulate(events):
    """Events that cause later events, by generators."""
    clock = 0
    heap = [(at, i, name, gen) for i, (at, name, gen) in enumerate(events)]
    heapq.heapify(heap)
    while heap:
        clock, i, name, gen = heapq.heappop(heap)
        try:
            what, pause = next(gen)
        except StopIteration as stop:
            yield clock, name, f"finished with {stop.value}"
            continue
        yield clock, name, what
        heapq.heappush(heap, (clock + pause, i, name, gen))


def customer(stops, pause):
    for stop in stops:
        yield stop, pause
    return len(stops)


def main() -> None:
    scheduler = Scheduler()
    scheduler.on_finish = lambda text: print("  done:", text)
    for task in [Task("roof", 1, ("walls",)), Task("walls", 2, ("ground", "bricks")), Task("ground", 3),
                 Task("bricks", 3), Task("tea", 9), Task("party", 1, ("roof", "guests"))]:
        scheduler.add(task)
    print("left over:", scheduler.run())
    slices = list(round_robin({"a": 5, "b": 2, "c": 4}, quantum=2))
    print(" ".join(f"{name}{used}" for name, used in slices))
    for clock, name, what in simulate([(0, "Ann", customer(["bread", "milk"], 3)), (1, "Bob", customer(["tea"], 1))]):
        print(f"{clock:>3} {name} {what}")


if __name__ == "__main__":
    main()
