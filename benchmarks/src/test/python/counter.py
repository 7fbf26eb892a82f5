"""A visitor counter as tutorials have it, with boto3; counts as many views as each line of input says."""
import json
import os
import sys
import time

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


def lambda_handler(event, context):
    body = json.loads(event.get("body") or "{}")
    page = body.get("page", "main_page")
    response = table.update_item(
        Key={"id": page},
        UpdateExpression="ADD #views :one",
        ExpressionAttributeNames={"#views": "views"},
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    count = int(response["Attributes"]["views"])
    print(f"{page} has {count} views")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"page": page, "count": count}),
    }


counted = 0
for line in sys.stdin:
    nanos = []
    for _ in range(int(line)):
        event = {"body": json.dumps({"page": "python"})}
        start = time.perf_counter_ns()
        answer = lambda_handler(event, None)
        nanos.append(time.perf_counter_ns() - start)
        counted += 1
        if json.loads(answer["body"])["count"] != counted:
            sys.exit(f"wrong answer: {answer}")
    print(sorted(nanos)[len(nanos) // 2], -1, file=sys.stderr, flush=True)
