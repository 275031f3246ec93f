"""OGC API Features, part 1 core, over sites, zones and Cases without personal data; and the same as HXL-tagged CSV.

Map programs (QGIS, GDAL, OWSLib) are pointed at ``/api/v1/features/``.
"""
