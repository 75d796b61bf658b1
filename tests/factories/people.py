"""Accounts: a reader, an editor, a superuser."""

from typing import Any

import factory
from django.contrib.auth.models import Group, User
from factory import Sequence
from factory.django import DjangoModelFactory

from tpm_portal.operations.accounts import GROUP


class UserFactory(DjangoModelFactory):
    """A person with an account and no rights.

    `password="…"` where a test logs in through the form.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"person-{n:04}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class EditorFactory(UserFactory):
    """A member of the Editors group."""

    is_staff = True
    groups = factory.PostGeneration(lambda user, create, given: user.groups.set([editors()]))


class SuperuserFactory(UserFactory):
    """Someone who may do everything."""

    is_staff = True
    is_superuser = True


def editors() -> Group:
    """The group that exists after migrate."""
    return Group.objects.get(name=GROUP)
