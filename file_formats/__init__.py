"""Files that people and programs write: YAML texts, and tables in CSV and XLSX.

They are read with limits and with errors that name the location, and written so that spreadsheets
open them safely. The package knows no model.
"""
