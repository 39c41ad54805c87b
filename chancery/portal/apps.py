from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "chancery.portal"
    label = "portal"

    def ready(self) -> None:
        from chancery.core import navigation
        from chancery.core.navigation import Entry
        from chancery.notices import feeds
        from chancery.notices.rules import FeedKind

        from . import asked, asks, calendar

        for provider in asked.PROVIDERS:
            asks.add(provider)
        feeds.add(FeedKind.CALENDAR, calendar.personal, "text/calendar; charset=utf-8")
        navigation.public.append(Entry(_("Overview"), "home", 10))
        navigation.work.append(Entry(_("Desk"), "desk", 1))
        navigation.foot[_("The record")] = [
            Entry(_("Decisions"), "decisions", 10),
            Entry(_("Programme of measures"), "programme", 20),
            Entry(_("The journal"), "journal", 30),
            Entry(_("Sources"), "sources", 40),
            Entry(_("Verify the record"), "journal-checkpoint", 50),
        ]
        navigation.foot[_("Take part")] = [
            Entry(_("Members and observers"), "members", 10),
            Entry(_("Meetings"), "meetings", 20),
            Entry(_("Calendar feed"), "meetings-calendar", 30),
            Entry(_("Posts and holders"), "posts", 40),
            Entry(_("Sign in"), "account_login", 50),
        ]
        navigation.foot[_("Open data")] = [
            Entry(_("Data and formats"), "data", 10),
            Entry(_("News feed"), "news-feed", 20),
            Entry(_("About this site"), "about", 30),
            Entry(_("Accessibility"), "accessibility", 40),
            Entry(_("Data protection"), "data-protection", 50),
        ]
