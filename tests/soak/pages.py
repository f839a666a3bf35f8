"""A folder of pages that are added, changed and removed. Each says a word that no other page says, by which it is found."""

import gzip
import pathlib
import random
import re
import sys

PAGES = 1_000
MARKUP = {".html", ".htm", ".xhtml"}
SUFFIXES = {*MARKUP, ".md", ".markdown", ".txt"}


class Pages:
    """Changes them, from one thread; which words are to be found is in `words`, by file."""

    def __init__(self, folder, samples, seed=11):
        self.folder, self.chance, self.number = pathlib.Path(folder), random.Random(seed), 0
        self.samples = [text for text in map(read, sorted(pathlib.Path(samples).rglob("*"))) if text]
        self.words = {}
        self.counts = {"added": 0, "changed": 0, "removed": 0}
        for _ in range(PAGES):
            self.add()
        self.counts["added"] = 0

    def add(self):
        """The path and the word of a new page."""
        suffix, text = self.samples[self.number % len(self.samples)]
        path = self.folder / f"{self.number % 10}" / f"page-{self.number}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.counts["added"] += 1
        return path, self.write(path, text)

    def change(self, path):
        """Its new word; its text is then another sample's."""
        self.counts["changed"] += 1
        alike = [text for suffix, text in self.samples if suffix == path.suffix]
        return self.write(path, self.chance.choice(alike))

    def remove(self, path):
        """The word that is not to be found any more."""
        self.counts["removed"] += 1
        path.unlink()
        return self.words.pop(path)

    def any(self):
        return self.chance.choice(list(self.words))

    def step(self):
        """Adds, changes or removes one, so that there are about as many as in the beginning."""
        more = len(self.words) - PAGES
        what = self.chance.choices(["add", "change", "remove"], [max(1, 20 - more), 40, max(1, 20 + more)])[0]
        if what == "add":
            self.add()
        else:
            getattr(self, what)(self.any())

    def write(self, path, text):
        """Another title and a paragraph of its own; files are replaced whole, as a site's generator does."""
        self.number += 1
        word = f"zq{self.number}x{self.chance.randrange(10**6)}"
        new = path.with_name(f".{path.name}.new")
        new.write_text(with_own(text, path.suffix, word, self.number), encoding="utf-8")
        new.replace(path)
        self.words[path] = word
        return word


def read(path):
    """The suffix and the text of a sample; none where it is no page."""
    if path.suffix == ".gz":
        suffix, data = path.with_suffix("").suffix, lambda: gzip.decompress(path.read_bytes())
    else:
        suffix, data = path.suffix, path.read_bytes
    return (suffix, data().decode("utf-8", "replace")) if suffix in SUFFIXES else None


def with_own(text, suffix, word, number):
    """A sample with a number in its title and a word in a paragraph."""
    if suffix in MARKUP:
        text = re.sub(r"(</title>|</h1>)", rf" {number}\1", text)
        own = f"<p>Known here as {word}.</p>"
        return text.replace("</h1>", f"</h1>{own}", 1) if "</h1>" in text else text + own
    text = re.sub(r"^(# .*)$", rf"\1 {number}", text, count=1, flags=re.M)
    # In a paragraph: what stands alone at the end of saved text may be furniture.
    return re.sub(r"^([ \t]*[A-Z][^\n]{40,})$", rf"\1 It is known here as {word}.", text, count=1, flags=re.M)


if __name__ == "__main__":
    # pages.py SAMPLES FOLDER COUNT: so many of them, which stay as they are.
    samples, folder, count = sys.argv[1:]
    pages = Pages(folder, samples)
    for _ in range(int(count) - PAGES):
        pages.add()
