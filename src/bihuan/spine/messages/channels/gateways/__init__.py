"""Providers of text messages, one file each: its request, its signature, what it says when it does not take one."""
