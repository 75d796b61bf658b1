"""One subject on one database: `python -m tests.benchmarks.subject <database> <subject>`."""

import os
import sys
from importlib import import_module
from io import StringIO

import django
from django.core.management import call_command

from tests.benchmarks.report import show


def main(vendor: str, subject: str) -> int:
    """The number of budgets missed."""
    os.environ["TEST_DATABASE"] = vendor
    import_module("tests.environment")  # makes the database and says where it is
    django.setup()
    call_command("prepare", stdout=StringIO(), stderr=StringIO())
    module = import_module(f"tests.benchmarks.{subject}")
    title = (module.__doc__ or subject).splitlines()[0].rstrip(".")
    return len(show(f"{title} [{vendor}]", module.rows(vendor)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
