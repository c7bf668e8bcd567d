"""The verbs of publishing: each one transaction that locks the item, asks the table, appends and projects.

There is no other way to the public: an edition is read only once an ``approved`` event names it, which the database
checks as well (:mod:`gongkai.portal.gate`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.examination.finding import Severity
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock, next_number

from . import examining, telling
from .case import Case
from .events import (
    STREAM,
    Approved,
    Discarded,
    Edited,
    OverrideConfirmed,
    OverrideRequested,
    Recalled,
    Restored,
    Returned,
    Reviewed,
    Step,
    Submitted,
    ValidityChanged,
    ValidityRestored,
    Withdrawn,
)
from .models import Edition, Finding, Item, Openness, Override, Publication, Route
from .projection import project, project_overrides, show
from .snapshot import Cut, cut
from .transitions import refusal

BLOCK = Severity.BLOCK.name.lower()


class BlockedError(NotPermittedError):
    """The examination found what nobody has mended or let pass; ``findings`` are those."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        super().__init__(f"发布前审查发现 {len(findings)} 处须处理的问题，处理之后再送审。")


def case_of(item: Item) -> Case:
    """The item as its events leave it; one query."""
    case = Case()
    for entry in Entry.objects.of_stream(STREAM, item.pk):
        case.apply(entry.kind, entry.occurred_on, entry.data)
    return case


@transaction.atomic
def edited(item: Item, user: User, *, at: datetime | None = None) -> None:
    """Say that somebody wrote at a saved item: the first is who drafted it. Repeated for the same person: nothing."""
    case = _locked(item)
    if case.status.value == "draft" and case.exists and user.pk in case.authors:
        return
    _happen(item, case, Edited(by=user.pk), user, at)


def submit(item: Item, user: User, *, at: datetime | None = None) -> Edition:
    """Examine the text, cut its proof and send that to the first step.

    Raises :class:`BlockedError` when the examination found what stops it, :class:`NotPermittedError` otherwise.
    """
    proof = cut(item)
    findings = examining.examine_item(item, at=at)
    if cut(item).digest != proof.digest:
        raise NotPermittedError("送审期间附件或者图片被人更换，请刷新后重新送审。")
    with transaction.atomic():
        case = _locked(item)
        if Item.objects.values_list("updated_at", flat=True).get(pk=item.pk) != item.updated_at:
            raise NotPermittedError("送审期间内容被人修改，请刷新后重新送审。")
        if reason := _unsendable(item, case, proof.content, at or timezone.now()):
            raise NotPermittedError(reason)
        blocking = _open_findings(findings, case)
        if blocking:
            raise BlockedError(blocking)
        event = Submitted(
            by=user.pk,
            route=Route(item.column.route),
            department=item.department_id,
            edition=0,
            digest=proof.digest,
        )
        _require(case, event, user)
        edition = _keep(item, case, proof, user, at)
        _happen(item, case, event.model_copy(update={"edition": edition.pk}), user, at)
        telling.waits(item, case, at)
    return edition


@transaction.atomic
def review(
    item: Item,
    user: User,
    step: Step,
    digest: str,
    *,
    opinion: str = "",
    openness: Openness | None = None,
    secrecy_checked: bool = False,
    at: datetime | None = None,
) -> bool:
    """Pass a step with the digest of the proof that was looked at; after the last one the edition is approved.

    Returns whether it is. The office also settles ``openness`` and answers for ``secrecy_checked`` (Article 17).
    """
    case = _locked(item)
    event = Reviewed(
        by=user.pk, step=step, digest=digest, opinion=opinion, openness=openness, secrecy_checked=secrecy_checked
    )
    last, wrote = case.is_last_step, frozenset(case.authors)
    _happen(item, case, event, user, at)
    if last:
        _approve(item, case, user, at)
        telling.approved(item, case, wrote, at)
    else:
        telling.waits(item, case, at)
    return last


@transaction.atomic
def return_to_author(item: Item, user: User, step: Step, opinion: str, *, at: datetime | None = None) -> None:
    """Send a text back with an opinion."""
    case = _locked(item)
    _happen(item, case, Returned(by=user.pk, step=step, opinion=opinion), user, at)
    telling.returned(item, case, at)


@transaction.atomic
def recall(item: Item, user: User, *, at: datetime | None = None) -> None:
    """Take a text back from review, to go on writing."""
    _happen(item, _locked(item), Recalled(by=user.pk), user, at)
    telling.settled(item, at)


@transaction.atomic
def discard(item: Item, user: User, *, at: datetime | None = None) -> None:
    """Drop a draft that was never public; it stays on file."""
    _happen(item, _locked(item), Discarded(by=user.pk), user, at)
    telling.settled(item, at)


@transaction.atomic
def withdraw(item: Item, user: User, reason: str, *, at: datetime | None = None) -> None:
    """Take an item off the site at once, or stop it before it goes live."""
    case = _locked(item)
    now = at or timezone.now()
    before_live = case.live_from is not None and now < case.live_from
    event = Withdrawn(by=user.pk, reason=reason, on=timezone.localdate(now), before_live=before_live)
    _happen(item, case, event, user, at)
    show(item)
    telling.withdrawn(item, case, at)


@transaction.atomic
def restore(item: Item, user: User, reason: str, *, at: datetime | None = None) -> None:
    """Put the edition that was approved last back on the site."""
    case = _locked(item)
    _happen(item, case, Restored(by=user.pk, reason=reason, digest=case.approved), user, at)
    show(item)


def adopt(
    item: Item, user: User, published_at: datetime, *, index_number: str = "", at: datetime | None = None
) -> Edition:
    """Publish what was public on a former site already, on a leader's word instead of a review.

    It keeps the ``index_number`` it had there, unless another text has it here. Raises :class:`BlockedError` like
    :func:`submit`: old pages are where personal data lies forgotten.
    """
    findings = examining.examine_item(item, at=at)
    proof = cut(item)
    with transaction.atomic():
        case = _locked(item)
        if blocking := _open_findings(findings, case):
            raise BlockedError(blocking)
        edition = _keep(item, case, proof, user, at)
        event = Approved(
            by=user.pk,
            digest=proof.digest,
            edition=edition.pk,
            index_number=_index_number(item, case, published_at, index_number),
            live_from=published_at,
            basis="migration",
        )
        _happen(item, case, event, user, at)
        show(item)
    return edition


@transaction.atomic
def request_override(item: Item, user: User, finding: Finding, reason: str, *, at: datetime | None = None) -> Override:
    """The first of two people says why a blocking finding may pass."""
    event = OverrideRequested(by=user.pk, rule=finding.rule, fingerprint=finding.fingerprint, reason=reason.strip())
    case = _locked(item)
    _happen(item, case, event, user, at)
    project_overrides(item, case)
    return Override.objects.get(item=item, fingerprint=finding.fingerprint)


@transaction.atomic
def confirm_override(
    item: Item, user: User, override: Override, reason: str, *, at: datetime | None = None
) -> Override:
    """The second person agrees, for a reason of their own."""
    event = OverrideConfirmed(by=user.pk, fingerprint=override.fingerprint, reason=reason.strip())
    case = _locked(item)
    _happen(item, case, event, user, at)
    project_overrides(item, case)
    return Override.objects.get(item=item, fingerprint=override.fingerprint)


# --- What the verbs share -------------------------------------------------------------------------------


def _locked(item: Item) -> Case:
    """Lock the chain and the item, and fold what happened to it."""
    lock(item.agency_id)
    Item.objects.select_for_update(of=("self",)).only("pk").get(pk=item.pk)
    return case_of(item)


def _keep(item: Item, case: Case, proof: Cut, user: User, at: datetime | None) -> Edition:
    """Keep a proof as the next edition of its item."""
    return Edition.objects.create(
        agency_id=item.agency_id,
        item=item,
        round=case.round + 1,
        content=proof.text,
        digest=proof.digest,
        submitted_at=at or timezone.now(),
        submitted_by=user,
    )


def _unsendable(item: Item, case: Case, content: Mapping[str, Any], now: datetime) -> str | None:
    """Why a text cannot be sent for review as it stands (Chinese), beside whose turn it is."""
    if item.openness != Openness.PROACTIVE:
        return "公开方式不是“主动公开”的信息不能送审发布。"
    if item.column.retired_on is not None:
        return f"栏目“{item.column}”已经停用，请另选栏目。"
    if item.release_at is None or item.release_at <= now:
        return None
    if case.approved:  # withdrawn as well: the moment from which it may be read is that of its first publication
        return "已经公开过的信息不能定时发布修改，请清空“发布时间”。"
    if content["effects"]:  # they hold from the approval on, and would tell of this text before its moment
        return "对以前文件作出处理的信息不能定时发布，请清空“发布时间”。"
    return None


def _require(case: Case, event: Event, user: User) -> None:
    reason = refusal(case, event, actor_of(user))
    if reason:
        raise NotPermittedError(f"{reason}。")


def _happen(item: Item, case: Case, event: Event, user: User, at: datetime | None) -> None:
    """Append one event if the table lets it happen, and bring the projection of the item up to date."""
    if user.agency_id != item.agency_id:
        raise NotPermittedError("这条信息属于另一机关，不能办理。")
    _require(case, event, user)
    day = timezone.localdate(at) if at else timezone.localdate()
    payload = event.model_dump(mode="json")
    append(item.agency, STREAM, item.pk, event.kind, day, payload, actor_id=user.pk)
    case.apply(event.kind, day, payload)
    project(item, case)


def _approve(item: Item, case: Case, user: User, at: datetime | None) -> None:
    """What follows from the last step: an index number, a moment from which it may be read, the public face."""
    if case.edition is None:
        raise NotPermittedError("没有送审的清样。")
    former = Edition.objects.get(pk=case.approved_edition) if case.approved_edition is not None else None
    edition = Edition.objects.get(pk=case.edition)
    now = at or timezone.now()
    asked = edition.data["release_at"]
    live_from = max(now, datetime.fromisoformat(asked)) if asked else now
    event = Approved(
        by=user.pk,
        digest=case.digest,
        edition=edition.pk,
        index_number=_index_number(item, case, live_from),
        live_from=live_from,
    )
    _happen(item, case, event, user, at)
    project_overrides(item, case)
    show(item)
    _affect_others(item, former, edition, user, at)


def _index_number(item: Item, case: Case, published_at: datetime, former: str = "") -> str:
    """索引号: nine places of the organisation's code, the year, a running number without gaps; kept for good.

    Numbers that an imported ledger has taken already are passed over; ``former`` is kept where it is free.
    """
    if case.index_number:
        return case.index_number
    agency, year = item.agency, timezone.localtime(published_at).year
    shown = Publication.objects.filter(agency=agency, index_number=former, edition__isnull=False)
    if former and not shown.exists():
        return former
    while True:
        number = f"{organisation_of(agency)}/{year}-{next_number(agency, f'portal-index-{year}'):05d}"
        if not Publication.objects.filter(agency=agency, index_number=number).exists():
            return number


def organisation_of(agency: Agency) -> str:
    """What index numbers of an agency begin with: its organisation's code, nine places of the credit code."""
    return agency.credit_code[8:17] if len(agency.credit_code) == 18 else agency.code


def _affect_others(item: Item, former: Edition | None, edition: Edition, user: User, at: datetime | None) -> None:
    """Carry out what the published text does to earlier documents: each gets events of its own, once.

    What the edition before did and this one does not is taken back.
    """
    did, does = _effects_of(former), _effects_of(edition)
    for target in (
        Item.objects.select_related("agency", "publication").filter(publication__in={*did, *does}).order_by("pk")
    ):
        before, now = (effects.get(target.publication.pk, []) for effects in (did, does))
        if before == now:
            continue
        events: list[Event] = [ValidityRestored(source=item.pk)] if before else []
        events += [ValidityChanged(effect=e["kind"], on=e["on"], until=e["until"], source=item.pk) for e in now]
        case = case_of(target)
        for event in events:
            _happen(target, case, event, user, at)
        show(target)


def _effects_of(edition: Edition | None) -> dict[int, list[Mapping[str, Any]]]:
    """What an edition does, by the publication that it does it to."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for effect in edition.data["effects"] if edition is not None else ():
        found.setdefault(effect["target"], []).append(effect)
    return found


def _open_findings(findings: Sequence[Finding], case: Case) -> list[Finding]:
    """Blocking findings that two people have not let pass."""
    passed = {print_ for print_, signed in case.overrides.items() if signed.confirmed_by is not None}
    return [found for found in findings if found.severity == BLOCK and found.fingerprint not in passed]
