// dynalite as a child process: `node dynalite.js [DIRECTORY]`. It listens on a free port of
// 127.0.0.1 and says on stdout, in one line of JSON, either {"port": 1234} when it can be used or
// {"error": "..."} when it cannot. It stops on SIGTERM, on SIGINT, and at the end of its stdin,
// which comes however the process that started it ends. Without a directory all is in memory.
//
// dynalite's own command does none of this: it listens on every address, takes port 0 for 4567,
// reports for duty before it has opened its database, and leaves that open on SIGTERM.
'use strict'

const dynalite = require('dynalite')

const CLOSE_MILLIS = 1000

const directory = process.argv[2]
const server = dynalite({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
let ready = false
let stopping = false

function say (message) {
  process.stdout.write(JSON.stringify(message) + '\n')
}

function fail (error) {
  const cause = error.cause || error
  say({ error: String(cause.message || cause) })
  process.exit(1)
}

function stop () {
  if (stopping) return
  stopping = true
  server.close(() => process.exit(0))
  setTimeout(() => server.closeAllConnections(), CLOSE_MILLIS).unref()
}

async function listTables () {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none',
      connection: 'close'
    },
    body: '{}'
  })
  const answer = await response.text()
  if (!response.ok) throw new Error(answer)
}

// dynalite throws what goes wrong with its database out of its callbacks
process.on('uncaughtException', error => {
  if (!ready) fail(error)
  console.error(error)
  process.exit(1)
})
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.stdin.on('end', stop).on('error', stop).resume()

server.on('error', fail)
server.listen(0, '127.0.0.1', () => {
  listTables().then(() => {
    ready = true
    say({ port: server.address().port })
  }, fail)
})
