"""One factory for each model: rows are published, in the portal's own collection, and complete.

Every value can be set by keyword. A part takes the collection and the scale of its parent, so that
`QuestionFactory(collection=imported)` makes one consistent question.
"""

from tests.factories.content import CollectionFactory, home_collection
from tests.factories.guides import GuideFactory, SynonymGroupFactory
from tests.factories.interviews import (
    AnchorFactory,
    AnswerFrameworkFactory,
    AnswerStepFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    SetItemFactory,
    SetSectionFactory,
)
from tests.factories.ladders import (
    BandFactory,
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    LevelRequirementFactory,
)
from tests.factories.people import EditorFactory, SuperuserFactory, UserFactory, editors
from tests.factories.roles import (
    FamilyRequirementFactory,
    RoleFactory,
    RoleFamilyFactory,
    RoleMoveFactory,
    SkillRequirementFactory,
)
from tests.factories.skills import (
    IndicatorFactory,
    LearningResourceFactory,
    ProficiencyFactory,
    ScaleFactory,
    SkillDescriptorFactory,
    SkillFactory,
    SkillGroupFactory,
    step_of,
)

__all__ = [
    "AnchorFactory",
    "AnswerFrameworkFactory",
    "AnswerStepFactory",
    "BandFactory",
    "CollectionFactory",
    "EditorFactory",
    "ExpectationFactory",
    "FamilyRequirementFactory",
    "GuideFactory",
    "IndicatorFactory",
    "LadderFactory",
    "LearningResourceFactory",
    "LevelFactory",
    "LevelMoveFactory",
    "LevelRequirementFactory",
    "ProbeFactory",
    "ProficiencyFactory",
    "QuestionFactory",
    "QuestionSetFactory",
    "QuestionSkillFactory",
    "RoleFactory",
    "RoleFamilyFactory",
    "RoleMoveFactory",
    "ScaleFactory",
    "SetItemFactory",
    "SetSectionFactory",
    "SkillDescriptorFactory",
    "SkillFactory",
    "SkillGroupFactory",
    "SkillRequirementFactory",
    "SuperuserFactory",
    "SynonymGroupFactory",
    "UserFactory",
    "editors",
    "home_collection",
    "step_of",
]
