"""What is asked: words of the corpus itself, by a seeded choice over how many sections have them."""

import multiprocessing
import re
from collections import Counter
from random import Random

from measure import Failed

SEED = 9
WORD = re.compile(r"[a-z]{3,20}")
COMMONEST = 20
# Of a hundred sections, how many have a word at least: common, less so, rare.
BANDS = {"common": 2.0, "middle": 0.2, "rare": 0.01}
# Bands of the words of a question, in turn.
SHAPES = [
    ["common"], ["middle"], ["rare"],
    ["common", "middle"], ["middle", "middle"], ["common", "rare"], ["common", "common"],
    ["common", "middle", "middle"], ["common", "common", "middle"], ["middle", "middle", "rare"],
]
# Words that searching passes over: they would make shorter questions of some.
STOP = set(
    "the and for are was were with that this from have has had not but you your they their them its can will may must which who what "
    "when where how why all any each other than then such into more most also only some one two out use used using about after "
    "before between because been being does did doing over under very same own both few here there these those our ours his her "
    "she him himself itself just now off once per via too if no nor of on or so to up we as at be by do he in is it me my".split()
)


class Words:
    """Sections that questions are made from, and how common their words are."""

    def __init__(self, sections):
        sample, counts, total = [], Counter(), 0
        random = Random(SEED)
        with open(sections, encoding="utf-8") as lines:
            for total, line in enumerate(lines, 1):
                words = set(WORD.findall(line.split("\t", 4)[4].lower())) - STOP
                counts.update(words)
                # 20,000 of all, each as likely.
                if len(sample) < 20_000:
                    sample.append(words)
                elif (at := random.randrange(total)) < len(sample):
                    sample[at] = words
        if total < 100:
            raise Failed("too few sections to make questions of")
        self.sample = [sorted(words) for words in sample]
        self.band, self.commonest = {}, []
        for word, count in counts.items():
            share = count * 100 / total
            band = next((name for name, least in BANDS.items() if share >= least), None)
            if band and count > 1:
                self.band[word] = band
        self.commonest = [word for word, _ in counts.most_common(COMMONEST)]


def write(sections, files, common):
    """Writes files of so many questions each, and one of the commonest words.

    In a process of its own: what this one ever had resident would count as that of the programs it starts."""
    child = multiprocessing.Process(target=written, args=(sections, files, common))
    child.start()
    child.join()
    if child.exitcode:
        raise Failed("no questions could be made")


def written(sections, files, common):
    words = Words(sections)
    common.write_text("\n".join(words.commonest) + "\n")
    for number, (file, count) in enumerate(files.items()):
        file.write_text("\n".join(make(words, count, SEED + number)) + "\n")


def make(words, count, seed):
    """So many distinct questions of one to three words, each of words that stand in one section."""
    random, made = Random(seed), {}
    shapes = tried = 0
    while len(made) < count and tried < count * 200:
        tried += 1
        shape, section = SHAPES[shapes % len(SHAPES)], random.choice(words.sample)
        chosen = []
        for band in shape:
            fitting = [word for word in section if words.band.get(word) == band and word not in chosen]
            if fitting:
                chosen.append(random.choice(fitting))
        if len(chosen) == len(shape) and " ".join(chosen) not in made:
            made[" ".join(chosen)] = shape
            shapes += 1
        elif tried % 50 == 0:
            shapes += 1  # There are no more of this shape.
    return list(made)
