"""Tests of the starter content, with a database that is prepared once per run."""
