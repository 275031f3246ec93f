"""What happens on the road: devices are enrolled and blocked, scans come in, alarms are raised, lists go out.

A device asks for everything by one signed envelope; what it brings is taken in once, however often it is sent.
"""
