"""Packs: a collection as a folder or zip of CSV and Markdown files, loaded with all edits kept, and exported."""
