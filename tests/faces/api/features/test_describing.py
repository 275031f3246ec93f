"""The description of the features."""

from openapi_spec_validator import OpenAPIV30SpecValidator

from bihuan.faces.api.features.describing import describe


def test_it_is_openapi_3_0_and_nothing_is_wrong_with_it() -> None:
    OpenAPIV30SpecValidator(describe("https://city.example/api/v1/features")).validate()


def test_bbox_limit_and_datetime_are_defined_as_part_1_wants_them() -> None:
    document = describe("x")
    named = document["components"]["parameters"]
    for path in ("sites", "zones", "cases"):
        refs = document["paths"][f"/collections/{path}/items"]["get"]["parameters"]
        assert {ref["$ref"].rpartition("/")[2] for ref in refs} >= {"bbox", "limit", "datetime"}
    assert named["bbox"]["schema"]["items"] == {"type": "number"}
    assert (named["bbox"]["schema"]["minItems"], named["bbox"]["schema"]["maxItems"]) == (4, 6)
    assert named["limit"]["schema"]["minimum"] == 1 and not named["limit"]["explode"]
    assert named["datetime"]["schema"] == {"type": "string"}
