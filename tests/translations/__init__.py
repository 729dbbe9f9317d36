"""The words of our own in other languages: found in the sources, kept in site_src/locales, checked.

`update` and `compile` are a maintainer's; whoever runs the software needs neither, because the
compiled catalogues are committed.
"""
