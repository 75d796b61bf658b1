"""Running the portal: start, health, sessions, limits, headers, and the check of the schema.

Nothing here depends on what the content is about. Pages and imports of content are elsewhere in the
project.
"""
