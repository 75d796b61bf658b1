"""The table of all addresses of the site, and what they contain."""

from collections.abc import Callable, Iterator
from typing import Any

import reversion
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from reversion.models import Version

from content.models import Collection
from editing.history import HistoryAdmin
from guides.models import Guide
from interviews.models import AnswerFramework, Question, QuestionSet
from ladders.models import Ladder, Level
from roles.models import Role
from skills.models import Skill
from tests.project.world import World

Keys = Callable[[World], list[str]]


def none(world: World) -> list[str]:
    return []


#: Pages that people read.
PAGES: dict[str, Keys] = {
    "home": none,
    "search": none,
    "changes": none,
    "collection_detail": lambda world: [world[Collection].slug],
    "roles:role_list": none,
    "roles:role_compare": none,
    "roles:role_choice": none,
    "roles:role_map": none,
    "roles:role_detail": lambda world: [world[Role].key],
    "skills:skill_list": none,
    "skills:skill_index": none,
    "skills:skill_detail": lambda world: [world[Skill].key],
    "ladders:ladder_list": none,
    "ladders:band_map": none,
    "ladders:level_compare": none,
    "ladders:ladder_detail": lambda world: [world[Ladder].key],
    "ladders:ladder_cards": lambda world: [world[Ladder].key],
    "ladders:level_detail": lambda world: [world[Ladder].key, world[Level].slug],
    "assessment:assessment_choice": none,
    "assessment:assessment": lambda world: [world[Ladder].key, world[Level].slug],
    "interviews:interview_home": none,
    "interviews:question_list": none,
    "hiring:calibration": none,
    "interviews:practice": none,
    "hiring:loop_builder": none,
    "hiring:loop_kit": none,
    "hiring:loop_scorecard": none,
    "interviews:question_detail": lambda world: [world[Question].key],
    "interviews:answer_framework_detail": lambda world: [world[AnswerFramework].key],
    "interviews:question_set_detail": lambda world: [world[QuestionSet].key],
    "hiring:question_set_kit": lambda world: [world[QuestionSet].key],
    "hiring:question_set_scorecard": lambda world: [world[QuestionSet].key],
    "guides:guide_list": none,
    "guides:guide_detail": lambda world: [world[Guide].key],
}
#: Pages that also process submitted data, without storing it.
ANSWERING = {"assessment:assessment", "hiring:calibration"}
#: Files for people to download and for programs to read.
FILES: dict[str, Keys] = {
    "collection_pack": lambda world: [world[Collection].slug],
    "collection_case": lambda world: [world[Collection].slug],
    "collection_descriptors": lambda world: [world[Collection].slug],
    "roles:role_compare_csv": none,
    "ladders:band_map_csv": none,
    "ladders:ladder_matrix_csv": lambda world: [world[Ladder].key],
    "hiring:loop_questions": lambda world: ["csv"],
    "hiring:loop_scorecard_file": lambda world: ["csv"],
    "question_files:question_csv": none,
    "question_files:question_file": lambda world: ["json"],
    "question_files:question_set_csv": lambda world: [world[QuestionSet].key],
    "question_files:question_set_file": lambda world: [world[QuestionSet].key, "md"],
    "hiring:question_set_scorecard_csv": lambda world: [world[QuestionSet].key],
    "hiring:question_set_scorecard_xlsx": lambda world: [world[QuestionSet].key],
    "changes_feed": none,
    "search_suggestions": none,
    "robots": none,
    "sitemap": none,
    "sitemap_part": lambda world: ["skills"],
}
HEALTH = ["healthz", "readyz"]
FOR_STAFF = ["markdown_preview"]
#: Pages of the admin that belong to no model.
ADMIN_PAGES = [
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
    "upload",
    "upload_progress",
    "tables",
    "table_template",
    "collection_archive",
    "auth_user_password_change",
]
#: Pages of the admin that belong to a model, to a row, or to a version of one.
MODEL_PAGES, ROW_PAGES = ["changelist", "add"], ["change", "delete", "history"]
VERSION_PAGES = ["recoverlist", "recover", "revision"]
#: Pages of rows of one model alone.
SET_PAGES = ["csv", "import_csv"]


def path_of(name: str, world: World) -> str:
    """The address of a public page or file in this world."""
    return reverse(name, args=(PAGES | FILES)[name](world))


def admin_names() -> list[str]:
    """What the admin has for itself and, by rule, for every model."""
    found = list(ADMIN_PAGES)
    for model, registered in admin.site._registry.items():
        pages = [
            *MODEL_PAGES,
            *ROW_PAGES,
            *(VERSION_PAGES if isinstance(registered, HistoryAdmin) else []),
        ]
        pages += SET_PAGES if model is QuestionSet else []
        found += [f"{model._meta.app_label}_{model._meta.model_name}_{page}" for page in pages]
    return [f"admin:{name}" for name in found]


def admin_paths(rows: dict[type[Model], Any]) -> dict[str, str]:
    """The address of every page of the admin, by its name, for a row of every model."""
    special = {
        "app_list": ["skills"],
        "upload": ["pack"],
        "table_template": ["skills"],
        "collection_archive": [rows[Collection].pk],
        "view_on_site": [ContentType.objects.get_for_model(Skill).pk, rows[Skill].pk],
        "auth_user_password_change": [rows[User].pk],
    }
    paths = {
        f"admin:{name}": reverse(f"admin:{name}", args=special.get(name, []))
        for name in ADMIN_PAGES
    }
    for model, registered in admin.site._registry.items():
        row, prefix = rows[model], f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        keys: dict[str, list[Any]] = dict.fromkeys(MODEL_PAGES, []) | dict.fromkeys(
            ROW_PAGES, [row.pk]
        )
        if isinstance(registered, HistoryAdmin):
            version = version_of(row)
            keys |= {"recoverlist": [], "recover": [version], "revision": [row.pk, version]}
        keys |= dict.fromkeys(SET_PAGES, [row.pk]) if model is QuestionSet else {}
        paths |= {prefix + page: reverse(prefix + page, args=args) for page, args in keys.items()}
    return paths


def version_of(row: Model) -> int:
    """The key of a version of this row, made now."""
    with reversion.create_revision():
        reversion.add_to_revision(row)
    return Version.objects.get_for_object(row)[0].pk


def named_views(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every named address of the site with its view.

    What has no name only leads on to something that has.
    """
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_views(
                pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            )
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name, pattern.callback
