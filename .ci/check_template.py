#!/usr/bin/env python3
"""Acceptance checks for VisitorCount's SAM template. Offline: no AWS account, no network, no Docker.

    python3 check_template.py PATH                      all checks; exit 0 = no FAIL
    python3 check_template.py PATH --print-expanded     the CloudFormation that SAM makes of it (JSON on stdout)
    python3 check_template.py PATH --only lint,iam      some groups: lint expand prompts tables functions urls stream
                                                        iam deployer version graph ops moto
    python3 check_template.py PATH --param Name=Value   with other parameter values than the defaults (repeatable)
    python3 check_template.py PATH --allow read=ssm:GetParameter   one more action for one role (repeatable)
    python3 check_template.py PATH --json               machine-readable result
    python3 check_template.py PATH --strict             WARN counts as FAIL

Needs: cfn-lint, aws-sam-translator, and for the group "moto" moto[cloudformation,dynamodb,awslambda] and boto3.
Functions and tables are recognised by their shape, not by their names:
  counter table  HASH key only            history table  HASH and RANGE key
  increment      URL that allows POST     read  URL that allows GET, HEAD    rollup  target of the stream's mapping
  compact        target of a schedule, where it is a function of its own
"""
import argparse
import contextlib
import copy
import io
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import zipfile

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
# never a real account, whatever the shell holds
for _k in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
    os.environ.pop(_k, None)
os.environ["AWS_ACCESS_KEY_ID"] = os.environ["AWS_SECRET_ACCESS_KEY"] = "testing"

GROUPS = ["lint", "expand", "prompts", "tables", "functions", "urls", "stream", "iam", "deployer", "version", "graph", "ops", "moto"]

# ---- what each role may do, by kind of target -------------------------------------------------------------------
STREAM_READ = {"dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"}
OWN_LOG = {"logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup"}
XRAY = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
RULES = {
    # role: {target kind: (required, allowed)}
    "increment": {"counter": ({"dynamodb:UpdateItem"}, {"dynamodb:UpdateItem", "dynamodb:GetItem"})},
    "read": {
        "counter": ({"dynamodb:GetItem"}, {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}),
        "history": (set(), {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem"}),
    },
    "rollup": {
        "counter-stream": (STREAM_READ, STREAM_READ),
        "history": ({"dynamodb:PutItem"},
                    {"dynamodb:PutItem", "dynamodb:BatchWriteItem"}),
        "bucket": ({"s3:ListBucket"}, {"s3:ListBucket"}),
        "bucket-objects": ({"s3:PutObject"}, {"s3:PutObject"}),
    },
    "compact": {
        "history": ({"dynamodb:PutItem", "dynamodb:Query"},
                    {"dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query"}),
        "AWS::SNS::Topic": (set(), {"sns:Publish"}),
        "bucket-lake": (set(), {"s3:PutObject"}),
    },
}
MANAGED_OK = ("AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess")
STAR_OK = ("logs:", "xray:")

RESULTS = []


def note(level, group, text):
    RESULTS.append({"level": level, "group": group, "text": text})


def check(cond, group, text, detail="", level="FAIL"):
    note("PASS" if cond else level, group, text if cond or not detail else f"{text} -- {detail}")
    return bool(cond)


def as_list(x):
    return x if isinstance(x, list) else [] if x is None else [x]


# ---- (a) cfn-lint -------------------------------------------------------------------------------------------------
def run_cfn_lint(path, label, group="lint"):
    # the console script of the same Python, so that it works without cfn-lint on PATH
    p = subprocess.run([sys.executable, "-c", "import sys; from cfnlint.runner import main; sys.exit(main())",
                        "--format", "json", "--include-checks", "I", "--template", os.path.abspath(path)],
                       capture_output=True, text=True, cwd=tempfile.gettempdir())
    try:
        found = json.loads(p.stdout or "[]")
    except ValueError:
        note("FAIL", group, f"cfn-lint did not run on {label}: {(p.stderr or p.stdout).strip()[-400:]}")
        return
    for m in found:
        lvl = {"Error": "FAIL", "Warning": "WARN"}.get(m["Level"], "INFO")
        where = "/".join(str(x) for x in (m["Location"].get("Path") or []))
        note(lvl, group, f"{label}: {m['Rule']['Id']} {m['Message']} ({where or m['Location']['Start']['LineNumber']})")
    check(not any(m["Level"] == "Error" for m in found) and p.returncode in (0, 4, 8, 12), group,
          f"cfn-lint has no error on {label}", f"exit {p.returncode}")


# ---- (b) SAM translator -------------------------------------------------------------------------------------------
def load_template(path):
    from samtranslator.yaml_helper import yaml_parse
    with open(path, encoding="utf-8") as f:
        text = f.read()
    return json.loads(json.dumps(yaml_parse(text), default=str))


def default_parameters(template, overrides):
    values = {}
    for name, p in (template.get("Parameters") or {}).items():
        v = overrides.get(name, p.get("Default"))
        if v is None:
            v = (p.get("AllowedValues") or [None])[0]
        if v is None:
            v = p.get("MinValue", 1) if p.get("Type") == "Number" else "example"
        if str(p.get("Type", "")).startswith(("CommaDelimitedList", "List<")) and isinstance(v, str):
            v = [s.strip() for s in v.split(",")]
        elif not isinstance(v, list):
            v = str(v).lower() if isinstance(v, bool) else str(v)
        values[name] = v
    for k in overrides:
        if k not in values:
            note("FAIL", "expand", f"the template has no parameter {k}")
    values.update({"AWS::Region": os.environ["AWS_DEFAULT_REGION"], "AWS::AccountId": "123456789012",
                   "AWS::Partition": "aws", "AWS::StackName": "visitorcount",
                   "AWS::StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/visitorcount/1",
                   "AWS::URLSuffix": "amazonaws.com"})
    return values


class OfflinePolicies:
    """ManagedPolicyLoader without IAM: answers any AWS managed policy name that SAM asks for."""

    class _Map(dict):
        def __missing__(self, name):
            return f"arn:aws:iam::aws:policy/{name}"

        def get(self, name, default=None):
            return dict.get(self, name) or (default if "/" in str(name) or str(name).startswith("arn:") else self[name])

    def load(self):
        m = self._Map()
        try:
            from cfnlint.data import Serverless
            from cfnlint.helpers import load_resource
            m.update(load_resource(Serverless, "ManagedPolicies.json"))
        except Exception:  # cfn-lint moved the file: names still resolve by rule
            pass
        return m


def expand(template, params):
    """SAM template -> CloudFormation template (as the transform does on deployment, jar already 'uploaded')."""
    t = copy.deepcopy(template)
    if "AWS::Serverless-2016-10-31" not in as_list(t.get("Transform")):
        return t
    holders = [(t.get("Globals") or {}).get("Function") or {}]
    holders += [r.get("Properties") or {} for r in t["Resources"].values()
                if r.get("Type") == "AWS::Serverless::Function"]
    for h in holders:
        if isinstance(h.get("CodeUri"), str) and not h["CodeUri"].startswith("s3://"):
            h["CodeUri"] = "s3://deployment-bucket/" + re.sub(r"[^A-Za-z0-9._-]", "-", h["CodeUri"])
    for r in t["Resources"].values():  # a function without any code would fail for a reason that is not the template's
        if r.get("Type") == "AWS::Serverless::Function":
            p = r.setdefault("Properties", {})
            if not any(k in p or k in holders[0] for k in ("CodeUri", "InlineCode", "ImageUri")):
                p["CodeUri"] = "s3://deployment-bucket/code.jar"
    from samtranslator.public.exceptions import InvalidDocumentException
    from samtranslator.translator.transform import transform
    logging.getLogger("samtranslator").setLevel(logging.CRITICAL)
    try:
        out = transform(t, dict(params), OfflinePolicies())
    except InvalidDocumentException as e:
        raise SystemExit("SAM translator: " + "; ".join(c.message for c in e.causes))
    return json.loads(json.dumps(out))


# ---- small CloudFormation evaluator -------------------------------------------------------------------------------
class Cfn:
    def __init__(self, template, params):
        self.t, self.params = template, params
        self.res = template["Resources"]
        self.conds = {}
        for c in template.get("Conditions") or {}:
            self.condition(c)
        # resources that exist with these parameter values
        self.live = {k: r for k, r in self.res.items() if not r.get("Condition") or self.condition(r["Condition"])}

    def condition(self, name):
        if name not in self.conds:
            self.conds[name] = self._cond(self.t["Conditions"][name])
        return self.conds[name]

    def _cond(self, x):
        (k, v), = x.items()
        if k == "Fn::Equals":
            a, b = (self.value(i) for i in v)
            return str(a) == str(b)
        if k == "Fn::Not":
            return not self._cond(v[0])
        if k == "Fn::And":
            return all(self._cond(i) for i in v)
        if k == "Fn::Or":
            return any(self._cond(i) for i in v)
        if k == "Condition":
            return self.condition(v)
        raise ValueError(f"condition function {k}")

    NOVALUE = object()

    def value(self, x):
        """x with parameters filled in; a reference to a resource becomes the marker <Logical> or <Logical.Attr>."""
        if isinstance(x, list):
            return [v for v in (self.value(i) for i in x) if v is not self.NOVALUE]
        if not isinstance(x, dict):
            return x
        if len(x) == 1:
            (k, v), = x.items()
            if k == "Ref":
                if v == "AWS::NoValue":
                    return self.NOVALUE
                return self.params[v] if v in self.params else f"<{v}>"
            if k == "Fn::GetAtt":
                a = v.split(".", 1) if isinstance(v, str) else v
                return f"<{a[0]}.{a[1]}>"
            if k == "Fn::If":
                return self.value(v[1] if self.condition(v[0]) else v[2])
            if k == "Fn::Sub":
                text, extra = (v, {}) if isinstance(v, str) else (v[0], v[1])

                def one(m):
                    n = m.group(1)
                    if n.startswith("!"):
                        return "${" + n[1:] + "}"
                    if n in extra:
                        return str(self.value(extra[n]))
                    r = self.params.get(n, f"<{n}>")
                    return ",".join(r) if isinstance(r, list) else str(r)
                return re.sub(r"\$\{([^}]+)\}", one, text)
            if k == "Fn::Join":
                items = self.value(v[1])
                return str(v[0]).join(str(i) for i in as_list(items))
            if k == "Fn::Split":
                return str(self.value(v[1])).split(v[0])
            if k == "Fn::Select":
                return self.value(v[1])[int(self.value(v[0]))]
        out = {}
        for k, v in x.items():
            r = self.value(v)
            if r is not self.NOVALUE:
                out[k] = r
        return out

    def props(self, name):
        return self.value(self.res[name].get("Properties") or {})

    def of_type(self, *types):
        return [k for k, r in self.live.items() if r["Type"] in types]

    def refs(self, x, found=None):
        """every name that x refers to (resources and parameters), both branches of Fn::If"""
        found = set() if found is None else found
        if isinstance(x, list):
            for i in x:
                self.refs(i, found)
        elif isinstance(x, dict):
            for k, v in x.items():
                if k == "Ref" and isinstance(v, str):
                    found.add(v)
                elif k == "Fn::GetAtt":
                    found.add(v.split(".")[0] if isinstance(v, str) else v[0])
                elif k == "Fn::Sub":
                    text, extra = (v, {}) if isinstance(v, str) else (v[0], v[1])
                    for n in re.findall(r"\$\{([^!}][^}]*)\}", text):
                        if n not in extra:
                            found.add(n.split(".")[0])
                    self.refs(extra, found)
                elif k == "Fn::If" and isinstance(v, list):
                    for c in self.refs_of_condition(v[0]):
                        found.add(c)
                    self.refs(v[1:], found)
                else:
                    self.refs(v, found)
        return found

    def refs_of_condition(self, name):
        body = (self.t.get("Conditions") or {}).get(name)
        return self.refs(body) if body is not None else set()


def marker(v):
    m = re.fullmatch(r"<([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?>", v) if isinstance(v, str) else None
    return (m.group(1), m.group(2)) if m else (None, None)


class Model:
    """who is who in the expanded template"""

    def __init__(self, c):
        self.c = c
        self.counter, self.history = [], []
        for t in c.of_type("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
            kinds = [k["KeyType"] for k in c.props(t).get("KeySchema", [])]
            (self.counter if kinds == ["HASH"] else self.history).append(t)
        self.functions = c.of_type("AWS::Lambda::Function")
        self.alias_of = {}     # alias logical id -> function
        for a in c.of_type("AWS::Lambda::Alias"):
            self.alias_of[a] = marker(c.props(a)["FunctionName"])[0]
        self.version_of = {v: marker(c.props(v)["FunctionName"])[0] for v in c.of_type("AWS::Lambda::Version")}
        self.urls = {}         # url logical id -> (function, via alias?)
        for u in c.of_type("AWS::Lambda::Url"):
            self.urls[u] = self.function_behind(c.props(u).get("TargetFunctionArn"), c.props(u).get("Qualifier"))
        self.mappings = {}
        for m in c.of_type("AWS::Lambda::EventSourceMapping"):
            self.mappings[m] = self.function_behind(c.props(m).get("FunctionName"))
        self.kind = {}
        for u, (f, _) in self.urls.items():
            methods = as_list((c.props(u).get("Cors") or {}).get("AllowMethods"))
            self.kind[f] = "increment" if "POST" in methods or "*" in methods else "read"
        for f, _ in self.mappings.values():
            self.kind.setdefault(f, "rollup")
        for rule in c.of_type("AWS::Events::Rule", "AWS::Scheduler::Schedule"):
            p = c.props(rule)
            for target in as_list(p.get("Targets")) + as_list(p.get("Target")):
                f, _ = self.function_behind((target or {}).get("Arn"))
                if f in self.functions:
                    self.kind.setdefault(f, "compact")

    def function_behind(self, v, qualifier=None):
        name, _ = marker(v)
        if name in self.alias_of:
            return self.alias_of[name], True
        if name in self.version_of:
            return self.version_of[name], True
        if name is None and isinstance(v, str):      # "<Fn>:live" or an ARN built with Sub
            m = re.search(r"<([A-Za-z0-9]+)(?:\.Arn)?>(:[A-Za-z0-9_-]+)?$", v)
            if m:
                return m.group(1), bool(m.group(2)) or bool(qualifier)
        return name, bool(qualifier)


# ---- groups -------------------------------------------------------------------------------------------------------
def check_tables(c, m, overridden=False):
    g = "tables"
    check(len(m.counter) == 1, g, "one counter table (HASH key only)", str(m.counter))
    check(len(m.history) == 1, g, "one history table (HASH and RANGE key)", str(m.history))
    for t, want, name in [(x, [("id", "HASH")], "VisitorCount") for x in m.counter] + \
                         [(x, [("pk", "HASH"), ("sk", "RANGE")], "VisitorHistory") for x in m.history]:
        p, r = c.props(t), c.res[t]
        keys = [(k["AttributeName"], k["KeyType"]) for k in p.get("KeySchema", [])]
        types = {a["AttributeName"]: a["AttributeType"] for a in p.get("AttributeDefinitions", [])}
        check(keys == want, g, f"{t}: key is {want}", str(keys))
        check(all(types.get(k) == "S" for k, _ in want), g, f"{t}: key attributes are strings", str(types))
        check(p.get("TableName") == name or (overridden and str(p.get("TableName")).endswith(name)), g,
              f"{t}: named {name} with the default parameters", str(p.get("TableName")))
        raw = r["Properties"].get("TableName")
        check(not isinstance(raw, str), g, f"{t}: the name can be changed by a parameter (two stacks in one account)",
              f"literal {raw!r}", level="WARN")
        check(p.get("BillingMode") == "PAY_PER_REQUEST", g, f"{t}: on-demand")
        odt = p.get("OnDemandThroughput") or {}
        check("MaxWriteRequestUnits" in odt, g, f"{t}: has a ceiling on write request units")
        check("MaxReadRequestUnits" in odt, g, f"{t}: has a ceiling on read request units", level="WARN")
        check("ProvisionedThroughput" not in p, g, f"{t}: no provisioned throughput")
        check(str((p.get("PointInTimeRecoverySpecification") or {}).get("PointInTimeRecoveryEnabled")).lower() == "true",
              g, f"{t}: point-in-time recovery")
        protection = r["Properties"].get("DeletionProtectionEnabled")
        check(isinstance(protection, dict), g, f"{t}: a parameter decides on deletion protection", str(protection))
        # CloudFormation could not delete a protected table, and would be stuck when it undoes a first deployment
        check(overridden or str(p.get("DeletionProtectionEnabled")).lower() == "false", g,
              f"{t}: no deletion protection before a first deployment has succeeded")
        # encrypted all the same, with a key that costs nothing
        check("SSESpecification" not in p, g, f"{t}: encrypted with the key that DynamoDB owns")
        check(r.get("DeletionPolicy") == "RetainExceptOnCreate", g,
              f"{t}: kept when the stack is deleted, not when its first deployment is undone",
              str(r.get("DeletionPolicy")))
        check(r.get("UpdateReplacePolicy") == "Retain", g, f"{t}: kept when replaced", str(r.get("UpdateReplacePolicy")))
    for t in m.counter:
        view = (c.props(t).get("StreamSpecification") or {}).get("StreamViewType")
        check(view in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES"), g, f"{t}: stream with new images", str(view))
        ttl = c.props(t).get("TimeToLiveSpecification") or {}
        check(str(ttl.get("Enabled")).lower() == "true" and ttl.get("AttributeName"), g, f"{t}: TTL, for the salts of past days",
              str(ttl), level="WARN")
    for t in m.history:
        ttl = c.props(t).get("TimeToLiveSpecification") or {}
        check(str(ttl.get("Enabled")).lower() == "true" and ttl.get("AttributeName"), g, f"{t}: TTL", str(ttl))


def check_functions(c, m, source):
    g = "functions"
    kinds = sorted(m.kind.get(f, "?") for f in m.functions)
    check(kinds in (["increment", "read", "rollup"], ["compact", "increment", "read", "rollup"]), g,
          "the functions are increment, read, rollup, and compact or not", str(m.kind))
    for f in m.functions:
        p, k = c.props(f), m.kind.get(f, "?")
        rt = str(p.get("Runtime"))
        check(re.fullmatch(r"java(\d+)", rt) and int(rt[4:]) >= 21, g, f"{f}: a Java runtime that is not deprecated", rt)
        check(p.get("Architectures") == ["arm64"], g, f"{f}: arm64", str(p.get("Architectures")))
        snap = (p.get("SnapStart") or {}).get("ApplyOn") == "PublishedVersions"
        check(snap, g, f"{f}: SnapStart on published versions", level="FAIL" if k in ("increment", "read") else "WARN")
        if snap:
            check(int((p.get("EphemeralStorage") or {}).get("Size", 512)) <= 512, g,
                  f"{f}: SnapStart and at most 512 MB of ephemeral storage")
            check("FileSystemConfigs" not in p, g, f"{f}: SnapStart without EFS")
            check(not any("ProvisionedConcurrencyConfig" in c.props(a) for a in m.alias_of if m.alias_of[a] == f), g,
                  f"{f}: SnapStart without provisioned concurrency")
        check(any(m.alias_of[a] == f for a in m.alias_of) and any(m.version_of[v] == f for v in m.version_of), g,
              f"{f}: published version and alias")
        log = p.get("LoggingConfig") or {}
        check(log.get("LogFormat") == "JSON", g, f"{f}: JSON log", str(log.get("LogFormat")))
        lg = marker(log.get("LogGroup"))[0]
        ok = check(lg in c.of_type("AWS::Logs::LogGroup"), g, f"{f}: its own log group is a resource of the template", str(log.get("LogGroup")))
        if ok:
            check(c.props(lg).get("RetentionInDays"), g, f"{f}: log group has a retention")
        check(log.get("SystemLogLevel") in ("WARN",), g, f"{f}: no platform line per invocation (SystemLogLevel WARN)",
              str(log.get("SystemLogLevel")), level="WARN")
        check(log.get("ApplicationLogLevel") not in ("WARN", "ERROR", "FATAL"), g,
              f"{f}: EMF lines on stdout survive the log level (INFO or finer)", str(log.get("ApplicationLogLevel")),
              level="WARN")
        raw = (c.res[f]["Properties"]).get("ReservedConcurrentExecutions")
        check(raw is not None, g, f"{f}: concurrency ceiling can be set", level="FAIL" if k == "increment" else "WARN")
        env = (c.res[f]["Properties"].get("Environment") or {}).get("Variables") or {}
        lengths = {name: longest(c, value) for name, value in env.items()}
        check(None not in lengths.values(), g, f"{f}: the length of each variable is bounded",
              ", ".join(n for n, x in lengths.items() if x is None))
        total = sum(len(name) + (x or 0) for name, x in lengths.items())
        check(total <= MAX_ENVIRONMENT_BYTES, g,
              f"{f}: environment of at most {total} bytes with the longest parameters (limit {MAX_ENVIRONMENT_BYTES})")
        check(env.get("RELEASE"), g, f"{f}: a variable changes with each release")
    lgs = [marker((c.props(f).get("LoggingConfig") or {}).get("LogGroup"))[0] for f in m.functions]
    check(len(set(lgs)) == len(lgs), g, "no two functions share a log group", str(lgs), level="WARN")
    code = {json.dumps(c.res[f]["Properties"].get("Code"), sort_keys=True) for f in m.functions}
    check(all("ZipFile" not in x for x in code), g, "code comes from an archive")
    for name, par in (source.get("Parameters") or {}).items():
        if re.search(r"(?i)(token|secret|password)", name) and not re.search(r"(?i)(parameter|ssm|arn|name|sha256)$", name):
            check(is_hidden(par), g, f"parameter {name}: NoEcho")


# what Lambda takes of names and values in sum
MAX_ENVIRONMENT_BYTES = 4096
# made by AWS: an address, an ARN, a number
MAX_URL, MAX_ARN, MAX_NUMBER, MAX_STACK_NAME = 100, 300, 20, 128


def longest(c, x):
    """the most bytes that x can have, with any value that the parameters take; None: without limit"""
    if not isinstance(x, dict):
        return len(str(x).encode())
    (k, v), = x.items()
    if k == "Ref" and v in c.t["Parameters"]:
        par = c.t["Parameters"][v]
        if "AllowedValues" in par:
            return max(len(str(a).encode()) for a in par["AllowedValues"])
        if par["Type"] == "Number":
            return max((len(str(par[b])) for b in ("MinValue", "MaxValue") if b in par), default=None)
        # a character may have four bytes; a pattern that names ASCII alone is none the worse for it
        return par["MaxLength"] if "MaxLength" in par and str(par.get("AllowedPattern", "")).isascii() else None
    if (k, v) == ("Ref", "AWS::StackName"):
        return MAX_STACK_NAME
    if k == "Ref":
        r = c.res[v]
        named = r["Properties"].get("TableName")
        return longest(c, named) if named is not None else MAX_NUMBER if r["Type"].startswith("AWS::AppConfig") else MAX_ARN
    if k == "Fn::GetAtt":
        return MAX_URL if (v if isinstance(v, str) else v[1]).endswith("FunctionUrl") else MAX_ARN
    if k == "Fn::If":
        both = [longest(c, i) for i in v[1:]]
        return None if None in both else max(both)
    if k == "Fn::Sub" and isinstance(v, str):
        parts = [longest(c, {"Ref": n}) for n in re.findall(r"\$\{([^}]+)\}", v)]
        return None if None in parts else sum(parts) + len(re.sub(r"\$\{[^}]+\}", "", v).encode())
    return None


def is_hidden(parameter):
    return str(parameter.get("NoEcho")).lower() == "true"


def check_prompts(source):
    """What `sam deploy --guided` asks for: each parameter once, with its default in brackets, which Enter takes; one
    that is NoEcho without any, so that Enter asks again (prompt_parameters in samcli/commands/deploy/guided_context.py)."""
    g = "prompts"
    typed = []
    for name, par in (source.get("Parameters") or {}).items():
        default = str(par.get("Default", ""))
        if is_hidden(par):
            typed.append(name)
            check(default, g, f"{name}: hidden, and not without a word to type where nothing is wanted")
            check(default in str(par.get("Description")), g, f"{name}: the description says that word", default)
        check("Default" in par, g, f"{name}: can be left alone")
        check(accepts(par, default), g, f"{name}: takes its own default", default)
    check(len(typed) <= 1, g, "--guided asks for one parameter at most that Enter does not answer", ", ".join(typed))
    note("INFO", g, "to be typed under --guided: " + (", ".join(typed) or "nothing"))


def accepts(par, value):
    if "AllowedValues" in par:
        return value in [str(a) for a in par["AllowedValues"]]
    if par.get("Type") == "Number":
        return float(par.get("MinValue", "-inf")) <= float(value) <= float(par.get("MaxValue", "inf"))
    return (re.fullmatch(par.get("AllowedPattern", ".*"), value, re.S) is not None
            and int(par.get("MinLength", 0)) <= len(value) <= int(par.get("MaxLength", 4096)))


def check_urls(c, m):
    g = "urls"
    check(len(m.urls) == 2, g, "two Function URLs", str(list(m.urls)))
    perms = {p: c.props(p) for p in c.of_type("AWS::Lambda::Permission")}
    for u, (f, qualified) in m.urls.items():
        p = c.props(u)
        check(qualified, g, f"{u}: points at the alias, not at $LATEST", str(p.get("TargetFunctionArn")))
        check(p.get("AuthType") == "NONE", g, f"{u}: public", str(p.get("AuthType")))
        target = p.get("TargetFunctionArn")
        mine = [x for x in perms.values() if x.get("FunctionName") == target]
        check(any(x["Action"] == "lambda:InvokeFunctionUrl" and x.get("FunctionUrlAuthType") == "NONE"
                  and x["Principal"] == "*" for x in mine), g, f"{u}: permission lambda:InvokeFunctionUrl, auth type NONE")
        check(any(x["Action"] == "lambda:InvokeFunction" and str(x.get("InvokedViaFunctionUrl")).lower() == "true"
                  and x["Principal"] == "*" for x in mine), g,
              f"{u}: permission lambda:InvokeFunction, only through the URL (needed since October 2025)")
        cors = p.get("Cors") or {}
        if not check(cors, g, f"{u}: has CORS"):
            continue
        raw = c.res[u]["Properties"]["Cors"].get("AllowOrigins")
        check(c.refs(raw) & set(c.t.get("Parameters") or {}), g, f"{u}: origins come from a parameter", json.dumps(raw))
        methods = as_list(cors.get("AllowMethods"))
        want = {"increment": {"POST"}, "read": {"GET", "HEAD"}}[m.kind[f]]
        check(set(methods) <= want and methods, g, f"{u}: allows {sorted(want)} only", str(methods))
        check("OPTIONS" not in methods, g, f"{u}: OPTIONS is not listed (not a valid value)")
        check(str(cors.get("AllowCredentials", False)).lower() == "false", g, f"{u}: no credentials (cookie-free)")
        check(0 < int(cors.get("MaxAge", 0)) <= 86400, g, f"{u}: preflight answers are cached", str(cors.get("MaxAge")),
              level="WARN")
        for o in as_list(cors.get("AllowOrigins")):
            check(o == "*" or re.fullmatch(r"https?://[^/*\s]+", o), g, f"{u}: {o} is an origin", level="FAIL")
    for n, x in perms.items():
        if x.get("Principal") == "*":
            safe = x.get("FunctionUrlAuthType") or str(x.get("InvokedViaFunctionUrl")).lower() == "true"
            check(safe, g, f"{n}: Principal * only through a Function URL")


def check_stream(c, m):
    g = "stream"
    if not check(len(m.mappings) == 1, g, "one event source mapping", str(list(m.mappings))):
        return
    (esm, (f, qualified)), = m.mappings.items()
    p = c.props(esm)
    src = marker(p.get("EventSourceArn"))
    check(src[0] in m.counter and src[1] == "StreamArn", g, f"{esm}: reads the counter table's stream", str(p.get("EventSourceArn")))
    check(qualified, g, f"{esm}: calls the alias", str(p.get("FunctionName")))
    check(p.get("FunctionResponseTypes") == ["ReportBatchItemFailures"], g, f"{esm}: ReportBatchItemFailures")
    check(str(p.get("BisectBatchOnFunctionError")).lower() == "true", g, f"{esm}: bisects a failing batch")
    check(1 <= int(p.get("BatchSize", 100)) <= 10000, g, f"{esm}: batch size", str(p.get("BatchSize")))
    check(int(p.get("MaximumBatchingWindowInSeconds", 0)) > 0, g, f"{esm}: batching window", level="WARN")
    check(int(p.get("MaximumRetryAttempts", -1)) == -1, g, f"{esm}: tried until its age limit, not some times within minutes",
          str(p.get("MaximumRetryAttempts")))
    check(60 <= int(p.get("MaximumRecordAgeInSeconds", -1)) < 86400, g,
          f"{esm}: given up before the stream forgets it", str(p.get("MaximumRecordAgeInSeconds")))
    check(p.get("StartingPosition") in ("TRIM_HORIZON", "LATEST"), g, f"{esm}: starting position", str(p.get("StartingPosition")))
    check(p.get("StartingPosition") == "TRIM_HORIZON", g, f"{esm}: loses no view between stream and mapping (TRIM_HORIZON)", level="WARN")
    dest = ((p.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    b = marker(dest)
    if check(b[0] in c.of_type("AWS::S3::Bucket") and b[1] == "Arn", g,
             f"{esm}: what is given up goes to a bucket, which gets whole records", str(dest)):
        check_bucket(c, b[0], g)
    for fl in as_list((p.get("FilterCriteria") or {}).get("Filters")):
        try:
            json.loads(fl["Pattern"])
        except Exception as e:
            note("FAIL", g, f"{esm}: filter pattern is not JSON: {e}")


def check_bucket(c, bucket, g):
    """the bucket is private, encrypted, kept, empties itself, and tells a queue of this stack of each object"""
    p, r = c.props(bucket), c.res[bucket]
    blocked = p.get("PublicAccessBlockConfiguration") or {}
    check(all(str(blocked.get(x)).lower() == "true" for x in (
        "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")), g,
          f"{bucket}: nothing of it can be made public", str(blocked))
    rules = as_list((p.get("BucketEncryption") or {}).get("ServerSideEncryptionConfiguration"))
    check([x["ServerSideEncryptionByDefault"] for x in rules] == [{"SSEAlgorithm": "AES256"}], g,
          f"{bucket}: encrypted with the key that S3 owns", str(rules))
    owner = [x.get("ObjectOwnership") for x in as_list((p.get("OwnershipControls") or {}).get("Rules"))]
    check(owner == ["BucketOwnerEnforced"], g, f"{bucket}: no access control lists", str(owner))
    expiry = [x for x in as_list((p.get("LifecycleConfiguration") or {}).get("Rules"))
              if x.get("Status") == "Enabled" and "Prefix" not in x and 14 <= int(x.get("ExpirationInDays", 0)) <= 90]
    check(len(expiry) == 1, g, f"{bucket}: all objects expire after some weeks")
    check(r.get("DeletionPolicy") == "RetainExceptOnCreate" and r.get("UpdateReplacePolicy") == "Retain", g,
          f"{bucket}: kept like the tables")
    denied = [s for x in c.of_type("AWS::S3::BucketPolicy") if marker(c.props(x).get("Bucket"))[0] == bucket
              for s in as_list(c.props(x)["PolicyDocument"].get("Statement"))
              if s.get("Effect") == "Deny" and s.get("Principal") == "*" and as_list(s.get("Action")) == ["s3:*"]
              and sorted(as_list(s.get("Resource"))) == [f"<{bucket}.Arn>", f"<{bucket}.Arn>/*"]
              and s.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}]
    check(denied, g, f"{bucket}: refuses connections that are not encrypted")
    queues = [marker(x.get("Queue"))[0] for x in as_list((p.get("NotificationConfiguration") or {}).get("QueueConfigurations"))
              if x.get("Event") == "s3:ObjectCreated:*"]
    if not check(len(queues) == 1 and queues[0] in c.of_type("AWS::SQS::Queue"), g,
                 f"{bucket}: a queue of the template is told of each object", str(queues)):
        return
    policies = [x for x in c.of_type("AWS::SQS::QueuePolicy")
                if [marker(q)[0] for q in as_list(c.props(x).get("Queues"))] == queues]
    allowed = [(s.get("Principal"), as_list(s.get("Action")), s.get("Condition")) for x in policies
               for s in as_list(c.props(x)["PolicyDocument"].get("Statement"))]
    check(allowed == [({"Service": "s3.amazonaws.com"}, ["sqs:SendMessage"],
                       {"StringEquals": {"aws:SourceAccount": c.params["AWS::AccountId"]}})], g,
          f"{queues[0]}: only this account's S3 may send", str(allowed))
    check(set(policies) & set(as_list(r.get("DependsOn"))), g, f"{bucket}: made after it may tell the queue")


def statements(c, role):
    """(sid, effect, actions, resources, conditions) of everything attached to the role in this template"""
    docs = [(p.get("PolicyName", "?"), p.get("PolicyDocument")) for p in as_list(c.props(role).get("Policies"))]
    for pol in c.of_type("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
        p = c.props(pol)
        roles = as_list(p.get("Roles")) + as_list(p.get("RoleName"))
        if any(marker(r)[0] == role for r in roles):
            docs.append((pol, p.get("PolicyDocument")))
    for m in as_list(c.props(role).get("ManagedPolicyArns")):
        if marker(m)[0] in c.res:
            docs.append((m, c.props(marker(m)[0]).get("PolicyDocument")))
    for name, d in docs:
        for s in as_list((d or {}).get("Statement")):
            yield name, s


def target_kind(c, m, res):
    """counter | counter-stream | history | history-index | bucket | bucket-objects | bucket-lake | log | other for one resource string"""
    names = re.findall(r"<([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?>", res)
    for n, attr in names:
        if n in m.counter or n in m.history:
            base = "counter" if n in m.counter else "history"
            if attr == "StreamArn" or "/stream/" in res:
                return base + "-stream", n
            return (base + "-index" if "/index/" in res else base), n
        t = c.res.get(n, {}).get("Type")
        if t == "AWS::S3::Bucket":
            return "bucket-objects" if res == f"<{n}.Arn>/*" else "bucket", n
        if t == "AWS::Logs::LogGroup":
            return "log", n
        if t:
            return t, n
    if re.fullmatch(r"arn:[^:]*:s3:::[a-z0-9.-]+/[^*]+/\*", res):
        return "bucket-lake", None
    mt = re.search(r":table/([A-Za-z0-9_.-]+)(/stream/|/index/)?", res)
    if mt:
        for t in m.counter + m.history:
            if c.props(t).get("TableName") == mt.group(1):
                base = "counter" if t in m.counter else "history"
                return base + {"/stream/": "-stream", "/index/": "-index"}.get(mt.group(2), ""), t
    if re.search(r":log-group:", res):
        return "log", None
    return "other", None


def check_iam(c, m, extra):
    g = "iam"
    role_of = {}
    for f in m.functions:
        r = marker(c.props(f).get("Role"))
        if check(r[0] in c.of_type("AWS::IAM::Role"), g, f"{f}: its role is a resource of the template", str(c.props(f).get("Role"))):
            role_of[f] = r[0]
    check(len(set(role_of.values())) == len(m.functions), g, "each function has a role of its own", str(role_of))
    for r in c.of_type("AWS::IAM::Role"):
        users = [f for f in role_of if role_of[f] == r]
        check(users, g, f"{r}: belongs to a function", level="WARN")
        kinds = {m.kind.get(f, "?") for f in users}
        kind = kinds.pop() if len(kinds) == 1 else "?"
        trust = c.props(r).get("AssumeRolePolicyDocument") or {}
        who = [x for s in as_list(trust.get("Statement")) for x in as_list((s.get("Principal") or {}).get("Service")
               if isinstance(s.get("Principal"), dict) else "*")]
        check(who == ["lambda.amazonaws.com"], g, f"{r}: only Lambda may assume it", str(who))
        for a in as_list(c.props(r).get("ManagedPolicyArns")):
            if marker(a)[0] not in c.res:
                check(str(a).split("/")[-1] in MANAGED_OK, g, f"{r}: managed policy {str(a).split('/')[-1]} is for logs or tracing only", str(a))
        granted = {}
        for pol, s in statements(c, r):
            if s.get("Effect") != "Allow":
                continue
            for bad in ("NotAction", "NotResource"):
                check(bad not in s, g, f"{r}/{pol}: no {bad}")
            for act in as_list(s.get("Action")):
                check("*" not in act, g, f"{r}: action {act} has no wildcard")
                for res in as_list(s.get("Resource")):
                    if res == "*":
                        check(act.startswith(STAR_OK), g, f"{r}: {act} on *")
                        granted.setdefault("*", set()).add(act)
                        continue
                    k, n = target_kind(c, m, res)
                    # what is left of the ARN once the ends that may be open are cut off
                    rest = re.sub(r"(/stream/\*|/index/\*|:\*|:log-stream:\*)+$", "", res)
                    if k.startswith("bucket"):
                        rest = rest.removesuffix("/*")
                        check(s.get("Condition") == {"StringEquals": {"s3:ResourceAccount": c.params["AWS::AccountId"]}}, g,
                              f"{r}: {act} only while the bucket is this account's", str(s.get("Condition")))
                    if kind == "read" and act == "dynamodb:PutItem":
                        check(s.get("Condition") == {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["#shares"]}}, g,
                              f"{r}: {act} only of revoked links", str(s.get("Condition")))
                    check("*" not in rest or act.startswith(STAR_OK), g, f"{r}: {act} names its resource", res)
                    granted.setdefault(k, set()).add(act)
        print_rows.append((r, kind, granted))
        rules = RULES.get(kind)
        if rules is None:
            note("FAIL", g, f"{r}: used by {users}: no rule for it")
            continue
        for k, acts in granted.items():
            allowed = set(rules.get(k, (set(), set()))[1]) | extra.get(kind, set())
            if k in ("log", "*"):
                allowed |= OWN_LOG | XRAY
            over = sorted(a for a in acts if a not in allowed)
            check(not over, g, f"{r} ({kind}): nothing beyond its list on {k}", ", ".join(over))
        for k, (need, _) in rules.items():
            missing = sorted(need - granted.get(k, set()))
            check(not missing, g, f"{r} ({kind}): has what it needs on {k}", ", ".join(missing))
        logs = granted.get("log", set()) | granted.get("*", set())
        managed = any("AWSLambdaBasicExecutionRole" in str(a) for a in as_list(c.props(r).get("ManagedPolicyArns")))
        check(managed or {"logs:CreateLogStream", "logs:PutLogEvents"} <= logs, g, f"{r}: may write its log")
        # the log it may write is the log of its function
        for f in users:
            lg = marker((c.props(f).get("LoggingConfig") or {}).get("LogGroup"))[0]
            named = {n for _, s in statements(c, r) for res in as_list(s.get("Resource"))
                     for k, n in [target_kind(c, m, res)] if k == "log" and n}
            if lg and named:
                check(named == {lg}, g, f"{r}: writes the log group of {f} only", f"{named} != {lg}")


# what creating and deleting a resource of each type takes of whoever deploys
DEPLOYER = {
    "AWS::AppConfig::Application": {"appconfig:CreateApplication", "appconfig:DeleteApplication"},
    "AWS::AppConfig::ConfigurationProfile": {"appconfig:CreateConfigurationProfile", "appconfig:DeleteConfigurationProfile"},
    "AWS::AppConfig::HostedConfigurationVersion": {"appconfig:CreateHostedConfigurationVersion",
                                                   "appconfig:DeleteHostedConfigurationVersion"},
    "AWS::Budgets::Budget": {"budgets:ModifyBudget", "budgets:ViewBudget"},
    "AWS::CloudWatch::Alarm": {"cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms"},
    "AWS::CloudWatch::Dashboard": {"cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards", "cloudwatch:GetDashboard"},
    "AWS::DynamoDB::Table": {"dynamodb:CreateTable", "dynamodb:DescribeTable", "dynamodb:UpdateTable", "dynamodb:DeleteTable",
                             "dynamodb:UpdateTimeToLive", "dynamodb:UpdateContinuousBackups"},
    "AWS::Events::Rule": {"events:PutRule", "events:DescribeRule", "events:DeleteRule", "events:PutTargets", "events:RemoveTargets"},
    "AWS::IAM::Role": {"iam:CreateRole", "iam:GetRole", "iam:DeleteRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:PassRole"},
    "AWS::Lambda::Alias": {"lambda:CreateAlias", "lambda:UpdateAlias", "lambda:DeleteAlias"},
    "AWS::Lambda::EventSourceMapping": {"lambda:CreateEventSourceMapping", "lambda:GetEventSourceMapping",
                                        "lambda:UpdateEventSourceMapping", "lambda:DeleteEventSourceMapping"},
    "AWS::Lambda::Function": {"lambda:CreateFunction", "lambda:GetFunction", "lambda:UpdateFunctionCode",
                              "lambda:UpdateFunctionConfiguration", "lambda:PutFunctionConcurrency", "lambda:DeleteFunction",
                              "s3:GetObject"},
    "AWS::Lambda::Permission": {"lambda:AddPermission", "lambda:RemovePermission"},
    "AWS::Lambda::Url": {"lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig", "lambda:DeleteFunctionUrlConfig"},
    "AWS::Lambda::Version": {"lambda:PublishVersion", "lambda:DeleteFunction"},
    "AWS::Logs::LogGroup": {"logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteLogGroup", "logs:DescribeLogGroups"},
    "AWS::S3::Bucket": {"s3:CreateBucket", "s3:DeleteBucket", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
                        "s3:PutBucketPublicAccessBlock", "s3:PutBucketOwnershipControls", "s3:PutBucketNotification"},
    "AWS::S3::BucketPolicy": {"s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"},
    "AWS::SNS::Topic": {"sns:CreateTopic", "sns:GetTopicAttributes", "sns:Subscribe", "sns:Unsubscribe", "sns:DeleteTopic"},
    "AWS::SQS::Queue": {"sqs:CreateQueue", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes", "sqs:DeleteQueue"},
    "AWS::SQS::QueuePolicy": {"sqs:SetQueueAttributes"},
}


def check_deployer(c, path):
    """the policy of docs/operations.md lets someone create and delete each type of resource that the template has"""
    g = "deployer"
    docs = os.path.join(os.path.dirname(os.path.abspath(path)), "docs", "operations.md")
    if not os.path.isfile(docs):
        note("INFO", g, "no docs/operations.md beside the template")
        return
    with open(docs, encoding="utf-8") as f:
        policies = [p for p in re.findall(r"```json\n(.*?)```", f.read(), re.S) if '"Statement"' in p]
    if not check(len(policies) == 1, g, "docs/operations.md has one policy", str(len(policies))):
        return
    allowed = [a for s in json.loads(policies[0])["Statement"] for a in as_list(s["Action"])]
    check("*" not in allowed, g, "the policy is not one for everything")
    for kind in sorted({r["Type"] for r in c.res.values()}):
        if check(kind in DEPLOYER, g, f"{kind}: known what deploying it takes"):
            missing = sorted(a for a in DEPLOYER[kind] if not any(
                re.fullmatch(re.escape(b).replace(r"\*", ".*"), a) for b in allowed))
            check(not missing, g, f"{kind}: the policy allows to deploy it", ", ".join(missing))


def whole(x):
    """the parameters that x tells whole, and not only what stands before a separator"""
    if isinstance(x, list):
        return set().union(*(whole(i) for i in x))
    if not isinstance(x, dict):
        return set()
    (k, v), = x.items()
    if k == "Fn::Select" and v[0] in (0, "0") and isinstance(v[1], dict) and "Fn::Split" in v[1]:
        return set()
    return {v} if k == "Ref" else set(re.findall(r"\$\{([^}]+)\}", v)) if k == "Fn::Sub" and isinstance(v, str) else whole(v)


def check_version(c, m):
    """Does a new value of a parameter reach the alias? SAM hashes the text of the function, with Ref unresolved
    (serverless-application-model #1640, #3820): a parameter that is used in the function but in nothing that makes
    CloudFormation replace the AWS::Lambda::Version changes $LATEST only."""
    g = "version"
    params = set(c.t.get("Parameters") or {})

    def closure(x, depth=0, names_only=False):
        out = set()
        for n in c.refs(x):
            if n in params:
                out.add(n)
            elif n in c.res and depth < 3:
                rp = c.res[n].get("Properties") or {}
                if c.res[n]["Type"] in ("AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias",
                                        "AWS::Lambda::Url", "AWS::IAM::Role"):
                    continue
                # of another resource only what decides its physical name can change what Ref and Arn give
                keep = rp if names_only is False else {k: v for k, v in rp.items() if re.fullmatch(r"[A-Za-z]*Name", k)}
                out |= closure(keep, depth + 1, names_only)
        return out

    hidden = {n for n, par in (c.t.get("Parameters") or {}).items() if is_hidden(par)}
    for marker_id in c.of_type("AWS::AppConfig::HostedConfigurationVersion"):
        shown = sorted(whole(c.res[marker_id]["Properties"].get("Content")) & hidden)
        check(not shown, g, f"{marker_id}: tells no secret", ", ".join(shown))

    for v, f in m.version_of.items():
        fp = {k: x for k, x in (c.res[f].get("Properties") or {}).items()
              if k not in ("ReservedConcurrentExecutions", "Tags", "Role")}
        used = closure(fp, names_only=True)
        vp = {k: x for k, x in (c.res[v].get("Properties") or {}).items() if k != "FunctionName"}
        covered = closure(vp)
        missing = sorted(used - covered)
        check(not missing, g, f"{f}: a changed parameter publishes a new version", "not so for " + ", ".join(missing))
        # Lambda publishes nothing, and the deployment fails, where the version's text changes and the function does not
        unmarked = sorted(c.refs(vp.get("Description")) - c.refs(fp))
        check(not unmarked, g, f"{f}: changes whenever its version is to be published anew",
              "not with " + ", ".join(unmarked))


def check_graph(c):
    g = "graph"
    edges = {}
    for n, r in c.res.items():
        e = {x for x in c.refs(r.get("Properties") or {}) if x in c.res} | set(as_list(r.get("DependsOn")))
        edges[n] = e
    state, stack, cycle = {}, [], []

    def visit(n):
        state[n] = 1
        stack.append(n)
        for k in sorted(edges.get(n, ())):
            if state.get(k) == 1 and not cycle:
                cycle.extend(stack[stack.index(k):] + [k])
            elif k not in state:
                visit(k)
        stack.pop()
        state[n] = 2
    for n in edges:
        if n not in state:
            visit(n)
    check(not cycle, g, "no circular reference", " -> ".join(cycle))
    check(len(c.res) <= 500, g, f"{len(c.res)} resources (limit 500)")
    size = len(json.dumps(c.t))
    check(size <= 1_000_000, g, f"{size} bytes expanded (limit 1 MB)")


def check_ops(c, m):
    g = "ops"
    alarms = [c.props(a) for a in c.of_type("AWS::CloudWatch::Alarm")]

    def has(ns, metric, dim):
        return any(a.get("Namespace") == ns and a.get("MetricName") == metric
                   and any(marker(d["Value"])[0] == dim for d in as_list(a.get("Dimensions"))) for a in alarms)
    called = [m.function_behind(target.get("Arn")) for r in c.of_type("AWS::Events::Rule")
              for target in as_list(c.props(r).get("Targets"))]
    for f in m.functions:
        k = m.kind.get(f)
        if k in ("increment", "read"):
            # Lambda puts a version with a snapshot aside that nobody calls for two weeks
            check((f, True) in called, g, f"a schedule calls the alias of {f}")
            check(has("AWS/Lambda", "Errors", f), g, f"alarm on errors of {f}")
        if k == "increment":
            check(has("AWS/Lambda", "Throttles", f), g, f"alarm on throttles of {f}")
        if k == "rollup":
            check(has("AWS/Lambda", "IteratorAge", f), g, f"alarm when {f} falls behind")
            check(has("AWS/Lambda", "DestinationDeliveryFailures", f), g, f"alarm when what {f} gave up is lost")
    for q in c.of_type("AWS::SQS::Queue"):
        check(has("AWS/SQS", "ApproximateNumberOfMessagesVisible", q), g, f"alarm on messages in {q}")
    for a in c.of_type("AWS::CloudWatch::Alarm"):
        # an alarm on what is absent is the one that needs missing data to count
        absence = str(c.props(a).get("ComparisonOperator")).startswith("LessThan")
        check(c.props(a).get("TreatMissingData") == ("breaching" if absence else "notBreaching"), g,
              f"{a}: no traffic is {'the' if absence else 'no'} alarm", level="WARN")
    note("INFO", g, f"{len(alarms)} alarms ($0.10 a month each beyond the account's first ten)")
    dash = c.of_type("AWS::CloudWatch::Dashboard")
    check(dash, g, "a dashboard by default", level="WARN")
    for d in dash:
        body = c.props(d).get("DashboardBody")
        try:
            body = json.loads(body) if isinstance(body, str) else body
            check(len(body["widgets"]) > 0, g, f"{d}: {len(body['widgets'])} widgets")
            bad = [w for w in body["widgets"] if w.get("type") == "metric" and not w["properties"].get("region")]
            check(not bad, g, f"{d}: every metric widget names its Region")
        except Exception as e:
            note("FAIL", g, f"{d}: body is not a dashboard: {e}")
    out = c.value(c.t.get("Outputs") or {})
    vals = [str(o.get("Value")) for o in out.values()]
    for u in m.urls:
        check(f"<{u}.FunctionUrl>" in vals, g, f"output with {u}")
    for t in m.counter:
        check(any(f"<{t}" in v for v in vals), g, f"output with {t}", level="WARN")


# ---- (d) moto -----------------------------------------------------------------------------------------------------
def check_moto(c, m, params):
    g = "moto"
    try:
        import boto3
        from moto import mock_aws
        from moto.cloudformation.parsing import get_model_map
    except ImportError as e:
        note("WARN", g, f"skipped: {e}")
        return
    logging.getLogger("moto").setLevel(logging.ERROR)
    # a rule's target is an alias, which moto does not know
    known = set(get_model_map()) - {"AWS::Events::Rule", "AWS::Scheduler::Schedule"}
    t = {k: copy.deepcopy(v) for k, v in c.t.items() if k in ("AWSTemplateFormatVersion", "Parameters", "Conditions", "Mappings")}
    t["Resources"] = {k: copy.deepcopy(r) for k, r in c.res.items() if r["Type"] in known}
    dropped = sorted({r["Type"] for k, r in c.res.items() if k not in t["Resources"]})
    gone = set(c.res) - set(t["Resources"])

    def patch(x):  # references to what moto cannot make become plain text
        if isinstance(x, list):
            return [patch(i) for i in x]
        if isinstance(x, dict):
            if len(x) == 1:
                (k, v), = x.items()
                if k == "Ref" and v in gone:
                    al = m.alias_of.get(v) or m.version_of.get(v)
                    return {"Ref": al} if al else v
                if k == "Fn::GetAtt":
                    n = v.split(".")[0] if isinstance(v, str) else v[0]
                    if n in gone:
                        return f"https://{n.lower()}.example.com/"
                if k == "Fn::Sub":
                    s, e = (v, {}) if isinstance(v, str) else (v[0], v[1])
                    s = re.sub(r"\$\{([^!}.]+)(\.[^}]*)?\}", lambda q: q.group(1) if q.group(1) in gone else q.group(0), s)
                    return {"Fn::Sub": [s, patch(e)] if e else s}
            return {k: patch(v) for k, v in x.items()}
        return x
    for r in t["Resources"].values():
        r["Properties"] = patch(r.get("Properties") or {})
        if r["Type"] == "AWS::Lambda::Permission":
            # moto knows functions, not aliases
            r["Properties"].pop("InvokedViaFunctionUrl", None)
        if r["Type"] == "AWS::Lambda::Function":
            r["Properties"]["Code"] = {"S3Bucket": "deployment-bucket", "S3Key": "code.jar"}
    region = os.environ["AWS_DEFAULT_REGION"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), mock_aws():
        # moto looks for Docker, does not find it and says so: of no interest, no function is run here
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="deployment-bucket")
        buf = io.BytesIO()
        with zipfile.ZipFile(buf, "w") as z:
            z.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
        s3.put_object(Bucket="deployment-bucket", Key="code.jar", Body=buf.getvalue())
        cf = boto3.client("cloudformation", region_name=region)
        ps = [{"ParameterKey": k, "ParameterValue": ",".join(v) if isinstance(v, list) else str(v)}
              for k, v in params.items() if k in (t.get("Parameters") or {})]
        try:
            cf.create_stack(StackName="visitorcount", TemplateBody=json.dumps(t), Parameters=ps,
                            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"])
        except Exception as e:
            note("FAIL", g, f"create_stack: {type(e).__name__}: {e}")
            return
        status = cf.describe_stacks(StackName="visitorcount")["Stacks"][0]["StackStatus"]
        made = cf.list_stack_resources(StackName="visitorcount")["StackResourceSummaries"]
        check(status == "CREATE_COMPLETE", g, f"create_stack: {status}, {len(made)} of {len(c.live)} resources")
        note("INFO", g, "types moto has no CloudFormation for (left out): " + ", ".join(dropped))
        physical = {x["LogicalResourceId"]: x["PhysicalResourceId"] for x in made}
        ddb = boto3.client("dynamodb", region_name=region)
        for tb in m.counter + m.history:
            d = ddb.describe_table(TableName=physical[tb])["Table"]
            keys = [(k["AttributeName"], k["KeyType"]) for k in d["KeySchema"]]
            check(keys == ([("id", "HASH")] if tb in m.counter else [("pk", "HASH"), ("sk", "RANGE")]), g,
                  f"{d['TableName']}: created with key {keys}")
            check(d["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST", g, f"{d['TableName']}: on-demand")
            check(str(d.get("DeletionProtectionEnabled")).lower() == params["DeletionProtection"], g,
                  f"{d['TableName']}: deletion protection {params['DeletionProtection']}", str(d.get("DeletionProtectionEnabled")))
            pitr = ddb.describe_continuous_backups(TableName=d["TableName"])["ContinuousBackupsDescription"]
            ttl = ddb.describe_time_to_live(TableName=d["TableName"])["TimeToLiveDescription"]
            note("INFO", g, f"{d['TableName']}: moto reports PITR {pitr['PointInTimeRecoveryDescription']['PointInTimeRecoveryStatus']}, "
                            f"TTL {ttl['TimeToLiveStatus']}, OnDemandThroughput {d.get('OnDemandThroughput')}, SSE "
                            f"{(d.get('SSEDescription') or {}).get('Status')} (its CloudFormation ignores these four; "
                            "group tables checks them)")
        lam = boto3.client("lambda", region_name=region)
        for f in m.functions:
            d = lam.get_function(FunctionName=physical[f])["Configuration"]
            check(str(d["Runtime"]).startswith("java"), g, f"{f}: created, {d['Runtime']}, {d['MemorySize']} MB")
        maps = lam.list_event_source_mappings()["EventSourceMappings"]
        check(len(maps) == len(m.mappings), g, f"{len(maps)} event source mapping created")
        # moto would hand the records to the mapped function (in Docker) and forget them: unhook it
        from moto.dynamodb.models import dynamodb_backends
        for tb in dynamodb_backends["123456789012"][region].tables.values():
            getattr(tb, "lambda_event_source_mappings", {}).clear()
        # the counter works and its stream shows the new image
        for tb in m.counter:
            name = physical[tb]
            upd = dict(TableName=name, Key={"id": {"S": "example.com/"}}, UpdateExpression="ADD #v :one",
                       ExpressionAttributeNames={"#v": "views"}, ExpressionAttributeValues={":one": {"N": "1"}},
                       ReturnValues="UPDATED_NEW")
            ddb.update_item(**upd)
            n = ddb.update_item(**upd)["Attributes"]["views"]["N"]
            check(n == "2", g, f"{name}: two UpdateItem ADD give 2", n)
            arn = ddb.describe_table(TableName=name)["Table"].get("LatestStreamArn")
            if check(arn, g, f"{tb}: has a stream"):
                st = boto3.client("dynamodbstreams", region_name=region)
                sh = st.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
                it = st.get_shard_iterator(StreamArn=arn, ShardId=sh, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
                rec = st.get_records(ShardIterator=it)["Records"]
                # (moto writes an extra INSERT with the bare key when UpdateItem creates an item; DynamoDB does not)
                check(rec and rec[0]["eventName"] == "INSERT" and rec[-1]["eventName"] == "MODIFY"
                      and rec[-1]["dynamodb"].get("NewImage", {}).get("views") == {"N": "2"}, g,
                      f"{name}: the stream gives INSERT, then MODIFY with the new image",
                      json.dumps(rec, default=str)[:300])


# ---- main -----------------------------------------------------------------------------------------------------------
print_rows = []


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("path")
    ap.add_argument("--only", default="")
    ap.add_argument("--skip", default="")
    ap.add_argument("--param", action="append", default=[], metavar="NAME=VALUE")
    ap.add_argument("--allow", action="append", default=[], metavar="ROLE=ACTION")
    ap.add_argument("--print-expanded", action="store_true")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--strict", action="store_true")
    ap.add_argument("--quiet", action="store_true", help="only WARN and FAIL")
    a = ap.parse_args()
    only = set(filter(None, a.only.split(","))) or set(GROUPS)
    only -= set(filter(None, a.skip.split(",")))
    unknown = only - set(GROUPS)
    if unknown:
        ap.error(f"no such group: {sorted(unknown)}; there are {GROUPS}")
    overrides = dict(x.split("=", 1) for x in a.param)
    extra = {}
    for x in a.allow:
        r, act = x.split("=", 1)
        extra.setdefault(r, set()).add(act)
    if not os.path.isfile(a.path):
        raise SystemExit(f"no such file: {a.path}")
    try:
        source = load_template(a.path)
        if not isinstance(source, dict) or not isinstance(source.get("Resources"), dict):
            raise ValueError("no Resources")
    except Exception as e:
        note("FAIL", "expand", "not a template: " + " ".join(str(e).split())[:300])
        return report(a)
    params = default_parameters(source, overrides)
    try:
        expanded = expand(source, params)
    except SystemExit as e:
        if a.print_expanded:
            raise
        if "lint" in only:
            run_cfn_lint(a.path, "the template")
        note("FAIL", "expand", str(e))
        return report(a)
    if a.print_expanded:
        json.dump(expanded, sys.stdout, indent=2)
        print()
        return 0
    note("PASS", "expand", f"SAM translator: {len(expanded['Resources'])} resources")
    if "lint" in only:
        run_cfn_lint(a.path, "the template")
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as f:
            json.dump(expanded, f, indent=1)
        try:
            run_cfn_lint(f.name, "the expanded template")
        finally:
            os.unlink(f.name)
    c = Cfn(expanded, params)
    m = Model(c)
    run = {"prompts": lambda: check_prompts(source), "tables": lambda: check_tables(c, m, bool(overrides)), "functions": lambda: check_functions(c, m, source),
           "urls": lambda: check_urls(c, m), "stream": lambda: check_stream(c, m),
           "iam": lambda: check_iam(c, m, extra),
           "deployer": lambda: check_deployer(c, a.path), "version": lambda: check_version(c, m),
           "graph": lambda: check_graph(c), "ops": lambda: check_ops(c, m),
           "moto": lambda: check_moto(c, m, params)}
    for g, fn in run.items():
        if g in only:
            try:
                fn()
            except Exception as e:  # a template of another shape must give a FAIL, not a traceback
                import traceback
                note("FAIL", g, f"the check itself stopped: {type(e).__name__}: {e} at "
                                f"{traceback.extract_tb(e.__traceback__)[-1].lineno}")
    return report(a)


def report(a):
    fails = [r for r in RESULTS if r["level"] == "FAIL" or (a.strict and r["level"] == "WARN")]
    if a.json:
        print(json.dumps({"ok": not fails, "results": RESULTS,
                          "roles": [{"role": r, "kind": k, "grants": {x: sorted(y) for x, y in gr.items()}}
                                    for r, k, gr in print_rows]}, indent=1))
        return 1 if fails else 0
    for r in RESULTS:
        if not a.quiet or r["level"] in ("FAIL", "WARN"):
            print(f"{r['level']:4}  {r['group']:9}  {r['text']}")
    if print_rows and not a.quiet:
        print("\nroles:")
        for r, k, gr in print_rows:
            print(f"  {r} ({k})")
            for x, y in sorted(gr.items()):
                print(f"    {x:15} {', '.join(sorted(y))}")
    n = {lv: sum(1 for r in RESULTS if r["level"] == lv) for lv in ("PASS", "WARN", "FAIL")}
    print(f"\n{n['PASS']} pass, {n['WARN']} warn, {n['FAIL']} fail")
    return 1 if fails else 0


if __name__ == "__main__":
    sys.exit(main())
