"""Imports files of other publishers as packs, as a mapping describes.

A mapping is a YAML file. `parser` reads and checks it, the package `source_files` reads the files
of a source into records, `record_transforms`, `expressions` and `value_transforms` make columns of
records, and `converter` runs all of it. docs/mapping.md is the reference of the language;
`reference` writes its tables.
"""
