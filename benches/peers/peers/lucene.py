"""Lucene, the newest release that a JDK of this machine runs; Lucene.java is the little that is needed around it."""

import os
import re
from pathlib import Path

import peers
from measure import Failed, run

SOURCE = Path(__file__).parent / "Lucene.java"
# By the least version of Java.
RELEASES = [(21, "10.6.0"), (11, "9.12.3")]
PARTS = ["core", "analysis-common", "queryparser", "highlighter", "facet"]


class Peer(peers.Peer):
    name, title = "lucene", "Lucene"
    reads = finds = "sections"
    packages = ("maven", "default-jdk-headless")
    facets = 3
    note = "one thread; all words in one section; behind the JDK's own HTTP server where it is asked over HTTP"

    def java(self):
        """The newest JDK and its version."""
        homes = [Path(home) for home in (os.environ.get("JAVA_HOME"), *sorted(Path("/usr/lib/jvm").glob("*"))) if home]
        found = {}
        for home in homes:
            if (home / "bin/javac").exists():
                said = run([home / "bin/javac", "-version"], 30).output
                found[int(re.search(r"(\d+)", said)[1])] = home
        if not found:
            raise Failed("no JDK found")
        return found[max(found)], max(found)

    def version(self):
        _, java = self.java()
        release = next((release for least, release in RELEASES if java >= least), None)
        if not release:
            raise Failed(f"Java {java} is too old")
        return release

    def folder(self):
        return self.settings.work / "packages" / f"lucene-{self.version()}"

    def prepare(self):
        home, _ = self.java()
        folder = self.folder()
        if not any(folder.glob("jars/lucene-core-*.jar")):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "pom.xml").write_text(project(self.version()))
            run(["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=jars"], 600, folder=folder)
        made = folder / "classes/Lucene.class"
        if made.exists() and made.stat().st_mtime > SOURCE.stat().st_mtime:
            return
        made.parent.mkdir(exist_ok=True)
        run([home / "bin/javac", "-cp", folder / "jars/*", "-d", folder / "classes", SOURCE], 120)

    def command(self, *arguments):
        home, _ = self.java()
        return [home / "bin/java", "-Xmx2g", "-cp", f"{self.folder()}/classes:{self.folder()}/jars/*", "Lucene", *arguments]

    def ingest(self, corpus, index, timeout):
        self.fresh(index)
        return run(self.command("ingest", self.sections(corpus), index), timeout)

    def ask(self, row, index, questions, passes, facets, timeout):
        return peers.answers(run(self.command("ask", index, questions, passes, facets), timeout).output)

    def services(self, index):
        return [peers.Service("Lucene behind the JDK's server, 3 facets", self.command("serve", index, 3))]


def project(release):
    parts = "".join(
        f"<dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-{part}</artifactId>"
        f"<version>{release}</version></dependency>"
        for part in PARTS
    )
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>peers</groupId><artifactId>peers</artifactId><version>1</version>"
        f"<dependencies>{parts}</dependencies></project>"
    )
