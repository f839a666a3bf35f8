"""(c) Career pages of this project's own making, as many as wanted: the same number gives the same page, everywhere.

A page is about an occupation of (b), a few of which are common and most rare; it is made of that one's sentences and
skills, of some neighbours' and of some from anywhere, so that words stand together as in real pages and not by chance. 10,000
pages are the first of 100,000, and these the first of a million, by hard links."""

import html
import itertools
import multiprocessing
import os
import shutil
from random import Random

from . import Corpus, vocabulary

SEED = 20
CURVE = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
FOLDER = 1_000


def make(settings, pages):
    folder = settings.work / f"corpora/c{pages}"
    shared = [settings.shared / "pages" / name for name in ("onet", "esco")]
    shared = [source for source in shared if source.is_dir()]
    vocabulary_of = "O*NET's and ESCO's" if shared else "the sample corpus's"
    corpus = Corpus("c", f"{pages:,} generated career pages of {vocabulary_of} vocabulary", folder)
    if folder.is_dir():
        return corpus
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    smaller = [made for made in CURVE.values() if made < pages and (settings.work / f"corpora/c{made}").is_dir()]
    done = max(smaller, default=0)
    if done:
        shutil.copytree(settings.work / f"corpora/c{done}", part, copy_function=os.link, dirs_exist_ok=True)
    sources = [*shared, settings.root / "corpus"]
    first, last = done // FOLDER, -(-pages // FOLDER)
    with multiprocessing.Pool(initializer=start, initargs=(sources, part, pages)) as pool:
        for _ in pool.imap_unordered(write, range(first, last)):
            pass
        pool.close()
        pool.join()
    part.rename(folder)
    return corpus


def start(sources, folder, pages):
    """In each process."""
    global MAKER, TARGET, PAGES
    MAKER, TARGET, PAGES = Maker(*vocabulary.read(sources)), folder, pages


def write(number):
    """A folder of a thousand pages."""
    folder = TARGET / f"{number:03}"
    folder.mkdir()
    for page in range(number * FOLDER, min((number + 1) * FOLDER, PAGES)):
        name, text = MAKER.page(page)
        with open(folder / name, "w", encoding="utf-8") as file:
            file.write(text)


def zipf(count, shift):
    return list(itertools.accumulate(1 / (rank + shift) for rank in range(count)))


class Maker:
    """Makes pages."""

    def __init__(self, occupations, skills):
        random = Random(SEED)
        self.occupations = random.sample(occupations, len(occupations))
        self.by_title = sorted(self.occupations)
        self.place = {title: at for at, (title, _, _) in enumerate(self.by_title)}
        self.weights = zipf(len(self.occupations), 20)
        self.skills = [name for name, _ in skills]
        self.skill_weights = list(itertools.accumulate(count for _, count in skills))
        self.sentences = [sentence for _, sentences, _ in self.occupations for sentence in sentences]
        parts = vocabulary.SYLLABLES
        names = {"".join(random.choices(parts, k=random.choice((2, 2, 3)))).capitalize() for _ in range(20_000)}
        self.companies = [f"{name} {random.choice(vocabulary.ENDINGS)}" for name in sorted(names)]
        random.shuffle(self.companies)
        self.company_weights = zipf(len(self.companies), 5)

    def page(self, number):
        """Name and text of a page."""
        return Page(self, Random(f"{SEED} {number}"), number).written()


class Page:
    """One page, as it is being made."""

    def __init__(self, maker, random, number):
        self.maker, self.random, self.number = maker, random, number
        (self.name, own, self.own_skills), = random.choices(maker.occupations, cum_weights=maker.weights)
        self.title = random.choice(vocabulary.LEVELS) + self.name
        if random.random() < 0.6:
            self.title += ", " + random.choice(vocabulary.FIELDS)
        self.company, = random.choices(maker.companies, cum_weights=maker.company_weights)
        place = maker.place[self.name]
        self.pool = own * 3
        for neighbour in maker.by_title[max(place - 3, 0):place + 4]:
            self.pool += neighbour[1]

    def sentence(self):
        random = self.random
        text = random.choice(self.pool if random.random() < 0.8 else self.maker.sentences)
        chance = random.random()
        if chance < 0.25:
            return f"{text.rstrip('.;')}, using {self.skill()}."
        if chance < 0.35:
            return f"{text.rstrip('.;')} for {random.choice(vocabulary.FIELDS).lower()} in {random.choice(vocabulary.PLACES)}."
        return text

    def skill(self):
        if self.own_skills and self.random.random() < 0.5:
            return self.random.choice(self.own_skills)
        return self.random.choices(self.maker.skills, cum_weights=self.maker.skill_weights)[0]

    def items(self, least, most):
        made = "".join(f"<li>{html.escape(self.sentence())}</li>\n" for _ in range(self.random.randint(least, most)))
        return f"<ul>\n{made}</ul>"

    def prose(self, least, most):
        return f"<p>{html.escape(' '.join(self.sentence() for _ in range(self.random.randint(least, most))))}</p>"

    def needs(self):
        least, degree = self.random.randint(1, 9), self.random.choice(vocabulary.DEGREES)
        wanted = "".join(f"<li>Experience with {html.escape(self.skill())}</li>\n" for _ in range(self.random.randint(2, 6)))
        name = html.escape(self.name.lower())
        return (
            f"<ul>\n<li>{least}+ years of experience as {name}</li>\n<li>{degree} or equivalent experience</li>\n{wanted}</ul>"
        )

    def questions(self):
        asked = ""
        for _ in range(3):
            asked += f"<h3>How does one {html.escape(self.sentence().rstrip('.').lower())}?</h3>{self.prose(1, 2)}"
        return asked

    def known(self):
        skills = sorted({self.skill() for _ in range(self.random.randint(4, 18))})
        return "<ul>" + "".join(f"<li>{html.escape(skill)}</li>" for skill in skills) + "</ul>"

    def pay(self):
        low = self.random.randrange(28, 190) * 1000
        high, place = low + self.random.randrange(8, 60) * 1000, self.random.choice(vocabulary.PLACES)
        return (
            f"<p>Base salary in {place}: ${low:,} to ${high:,} per year. At {html.escape(self.company)} the median total "
            f"compensation is ${(low + high) // 2 + 4000:,}.</p>"
        )

    def path(self):
        steps = [f"Junior {self.name}", self.name, f"Senior {self.name}", f"Head of {self.random.choice(vocabulary.FIELDS)}"]
        return "<ol>" + "".join(f"<li>{html.escape(step)}</li>" for step in steps) + "</ol>" + self.prose(1, 2)

    def section(self, kind):
        made = {
            "about": lambda: self.prose(2, 4) + self.prose(1, 3), "duties": lambda: self.items(5, 14),
            "needs": self.needs, "skills": self.known, "pay": self.pay, "path": self.path,
            "market": lambda: self.prose(2, 4), "hard": lambda: self.items(2, 5), "day": lambda: self.prose(2, 5),
            "questions": self.questions,
        }[kind]()
        heading = self.random.choice(vocabulary.HEADINGS[kind])
        return f'<section id="{kind}" class="block mt-8">\n<h2 class="text-2xl">{heading}</h2>\n{made}\n</section>\n'

    def written(self):
        kinds = [kind for kind in list(vocabulary.HEADINGS)[2:] if self.random.random() < 0.65]
        body = "".join(self.section(kind) for kind in ["about", "duties", *kinds])
        others = [title for title, _, _ in self.random.sample(self.maker.by_title, 4)]
        links = "".join(f'<li><a href="/careers/{slug(other)}">{html.escape(other)}</a></li>' for other in others)
        title, name = html.escape(self.title), f"{slug(self.title)}-{self.number}.html"
        return name, FRAME.format(title=title, company=html.escape(self.company), body=body, links=links, name=name)


def slug(text):
    return "-".join("".join(letter if letter.isalnum() and letter.isascii() else " " for letter in text.lower()).split())


FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}: duties, pay and career path | Careers at {company}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="canonical" href="https://careers.example.org/{name}"><link rel="stylesheet" href="/static/main.css"></head>
<body class="bg-white antialiased">
<div class="consent"><p>Can we store cookies for analytics?</p><button type="button">No thanks</button></div>
<header class="topbar flex"><nav><ul><li><a href="/">Home</a></li><li><a href="/careers">Careers</a></li>
<li><a href="/salaries">Salaries</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main class="mx-auto max-w-4xl"><article><h1 class="text-4xl">{title}</h1>
{body}</article></main>
<aside><h2>Similar careers</h2><ul>{links}</ul></aside>
<footer><p>Stay in the loop: new roles every Friday.</p><p>Figures on these pages are examples.</p></footer></body></html>
"""
