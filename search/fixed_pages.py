"""Tools and other pages without a row of content that the search finds by their names."""

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse

from search.query import Query
from search.ranking import NameScore, Ranking

#: How many of them a search shows at most.
MAX_MATCHES = 2

#: The part of a name that has to be typed.
MIN_SHARE = 0.5


class FixedPage(NamedTuple):
    """A page that the search finds by its title and other names."""

    title: str
    url_name: str
    summary: str
    #: Divided by commas.
    names: str

    @property
    def url(self) -> str:
        """The path of the page."""
        return reverse(self.url_name)


FIXED_PAGES = [
    FixedPage(
        "Self-assessment",
        "assessment:assessment_choice",
        "Compare yourself with any level, skill by skill, and see your gaps. Nothing is stored.",
        "gap analysis, skills gap, gap report, what am I missing, promotion readiness",
    ),
    FixedPage(
        "Compare two levels",
        "ladders:level_compare",
        "What changes from one level to another, in scope, skills and expectations.",
        "compare levels, level comparison, next level",
    ),
    FixedPage(
        "Levels across companies",
        "ladders:band_map",
        "Ladders of several companies on common bands.",
        "compare levels, level mapping, equivalent levels, level equivalents, leveling, bands",
    ),
    FixedPage(
        "Compare roles",
        "roles:role_compare",
        "Two or three roles side by side, skill by skill.",
        "role comparison, compare two roles",
    ),
    FixedPage(
        "Which type of TPM suits you?",
        "roles:role_choice",
        "A few questions that lead to roles.",
        "role finder, find a role, kinds of TPM, which TPM role",
    ),
    FixedPage(
        "Career map",
        "roles:role_map",
        "How people enter each role, and where they go next.",
        "career path, career paths, TPM career path, role moves, next roles",
    ),
    FixedPage(
        "Interview questions",
        "interviews:question_list",
        "The question bank, with follow-ups and rating anchors; also as CSV.",
        "question bank, TPM interview questions, sample questions, sample answers, CSV, download",
    ),
    FixedPage(
        "Interview practice",
        "interviews:practice",
        "Practice with questions that fit a role and a level, against the clock.",
        "mock interview, interview preparation, interview prep, prepare for an interview",
    ),
    FixedPage(
        "Loop builder",
        "hiring:loop_builder",
        "An interview loop that covers the skills of a role and a level.",
        "interview loop, build a loop, interview plan, hiring manager, hire a TPM, scorecard",
    ),
    FixedPage(
        "Calibration",
        "hiring:calibration",
        "The scorecards of a panel side by side, for the debrief.",
        "scorecard, scorecards, debrief, interview panel, calibrate interviewers",
    ),
    FixedPage(
        "Skills A–Z",
        "skills:skill_index",
        "All skills in alphabetical order.",
        "list of skills, skill index, TPM skills",
    ),
    FixedPage(
        "Recent changes",
        "changes",
        "What was added and edited, newest first.",
        "changelog, what is new, updates",
    ),
]


class PageMatch(NamedTuple):
    """A page with the score of its best name."""

    page: FixedPage
    score: NameScore


def fixed_pages_for(query: Query) -> Sequence[FixedPage]:
    """The pages of which a name has all required terms of the query, the best first."""
    if not query.terms:
        return []
    ranking = Ranking(query)
    matches = []
    for page in FIXED_PAGES:
        score = ranking.name_score(page.title, page.names)
        if score.terms == len(query.required_terms) and score.share > MIN_SHARE:
            matches.append(PageMatch(page, score))
    matches.sort(key=lambda match: match.score.key, reverse=True)
    return [match.page for match in matches[:MAX_MATCHES]]
