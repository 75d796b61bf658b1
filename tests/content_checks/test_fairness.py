"""Questions that touch what the work does not need are found.

Words that only look like it are not.
"""

from pathlib import Path

import pytest

from tests.content_checks.checked import faults, question
from tests.pack_files import Pack


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
    assert len(faults(pack, "fair-questions")) == 1
    pack.write("questions/a.md", question("Fair.", probes=f"[{{text: {prompt!r}}}]"))
    assert len(faults(pack, "fair-questions")) == 1


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
    assert faults(pack, "fair-questions") == []
