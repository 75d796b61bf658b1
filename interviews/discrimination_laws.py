"""Laws on grounds for which candidates are not to be treated worse.

General information, no legal advice.
"""

#: Where the law itself names grounds on which candidates are not to be treated worse: place,
#: grounds, address.
LAWS = [
    (
        "United States",
        (
            "race, colour, religion, sex, national origin, age from 40, disability, genetic "
            "information"
        ),
        "https://www.eeoc.gov/prohibited-employment-policiespractices",
    ),
    (
        "European Union",
        "racial or ethnic origin, religion or belief, disability, age, sexual orientation, sex",
        "https://eur-lex.europa.eu/eli/dir/2000/78/oj",
    ),
    (
        "United Kingdom",
        "age, disability, gender reassignment, marriage and civil partnership, pregnancy and "
        "maternity, race, religion or belief, sex, sexual orientation",
        "https://www.legislation.gov.uk/ukpga/2010/15/section/4",
    ),
]
