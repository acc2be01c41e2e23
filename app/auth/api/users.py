"""Users, their roles, passwords and tokens, for administrators of their force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth import service
from app.auth.guard import Once, Visit, allow
from app.auth.schemas import (
    Grants,
    IssuedToken,
    NewGrant,
    NewPassword,
    NewToken,
    NewUser,
    TokenAnswer,
    TokenList,
    UserAnswer,
    UserChange,
    UserList,
)
from app.auth.service import Grant, User
from app.db.transaction import Reading, Transaction
from app.errors import Conflict, invalid
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/users", tags=["Users"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("users.read")]
Changing = Annotated[Visit, allow("users.change")]


@router.get("")
def list_users(visit: Looking, page: Asked, response: Response) -> UserList:
    """The users of your force, by sign-in name."""
    with visit.database.read() as reading:
        found = service.users(reading, visit.force_id, page.after_text(), page.limit + 1)
    shown = found[: page.limit]
    page.link(response, [shown[-1].sign_in_name] if len(found) > page.limit else None)
    return UserList(users=tuple(map(UserAnswer.model_validate, shown)))


@router.post("", status_code=201, response_model=UserAnswer)
def create_user(body: NewUser, visit: Changing, once: Once) -> Response:
    """A new user of your force."""

    def make(transaction: Transaction) -> Response:
        grants = _grants(visit, transaction, body.grants)
        _check_officer(visit, transaction, body, grants)
        new = service.create_user(
            transaction,
            force_id=visit.force_id,
            sign_in_name=body.sign_in_name,
            name=body.name,
            grants=grants,
            kind=body.kind,
            password=body.password,
            officer_id=body.officer_id,
        )
        visit.record(transaction, "made a user", new.id)
        return created(UserAnswer.model_validate(new), f"/api/v1/users/{new.id}", new.version)

    return once(visit, make)


@router.get("/{user_id}")
def read_user(user_id: UUID, response: Response, visit: Looking) -> UserAnswer:
    """A user of your force."""
    with visit.database.read() as reading:
        return _answer(response, service.user(reading, user_id, visit.force_id))


@router.patch("/{user_id}", responses=VERSIONED)
def change_user(
    user_id: UUID, body: UserChange, response: Response, visit: Changing, version: IfMatch
) -> UserAnswer:
    """Let a user be called otherwise, be let in no more, or again."""
    with visit.database.write() as transaction:
        service.user(transaction, user_id, visit.force_id)
        if body.active is False and user_id == visit.caller.user_id:
            raise Conflict("You would lock yourself out: ask another administrator.")
        changed = service.change_user(
            transaction, user_id, version, name=body.name, active=body.active
        )
        visit.record(transaction, "changed a user", user_id)
    return _answer(response, changed)


@router.put("/{user_id}/grants", responses=VERSIONED)
def set_grants(
    user_id: UUID, body: Grants, response: Response, visit: Changing, version: IfMatch
) -> UserAnswer:
    """Let these be all that a user may do."""
    with visit.database.write() as transaction:
        service.user(transaction, user_id, visit.force_id)
        if user_id == visit.caller.user_id:
            raise Conflict("Nobody changes their own role: ask another administrator.")
        grants = _grants(visit, transaction, body.grants)
        changed = service.set_grants(transaction, user_id, version, grants)
        visit.record(transaction, "changed a user's role", user_id)
    return _answer(response, changed)


@router.put("/{user_id}/password", status_code=204)
def set_password(user_id: UUID, body: NewPassword, visit: Changing) -> None:
    """Let this be a person's password; they are signed out everywhere."""
    with visit.database.write() as transaction:
        service.user(transaction, user_id, visit.force_id)
        service.set_password(transaction, user_id, body.password)
        visit.record(transaction, "set a user's password", user_id)


@router.get("/{user_id}/tokens")
def list_tokens(user_id: UUID, visit: Looking) -> TokenList:
    """The tokens of a user."""
    with visit.database.read() as reading:
        service.user(reading, user_id, visit.force_id)
        found = service.tokens_of(reading, user_id)
    return TokenList(tokens=tuple(map(TokenAnswer.model_validate, found)))


@router.post("/{user_id}/tokens", status_code=201)
def issue_token(user_id: UUID, body: NewToken, response: Response, visit: Changing) -> IssuedToken:
    """A new bearer token; its secret is in this answer and nowhere else.

    It takes no Idempotency-Key, since the answer would have to be kept with the secret: asked
    twice, there are two tokens, and one may be revoked.
    """
    with visit.database.write() as transaction:
        service.user(transaction, user_id, visit.force_id)
        token, secret = service.issue_token(
            transaction,
            user_id,
            body.name,
            created_by=visit.caller.user_id,
            expires=body.expires,
        )
        visit.record(transaction, "issued a token", token.id)
    response.headers["Location"] = f"/api/v1/users/{user_id}/tokens"
    kept = TokenAnswer.model_validate(token).model_dump()
    return IssuedToken(**kept, token=secret)


@router.delete("/{user_id}/tokens/{token_id}", status_code=204)
def revoke_token(user_id: UUID, token_id: UUID, visit: Changing) -> None:
    """Let a token be of no use from now on."""
    with visit.database.write() as transaction:
        service.user(transaction, user_id, visit.force_id)
        service.revoke_token(transaction, user_id, token_id)
        visit.record(transaction, "revoked a token", token_id)


def _answer(response: Response, user: User) -> UserAnswer:
    response.headers["ETag"] = etag(user.version)
    return UserAnswer.model_validate(user)


def _grants(visit: Visit, reading: Reading, wanted: Iterable[NewGrant]) -> list[Grant]:
    """Grants within the caller's force, whose rooms are of it too."""
    rooms = {room.id for room in visit.house.rooms.rooms(reading, visit.force_id)}
    grants = [grant.of(visit.force_id) for grant in wanted]
    for i, grant in enumerate(grants):
        if grant.room_id is not None and grant.room_id not in rooms:
            raise invalid(f"grants[{i}].room_id", "There is no such control room in your force.")
    return grants


def _check_officer(visit: Visit, reading: Reading, body: NewUser, grants: Iterable[Grant]) -> None:
    """The officer that a user shall be is one of the room of their grant as an officer."""
    if body.officer_id is None:
        return
    rooms = [grant.room_id for grant in grants if grant.role == "officer" and grant.room_id]
    if not any(visit.house.rooms.has_officer(reading, room, body.officer_id) for room in rooms):
        raise invalid(
            "officer_id", "There is no such officer in a control room that the grants name."
        )
