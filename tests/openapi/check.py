#!/usr/bin/env python3
"""Holds a running sandbox against OpenRouter's official schema.

A development-time check: no test of the project runs it, and it is not needed to build or use anything.

    pip install pyyaml jsonschema
    onramp sandbox --rate 0 --json          # prints base_url, api_key, management_key
    python check.py openapi.yaml BASE_URL KEY MANAGEMENT_KEY

It calls every endpoint that the sandbox serves, well and badly, and validates each status and body
against what the schema declares for that operation. Every refusal that a model named `sandbox/...`
can be asked for is validated too. It prints one line a call; it ends with 1 when one does not fit.
"""

import json
import sys
import time
import urllib.error
import urllib.request

import jsonschema
import yaml

# Refusals that are meant to depart from the schema: their code is a word, or absent.
ODD = {"sandbox/capacity-bare", "sandbox/word-code", "sandbox/error-in-200"}

# Statuses that an operation answers with although the schema does not declare them: the
# documentation of the service does.
UNDECLARED = {("GET", "/keys", 403), ("POST", "/chat/completions", 504)}


class Checker:
    def __init__(self, schema_path, base_url, key, management_key):
        with open(schema_path, encoding="utf-8") as file:
            self.schema = yaml.safe_load(file)
        self.base_url = base_url.rstrip("/")
        self.keys = {"none": None, "key": key, "management": management_key, "wrong": key[:-4] + "0000"}
        self.calls = 0
        self.misfits = 0

    def request(self, method, path, key, body, raw=None):
        """Returns status, headers and text, whatever the status."""
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if data is not None else {}
        if self.keys[key]:
            headers["Authorization"] = "Bearer " + self.keys[key]
        request = urllib.request.Request(self.base_url + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.headers, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def call(self, method, operation, path=None, key="none", body=None, expect=200, raw=None):
        """Makes one call and validates what comes back; returns it parsed."""
        path = path or operation
        status, headers, text = self.request(method, path, key, body, raw)
        name = f"{method} {path} as {key}"
        if status != expect:
            self.report(name, status, f"expected {expect}: {text[:200]}")
            return None
        if headers.get_content_type() == "text/event-stream":
            problems, parsed = self.stream_problems(operation, text)
        else:
            try:
                parsed = json.loads(text)
            except ValueError as error:
                self.report(name, status, f"no JSON: {error}")
                return None
            problems = self.problems(method, operation, status, parsed)
        self.report(name, status, *problems)
        return parsed

    def response_schema(self, method, operation, status, content_type):
        declared = self.schema["paths"][operation][method.lower()]["responses"].get(str(status))
        if declared is None:
            return None
        return declared["content"][content_type]["schema"]

    def problems(self, method, operation, status, parsed):
        schema = self.response_schema(method, operation, status, "application/json")
        if schema is None:
            if (method, operation, status) in UNDECLARED:
                return self.validate({"$ref": "#/components/schemas/BadRequestResponse"}, parsed)
            return [f"the schema declares no {status} here"]
        return self.validate(schema, parsed)

    def stream_problems(self, operation, text):
        schema = self.response_schema("POST", operation, 200, "text/event-stream")
        data = [line[6:] for line in text.split("\n") if line.startswith("data: ")]
        problems = [] if data and data[-1] == "[DONE]" else ["no [DONE] at the end"]
        chunks = [json.loads(item) for item in data if item != "[DONE]"]
        for number, chunk in enumerate(chunks):
            problems += [f"chunk {number}: {p}" for p in self.validate(schema, {"data": chunk})]
        return problems, chunks

    def validate(self, schema, value):
        whole = {**schema, "components": self.schema["components"]}
        validator = jsonschema.Draft202012Validator(whole)
        found = []
        for error in validator.iter_errors(value):
            place = "/".join(str(part) for part in error.absolute_path)
            found.append(f"{place}: {error.message[:160]}")
        return found

    def report(self, name, status, *problems):
        self.calls += 1
        self.misfits += bool(problems)
        print(("MISFIT" if problems else "fits  "), status, name)
        for problem in problems[:5]:
            print("        ", problem)


def lists(check):
    """What is open to everybody, and what a key sees of it."""
    models = check.call("GET", "/models")
    check.call("GET", "/models", "/models?limit=10&offset=5&sort=pricing-low-to-high")
    check.call("GET", "/models", "/models?output_modalities=all&q=gpt")
    check.call("GET", "/models", "/models?sort=nonsense", expect=400)
    check.call("GET", "/models/count")
    check.call("GET", "/models/user", key="key")
    check.call("GET", "/models/user", expect=401)
    for row in models["data"][:: max(1, len(models["data"]) // 25)]:
        author, slug = row["id"].split("/", 1)
        check.call("GET", "/model/{author}/{slug}", f"/model/{author}/{slug}")
        path = f"/models/{author}/{slug}/endpoints"
        check.call("GET", "/models/{author}/{slug}/endpoints", path)
        check.call("GET", "/models/{author}/{slug}/endpoints", path, key="key")
    check.call("GET", "/model/{author}/{slug}", "/model/no/body", expect=404)
    check.call("GET", "/models/{author}/{slug}/endpoints", "/models/no/body/endpoints", expect=404)
    check.call("GET", "/providers")
    check.call("GET", "/endpoints/zdr")
    check.call("GET", "/endpoints/zdr", key="key")


def accounts(check):
    """Keys, credits and what was used."""
    check.call("GET", "/key", key="key")
    check.call("GET", "/key", key="management")
    check.call("GET", "/key", expect=401)
    check.call("GET", "/key", key="wrong", expect=401)
    check.call("GET", "/credits", key="management")
    check.call("GET", "/credits", key="key", expect=403)
    check.call("GET", "/credits", expect=401)
    check.call("GET", "/keys", key="management")
    check.call("GET", "/keys", "/keys?include_disabled=true&offset=0", key="management")
    check.call("GET", "/keys", "/keys?offset=-1", key="management", expect=400)
    check.call("GET", "/keys", key="key", expect=403)
    check.call("GET", "/keys", expect=401)
    body = {"name": "checked", "limit": 5, "limit_reset": "weekly", "expires_at": "2099-01-01T00:00:00Z"}
    made = check.call("POST", "/keys", key="management", body=body, expect=201)
    check.call("POST", "/keys", key="management", body={}, expect=400)
    check.call("POST", "/keys", key="key", body=body, expect=403)
    check.call("POST", "/keys", body=body, expect=401)
    one, path = "/keys/{hash}", "/keys/" + made["data"]["hash"]
    check.call("GET", one, path, key="management")
    check.call("GET", one, path, expect=401)
    check.call("PATCH", one, path, key="management", body={"limit": None, "disabled": True, "name": "renamed"})
    check.call("PATCH", one, path, key="management", body={"limit_reset": "yearly"}, expect=400)
    check.call("DELETE", one, path, key="management")
    check.call("DELETE", one, path, key="management", expect=404)
    check.call("GET", one, path, key="management", expect=404)
    check.call("GET", "/activity", key="management")
    check.call("GET", "/activity", "/activity?group_by=workspace", key="management")
    check.call("GET", "/activity", "/activity?date=today", key="management", expect=400)
    check.call("GET", "/activity", key="key", expect=403)
    check.call("GET", "/activity", expect=401)
    check.call("GET", "/analytics/meta", key="management")
    check.call("GET", "/analytics/meta", key="key", expect=403)
    check.call("GET", "/analytics/meta", expect=401)
    body = {"metrics": ["request_count", "credits_usage"], "dimensions": ["model"], "granularity": "day"}
    check.call("POST", "/analytics/query", key="management", body=body)
    check.call("POST", "/analytics/query", key="management", body={"metrics": []}, expect=400)
    check.call("POST", "/analytics/query", key="key", body=body, expect=403)
    check.call("POST", "/analytics/query", body=body, expect=401)


def chat(check):
    """Answers in every shape, and looking them up."""
    path = "/chat/completions"
    says = lambda text, **more: {"model": "openai/gpt-4o-mini", "max_tokens": 300,
                                 "messages": [{"role": "user", "content": text}], **more}
    tool = {"type": "function", "function": {"name": "get_weather", "parameters": {
        "type": "object", "properties": {"city": {"type": "string"}}}}}
    schema = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
    bodies = [
        says("Hello"),
        says("写一个 Python 函数"),
        says("Think", model="anthropic/claude-sonnet-4.5"),
        says("Think", model="openai/gpt-5-mini", max_tokens=5),
        says("Route", model="openrouter/auto"),
        says("Route", model="~anthropic/claude-sonnet-latest:nitro"),
        says("Free", model="meta-llama/llama-3.3-70b-instruct:free"),
        says("Fall back", model="sandbox/503", models=["openai/gpt-4o-mini"]),
        says("Call", tools=[tool], tool_choice="required"),
        says("Shape", response_format=schema),
    ]
    for body in bodies:
        check.call("POST", path, key="key", body=body)
        check.call("POST", path, key="key", body={**body, "stream": True})
    check.call("POST", path, body=says("Hello"), expect=401)
    check.call("POST", path, key="management", body=says("Hello"), expect=403)
    check.call("POST", path, key="key", raw=b"{", expect=400)
    check.call("POST", path, key="key", body={"model": "openai/gpt-4o-mini"}, expect=400)
    answer = check.call("POST", path, key="key", body=says("Find me again"))
    check.call("GET", "/generation", "/generation?id=gen-0-nobody", key="key", expect=404)
    check.call("GET", "/generation", "/generation?id=" + answer["id"], expect=401)
    for _ in range(40):
        status, _, _ = check.request("GET", "/generation?id=" + answer["id"], "key", None)
        if status == 200:
            break
        time.sleep(0.1)
    check.call("GET", "/generation", "/generation?id=" + answer["id"], key="key")
    return says


def refusals(check, says):
    """Every refusal that a model can be asked for."""
    models = check.call("GET", "/models", "/models?q=sandbox/&limit=1000")
    for row in models["data"]:
        if row["id"] in ODD:
            continue
        body = says("Refuse", model=row["id"])
        if row["id"] in {"sandbox/hang", "sandbox/stall", "sandbox/slow", "sandbox/late-start", "sandbox/cut"}:
            continue
        status, headers, text = check.request("POST", "/chat/completions", "key", body)
        if headers.get_content_type() != "application/json" or status < 400:
            continue
        problems = check.problems("POST", "/chat/completions", status, json.loads(text))
        check.report("POST /chat/completions " + row["id"], status, *problems)


def sign_in(check):
    """The exchange of a code; the page itself is no part of the schema."""
    check.call("POST", "/auth/keys", body={"code": "nobody-has-this-code"}, expect=403)
    check.call("POST", "/auth/keys", body={}, expect=400)
    root = check.base_url.removesuffix("/api/v1")
    challenge = "challenge-of-the-plain-kind-0123456789-0123456789"
    address = f"{root}/auth?code_challenge={challenge}&code_challenge_method=plain"
    page = urllib.request.urlopen(address, timeout=30).read().decode()
    action = page.split('formaction="')[1].split('"')[0].replace("&amp;", "&")
    granted = urllib.request.Request(root + action, data=b"", method="POST")
    shown = urllib.request.urlopen(granted, timeout=30).read().decode()
    code = shown.split('class="code">')[1].split("<")[0]
    body = {"code": code, "code_verifier": challenge, "code_challenge_method": "plain"}
    check.call("POST", "/auth/keys", body=body)
    check.call("POST", "/auth/keys", body=body, expect=403)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    check = Checker(*sys.argv[1:])
    lists(check)
    accounts(check)
    says = chat(check)
    refusals(check, says)
    sign_in(check)
    print(f"{check.calls} calls, {check.misfits} misfits")
    sys.exit(1 if check.misfits else 0)


if __name__ == "__main__":
    main()
