"""Everything that the desk can do, a program can: each address of the desk has its operation, or a reason why not."""

from typing import get_args

from django.test import Client

from bihuan.faces.api import deeds
from bihuan.faces.api.surge import Verb
from bihuan.faces.desk import deeds as at_the_desk
from bihuan.faces.desk.urls import urlpatterns
from bihuan.spine.cases.surge import bulk

SAME = {
    "queue": "list_cases", "rows": "list_cases", "case": "show_case", "slip": "print_slip", "act": "accept",
    "reveal": "read_private", "triage": "list_cases", "triage_new": "list_cases", "assign_many": "do_bulk",
    "triage_groups": "list_groups", "sort_group": "do_bulk", "sort": "do_bulk", "twins": "list_pairs",
    "pairs": "list_pairs", "twins_undo": "undo", "twins_judge": "judge", "banners": "list_banners",
    "banner_new": "put_up", "banner_end": "take_down", "banner_gather": "gather_before", "rules": "show_rules",
    "rules_edition": "show_edition", "rules_back": "go_back", "rules_draft": "begin_rules", "rule_new": "add_rule",
    "rules_discard": "discard_rules", "rules_try": "start_trial", "rules_trial": "show_trial",
    "rules_switch": "switch_rules", "rule": "change_rule", "rule_move": "move_rule", "rule_remove": "remove_rule",
    "learning": "show_accuracy", "enter": "enter", "entered": "enter", "suggestion": "show_suggestion",
    "caller": "search_cases", "questions": "list_services", "known": "list_banners", "sites": "list_items",
    "search": "search_cases", "map": "show_map", "points": "show_map", "point_list": "list_cases",
    "board": "show_board", "rates": "show_rates", "rates_export": "show_rates", "figure": "list_figure",
    "export": "list_cases", "failed": "list_failed", "audit": "show_audit", "afteraction": "timeline",
    "afteraction_csv": "timeline", "afteraction_ask": "ask_report", "afteraction_report": "show_report",
    "afteraction_case": "case_then", "joint": "list_joint", "ladder": "write_ladder", "levels": "draft_levels",
    "level_version": "show_levels", "level_preview": "put_levels_in_force", "level_line_new": "add_level",
    "level_line": "write_level", "calendars": "list_calendars", "calendar_new": "add_calendar",
    "calendar": "change_calendar", "notices": "list_notices", "rota": "list_shifts", "rota_add": "add_shift",
    "rota_repeat": "repeat_shifts", "rota_copy": "copy_shifts", "rota_remove": "remove_shift", "bulk": "do_bulk",
    "bulk_result": "do_bulk", "surge": "show_forecast", "shed": "shed", "shed_end": "end_shed",
    "canned": "list_kept", "canned_new": "add_canned", "canned_one": "change_canned", "webhooks": "add_webhook",
    "webhook": "list_deliveries", "webhook_do": "do_webhook", "webhook_resend": "send_again", "me": "show_me",
    "channels": "list_channels", "drills": "list_drills", "drill": "show_drill", "drill_stop": "stop_drill",
    "drill_sheet": "show_drill", "paper_reserve": "reserve_forms", "paper_forms": "show_forms",
    "paper_void": "void_forms", "paper_enter": "enter_form",
}  # fmt: skip
NOT = {
    "rules_cases": "which Cases a trial moves: the trial's counts and shifts are told, the list is for the eye",
    "afteraction_pdf": "a paper for people; its figures are in the report",
    "here": "an open page's sign of life; each request of a token is one",
    "rota_import": "a file of shifts; a program sends each shift",
    "bulk_ask": "the question before a deed on many",
    "calls": "an open page hears of calls; the exchange tells a program itself",
    "pop": "opens the form in an operator's browser",
    "seat": "at which telephone the person before the screen sits",
    "call_number": "what an operator reads off the screen; the exchange knows the number",
    "channel_test": "a test to oneself, to look at",
    "contact_add": "one's own address, written down by oneself alone",
    "contact_remove": "as contact_add",
    "drill_answer": "a person's own answer",
    "paper": "the page from which forms and lists are printed",
    "paper_next": "the pile on a clerk's desk; a program enters each form",
    "paper_building": "a list for people to carry",
    "paper_shift": "a list for people to carry",
    "paper_sheet": "what came back on a list, in the order of its rows; a program does the deeds on the Cases",
    "tokens": "a token can't make tokens: whoever stole one would keep a way in",
    "token_end": "as tokens; the administration and the command line end them too",
}


def operations() -> set[str]:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    return {one["operationId"] for each in paths.values() for one in each.values()}


def test_every_address_of_the_desk_has_its_operation_or_a_reason(db: None) -> None:
    names = {str(pattern.name) for pattern in urlpatterns}
    assert names == set(SAME) | set(NOT), "say which operation does it, or why none does"
    assert not set(SAME) & set(NOT)
    assert set(SAME.values()) <= operations()


def test_every_verb_of_an_officer_is_an_operation_that_takes_the_same(db: None) -> None:
    assert set(at_the_desk.DEEDS) == set(deeds.DEEDS)
    assert set(deeds.DEEDS) <= operations()


def test_every_verb_on_many_can_be_asked_for() -> None:
    assert set(get_args(Verb)) == set(bulk.VERBS)
