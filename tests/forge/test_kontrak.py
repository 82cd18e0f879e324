"""Requests against GitHub's own description: what fits it, what deviates, and what GitHub answers."""

from __future__ import annotations

import doctest
import importlib.util
import json
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).with_name("kontrak")
EKSTRAK = json.loads((FOLDER / "github.json").read_bytes())
OPERASI = sorted(EKSTRAK["operations"])
REPO = "/repos/dinsos/kinerja"


def muat() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kontrak_periksa", FOLDER / "periksa.py")
    assert spec is not None and spec.loader is not None
    modul = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(modul)
    return modul


periksa = muat()


# What GitHub shows


@pytest.mark.parametrize("nama", OPERASI)
def test_every_operation_has_examples(nama: str) -> None:
    jawaban = periksa.contoh(nama)
    assert {s for s, _ in jawaban} == {int(s) for s in EKSTRAK["operations"][nama]["responses"]}
    for status, nilai in jawaban:
        assert 200 <= status < 300
        assert nilai is None or (nilai and json.loads(json.dumps(nilai)) == nilai)
        assert (nilai is None) == (EKSTRAK["operations"][nama]["responses"][str(status)] is None)
    for status, nilai in periksa.contoh_galat(nama):
        assert 300 <= status < 600
        assert nilai is None or nilai["message"]


def test_examples_may_be_changed_by_who_asks() -> None:
    nilai = periksa.contoh("pulls/get")[0][1]
    nilai["number"] = -1
    assert periksa.contoh("pulls/get")[0][1]["number"] == 1347


def test_why_a_merge_fails() -> None:
    galat = dict(periksa.contoh_galat("pulls/merge"))
    assert galat[409] == {"message": "Head branch was modified. Review and try the merge again."}
    assert galat[405]["message"] == "Pull Request is not mergeable"
    assert galat[422] is None
    assert periksa.contoh("repos/update-information-about-pages-site") == ((204, None),)


def _jalur(rute: dict[str, Any]) -> tuple[str, dict[str, str]]:
    parameter = EKSTRAK["operations"][rute["operation"]]["parameters"]
    isi = {p["name"]: "7" if p["schema"].get("type") == "integer" else "a" for p in parameter}
    query = {p["name"]: isi[p["name"]] for p in parameter if p["in"] == "query" and p["required"]}
    return rute["path"].format(**isi), query


@pytest.mark.parametrize(
    "rute", [r for r in EKSTRAK["routes"] if r["operation"]], ids=lambda r: f"{r['method']} {r['path']}"
)
def test_every_request_that_github_shows_fits(rute: dict[str, Any]) -> None:
    jalur, query = _jalur(rute)
    assert periksa.operasi(rute["method"], jalur) == rute["operation"]
    badan = EKSTRAK["operations"][rute["operation"]].get("requestBody")
    semua = periksa.contoh_badan(rute["operation"]) if badan else (None,)
    if badan and badan["type"] != "application/json":
        semua = (b"isi",)
    assert semua
    for satu in semua:
        assert periksa.cocokkan(rute["method"], jalur, query, satu) == ()


# The checker

PULL = {"head": "kunci/tw2", "base": "main", "title": "TW II", "draft": False}
ATURAN = {
    "dismiss_stale_reviews_on_push": True,
    "require_code_owner_review": True,
    "require_last_push_approval": True,
    "required_approving_review_count": 1,
    "required_review_thread_resolution": False,
}


def ruleset(*aturan: object, **lain: object) -> dict[str, object]:
    return {"name": "main", "enforcement": "active", "rules": list(aturan), **lain}


@pytest.mark.parametrize(
    ("metode", "jalur", "query", "badan"),
    [
        ("GET", REPO, {}, None),
        ("GET", f"{REPO}/pulls", {"state": "all", "per_page": "100", "page": "2"}, None),
        ("GET", f"{REPO}/pulls", {"head": ["dinsos:kunci/tw2"]}, None),
        ("POST", f"{REPO}/pulls", {}, PULL),
        ("PUT", f"{REPO}/pulls/7/merge", {}, {"sha": "a" * 40, "merge_method": "merge"}),
        ("PUT", f"{REPO}/pulls/7/merge", {}, None),
        ("GET", f"{REPO}/git/ref/heads/kunci/tw2", {}, None),
        ("GET", f"{REPO}/git/ref/heads%2Fkunci%2Ftw2", {}, None),
        ("DELETE", f"{REPO}/git/refs/heads/kunci/tw2", {}, None),
        ("POST", f"{REPO}/git/trees", {}, {"tree": [{"path": "a", "mode": "100644", "type": "blob", "sha": None}]}),
        ("GET", f"{REPO}/contents/reports/2026/tw2/daya%20sos.yaml", {"ref": "main"}, None),
        ("GET", f"{REPO}/commits/kunci/tw2/status", {}, None),
        ("GET", f"{REPO}/compare/main...kunci/tw2", {}, None),
        ("GET", f"{REPO}/activity", {"time_period": "day", "activity_type": "force_push"}, None),
        ("GET", f"{REPO}/issues", {"since": "2026-07-01T00:00:00+07:00"}, None),
        ("PATCH", f"{REPO}/issues/7", {}, {"state": "closed", "state_reason": None, "labels": ["a", {"name": "b"}]}),
        ("PATCH", f"{REPO}/labels/perlu%2Fparaf", {}, {"color": "ff0000"}),
        ("POST", f"{REPO}/rulesets", {}, ruleset({"type": "pull_request", "parameters": ATURAN}, {"type": "deletion"})),
        ("PUT", f"{REPO}/pages", {}, {"source": "gh-pages"}),
        ("PUT", f"{REPO}/pages", {}, {"source": {"branch": "main", "path": "/docs"}, "cname": None}),
        ("POST", f"{REPO}/actions/workflows/terbit.yml/dispatches", {}, {"ref": "main", "inputs": {"apa": "saja"}}),
        ("POST", f"{REPO}/actions/workflows/12/dispatches", {}, {"ref": "main"}),
        ("POST", f"{REPO}/releases/7/assets", {"name": "arsip.zip"}, b"PK"),
        ("PUT", f"{REPO}/environments/terbit", {}, None),
        ("PATCH", f"{REPO}/check-runs/7", {}, {"status": "completed", "conclusion": "success"}),
        ("GET", "/user/7", {}, None),
    ],
)
def test_requests_that_fit(metode: str, jalur: str, query: dict[str, Any], badan: object) -> None:
    assert periksa.cocokkan(metode, jalur, query, badan) == ()


@pytest.mark.parametrize(
    ("metode", "jalur", "pesan"),
    [
        ("GET", f"{REPO}/pull/7", f"operation: no GET {REPO}/pull/7 in the extract"),
        ("PATCH", f"{REPO}/pulls", f"operation: no PATCH {REPO}/pulls in the extract; it takes GET, POST"),
        (
            "GET",
            f"{REPO}/branches/a/b/protection/enforce_admins",
            "operation: GET /repos/{owner}/{repo}/branches/{branch}/protection/enforce_admins is GitHub's, but"
            " not in the extract (perbarui.py)",
        ),
        ("GET", f"{REPO}/commits/main/pulls", "operation: GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls is"),
        ("GET", f"{REPO}/environments/a/b", f"operation: no GET {REPO}/environments/a/b in the extract"),
        ("GET", f"{REPO}/pulls/tujuh", 'path.pull_number: "tujuh" is not of type "integer"'),
        ("GET", f"{REPO}/contents/daya sos.yaml", "path: '/repos/dinsos/kinerja/contents/daya sos.yaml' is not a"),
        ("GET", f"{REPO}/contents/a?ref=main", "path: '/repos/dinsos/kinerja/contents/a?ref=main' is not a"),
        ("GET", f"{REPO}/contents/50%", "path: '/repos/dinsos/kinerja/contents/50%' is not a"),
        ("GET", f"{REPO}/contents/../../../user", "path: '/repos/dinsos/kinerja/contents/../../../user' is not a"),
        ("GET", f"{REPO}//pulls", "path: '/repos/dinsos/kinerja//pulls' is not a"),
    ],
)
def test_paths_that_do_not_fit(metode: str, jalur: str, pesan: str) -> None:
    (satu,) = periksa.cocokkan(metode, jalur, {}, None)
    assert satu.startswith(pesan)


@pytest.mark.parametrize(
    ("jalur", "query", "pesan"),
    [
        ("/pulls", {"stat": "open"}, "query.stat: is unknown; known: base, direction, head, page, per_page, sort, state"),
        ("/pulls", {"state": "buka"}, 'query.state: "buka" is not one of "open", "closed", "all"'),
        ("/pulls", {"page": "dua"}, 'query.page: "dua" is not of type "integer"'),
        ("/pulls", {"page": "9" * 19}, f'query.page: "{"9" * 19}" is not of type "integer"'),
        ("/pulls", {"page": "1.0"}, 'query.page: "1.0" is not of type "integer"'),
        ("/pulls", {"page": ["1", "2"]}, "query.page: must be given once, not 2 times"),
        ("/pulls", {"per_page": "101"}, "query.per_page: 101 is greater than the maximum of 100"),
        ("/environments/a", {"page": "1"}, "query.page: is unknown; known: none"),
        ("/issues", {"since": "2026-07-01"}, 'query.since: "2026-07-01" is not a "date-time"'),
        ("/collaborators", {"affiliation": ""}, 'query.affiliation: "" is not one of "outside", "direct", "all"'),
    ],
)
def test_queries_that_do_not_fit(jalur: str, query: dict[str, Any], pesan: str) -> None:
    assert periksa.cocokkan("GET", REPO + jalur, query, None) == (pesan,)


def test_an_upload_needs_its_name_and_bytes() -> None:
    assert periksa.cocokkan("POST", f"{REPO}/releases/7/assets", {}, {"isi": "PK"}) == (
        "query.name: is required",
        "body: must be bytes (application/octet-stream)",
    )


@pytest.mark.parametrize(
    ("metode", "jalur", "badan", "pesan"),
    [
        ("GET", "/pulls", {}, ["body: this operation takes none"]),
        ("POST", "/pulls", None, ["body: is required"]),
        ("POST", "/pulls", {"base": "main"}, ['body: "head" is a required property']),
        ("POST", "/pulls", {**PULL, "draft": "ya"}, ['body.draft: "ya" is not of type "boolean"']),
        ("POST", "/pulls", {**PULL, "title": b"x"}, ["body: is not JSON: Object of type bytes is not JSON serializable"]),
        ("POST", "/statuses/abc", {"state": float("nan")}, ["body: is not JSON: Out of range float values are not JSON compliant"]),
        ("POST", "/issues/7/comments", {"body": "\ud800"}, ["body: ..."]),
        ("PUT", "/pulls/7/merge", [], ['body: [] is not of type "object" or "null"']),
        (
            "PUT",
            "/pulls/7/merge",
            {"merge_method": "gabung", "shа": "a"},  # a Cyrillic letter
            [
                'body.merge_method: "gabung" is not one of "merge", "squash", "rebase"',
                "body.shа: is unknown; known: commit_message, commit_title, merge_method, sha",
            ],
        ),
        ("POST", "/statuses/abc", {"state": "sukses"}, ['body.state: "sukses" is not one of "error", "failure", "pending", "success"']),
        ("POST", "/issues", {"title": []}, ['body.title: [] is not of type "string" or "integer"']),
        ("POST", "/issues", {"title": "a", "labels": [{"nama": "b"}]}, ["body.labels[0].nama: is unknown; known: color, description, id, name"]),
        (
            "POST",
            "/git/commits",
            {"message": "m", "tree": "t", "author": {"name": "a", "email": "e", "date": "2026-07-01", "zona": 7}},
            [
                'body.author.date: "2026-07-01" is not a "date-time"',
                "body.author.zona: is unknown; known: date, email, name",
            ],
        ),
        (
            "POST",
            "/rulesets",
            ruleset({"type": "pull_request", "parameters": {k: v for k, v in ATURAN.items() if "push" not in k}}),
            [
                'body.rules[0].parameters: "dismiss_stale_reviews_on_push" is a required property',
                'body.rules[0].parameters: "require_last_push_approval" is a required property',
            ],
        ),
        (
            "POST",
            "/rulesets",
            ruleset({"type": "pull_request", "parameters": {**ATURAN, "required_approving_review_count": 11, "wajib": 1}}),
            [
                "body.rules[0].parameters.required_approving_review_count: 11 is greater than the maximum of 10",
                "body.rules[0].parameters.wajib: is unknown; known: allowed_merge_methods, dismiss_stale_reviews_on_push,"
                " dismissal_restriction, require_code_owner_review, require_last_push_approval,"
                " required_approving_review_count, required_review_thread_resolution, required_reviewers",
            ],
        ),
        ("PUT", "/environments/a", {"jeda": 1}, ["body.jeda: is unknown; known: deployment_branch_policy, prevent_self_review, reviewers, wait_timer"]),
        ("PUT", "/environments/a", {"deployment_branch_policy": {"protected_branches": True}}, ['body.deployment_branch_policy: "custom_branch_policies" is a required property']),
        ("PATCH", "/check-runs/7", {"status": "completed"}, ['body: "conclusion" is a required property']),
        ("PUT", "/pages", {"source": {"branch": "main", "path": "/situs"}}, ['body.source.path: "/situs" is not one of "/", "/docs"']),
        ("POST", "/actions/workflows/a.yml/dispatches", {"ref": "main", "inputs": {str(i): "" for i in range(26)}}, ["body.inputs: ..."]),
    ],
)  # fmt: skip
def test_bodies_that_do_not_fit(metode: str, jalur: str, badan: object, pesan: list[str]) -> None:
    hasil = periksa.cocokkan(metode, REPO + jalur, {}, badan)
    assert [h if not p.endswith("...") else f"{h.split(': ')[0]}: ..." for h, p in zip(hasil, pesan, strict=True)] == pesan


def test_an_unknown_kind_of_rule_is_told_with_all_kinds() -> None:
    (satu,) = periksa.cocokkan("POST", f"{REPO}/rulesets", {}, ruleset({"type": "tarik"}))
    assert satu.startswith('body.rules[0].type: "tarik" is not one of "creation" or "update" or "deletion"')
    assert satu.endswith('or "max_file_size"')


def test_a_long_value_is_not_quoted_whole() -> None:
    badan = {"name": "kinerja", "head_sha": "a", "output": {"title": "t", "summary": "x" * 65_536}}
    (satu,) = periksa.cocokkan("POST", f"{REPO}/check-runs", {}, badan)
    assert satu.startswith('body.output.summary: "xxx') and satu.endswith("is longer than 65535 characters")
    assert len(satu) < 350


def test_operations_by_path() -> None:
    assert periksa.operasi("GET", f"{REPO}/commits/a/status") == "repos/get-combined-status-for-ref"
    assert periksa.operasi("GET", f"{REPO}/commits/a/b") == "repos/get-commit"
    assert periksa.operasi("GET", f"{REPO}/commits/a/pulls") is None
    assert periksa.operasi("POST", "/user") is None


def test_the_example_of_the_module() -> None:
    assert doctest.testmod(periksa) == (0, 2)


def test_loading_is_quick() -> None:
    mulai = time.process_time()
    assert muat().cocokkan("POST", f"{REPO}/pulls", {}, PULL) == ()
    assert time.process_time() - mulai < 0.5
