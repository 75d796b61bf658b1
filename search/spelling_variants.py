"""American and British spellings of a word, so that a search finds either of them.

Content is in American English, but frameworks of other publishers may not be, and readers type what
they are used to. The rules are those of the common spelling differences; a form that is no word
finds nothing and does no harm.
"""

#: Endings that differ, the American one first. A pair applies to words with at least
#: `MIN_BEGINNING` letters before the ending, because “size” and “four” have no other spelling.
ENDINGS = [
    ("ization", "isation"),
    ("izations", "isations"),
    ("ize", "ise"),
    ("izes", "ises"),
    ("ized", "ised"),
    ("izing", "ising"),
    ("izer", "iser"),
    ("yze", "yse"),
    ("yzed", "ysed"),
    ("yzing", "ysing"),
    ("or", "our"),
    ("ors", "ours"),
    ("ored", "oured"),
    ("oring", "ouring"),
    ("oral", "oural"),
    ("orable", "ourable"),
    ("orite", "ourite"),
    ("orites", "ourites"),
    ("eled", "elled"),
    ("eling", "elling"),
    ("eler", "eller"),
    ("elor", "ellor"),
]
MIN_BEGINNING = 3
#: Words that follow no such rule, the American one first.
WORDS = [
    ("program", "programme"),
    ("programs", "programmes"),
    ("license", "licence"),
    ("licenses", "licences"),
    ("judgment", "judgement"),
    ("judgments", "judgements"),
    ("artifact", "artefact"),
    ("artifacts", "artefacts"),
    ("defense", "defence"),
    ("center", "centre"),
    ("centers", "centres"),
    ("catalog", "catalogue"),
    ("dialog", "dialogue"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("fulfill", "fulfil"),
    ("fulfillment", "fulfilment"),
    ("skillful", "skilful"),
    ("gray", "grey"),
]


def _both_ways(pairs: list[tuple[str, str]]) -> dict[str, str]:
    other_spellings = dict(pairs)
    other_spellings.update((british, american) for american, british in pairs)
    return other_spellings


OTHER_ENDINGS = _both_ways(ENDINGS)
OTHER_WORDS = _both_ways(WORDS)
LONGEST_ENDING = max(map(len, OTHER_ENDINGS))


def spellings(word: str) -> tuple[str, ...]:
    """The word itself, and its other spelling if it may have one.

    :param word: a folded word.
    """
    if word in OTHER_WORDS:
        return word, OTHER_WORDS[word]
    for length in range(min(LONGEST_ENDING, len(word) - MIN_BEGINNING), 1, -1):
        ending = word[-length:]
        if ending in OTHER_ENDINGS:
            return word, word[:-length] + OTHER_ENDINGS[ending]
    return (word,)
