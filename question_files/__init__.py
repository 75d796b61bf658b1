"""Question files: questions as CSV, XLSX, JSON and Markdown, and the import of an edited CSV.

`COLUMNS` in `columns.py` declares each column once, with its meaning, its export and its import.
The export reads questions in bulk. The import compares each cell with what is stored and with the
version in its row, which says what the cell held when it was exported; then it changes the question
set and its questions, all or nothing.
"""
