"""Telling other systems what happened to Cases, by the Standard Webhooks specification.

The audit's sealed order is read on and on (``feeding``); for each endpoint that wants to hear of an Event a Delivery
is written, which a courier carries out (``delivering``) until it is taken, over days.
"""
