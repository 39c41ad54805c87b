from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "chancery.duties"
    label = "duties"

    def ready(self) -> None:
        from chancery.journal.acts import checkpoint
        from chancery.journal.queries import unsigned_head

        from . import delivery, outbox, queries
        from .registry import Duty, add

        add(
            Duty(
                "sign-head",
                due=lambda now: ["head"] if unsigned_head() else [],
                do=lambda key: checkpoint(),
                every=2,
            )
        )
        add(Duty("letters", due=queries.due, do=delivery.deliver, coming=queries.coming, lane="post"))
        add(
            Duty(
                "forget-letters",
                due=lambda now: ["letters"] if queries.forgettable(outbox.keep_until()).exists() else [],
                do=lambda key: outbox.forget(),
                every=3600,
            )
        )
