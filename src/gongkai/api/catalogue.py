"""The catalogue of the data sets, for harvesters: DCAT as JSON-LD (W3C Recommendation of 2024-08-22)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from gongkai.registers.public.base import agency_of_site
from gongkai.registers.public.kinds import SHOWN

from .routes import CREDIT

_SETS = (
    ("publications", "主动公开信息", True),
    ("documents", "文件及其有效性", True),
    *((f"registers/{each.code}", each.title, True) for each in SHOWN.values()),
    (f"registers/{CREDIT}", "统计信用公示", True),
    ("reports", "政府信息公开工作年度报告", False),
    ("answers", "留言的公开答复", True),
)
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def catalogue(request: HttpRequest) -> HttpResponse:
    """Each data set with its publisher and its files."""
    publisher = {"@type": "foaf:Agent", "foaf:name": agency_of_site().name}

    def at(path: str) -> dict[str, str]:
        return {"@id": request.build_absolute_uri(f"/api/{path}")}

    def file(path: str, media_type: str) -> dict[str, Any]:
        return {"@type": "dcat:Distribution", "dcat:accessURL": at(path), "dcat:mediaType": media_type}

    sets = [
        {
            "@type": "dcat:Dataset",
            **at(path),
            "dct:title": title,
            "dct:publisher": publisher,
            "dcat:distribution": [file(path, "application/json"), *([file(f"{path}.csv", "text/csv")] if csv else [])],
        }
        for path, title, csv in _SETS
    ]
    service = {"@type": "dcat:DataService", **at(""), "dcat:endpointDescription": at("openapi.json")}
    content = {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        **at("catalog.jsonld"),
        "dct:title": f"{publisher['foaf:name']}公开数据目录",
        "dct:language": "zh-CN",
        "dct:publisher": publisher,
        "dcat:dataset": sets,
        "dcat:service": service,
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/ld+json"
    return response
