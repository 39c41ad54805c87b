"""Addresses of the area."""

from django.urls import path

from chancery.journal.addresses import Number  # noqa: F401 - registers `number`

from .views import chair, followup, register, room, silence, trust

urlpatterns = [
    path("decisions/", register.decisions, name="decisions"),
    path("decisions/follow-up/", followup.owed, name="follow-up"),
    path("decisions/<str:ref>/", register.decision, name="decision"),
    path("decisions/<str:ref>/proof/", trust.proof, name="decision-proof"),
    path("decisions/<str:ref>/bundle.zip", trust.bundle, name="decision-bundle"),
    path("decisions/<str:ref>/sheet/", trust.sheet, name="decision-sheet"),
    path("decisions/<str:ref>/code.svg", trust.code, name="decision-qr"),
    path("check/<number:seq>/", trust.check, name="check"),
    path("check/<number:seq>/<str:ref>/", trust.check, name="check"),
    # the Secretariat's
    path("secretariat/decisions/", register.recording, name="decision-recording"),
    path("secretariat/decisions/<str:ref>/links/", register.linking, name="decision-linking"),
    path("secretariat/decisions/<str:ref>/publication/", register.publication, name="decision-publication"),
    path("secretariat/decisions/<str:ref>/noting/", register.noting, name="decision-noting"),
    path("secretariat/decisions/<str:ref>/statement/", register.statement, name="decision-statement"),
    # what follows
    path("secretariat/decisions/<str:ref>/undertaking/", followup.undertaking, name="decision-undertaking"),
    path("undertakings/<str:ref>/progress/", followup.progress, name="undertaking-progress"),
    path("undertakings/<str:ref>/lapse/", followup.lapse, name="undertaking-lapse"),
    # the room
    path("room/<str:ref>/", room.room, name="room"),
    path("room/<str:ref>/<str:document>/adoption/", room.adoption, name="room-adoption"),
    path("room/<str:ref>/<str:document>/objection/", room.objection, name="room-objection"),
    # silence
    path("silence/", silence.silences, name="silences"),
    path("silence/proposal/", silence.proposal, name="silence-proposal"),
    path("silence/proposal/<str:version>/<str:body>/", silence.terms, name="silence-terms"),
    path("silence/<str:ref>/", silence.silence, name="silence"),
    path("silence/<str:ref>/bundle.zip", trust.silence_bundle, name="silence-bundle"),
    path("silence/<str:ref>/clock/", silence.clock, name="silence-clock"),
    path("silence/<str:ref>/service/", silence.service, name="silence-service"),
    path("silence/<str:ref>/reply/", silence.reply, name="silence-reply"),
    path("silence/<str:ref>/reply-by-note/", silence.reply_by_note, name="silence-reply-by-note"),
    path("silence/<str:ref>/extension/", silence.extension, name="silence-extension"),
    path("silence/<str:ref>/withdrawal/", silence.withdrawal, name="silence-withdrawal"),
    path("silence/<str:ref>/restart/", silence.restart, name="silence-restart"),
    # the chair
    path("chair/candidatures/", chair.candidatures, name="candidatures"),
    path("chair/candidatures/declaration/", chair.declaration, name="candidature-declaration"),
    path("chair/candidatures/<str:ref>/draft/", chair.draft_decision, name="candidature-draft"),
    path("chair/candidatures/<str:ref>/withdrawal/", chair.candidature_withdrawal, name="candidature-withdrawal"),
    path("chair/handover-files/", chair.handovers, name="handovers"),
    path("chair/handover-files/drawing-up/", chair.handover_drawing_up, name="handover-drawing-up"),
    path("chair/handover-files/<str:ref>/", chair.handover, name="handover"),
    path("chair/handover-files/<str:ref>/signature/", chair.handover_signature, name="handover-signature"),
]
