"""Uploads in the admin: a file is stored for an hour, previewed, and imported as previewed.

Each kind of upload is an `Importer`. The packages above this one describe theirs, and write their
reports with the template tags of this one.
"""
