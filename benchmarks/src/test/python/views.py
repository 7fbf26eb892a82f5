"""Counts a view for each line of input, an endpoint and a number, as tutorials do; many at once."""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3

clients = {}


def count(endpoint):
    clients[endpoint].update_item(
        TableName=os.environ["TABLE_NAME"],
        Key={"id": {"S": "example.com/" + endpoint.rstrip("/").rsplit(":", 1)[1]}},
        UpdateExpression="ADD #views :one",
        ExpressionAttributeNames={"#views": "views"},
        ExpressionAttributeValues={":one": {"N": "1"}},
    )


with ThreadPoolExecutor(96) as executor:
    for line in sys.stdin:
        endpoint = line.split(" ")[0]
        if endpoint not in clients:
            clients[endpoint] = boto3.client("dynamodb", endpoint_url=endpoint)
        executor.submit(count, endpoint)
