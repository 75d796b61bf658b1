"""Writes the database of a version, or restores and migrates one (see `tests/released`)."""

import json
import sys
from importlib import import_module

import django
from django.core.management import call_command


def write(version: str) -> None:
    """Store a few rows of every model, made by the factories in a new database."""
    import_module("tests.environment")  # sets the variables of a new database
    django.setup()
    databases = import_module("tests.released.databases")
    path = databases.FOLDER / f"{version}.json"
    if path.exists():
        sys.exit(f"Version {version} is released already.")
    call_command("migrate", verbosity=0)
    factories = import_module("tests.factories")
    for name in factories.__all__:
        if name.endswith("Factory"):
            getattr(factories, name)()
    databases.write(path)


def restore(version: str) -> None:
    """Restore the rows in the empty database of DATABASE_URL, migrate it, and print their keys."""
    django.setup()
    databases = import_module("tests.released.databases")
    databases.restore(databases.FOLDER / f"{version}.json")
    call_command("migrate", verbosity=0)
    call_command("check", databases=["default"], stdout=sys.stderr)
    print(json.dumps(databases.keys()))


if __name__ == "__main__":
    {"write": write, "restore": restore}[sys.argv[1]](sys.argv[2])
