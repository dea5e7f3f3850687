"""The pages of importing in the admin: upload, preview, progress, report."""

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from . import runs, tasks
from .enums import Outcome, RunState
from .forms import ImportForm
from .models import ImportRun
from .permissions import can_import

ROWS_A_PAGE = 50
RUNS_SHOWN = 10


class ImportPermissionMixin:
    """Lets nobody in who may not import."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UploadView(ImportPermissionMixin, WagtailAdminTemplateMixin, FormView):
    """Takes a file and shows the imports of late."""

    template_name = "exchange/upload.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": _("Import")}]
    page_title = _("Import")
    header_icon = "upload"
    form_class = ImportForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recent = ImportRun.objects.select_related("user").defer("data", "results")[:RUNS_SHOWN]
        return super().get_context_data(**kwargs) | {"recent": recent}

    def form_valid(self, form: ImportForm) -> HttpResponse:
        file = form.cleaned_data.pop("file")
        with transaction.atomic():
            run = runs.take_file(user=self.request.user, name=file.name, data=file.read(), **form.cleaned_data)
            transaction.on_commit(lambda: tasks.check_import.delay(str(run.pk)))
        return redirect("exchange_run", run.pk)


class RunView(ImportPermissionMixin, WagtailAdminTemplateMixin, TemplateView):
    """Shows what a file would do, is doing, or has done; a POST agrees to it."""

    template_name = "exchange/run.html"
    header_icon = "upload"

    @cached_property
    def run(self) -> ImportRun:
        return get_object_or_404(ImportRun.objects.defer("data"), pk=self.kwargs["run_id"])

    def get_page_title(self) -> str:
        return self.run.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("exchange_upload"), "label": _("Import")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.run.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run
        outcome = self.request.GET.get("outcome", "")
        results = sorted(run.results, key=lambda result: result["line"])
        counts = runs.counts(results)
        shown = [result for result in results if result["outcome"] == outcome] if outcome in Outcome.values else results
        return super().get_context_data(**kwargs) | {
            "run": run,
            "states": RunState,
            "counts": counts,
            "outcome": outcome,
            "has_work": any(number for one, number in counts if one in {Outcome.CREATED, Outcome.CHANGED}),
            "rows": Paginator(shown, ROWS_A_PAGE).get_page(self.request.GET.get("p")),
        }

    def post(self, _request: HttpRequest, *, run_id: UUID) -> HttpResponse:
        with transaction.atomic():
            if runs.confirm_run(run_id=run_id):
                transaction.on_commit(lambda: tasks.write_import.delay(str(run_id)))
        return HttpResponseRedirect(reverse("exchange_run", args=[run_id]))


class ReportView(ImportPermissionMixin, View):
    """Hands out the report of an import as JSON."""

    def get(self, _request: HttpRequest, run_id: UUID) -> HttpResponse:
        run = get_object_or_404(ImportRun.objects.defer("data"), pk=run_id)
        report = {
            "file": run.name,
            "state": run.state,
            "notes": run.notes,
            "counts": {outcome.value: number for outcome, number in runs.counts(run.results)},
            "rows": sorted(run.results, key=lambda result: result["line"]),
        }
        content = json.dumps(report, ensure_ascii=False, indent=2)
        headers = {"Content-Disposition": 'attachment; filename="import-report.json"'}
        return HttpResponse(content, content_type="application/json", headers=headers)
