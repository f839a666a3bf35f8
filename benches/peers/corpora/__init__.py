"""What is ingested: folders of HTML."""

import os
from dataclasses import dataclass
from pathlib import Path

from measure import Failed


@dataclass
class Corpus:
    """A folder of real files."""

    name: str
    title: str
    folder: Path

    def files(self):
        """Every page, in order. Links are not counted: documentation packages hold many to the same pages."""
        for place, folders, names in os.walk(self.folder):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(place, name)
                if name.endswith((".html", ".htm")) and not os.path.islink(path):
                    yield path

    def warm(self):
        """Reads everything once, so that who comes first does not wait for the disk."""
        for path in self.files():
            with open(path, "rb") as file:
                while file.read(1 << 20):
                    pass

    def size(self):
        """Pages and bytes."""
        pages = total = 0
        for path in self.files():
            pages, total = pages + 1, total + os.path.getsize(path)
        if not pages:
            raise Failed(f"{self.folder} has no pages")
        return pages, total


def make(name, settings):
    """The corpus of this name, made where it is not there yet."""
    from . import debian, generate, occupations

    if name == "a":
        return debian.make(settings)
    if name == "b":
        return occupations.make(settings)
    return generate.make(settings, {"c": settings.generated, **generate.CURVE}[name])
