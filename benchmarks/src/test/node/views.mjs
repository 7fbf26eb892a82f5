// Counts a view for each line of input, an endpoint and a number, as tutorials do; many at once.
import { createInterface } from "node:readline";
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";

const clients = new Map();
const counts = [];
for await (const line of createInterface({ input: process.stdin })) {
  const endpoint = line.split(" ")[0];
  if (!clients.has(endpoint)) {
    clients.set(endpoint, new DynamoDBClient({ endpoint }));
  }
  counts.push(
    clients.get(endpoint).send(
      new UpdateItemCommand({
        TableName: process.env.TABLE_NAME,
        Key: { id: { S: `example.com/${new URL(endpoint).port}` } },
        UpdateExpression: "ADD #views :one",
        ExpressionAttributeNames: { "#views": "views" },
        ExpressionAttributeValues: { ":one": { N: "1" } },
      }),
    ),
  );
}
await Promise.allSettled(counts);
process.exit(0);
