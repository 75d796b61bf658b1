"""Reads and writes packages of CASE (Competencies and Academic Standards Exchange) 1.0 and 1.1.

`reader` turns a package, or a spreadsheet of OpenSALT, into the tables of a pack; `writer` turns a
collection into a package. `schema` says which table of a pack becomes which object. Packages of
other programs can be exported again without loss: `import_records` stores what no column contains,
and `round_trip` returns it while the row is unchanged.
"""
