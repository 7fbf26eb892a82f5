"""Lambda's runtime for Python, as far as one handler needs it."""
import http.client
import importlib
import json
import os

INVOCATION = "/2018-06-01/runtime/invocation/"

module, function = os.environ["_HANDLER"].rsplit(".", 1)
handler = getattr(importlib.import_module(module), function)
while True:
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    api.request("GET", INVOCATION + "next")
    answer = api.getresponse()
    event = json.loads(answer.read())
    request_id = answer.getheader("Lambda-Runtime-Aws-Request-Id")
    api.close()
    response = json.dumps(handler(event, None)).encode()
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    api.request("POST", INVOCATION + request_id + "/response", response)
    api.getresponse().read()
    api.close()
