"""The page of one rule: what holds, what will, who said so; and the form by which it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth import service as auth
from app.auth.guard import Visit
from app.db.transaction import Reading, Transaction
from app.errors import ParadeError
from app.rulebooks import service
from app.rulebooks.pages.visiting import (
    Book,
    Changing,
    Filled,
    Looking,
    Rule,
    check_reach,
    reaches,
    refused,
    version_of,
)
from app.rulebooks.service import BookInForce, Books, Judge, Said
from app.rulebooks.views import form as forms
from app.rulebooks.views import listing, ruling
from app.web.shell import page, redirect
from app.web.words import period_words
from rostering.rules import base as rules


def router_of(judge: Judge) -> APIRouter:
    """The pages of one rule; `judge` tells what a change would make of the published roster."""
    router = APIRouter(prefix="/rooms/{room_id}/rules/{book}/{rule}")

    @router.get("")
    def rule_page(
        request: Request, room_id: UUID, book: Book, rule: Rule, visit: Looking
    ) -> Response:
        """The page."""
        return _page(request, visit, room_id, book, rule)

    @router.post("")
    def change_rule(
        request: Request, room_id: UUID, book: Book, rule: Rule, visit: Changing, form: Filled
    ) -> Response:
        """Show what a change would do, or keep it."""
        seen = None
        try:
            with visit.database.write() as transaction:
                check_reach(transaction, visit)
                if form.get("act") == "back":
                    held = service.book(transaction, room_id, book, forms.first_day_of(form))
                    form = forms.put_back(form, _shipped(held, rule))
                if form.get("act") == "look":
                    seen = _looked(transaction, visit, (book, rule), form, judge)
                else:
                    _keep(transaction, visit, (book, rule), form)
        except ParadeError as error:
            return _page(request, visit, room_id, book, rule, *refused(error, form))
        if seen is not None:
            return _page(request, visit, room_id, book, rule, form, seen=seen)
        return redirect(f"/rooms/{room_id}/rules/{book}/{rule}", "The change is kept.")

    return router


def _looked(
    transaction: Transaction,
    visit: Visit,
    which: tuple[str, str],
    form: Mapping[str, str],
    judge: Judge,
) -> ruling.Seen:
    """What a form's change would do; nothing of it is kept."""
    reason = form.get("reason", "").strip() or "not said yet"
    kept = transaction.begin_nested()
    now, then = _keep(transaction, visit, which, {**form, "reason": reason})
    kept.rollback()
    return ruling.Seen(judge(transaction, visit.here.id, which[1], now, then))


def _keep(
    transaction: Transaction, visit: Visit, which: tuple[str, str], form: Mapping[str, str]
) -> tuple[Books, Books]:
    """Keep what a form says; the books of its day without it and with it."""
    book, rule = which
    said, now = _said(transaction, visit, which, form)
    service.set_numbers(
        transaction, visit.here.id, book, rule, version_of(form), said,
        visit.caller.user_id, [form["also"]] if form.get("also") else [],
    )  # fmt: skip
    visit.record(transaction, f"set the force's own numbers: {book}, {rule}")
    return now, service.in_force(transaction, visit.here.id, said.from_day)


def _said(
    reading: Reading, visit: Visit, which: tuple[str, str], form: Mapping[str, str]
) -> tuple[Said, Books]:
    """What a form says of a rule, and the books of its day as they are now."""
    book, rule = which
    day = forms.first_day_of(form)
    held = service.book(reading, visit.here.id, book, day)
    said = forms.said_by(form, held.rule(rule), _shipped(held, rule))
    return said, service.in_force(reading, visit.here.id, day)


def _shipped(held: BookInForce, code: str) -> rules.Rule:
    """A rule as the rulebook has it."""
    held.rule(code)
    return next(each for each in held.shipped.rules if each.code == code)


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    book: str,
    rule: str,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    seen: ruling.Seen | None = None,
) -> Response:
    """The page, with a form that was refused or only looked at where one was."""
    with visit.database.read() as reading:
        today = service.present_day(reading, room_id)
        history = service.history(reading, room_id, book, rule)
        held = service.book(reading, room_id, book, today)
        books = service.in_force(reading, room_id, today)
        may = reaches(reading, visit)
        names = auth.names_of(reading, visit.force_id, ruling.people_of(history)) if may else {}
    return page(
        request,
        "rulebooks/rule.html",
        status,
        base=f"/rooms/{room_id}/rules",
        form=dict(form or {}),
        errors=dict(errors or {}),
        seen=seen,
        version=history.version,
        today=today,
        may_change=may,
        history=ruling.history_rows(held, history, names, today, visit.here.zone),
        **_rule_shown(held, books, rule, form),
        **_first_day(form, today),
    )


def _first_day(form: Mapping[str, str] | None, today: date) -> dict[str, Any]:
    given = (form or {}).get("from_day", "")
    return {"from_day": given or today.isoformat(), "today_words": period_words(today, today)}


def _rule_shown(
    held: BookInForce, books: Books, code: str, form: Mapping[str, str] | None
) -> dict[str, Any]:
    """What the page says of the rule itself."""
    rule, shipped = held.rule(code), _shipped(held, code)
    return {
        "book": held,
        "rule": rule,
        "row": listing.rule_row(held, rule, books),
        "fields": forms.number_fields(rule, shipped, form),
        "weight": forms.weight_values(rule, form),
        "can_be_hard": forms.can_be_hard(rule),
        "holds_for": listing.same_for(books, held.name),
        "other": next(
            (
                (each.name, each.book.title)
                for each in books.each
                if each.name != held.name and code in each.shipped.sources
            ),
            None,
        ),
        "needs": ruling.law_words_of(shipped),
    }
