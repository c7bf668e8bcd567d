"""The year in numbers, the page of a channel, and a channel's settings."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError

from ..articles import chart
from ..models import Channel, Kind, PressConference, WechatAccount
from ..queries import adoptions_of, months, year_of, years
from ..records import PUBLISHERS
from .base import FormPage, StaffMixin
from .forms import ChannelForm

LATEST = 20


class YearMixin(StaffMixin):
    """A page about a year: ``?year=``, by default the latest in which something appeared."""

    @cached_property
    def years(self) -> list[int]:
        return years(self.agency) or [timezone.localdate().year]

    @cached_property
    def year(self) -> int:
        said = self.request.GET.get("year", "")
        return int(said) if said.isascii() and said.isdecimal() and int(said) in self.years else self.years[0]


class OverviewView(YearMixin, TemplateView):
    """Every channel in a year: items and issues apart, subscribers, reads with what they count, adoptions."""

    template_name = "channels/staff/overview.html"

    def get_page_title(self) -> str:
        return "渠道概况"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = year_of(self.agency, self.year)
        conferences = PressConference.objects.filter(agency=self.agency, held_on__year=self.year).count()
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": self.years,
            "rows": rows,
            "items": sum(row.items for row in rows),
            "conferences": conferences,
            "may_publish": self.may_publish,
            "may_write": self.may_write,
            "bodies": list(visible_agencies(self.user).order_by("path")),
        }


class ChannelMixin(StaffMixin):
    """A page about the channel of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def channel(self) -> Channel:
        found = (
            Channel.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
            .select_related("agency", "wechat")
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Agency:
        return self.channel.agency


class ChannelView(ChannelMixin, YearMixin, TemplateView):
    """A channel: its year by months, as charts and as a table, and what appeared last."""

    template_name = "channels/staff/channel.html"
    above = (("channels:overview", "渠道概况"),)

    def get_page_title(self) -> str:
        return self.channel.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = months(self.channel, self.year)
        labels = [each.label for each in found]
        drawn = (
            ("subscribers", "月末订阅数", "人", [each.subscribers for each in found]),
            ("times", "当月发布信息的阅读次数", "次", [each.times for each in found]),
            ("readers", "当月发布信息的阅读人数", "人", [each.readers for each in found]),
        )
        charts = [
            # The portal draws it and escapes whatever is in it.
            (key, title, unit, mark_safe(chart(title, unit, labels, [(title, values)], f"{key}-{self.channel.pk}")))  # noqa: S308
            for key, title, unit, values in drawn
            if sum(each is not None for each in values) > 1
        ]
        latest = list(self.channel.appearances.order_by("-published_on", "-pk")[:LATEST])
        adoptions = adoptions_of(latest)
        return super().get_context_data(**kwargs) | {
            "channel": self.channel,
            "wechat": getattr(self.channel, "wechat", None),
            "year": self.year,
            "years": self.years,
            "months": found,
            "charts": [each for each in charts if each[3]],
            "latest": [(each, adoptions.get(each.pk, [])) for each in latest],
            "may_publish": self.may_publish,
        }


class ChannelFormView(FormPage):
    """Found a channel, or change it; the interface of a WeChat account with it."""

    above = (("channels:overview", "渠道概况"),)
    needs = PUBLISHERS

    @property
    def edited(self) -> Channel | None:
        """The channel that is changed."""
        return None

    def get_page_title(self) -> str:
        return "新建渠道"

    def form(self) -> ChannelForm:
        return ChannelForm(*self.given(), agency=self.agency, channel=self.edited, initial=self._initial())

    def _initial(self) -> dict[str, Any]:
        return {}

    @transaction.atomic
    def act(self, form: ChannelForm) -> str:
        given = form.cleaned_data
        channel = self.edited or Channel(agency=self.agency, kind=given["kind"])
        channel.name, channel.account = given["name"].strip(), given["account"].strip()
        try:
            with transaction.atomic():
                channel.save()
        except IntegrityError:
            raise NotPermittedError("已经有这个名称的渠道。") from None
        if channel.kind == Kind.WECHAT:
            account = WechatAccount.objects.filter(channel=channel).first() or WechatAccount(channel=channel)
            changed = given["secret"] or given["appid"] != account.appid
            account.mode, account.author, account.appid = given["mode"], given["author"].strip(), given["appid"].strip()
            account.downgraded = ""
            if given["secret"]:
                account.secret = given["secret"].strip()
            if changed:  # a token is of the old ones
                account.token, account.token_ends_at = "", None
            account.save()
        messages.success(self.request, f"{channel.name}：已保存。")
        return reverse("channels:channel", args=[channel.pk])


class ChannelEditView(ChannelMixin, ChannelFormView):
    """Change a channel."""

    @property
    def edited(self) -> Channel:
        return self.channel

    def get_page_title(self) -> str:
        return "渠道设置"

    def _initial(self) -> dict[str, Any]:
        found = self.channel
        values: dict[str, Any] = {"kind": found.kind, "name": found.name, "account": found.account}
        account = getattr(found, "wechat", None)
        if account is not None:
            values |= {"mode": account.mode, "author": account.author, "appid": account.appid}
        return values
