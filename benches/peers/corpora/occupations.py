"""(b) Career pages of O*NET and ESCO as they lie in the shared folder; they are not part of this project."""

import shutil

from measure import Failed
from . import Corpus

FOLDERS = ["onet", "esco"]


def make(settings):
    folder = settings.work / "corpora/b"
    corpus = Corpus("b", "career pages of O*NET and ESCO", folder)
    if folder.is_dir():
        return corpus
    pages = settings.shared / "pages"
    missing = [name for name in FOLDERS if not (pages / name).is_dir()]
    if missing:
        raise Failed(f"{', '.join(missing)} not found under {settings.shared.name}/pages (--shared)")
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    for name in FOLDERS:
        shutil.copytree(pages / name, part / name, ignore=lambda _, names: [n for n in names if not n.endswith(".html")])
    part.rename(folder)
    return corpus
