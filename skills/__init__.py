"""The shared vocabulary: scales with their proficiencies, skill groups, skills, descriptors.

A skill is something a person can do. Roles, levels and questions refer to it with a proficiency,
which is one named level of an ordered scale; descriptors and indicators say what the skill looks
like at each proficiency.
"""
