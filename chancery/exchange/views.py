"""The record as data for everybody, and the Secretariat's forms of errata."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms, navigation, tables
from chancery.journal.queries import head, vkeys
from chancery.journal.queries import manifest as manifest_of
from chancery.people import policy
from chancery.people.doors import work_page

from . import acts, downloads, package, queries
from .folder import csv_name
from .forms import CorrectForm, StrikeForm
from .words import title


# ---------------------------------------------------------------- data
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken away, in which form, and how it is verified."""
    named = vkeys()
    context = {
        "tables": [(table, title(table.name), count) for table, count in queries.counts()],
        "entry": head(),
        "key": named[-1].vkey if named else "",
        "origin": settings.ORIGIN,
        "trail": [(_("Data"), "")],
    }
    return render(request, "exchange/data.html", context)


def table_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """One table as CSV; the texts of news are files of their own in the whole record."""
    found = next((one for one in tables.all_tables() if one.name == name and one.layout != "markdown"), None)
    if found is None:
        raise Http404
    return downloads.table(found, csv_name(found))


def datapackage(request: HttpRequest) -> HttpResponse:
    return HttpResponse(package.describe(settings.CHARTER), content_type="application/json")


def record_zip(request: HttpRequest) -> HttpResponseBase:
    """The whole record, as `dump` writes it."""
    return downloads.record()


def manifest(request: HttpRequest, seq: int) -> HttpResponse:
    """The rows that a load wrote, for whoever verifies a copy."""
    blob = manifest_of(seq)
    if blob is None:
        raise Http404
    return HttpResponse(blob, content_type="application/octet-stream")


# ---------------------------------------------------------------- errata
@work_page
def erratum(request: HttpRequest, table: str, ref: str) -> HttpResponse:
    """All that a fact says, column by column, each of which can be corrected."""
    policy.require(request.user, "exchange.correct", f"{table}:{ref}")
    described, fact = queries.fact(table, ref)
    context = {
        "title": title(table),
        "ref": ref,
        "table": table,
        "cells": queries.cells(described, fact),
        "page": navigation.address(f"{table}:{ref}"),
        "around": queries.around(described, ref),
    }
    return render(request, "exchange/erratum.html", context)


@work_page
def correction(request: HttpRequest, table: str, ref: str, column: str) -> HttpResponse:
    """The form of one correction."""
    policy.require(request.user, "exchange.correct", f"{table}:{ref}")
    described, fact = queries.fact(table, ref)
    queries.correctable(described, column)
    cell = next(one for one in queries.cells(described, fact) if one.column.name == column)
    form = CorrectForm(request.POST or None, cell)
    here = reverse("erratum", args=[table, ref])
    return forms.act(
        request,
        form,
        lambda typed: acts.correct(
            table=table, ref=ref, column=column, value=form.value(), reason=typed["reason"],
            source=typed.get("source", ""), by=request.user,
        ),
        template="ui/act.html",
        done=lambda made: navigation.address(f"{table}:{ref}") or here,
        context={
            "title": _("Correct “%(column)s”") % {"column": column}, "about": f"{title(table)}: {ref}",
            "submit": _("Record the correction"), "cancel": here,
        },
    )  # fmt: skip


@work_page
def striking(request: HttpRequest, table: str, ref: str) -> HttpResponse:
    """The form that takes a mistaken fact out."""
    policy.require(request.user, "exchange.strike", f"{table}:{ref}")
    queries.fact(table, ref)
    return forms.act(
        request,
        StrikeForm(request.POST or None),
        lambda typed: acts.strike(table=table, ref=ref, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("data"),
        context={
            "title": _("Strike this fact"), "about": f"{title(table)}: {ref}", "grave": True,
            "lede": _("It leaves the record; the journal keeps what it said and why it was struck."),
            "submit": _("Strike it"), "cancel": reverse("erratum", args=[table, ref]),
        },
    )  # fmt: skip
