"""公开渠道 in the back office: its pages and its menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.bureau.queries import sees_an_agency

from .staff import entering, lists, overview, press, sending

urlpatterns = [
    path("", overview.OverviewView.as_view(), name="overview"),
    path("new/", overview.ChannelFormView.as_view(), name="channel_new"),
    path("<int:pk>/", overview.ChannelView.as_view(), name="channel"),
    path("<int:pk>/edit/", overview.ChannelEditView.as_view(), name="channel_edit"),
    path("appeared/", lists.AppearancesView.as_view(), name="appearances"),
    path("appeared/results/", lists.AppearancesView.as_view(results_only=True), name="appearances_results"),
    path("appeared/new/", entering.AppearanceNewView.as_view(), name="appearance_new"),
    path("appeared/<int:pk>/", entering.AppearanceView.as_view(), name="appearance"),
    path("appeared/<int:pk>/strike/", entering.StrikeView.as_view(), name="appearance_strike"),
    path("sending/", lists.SendingsView.as_view(), name="sendings"),
    path("sending/results/", lists.SendingsView.as_view(results_only=True), name="sendings_results"),
    path("sending/offers/", sending.OffersView.as_view(), name="offers"),
    path("sending/offers/<int:item>/", sending.SendView.as_view(), name="send"),
    path("sending/<int:pk>/", sending.SendingView.as_view(), name="sending"),
    path("sending/<int:pk>/package/", sending.PackageView.as_view(), name="package"),
    path("sending/<int:pk>/do/<slug:verb>/", sending.VerbView.as_view(), name="sending_verb"),
    path("press/", press.ConferencesView.as_view(), name="conferences"),
    path("press/new/", press.ConferenceNewView.as_view(), name="conference_new"),
    path("press/<int:pk>/", press.ConferenceView.as_view(), name="conference"),
    path("press/<int:pk>/show/", press.ShowView.as_view(), name="conference_show"),
]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("channels/", include((urlpatterns, "channels")))]


class Item(MenuItem):
    """For whoever may see an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_an_agency(request.user)


channels_menu = Menu(register_hook_name="register_channels_menu_item", construct_hook_name="construct_channels_menu")


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return SubmenuMenuItem("公开渠道", channels_menu, name="channels", icon_name="globe", order=107)


def _entry(label: str, name: str, icon: str, order: int) -> None:
    """Put a page into the menu of this room."""

    def make() -> MenuItem:
        return Item(label, reverse(f"channels:{name}"), name=f"channels-{name}", icon_name=icon, order=order)

    hooks.register("register_channels_menu_item", make)


_entry("渠道概况", "overview", "globe", 10)
_entry("渠道发布", "sendings", "upload", 20)
_entry("渠道发布信息", "appearances", "list-ul", 30)
_entry("新闻发布会", "conferences", "openquote", 40)
