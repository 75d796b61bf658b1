"""Career ladders: their levels, what levels require and expect, and comparisons.

A ladder belongs to an organization or to the portal, and its levels require skills at proficiencies
and have expectations. Bands are the portal's own ranks; they make levels of different ladders
comparable, approximately. `level_order` says which level is below which, `requirements` and
`expectations` say what holds at a level, and each page has a module that contains what its template
shows.
"""
