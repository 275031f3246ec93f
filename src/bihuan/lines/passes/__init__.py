"""Passes: one vehicle, one pass, one route; asked at the portal, answered within three hours, looked at on the road.

An application waits at the desk of its goods class (express lane first), is asked back, approved (by two where the
rule says so) or declined. Issued, it carries a number and a signed code; it is suspended, extended, replaced, revoked,
or runs out. A vehicle that comes in by the closed loop makes a trip: announced, at the gate, at the transfer point,
out again before its deadline. An application is a row of this line; ADR 0017 says why it is no Case.
"""
