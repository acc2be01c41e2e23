"""What can be done with users, what they sign in with, and the audit.

Every verb takes the transaction of its caller and never commits.
"""

from __future__ import annotations

from app.auth.checks import (
    csrf_fits,
    csrf_token,
    digest,
    new_secret,
)
from app.auth.permissions import (
    ACTIONS,
    MAY,
    OWN,
    Action,
    allowed,
    allowed_without_room,
    covering,
)
from app.auth.service.keys import (
    claim_key,
    keep_answer,
    release_key,
)
from app.auth.service.sessions import (
    Found,
    Known,
    caller_of,
    check_password,
    end_session,
    end_sessions,
    issue_token,
    rehash,
    revoke_token,
    session_caller,
    start_session,
    token_caller,
    tokens_of,
)
from app.auth.service.trail import (
    entries,
    record,
)
from app.auth.service.users import (
    change_user,
    create_user,
    names_of,
    set_grants,
    set_password,
    user,
    user_named,
    users,
)
from app.auth.values import (
    Caller,
    Claim,
    Entry,
    Grant,
    KeptAnswer,
    Kind,
    Role,
    Token,
    User,
)

__all__ = [
    "ACTIONS",
    "MAY",
    "OWN",
    "Action",
    "Caller",
    "Claim",
    "Entry",
    "Found",
    "Grant",
    "KeptAnswer",
    "Kind",
    "Known",
    "Role",
    "Token",
    "User",
    "allowed",
    "allowed_without_room",
    "caller_of",
    "change_user",
    "check_password",
    "claim_key",
    "covering",
    "create_user",
    "csrf_fits",
    "csrf_token",
    "digest",
    "end_session",
    "end_sessions",
    "entries",
    "issue_token",
    "keep_answer",
    "names_of",
    "new_secret",
    "record",
    "rehash",
    "release_key",
    "revoke_token",
    "session_caller",
    "set_grants",
    "set_password",
    "start_session",
    "token_caller",
    "tokens_of",
    "user",
    "user_named",
    "users",
]
