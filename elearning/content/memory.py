"""Memory with a bound: what was read last stays, what nobody asked for longest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """Keeps values under keys that always mean the same value, up to a total of `most_bytes`."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()  # threads share a process; reading files goes on outside it
        self.held_bytes = 0

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> list[Any]:
        """Return what is remembered."""
        with self._lock:
            return [value for value, _size_bytes in self._values.values()]

    def recall(self, key: Hashable, read: Callable[[], tuple[T, int]]) -> T:
        """Return the value of a key; `read` gives it, and how many bytes it takes, where it is not remembered."""
        with self._lock:
            kept = self._values.get(key)
            if kept is not None:
                self._values.move_to_end(key)
                value: T = kept[0]
                return value
        value, size_bytes = read()
        with self._lock:
            if key not in self._values and size_bytes <= self._most_bytes:
                self._values[key] = (value, size_bytes)
                self.held_bytes += size_bytes
            while self.held_bytes > self._most_bytes:
                self.held_bytes -= self._values.popitem(last=False)[1][1]
        return value
