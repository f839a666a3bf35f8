"""What generated pages are made of: the titles, sentences and skills of the pages that are there, with how often each stands."""

import re
from collections import Counter
from html.parser import HTMLParser

from . import Corpus

SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z])")
SKILLS = re.compile(r"skill|technolog|tools", re.IGNORECASE)
OTHERS = re.compile(r"related|similar", re.IGNORECASE)


class Reader(HTMLParser):
    """Title, sentences and skills of a page."""

    def __init__(self):
        super().__init__()
        self.title, self.sentences, self.skills = "", [], []
        self.heading, self.inside, self.text = "", False, []

    def handle_starttag(self, tag, attributes):
        if tag == "main":
            self.inside = True
        if tag in ("h1", "h2", "p", "li"):
            self.text = []

    def handle_data(self, data):
        self.text.append(data)

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False
        text = " ".join("".join(self.text).split())
        if not self.inside or not text:
            return
        if tag == "h1":
            self.title = text
        elif tag == "h2":
            self.heading = text
        elif tag == "li" and SKILLS.search(self.heading) and len(text.split()) <= 5:
            self.skills.append(text)
        elif tag in ("p", "li") and not OTHERS.search(self.heading):
            self.sentences += [part for part in SENTENCE.split(text) if 4 <= len(part.split()) <= 40]
        if tag in ("h1", "h2", "p", "li"):
            self.text = []


def read(folders):
    """The occupations of the pages in some folders, and how many pages name each skill."""
    occupations, skills = [], Counter()
    for folder in folders:
        for path in Corpus("", "", folder).files():
            reader = Reader()
            with open(path, encoding="utf-8", errors="replace") as page:
                reader.feed(page.read())
            if reader.title and reader.sentences:
                occupations.append((reader.title, reader.sentences, sorted(set(reader.skills))))
                skills.update(set(reader.skills))
    return occupations, skills.most_common()


LEVELS = ["", "", "", "Junior ", "Senior ", "Senior ", "Lead ", "Principal ", "Associate ", "Head "]
FIELDS = [
    "Logistics", "Health Care", "Energy", "Insurance", "Retail", "Public Sector", "Automotive", "Education", "Aviation",
    "Food", "Construction", "Media", "Banking", "Agriculture", "Telecommunications", "Pharmaceuticals", "Hospitality",
    "Water", "Rail", "Textiles", "Mining", "Research", "Defence", "Real Estate", "Sport", "Shipping", "Chemicals",
]
PLACES = [
    "Berlin", "London", "Austin", "Toronto", "Sydney", "Dublin", "Zurich", "Vienna", "Chicago", "Boston", "Leeds",
    "Denver", "Lisbon", "Oslo", "Singapore", "Auckland", "Munich", "Seattle", "Glasgow", "Rotterdam", "Atlanta",
]
SYLLABLES = "ar bel cor dan el fen gar hol is jun kel lor mar nor or pel quin ros sel tor ul ver wen yor zan".split()
ENDINGS = ["Works", "Group", "Systems", "Partners", "Foods", "Energy", "Health", "Logistics", "Labs", "& Sons"]
DEGREES = ["Bachelor's degree", "Master's degree", "High school diploma", "Doctorate", "Associate degree"]
HEADINGS = {
    "about": ["Overview", "About the role", "Introduction", "The role in brief"],
    "duties": ["Core Responsibilities", "Responsibilities", "Key duties", "What you will do", "Tasks"],
    "needs": ["Requirements", "Qualifications", "What you bring", "Required experience"],
    "skills": ["Skills", "Technical skills", "Technology Skills", "Tools"],
    "pay": ["Salary", "Compensation", "Pay"],
    "path": ["Career path", "Career development", "Where it leads"],
    "market": ["Job outlook", "Market demand", "Job market"],
    "hard": ["Challenges", "Pitfalls"],
    "day": ["A typical day", "Day to day"],
    "questions": ["Frequently asked questions", "Interview questions"],
}
