"""All vectors of a collection in memory, brought up to date from the file before each search.

Exact search: at 100,000 claims one product of the matrix takes about as long as SQLite takes to find common words.
"""

# ruff: noqa: S608 - only names of ours stand in the statements, every value is an argument

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import Any

import numpy as np

from pipeline.ports import Collection

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


class Vectors:
    """Rows and their unit vectors; usable from many threads."""

    def __init__(self, collection: Collection, dimensions: int) -> None:
        self._collection = collection
        self._lock = Lock()
        self._seq = 0
        self._count = 0
        self._places: dict[int, int] = {}
        self._rows: Ints = np.zeros(0, np.int64)
        self._matrix: Floats = np.zeros((0, dimensions), np.float32)

    def nearest(
        self, connection: sqlite3.Connection, vector: tuple[float, ...], floor: float
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of all vectors at or above `floor`, nearest first."""
        direction = np.asarray(vector, np.float32)
        length = float(np.linalg.norm(direction))
        if not 0 < length < float("inf"):
            return []
        with self._lock:
            self._refresh(connection)
            scores = self._matrix[: self._count] @ (direction / length)
            near = np.flatnonzero(scores >= floor)
            order = near[np.argsort(-scores[near], kind="stable")]
            return list(zip(self._rows[order].tolist(), scores[order].tolist(), strict=True))

    def _refresh(self, connection: sqlite3.Connection) -> None:
        changes = connection.execute(
            f"SELECT seq, row, vector FROM {self._collection}_vectors WHERE seq > ? ORDER BY seq",
            (self._seq,),
        ).fetchall()
        if not changes:
            return
        new = {row for _, row, _ in changes} - self._places.keys()
        self._grow(self._count + len(new))
        for _, row, vector in changes:
            self._put(row, vector)
        self._seq = changes[-1][0]

    def _put(self, row: int, vector: bytes | None) -> None:
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = self._count
            self._rows[place] = row
            self._count += 1
        # A vector of zeros is near to nothing, so what was taken away is not found.
        self._matrix[place] = 0 if vector is None else np.frombuffer(vector, "<f2")

    def _grow(self, needed: int) -> None:
        if needed <= len(self._rows):
            return
        room = max(needed, len(self._rows) * 3 // 2, 1024)
        matrix = np.zeros((room, self._matrix.shape[1]), np.float32)
        matrix[: self._count] = self._matrix[: self._count]
        rows = np.zeros(room, np.int64)
        rows[: self._count] = self._rows[: self._count]
        self._matrix, self._rows = matrix, rows
