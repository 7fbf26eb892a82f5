// dynalite as a child process: `node dynalite.js [--data DIRECTORY] [--stream TABLE]...
// [--limits JSON]`, these as in {"table": {"read": 200, "write": 200}}, units a second. It listens on
// a free port of 127.0.0.1 and says on stdout, in one line of JSON, either {"port": 1234} when it
// can be used or {"error": "..."} when it cannot. Without a directory all is in memory. It stops on
// SIGTERM, and at the end of its stdin, which comes however the process that started it ends.
// SIGINT is for that process: Ctrl-C reaches both, and the other has work to finish here.
//
// Lines of JSON on stdin are commands: {"start": true} lets a line {"record": {...}} on stdout
// follow every write on a table with a stream, after those that an earlier run has left;
// {"drop": ["sequence", ...]} forgets records; {"expire": "table", "attribute": "a",
// "nowSeconds": 123, "id": 1} deletes items past their time; {"id": 1} alone does nothing. A command
// with an id is answered by {"done": 1, "units": {"table": {"read": 0.5, "write": 1}}}, after every
// record of the writes before it; the units are those that tables with limits have used so far.
//
// dynalite's own command does none of this: it listens on every address, takes port 0 for 4567,
// reports for duty before it has opened its database, and leaves that open on SIGTERM.
'use strict'

const { createInterface } = require('readline')
const { parseArgs } = require('util')
const Tap = require('./tap.js')
const Throughput = require('./throughput.js')

const CLOSE_MILLIS = 1000

const { data, stream, limits } = parseArgs({
  options: {
    data: { type: 'string' },
    stream: { type: 'string', multiple: true, default: [] },
    limits: { type: 'string', default: '{}' }
  }
}).values
const tap = new Tap(stream, data !== undefined)
tap.install()
const throughput = new Throughput(JSON.parse(limits))
throughput.install()
const dynalite = require('dynalite')
const server = dynalite({ path: data, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
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

async function obey (command) {
  if (stopping) return
  if (command.start) tap.start(record => say({ record }))
  if (command.drop) await tap.drop(command.drop)
  if (command.expire) await tap.expire(command.expire, command.attribute, command.nowSeconds)
  if (command.id) say({ done: command.id, units: throughput.used() })
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
  // and that a client gave up waiting while it was still sending
  if (error.code === 'ECONNRESET') return
  console.error(error)
  process.exit(1)
})
process.on('SIGTERM', stop)
process.on('SIGINT', () => {})
createInterface({ input: process.stdin })
  .on('line', line => obey(JSON.parse(line)))
  .on('close', stop)
process.stdin.on('error', stop)

server.on('error', fail)
server.listen(0, '127.0.0.1', () => {
  listTables().then(() => tap.open()).then(() => {
    ready = true
    say({ port: server.address().port })
  }, fail)
})
