"""Addresses of the line: first those of the public, then those of the desk."""

from django.urls import path

from bihuan.lines.passes.views import applying, bulk, holding, reviewing, rules, tripping

app_name = "passes"
urlpatterns = [
    path("apply/", applying.apply, name="apply"),
    path("apply/many/", bulk.upload, name="upload"),
    path("apply/many/template.csv", bulk.template, name="template"),
    path("apply/many/<str:receipt>/", bulk.result, name="bulk"),
    path("find/", applying.find, name="find"),
    path("r/<str:receipt>/", holding.receipt, name="receipt"),
    path("r/<str:receipt>/prove/", holding.prove, name="prove"),
    path("r/<str:receipt>/answer/", holding.answer, name="answer"),
    path("r/<str:receipt>/withdraw/", holding.withdraw, name="withdraw"),
    path("r/<str:receipt>/trip/", tripping.announce, name="announce"),
    path("r/<str:receipt>/pass/", holding.show, name="show"),
    path("r/<str:receipt>/pass.pdf", holding.print_it, name="paper"),
    path("", reviewing.queue, name="queue"),
    path("take/", reviewing.take, name="take"),
    path("approve/", reviewing.approve_many, name="approve_many"),
    path("search/", reviewing.search, name="search"),
    path("enter/", applying.enter, name="enter"),
    path("trips/", tripping.trips, name="trips"),
    path("trips/<int:trip_id>/<slug:step>/", tripping.step, name="step"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:goods>/", rules.rule, name="rule"),
    path("<int:pass_id>/", reviewing.one, name="one"),
    path("<int:pass_id>/paper.pdf", reviewing.print_it, name="one_paper"),
    path("<int:pass_id>/private/<slug:field>/", reviewing.reveal, name="reveal"),
    path("<int:pass_id>/<slug:verb>/", reviewing.act, name="act"),
]
