from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "chancery.people"
    label = "people"

    def ready(self) -> None:
        from chancery.core import navigation

        from . import policy

        navigation.ask(policy.may)
        navigation.work += [
            navigation.Entry(_("Accounts"), "accounts", 80, act="people.see-accounts"),
            navigation.Entry(_("People"), "own-people", 81, act="people.see-own-people"),
            navigation.Entry(_("Notes"), "notes", 82, act="people.see-notes"),
            navigation.Entry(_("Outbox"), "outbox", 83, act="duties.see-outbox"),
            navigation.Entry(_("Your account"), "account", 90, act="people.see-own-account"),
        ]
        _allow()
        _add_duties()


def _allow() -> None:
    from . import rules
    from .policy import allow
    from .rules import Role, Unit

    protocol = rules.officer(Unit.PROTOCOL)

    def auditor(standing: rules.Standing, subject: object) -> bool:
        return standing.has(Role.AUDITOR)

    def administrator(standing: rules.Standing, subject: object) -> bool:
        return standing.has(Role.ADMINISTRATOR)

    allow("people.see-own-account", rules.signed_in, reading=True)
    allow("people.change-account", rules.own_account, own=True)
    allow("people.see-accounts", rules.either(protocol, auditor), reading=True)
    allow("people.see-own-people", administrator, reading=True)
    allow("people.see-account", rules.sees_account, reading=True)
    allow("people.create-account", rules.operator)
    allow("people.give-rights", rules.either(protocol, administrator))
    allow("people.see-invitation", rules.gives_all, reading=True)
    allow("people.invite", rules.gives_all)
    allow("people.withdraw-invitation", rules.gives_all)
    allow("people.accept-invitation", rules.anybody)
    allow("people.forget-invitations", rules.machine)
    allow("people.grant", rules.gives)
    allow("people.revoke", rules.gives)
    allow("people.deputise", rules.names_deputy)
    allow("people.restore-factor", rules.restores)
    allow("people.restore-factor-alone", rules.restores_alone)
    allow("people.confirm-restoration", rules.officer())
    allow("people.receive-note", rules.officer())
    allow("people.see-notes", rules.reader, reading=True)
    allow("people.see-note", rules.sees_note, reading=True)
    allow("people.act-on-behalf", rules.officer())
    allow("duties.see-outbox", rules.either(protocol, auditor), reading=True)
    allow("duties.retry-letter", protocol)
    allow("duties.cancel-letter", protocol)


def _add_duties() -> None:
    from chancery.duties.registry import Duty, add

    from . import acts, policy, queries, sessions

    add(
        Duty(
            "forget-invitations",
            due=lambda now: ["invitations"] if queries.old_invitations(now).exists() else [],
            do=lambda key: acts.forget_invitations(by=policy.CLOCK),
            every=3600,
        )
    )
    add(
        Duty(
            "forget-sessions",
            due=lambda now: [now] if sessions.over(now) else [],
            do=sessions.forget,
            every=3600,
        )
    )
