"""Claims about companies need a dated source; pay figures and unfair questions are found."""

from pathlib import Path

import pytest

from tests.content_checks.packs import problems, question
from tests.pack_files import Pack


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def guide(body: str, sources: str = "") -> str:
    return f"---\ntitle: A guide\nsources: {sources}\n---\n{body}\n"


@pytest.mark.parametrize(
    "sources", ["", "GitLab handbook", "Dropbox framework (read November 2026)"]
)
def test_a_company_needs_a_source_with_a_year_that_names_it(pack: Pack, sources: str) -> None:
    pack.write("guides/a.md", guide("GitLab asks for two years.", sources))
    assert problems(pack, "sourced-companies") == [
        "guides/a.md: speaks of GitLab, and no source with a year names it"
    ]
    pack.write(
        "guides/a.md", guide("GitLab asks for two years.", "GitLab handbook (read November 2026)")
    )
    assert problems(pack, "sourced-companies") == []


def test_a_level_and_a_move_stand_on_the_sources_of_their_page(pack: Pack) -> None:
    pack.write(
        "ladders/acme.md", "---\ntitle: Acme\norganization: Acme\nobserved_on: 2026-11-26\n---\n"
    )
    pack.write("levels/acme/one.md", "---\ntitle: One\n---\nAcme gives it to graduates.\n")
    pack.write("roles/lead.md", "---\ntitle: Lead\n---\n")
    pack.write(
        "role_moves.csv",
        "to_role,from_role,origin,kind,text\nlead,,Study,entry,Acme hires from study.\n",
    )
    unsourced = "role_moves.csv line 2: speaks of Acme, and no source with a year names it"
    assert problems(pack, "sourced-companies") == [unsourced]
    pack.write("roles/lead.md", "---\ntitle: Lead\nsources: Acme, jobs page, 2026\n---\n")
    assert problems(pack, "sourced-companies") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("The base is $183,000 there.", True),
        ("They pay 150k.", True),
        ("A budget of £2 million.", False),
        ("Pay is left out.", False),
    ],
)
def test_a_figure_of_pay_is_found_and_a_budget_is_none(pack: Pack, body: str, found: bool) -> None:
    pack.write("guides/a.md", guide(body))
    assert bool(problems(pack, "no-pay-figures")) == found


@pytest.mark.parametrize(
    "prompt",
    [
        "How old were you when you led it?",
        "Are you married?",
        "What is your current salary?",
        "Do you plan children?",
        "Which church do you go to?",
        "What is your native language?",
    ],
)
def test_an_unfair_question_is_found_wherever_it_is_asked(tmp_path: Path, prompt: str) -> None:
    pack = Pack(tmp_path).write("questions/a.md", question(prompt))
    assert len(problems(pack, "fair-questions")) == 1
    pack.write("questions/a.md", question("Fair.", probes=f"[{{text: {prompt!r}}}]"))
    assert len(problems(pack, "fair-questions")) == 1


@pytest.mark.parametrize(
    "prompt",
    [
        "How old was the data that you trusted?",
        "Which partner team did you pay with your own time?",
        "When did you retire a service?",
        "Two families of products share a part.",
    ],
)
def test_a_question_about_the_work_is_none(tmp_path: Path, prompt: str) -> None:
    pack = Pack(tmp_path).write("questions/a.md", question(prompt))
    assert problems(pack, "fair-questions") == []
