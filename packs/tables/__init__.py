"""Tables in files: CSV and XLSX.

They are read as people save them and written so that spreadsheets open them safely.
"""
