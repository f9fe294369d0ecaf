"""Worker: a process that works off tasks, one after the other, each a line of JSON in and a line of JSON out.

Nothing but text passes between processes, over their own pipes: no port is opened and no object is sent.
"""

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import IO, Any, Self

from sim.core.errors import WorkerLost

Task = Mapping[str, Any]


class Worker:
    """A process started with a command; give it a task, do something else, and take the result."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Starts it; entries of `environment` are added to this process's own, and "" takes one away."""
        known = {**os.environ, **(environment or {})}
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: value for name, value in known.items() if value},
            text=True,
            encoding="utf-8",
        )

    def give(self, task: Task) -> None:
        """Hands it a task; it begins at once when it has no other."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()

    def take(self) -> dict[str, Any]:
        """Waits for the result of the oldest task that was given.

        Raises:
            WorkerLost: the process ended before it had one.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise WorkerLost(self._process.wait())
        result: dict[str, Any] = json.loads(line)
        return result

    def close(self) -> None:
        """Lets it finish what it was given, and waits for its end."""
        self._process.communicate()

    def __enter__(self) -> Self:
        """The worker itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes it; at once when something went wrong."""
        if kind is not None:
            self._process.kill()
        self.close()


def serve(work: Callable[[Task], Task], source: IO[str], sink: IO[str]) -> None:
    """Works off the tasks that come in, until there are no more."""
    for line in source:
        sink.write(json.dumps(work(json.loads(line)), allow_nan=False) + "\n")
        sink.flush()
