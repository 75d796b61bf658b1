"""Sessions in the database, as Django stores them.

They tell an unavailable database from a deleted session.
"""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from content.availability import is_unavailable


class SessionStore(DatabaseStore):
    """Django's own store reports every failed update as a session that was deleted meanwhile.

    That is answered 400.
    """

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        :raises UpdateError: if it was deleted meanwhile.
        :raises DatabaseError: if the database cannot write now.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and is_unavailable(cause):
                raise cause from cause.__cause__
            raise
