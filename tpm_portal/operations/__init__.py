"""Running the portal: start, health, sessions, limits, headers, and the check of the schema.

Nothing here knows what the content is; pages and imports of content are elsewhere in the project.
"""
