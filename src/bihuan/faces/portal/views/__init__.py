"""Pages of the portal, one module a page."""
