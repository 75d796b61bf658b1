"""Tables in CSV and XLSX files.

They are read as people save them, and written so that spreadsheets open them safely. The package
knows no model.
"""
