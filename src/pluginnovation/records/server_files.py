"""What a server gave, as the files that every SS 12000 folder consists of."""

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

import msgspec

# A document is read into memory whole when it is imported.
FILE_BYTES: Final = 32 * 2**20


class Documents:
    """A folder under way. What is begun for a resource is kept when it is complete, else taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, IO[bytes]] = {}
        self._made: dict[str, list[Path]] = {}

    def add(self, resource: str, items: Iterable[bytes | memoryview | msgspec.Raw]) -> None:
        """Add objects of a resource."""
        for item in items:
            file = self._open.get(resource)
            if file is None:
                file = self._begin(resource)
                file.write(b'{"data": [\n')
            else:
                file.write(b",\n")
            file.write(item)
            if file.tell() > FILE_BYTES:
                self._end(resource)

    def add_whole(self, resource: str, data: msgspec.Raw) -> None:
        """Add a document whose `data` is an object."""
        file = self._begin(resource)
        file.write(b'{"data": ' + bytes(data) + b', "pageToken": null}\n')
        self._open.pop(resource).close()

    def keep(self, *resources: str) -> None:
        """These are complete."""
        for resource in resources:
            if resource in self._open:
                self._end(resource)

    def drop(self, *resources: str) -> None:
        """These aren't: nothing half stays."""
        for resource in resources:
            if resource in self._open:
                self._open.pop(resource).close()
            for path in self._made.pop(resource, ()):
                path.unlink()

    def has(self, resource: str) -> bool:
        """Whether the folder has any file of a resource."""
        return bool(self._made.get(resource))

    def _begin(self, resource: str) -> IO[bytes]:
        made = self._made.setdefault(resource, [])
        path = self.folder / f"{resource}-{len(made) + 1:06}.json"
        made.append(path)
        self._open[resource] = path.open("xb")
        return self._open[resource]

    def _end(self, resource: str) -> None:
        file = self._open.pop(resource)
        file.write(b'\n], "pageToken": null}\n')
        file.close()
