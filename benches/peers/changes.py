"""One page in a hundred changes, and changes back."""

import os
import shutil
from contextlib import contextmanager

SENTENCE = "<p>This page was changed to see how long it takes to notice.</p>"


@contextmanager
def changed(corpus, kept):
    """Adds a sentence to every hundredth page; the pages themselves wait in the folder `kept` and come back in any case."""
    restore(corpus, kept)
    kept.mkdir(parents=True)
    paths = list(corpus.files())[::100]
    (kept / "paths").write_text("\n".join(paths))
    try:
        for at, path in enumerate(paths):
            with open(path, "rb") as page:
                text = page.read()
            os.rename(path, kept / str(at))
            end = text.rfind(b"</p>")
            end = end + 4 if end >= 0 else len(text)
            # A file of its own: where it was linked from another corpus, that one stays as it is.
            with open(path, "wb") as page:
                page.write(text[:end] + SENTENCE.encode() + text[end:])
        yield len(paths)
    finally:
        restore(corpus, kept)


def restore(corpus, kept):
    """Takes back what an interrupted run left changed."""
    if (kept / "paths").exists():
        for at, path in enumerate((kept / "paths").read_text().splitlines()):
            if (kept / str(at)).exists():
                os.replace(kept / str(at), path)
    shutil.rmtree(kept, ignore_errors=True)
