"""After-action: what was decided, what the clocks did and who was told, rebuilt from the audit alone.

``folding`` rebuilds every Case at any instant, ``checking`` proves that the live tables say the same. ``timeline``
reads a period page by page, ``picture`` counts it, ``reports`` does so in the background for long ones, ``sheet`` and
``paper`` write it as CSV and PDF. All but ``checking`` read the audit only, and names for its numbers.
"""
