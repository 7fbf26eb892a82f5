// A visitor counter as tutorials have it, behind Node's HTTP server; prints its port.
import { createServer } from "node:http";
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

async function count(page) {
  const response = await client.send(
    new UpdateItemCommand({
      TableName: process.env.TABLE_NAME,
      Key: { id: { S: page } },
      UpdateExpression: "ADD #views :one",
      ExpressionAttributeNames: { "#views": "views" },
      ExpressionAttributeValues: { ":one": { N: "1" } },
      ReturnValues: "UPDATED_NEW",
    }),
  );
  return Number(response.Attributes.views.N);
}

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
  }
  try {
    const { page } = JSON.parse(body);
    const answer = JSON.stringify({ page, count: await count(page) });
    response.writeHead(200, { "Content-Type": "application/json" }).end(answer);
  } catch (error) {
    console.error(error.message);
    response.writeHead(500).end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
