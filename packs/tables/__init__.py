"""Tables in files: CSV and XLSX, read as people save them and written so that spreadsheets open them safely."""
