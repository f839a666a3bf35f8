"""(a) The HTML of Debian's documentation packages: pages of every size, some over a megabyte."""

import shutil

from measure import Failed, run
from . import Corpus

PACKAGES = ["postgresql-doc-15", "python3.11-doc", "python-django-doc", "sqlite3-doc"]
QUICK = ["postgresql-doc-15"]


def make(settings):
    packages = QUICK if settings.quick else PACKAGES
    folder = settings.work / "corpora" / ("a-quick" if settings.quick else "a")
    corpus = Corpus("a", "HTML of " + ", ".join(packages), folder)
    if folder.is_dir():
        return corpus
    if not shutil.which("dpkg"):
        raise Failed("Debian's packages are unpacked by dpkg, which is not here")
    packed, unpacked = settings.work / "corpora/packages", settings.work / "corpora/unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    packed.mkdir(parents=True, exist_ok=True)
    for package in packages:
        if not any(packed.glob(f"{package}_*.deb")):
            # As root apt would hand over to a user of its own, who may not write here.
            run(["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", package], 300, folder=packed)
        (unpacked / package).mkdir(parents=True)
        run(["dpkg", "-x", next(packed.glob(f"{package}_*.deb")), unpacked / package], 300)
    for path in Corpus("a", "", unpacked).files():
        target = folder.with_suffix(".part") / path.removeprefix(f"{unpacked}/").replace("/usr/share/", "/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    shutil.rmtree(unpacked)
    folder.with_suffix(".part").rename(folder)
    return corpus
