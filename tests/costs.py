"""What each test costs in seconds of CPU.

The ten most expensive tests are listed, and with them every test over the limit that has no reason
here. A test over twice the limit fails the run.

A plugin (`-p tests.costs`) that knows nothing of the portal; no test reads what it measures. The
same work takes up to twice the CPU time on another machine, which is why a test between the two
limits only gets a line. Beside many busy processes the run never fails.
"""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

LIMIT = 5.0
#: Above this, a test fails the run. Machines differ by less.
REFUSED = 2 * LIMIT
NAMED = 10
#: Processes that want to run, for each processor, above which the machine is busy with other work
#: too.
BUSY = 2.5
TICKS = os.sysconf("SC_CLK_TCK")
#: Tests that may cost more, by function, each with its reason.
EXPENSIVE: dict[str, str] = {
    "test_the_uk_framework_is_loaded_whole": "the largest framework is loaded twice and comes back",
    "test_dropbox_is_loaded_whole": "3,000 sentences, in full runs only",
    "test_once_published_it_shows_and_once_taken_back_it_is_gone_with_the_next_request": (
        "two walks of the site"
    ),
    "test_an_editor_meets_drafts_at_their_own_addresses_alone": "a walk of the site",
    "test_what_is_not_published_appears_nowhere": "a walk of the site",
    "test_as_a_pack_the_content_comes_back_byte_for_byte": "loads the starter content twice",
    "test_as_a_case_package_it_comes_back_byte_for_byte": "loads the starter content",
    "test_pages_of_the_admin_answer_a_superuser": "opens 200 pages in a full run",
    "test_no_page_of_the_admin_breaks_the_content_policy": "opens 19 pages in a browser",
    "test_a_framework_comes_in_with_all_it_has_and_reads_well": "opens 20 pages in three browsers",
    "test_the_file_of_a_set_goes_out_and_comes_back": "opens 10 pages of the admin in a browser",
    "test_a_changed_question_shows_with_its_probes": "opens 9 pages in two browsers",
    "test_axe_finds_nothing_in_a_form_of_the_admin": "axe reads hundreds of fields twice",
    "test_a_form_that_was_only_looked_at_is_left_without_a_question": "opens 12 forms in a browser",
    "test_leaving_a_changed_form_asks_first_and_the_text_is_offered_later": (
        "opens 7 pages of the admin in a browser"
    ),
    "test_after_an_ended_session_the_log_in_leads_back_to_the_form_with_all_that_was_typed": (
        "opens 6 admin pages"
    ),
    "test_what_is_offered_after_back_can_be_discarded": "opens 4 pages of the admin in a browser",
    "test_a_manager_builds_a_loop_swaps_a_question_prints_and_downloads": (
        "opens 12 pages in a browser and prints one"
    ),
    "test_a_senior_tpm_prepares_for_staff_with_a_report_on_paper": (
        "opens 6 pages in a browser and prints one"
    ),
    "test_a_log_out_leaves_nothing_in_the_browser": "opens 6 pages of the admin in a browser",
    "test_only_who_typed_it_is_told_that_it_comes_back": "opens 12 pages of the admin in two tabs",
    "test_after_a_log_in_in_another_tab_each_tab_has_its_own_text": (
        "opens 9 pages of the admin in two tabs"
    ),
    "test_a_draft_is_the_editors_alone": "opens 8 pages in two browsers",
    "test_the_documented_commands_move_all_that_is_kept": (
        "starts a process for each command of docs/deployment.md"
    ),
    "test_an_empty_portal_has_whole_pages_too": "opens every page",
    "test_ctrl_s_saves_and_nothing_is_kept_afterwards": "saves a form in a browser twice",
    "test_its_rows_are_in_the_newest_schema": "runs every migration since the released version",
    "test_a_second_run_prepares_and_changes_nothing": (
        "starts the portal and dumps its database twice"
    ),
}

#: The mark of tests that work through processes which outlive them: a browser and a served portal.
WITH_PROCESSES = "browser"

#: Seconds that preparations shared by several tests took during the current test.
_shared = pytest.StashKey[float]()
#: Whether processes that run at the same time as the current test are measured too.
_with_processes = pytest.StashKey[bool]()
costs: dict[str, float] = {}


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_shared] = 0.0
    config.stash[_with_processes] = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Measure a test with what is set up for it alone.

    After the last one the processes end that all tests share. They are measured before it too, so
    it is not charged with what they have used so far.
    """
    stash = item.config.stash
    stash[_shared] = 0.0
    uses_processes = item.get_closest_marker(WITH_PROCESSES) is not None
    stash[_with_processes] = uses_processes or nextitem is None
    before = cpu_seconds(stash[_with_processes])
    result = yield
    _record(item, cpu_seconds(stash[_with_processes]) - before - stash[_shared])
    return result


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: Any, request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Count a preparation that several tests share for none of them."""
    if fixturedef.scope == "function":
        return (yield)
    stash = request.config.stash
    shared_before = stash[_shared]
    before = cpu_seconds(stash[_with_processes])
    result = yield
    stash[_shared] = shared_before + cpu_seconds(stash[_with_processes]) - before
    return result


def _record(item: pytest.Item, seconds: float) -> None:
    name = item.nodeid.partition("@")[0]
    # A browser that has ended takes its time along.
    costs[name] = costs.get(name, 0.0) + max(seconds, 0.0)


def cpu_seconds(with_processes: bool) -> float:
    """Return the CPU time of this process and of the processes it started that have ended.

    :param with_processes: add those that still run. To read the process table for each test would
        take a tenth of the run.
    """
    times = os.times()
    seconds = times.user + times.system + times.children_user + times.children_system
    if with_processes:
        seconds += sum(map(_seconds_of, descendants(os.getpid())))
    return seconds


def descendants(process: int) -> Iterator[int]:
    """Processes that this one has started and that still run.

    None where the system does not list them.
    """
    for task in _tasks(process):
        for child in _read(Path(f"/proc/{process}/task/{task}/children")).split():
            yield int(child)
            yield from descendants(int(child))


def _tasks(process: int) -> list[str]:
    """Return the threads of a process; none of one that has ended."""
    try:
        return os.listdir(f"/proc/{process}/task")
    except OSError:
        return []


def _seconds_of(process: int) -> float:
    """Return its CPU time and that of its ended children: fields 14 to 17 of `proc(5)`."""
    fields = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def _read(file: Path) -> str:
    """Read a file of the process table; empty where the process has ended."""
    try:
        return file.read_text()
    except OSError:
        return ""


def function_of(name: str) -> str:
    """Return the name of the function of a test, without its parameters."""
    return name.partition("[")[0].rpartition("::")[2]


def too_expensive(measured: dict[str, float], limit: float = LIMIT) -> list[str]:
    """Return a line for each test over the limit that is not listed with a reason."""
    return [
        (
            f"{name} took {seconds:.1f} s of CPU, more than {limit:.0f}: make it cheaper or list "
            "it in tests/costs.py"
        )
        for name, seconds in sorted(measured.items())
        if seconds > limit and function_of(name) not in EXPENSIVE
    ]


def is_busy() -> bool:
    """Whether more processes than those of the tests wanted to run during the last five minutes."""
    return os.getloadavg()[1] > BUSY * (os.cpu_count() or 1)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process of the run has measured."""
    costs.update(getattr(node, "workeroutput", {}).get("costs", {}))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the measurements to the process that reports, where an expensive test fails the run."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["costs"] = costs
    elif (
        too_expensive(costs, REFUSED) and not is_busy() and session.exitstatus == pytest.ExitCode.OK
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the most expensive tests in the last lines of the run."""
    slowest = sorted(costs.items(), key=lambda each: -each[1])[:NAMED]
    terminalreporter.section(f"the {len(slowest)} slowest of {len(costs)} tests, in seconds of CPU")
    for name, seconds in slowest:
        terminalreporter.line(f"{seconds:6.2f}  {name}")
    for line in too_expensive(costs):
        terminalreporter.line(line, red=True)
