"""Standards in and out: CASE packages and Rich Skill Descriptors."""
