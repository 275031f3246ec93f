"""The administration, with our site in place of Django's."""

from django.contrib.admin.apps import AdminConfig


class BihuanAdminConfig(AdminConfig):
    default_site = "bihuan.config.admin.BihuanAdminSite"
