"""The self-assessment: visitors compare themselves with what a level of a ladder requires.

`ratings` reads the required skills with the proficiencies to choose from, and says what the answers
mean. `assessment_form` has the form and the file in which visitors keep their answers, and
`assessment_page` what the template shows. Nothing is stored, so the package has no models.
"""
