"""The city's Open311 server (GeoReport v2): a face for machines of other cities, apps and monitors.

Everything that comes in goes through the door and gets its receipt as a token; a worker opens the Case a moment
later. What goes out holds no personal data. See docs/open311.md.
"""
