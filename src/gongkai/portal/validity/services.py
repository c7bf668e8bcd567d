"""The verbs of the clean-up of documents (清理): begin, conclude document by document, end in a draft of the lists.

What was concluded takes effect when that draft has passed the review of every text and is public, and not before.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.law.validity import Validity
from gongkai.law.wording import chinese_date
from gongkai.ledger.services import lock

from .. import services
from ..models import Cleanup, CleanupEntry, Column, Conclusion, Effect, EffectKind, Item, ItemType, Publication, Status
from ..queries import validity_of
from ..staff.access import keeps_for
from ..transitions import BY_EVENT
from .lists import body_of
from .queries import open_cleanup, to_clean_up

_EFFECTS = {
    Conclusion.IN_FORCE: EffectKind.CONTINUED,
    Conclusion.REPEAL: EffectKind.REPEALED,
    Conclusion.LAPSED: EffectKind.LAPSED,
}
_NEED_REASON = (Conclusion.TO_AMEND, Conclusion.REPEAL, Conclusion.LAPSED)
_DRAFT = _CONCLUDE = BY_EVENT["edited"].roles


@transaction.atomic
def start(agency: Agency, title: str, as_of: date, by: User) -> Cleanup:
    """Begin a clean-up of every document in force on ``as_of``.

    Raises :class:`NotPermittedError` while another is under way, for a day to come, and where there is no document.
    """
    if not keeps_for(by, agency):
        raise NotPermittedError("文件清理由本机关的审核人员或者负责人发起。")
    lock(agency.pk)
    if (other := open_cleanup(agency)) is not None:
        raise NotPermittedError(f"“{other}”还没有完成，请先完成。")
    if as_of > timezone.localdate():
        raise NotPermittedError("清理截止日不能晚于今天。")
    found = list(to_clean_up(agency, as_of))
    if not found:
        raise NotPermittedError(f"{chinese_date(as_of)}没有现行有效的规章、规范性文件可以清理。")
    cleanup = Cleanup.objects.create(
        agency=agency, title=title.strip(), as_of=as_of, started_by=by, is_demo=agency.is_demo
    )
    CleanupEntry.objects.bulk_create(CleanupEntry(cleanup=cleanup, publication=each) for each in found)
    return cleanup


@transaction.atomic
def conclude(
    cleanup: Cleanup,
    entries: Collection[int],
    by: User,
    conclusion: Conclusion,
    *,
    reason: str = "",
    until: date | None = None,
) -> int:
    """Say what is to become of documents of a clean-up, all in the same way; gives how many.

    Handlers conclude for the documents of their own department, reviewers and leaders for all. ``until`` is the new
    last day of documents that continue. Raises :class:`NotPermittedError` for the first that does not permit it, and
    then nothing is changed.
    """
    lock(cleanup.agency_id)
    if is_finished(Cleanup.objects.select_related("item").get(pk=cleanup.pk)):
        raise NotPermittedError("清理结果已经形成，不能再改；需要改动的，先作废清理结果的草稿。")
    reason, today = reason.strip(), timezone.localdate()
    if conclusion in _NEED_REASON and not reason:
        raise NotPermittedError(f"清理意见为“{conclusion.label}”的，请写明理由。")
    if until is not None and conclusion != Conclusion.IN_FORCE:
        raise NotPermittedError("只有继续有效的文件才写新的有效期。")
    if until is not None and until <= today:
        raise NotPermittedError(f"新的有效期（{chinese_date(until)}）应当晚于今天。")
    found = list(cleanup.entries.filter(pk__in=entries).select_related("publication"))
    if not found:
        raise NotPermittedError("没有选择文件，请先勾选。")
    for entry in found:
        _may_conclude(entry.publication, cleanup.agency, by)
        _fits(entry.publication, conclusion, today)
        entry.conclusion, entry.reason, entry.until, entry.concluded_by = conclusion, reason, until, by
    CleanupEntry.objects.bulk_update(found, ["conclusion", "reason", "until", "concluded_by"], batch_size=250)
    return len(found)


@transaction.atomic
def finish(cleanup: Cleanup, by: User, column: Column, on: date) -> Item:
    """Make the draft that publishes the four lists and, once public, carries them out from ``on``.

    It goes the way of every text: submitted, reviewed, approved. Raises :class:`NotPermittedError` while a document
    is not concluded, or where one has ended meanwhile that was to continue.
    """
    lock(cleanup.agency_id)
    if not drafts_result(by, cleanup.agency):
        raise NotPermittedError("清理结果的公告由本机关的审核人员起草，送审之后由负责人签发。")
    if is_finished(Cleanup.objects.select_related("item").get(pk=cleanup.pk)):
        raise NotPermittedError("清理结果已经形成。")
    if column.agency_id != cleanup.agency_id:
        raise NotPermittedError("发布的栏目不属于本机关。")
    if on < timezone.localdate():
        raise NotPermittedError("施行日期不能早于今天：公布之前，文件不会废止或者失效。")
    entries = list(cleanup.entries.select_related("publication"))
    if left := sum(not entry.conclusion for entry in entries):
        raise NotPermittedError(f"还有 {left} 件文件没有清理意见。")
    for entry in entries:
        _fits(entry.publication, Conclusion(entry.conclusion), on)
    item = Item(
        agency=cleanup.agency,
        column=column,
        type=ItemType.NOTICE,
        title=f"{cleanup.agency.name}关于公布{cleanup.title}结果的公告",
        department=by.department,
        body=body_of(cleanup, entries, on),
        is_demo=cleanup.is_demo,
    )
    item.save()
    for place, entry in enumerate(entries):
        if (effect := _effect(entry, item, on, place)) is not None:
            effect.save()
    services.edited(item, by)
    Cleanup.objects.filter(pk=cleanup.pk).update(item=item)
    cleanup.item = item
    return item


def drafts_result(user: User, agency: Agency) -> bool:
    """Whether a user makes the draft of the lists: of those who lead a clean-up, who may write a text as well."""
    return keeps_for(user, agency) and bool(actor_of(user).roles & _DRAFT)


def is_finished(cleanup: Cleanup) -> bool:
    """Whether its lists are made; a draft of them that was discarded opens it again."""
    return cleanup.item is not None and cleanup.item.status != Status.DISCARDED


def _may_conclude(document: Publication, agency: Agency, by: User) -> None:
    if keeps_for(by, agency):
        return
    own = by.agency_id == agency.pk and by.department_id is not None and by.department_id == document.department_id
    if not (own and actor_of(by).roles & _CONCLUDE):
        raise NotPermittedError(f"《{document}》由承办处室的人员、审核人员或者负责人提出清理意见。")


def _fits(document: Publication, conclusion: Conclusion, day: date) -> None:
    """What has ended by itself meanwhile does not come back by a clean-up: it would have to be made again."""
    if conclusion in (Conclusion.REPEAL, Conclusion.LAPSED) or document.ended_on is None or document.ended_on > day:
        return
    state = validity_of(document, day) or Validity.LAPSED
    raise NotPermittedError(
        f"《{document}》自{chinese_date(document.ended_on)}起已经{state}，不能列为“{conclusion.label}”；"
        "请改为“失效”或者“废止”，需要继续执行的重新制定公布。"
    )


def _effect(entry: CleanupEntry, item: Item, on: date, place: int) -> Effect | None:
    """What the published list does to a document. One to be amended stays in force; one that lapsed already has."""
    kind, document = _EFFECTS.get(Conclusion(entry.conclusion)), entry.publication
    if kind is None or (kind is EffectKind.LAPSED and document.ended_on is not None and document.ended_on <= on):
        return None
    return Effect(item=item, target=document, kind=kind, on=on, until=entry.until, sort_order=place)
