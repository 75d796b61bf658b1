import pytest
from tests import factories
def test_all(db):
    import factory
    for name in dir(factories):
        f=getattr(factories,name)
        if isinstance(f,type) and issubclass(f,factory.django.DjangoModelFactory) and not f._meta.abstract:
            row=f(); f()
            if not name.startswith(("User","Editor","Super")): row.full_clean()
            if hasattr(row,"is_published"): assert row.is_published,name
def test_vendor(db):
    from django.db import connection
    import os
    assert connection.vendor==os.environ["TEST_DATABASE"]
