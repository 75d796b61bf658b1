"""The profiles of the roles of a pack: what they require with the core profile of their family."""

from dataclasses import replace

from content_checks.pack_rows import PackRow, PackRows


def role_profile(pack: PackRows, role: PackRow) -> list[PackRow]:
    """The requirements of the family, and those of the role, which replace them.

    What a requirement of the role leaves empty is as the family states it; see `roles.profiles`.
    """
    by_skill: dict[str, PackRow] = {}
    family = pack.find("role_families", role.text("family"))
    if family:
        by_skill = {row.text("skill"): row for row in family.children["family_requirements"]}
    for own in role.children["skill_requirements"]:
        skill = own.text("skill")
        core = by_skill.get(skill)
        by_skill[skill] = _merged(own, core) if core else own
    return list(by_skill.values())


def _merged(own: PackRow, core: PackRow) -> PackRow:
    stated = {column: value for column, value in own.values.items() if value}
    return replace(own, values={**core.values, **stated})
