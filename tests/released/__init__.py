"""Small databases of released versions, and code that writes and restores them.

`python -m tests.released write 0.3.0` writes `tests/released/0.3.0.json` when a version is
released: its last migrations, the digests of all migrations, and a few rows of every model. From
then on, none of these migrations may be changed, and a test migrates the rows to the newest schema.
Never overwrite the file of a released version.
"""
