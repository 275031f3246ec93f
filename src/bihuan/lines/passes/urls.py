"""Addresses of the line: first those of the public, then those of the desk."""

from django.urls import path

from bihuan.lines.passes.views import applying, holding, reviewing, rules

app_name = "passes"
urlpatterns = [
    path("apply/", applying.apply, name="apply"),
    path("find/", applying.find, name="find"),
    path("r/<str:receipt>/", holding.receipt, name="receipt"),
    path("r/<str:receipt>/prove/", holding.prove, name="prove"),
    path("r/<str:receipt>/answer/", holding.answer, name="answer"),
    path("r/<str:receipt>/withdraw/", holding.withdraw, name="withdraw"),
    path("r/<str:receipt>/pass/", holding.show, name="show"),
    path("r/<str:receipt>/pass.pdf", holding.print_it, name="paper"),
    path("", reviewing.queue, name="queue"),
    path("take/", reviewing.take, name="take"),
    path("approve/", reviewing.approve_many, name="approve_many"),
    path("search/", reviewing.search, name="search"),
    path("enter/", applying.enter, name="enter"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:goods>/", rules.rule, name="rule"),
    path("<int:pass_id>/", reviewing.one, name="one"),
    path("<int:pass_id>/paper.pdf", reviewing.print_it, name="one_paper"),
    path("<int:pass_id>/private/<slug:field>/", reviewing.reveal, name="reveal"),
    path("<int:pass_id>/<slug:verb>/", reviewing.act, name="act"),
]
