// What dynalite lacks, added around its actions: DynamoDB's limits.
//
// An on-demand table has at least four partitions, each good for 3,000 read and 1,000 write units a
// second, and ceilings of its own (OnDemandThroughput). What a table left unused of its ceilings
// in the last 300 seconds may be spent at once; a partition saves nothing. As in DynamoDB, a request
// is let in while anything is left and pays afterwards, so a large one leaves a debt, and those
// after it are refused until the debt is paid. A batch does the part of its keys that it may.
'use strict'

const { createHash } = require('crypto')
const db = require('dynalite/db')

const PARTITIONS = 4
const PARTITION_LIMITS = { read: 3000, write: 1000 }
const BURST_SECONDS = 300
const ACTIONS = {
  getItem: 'read',
  query: 'read',
  scan: 'read',
  batchGetItem: 'read',
  putItem: 'write',
  updateItem: 'write',
  deleteItem: 'write',
  batchWriteItem: 'write'
}

class Bucket {
  constructor (unitsPerSecond, seconds) {
    this.unitsPerSecond = unitsPerSecond
    this.capacity = unitsPerSecond * seconds
    this.units = this.capacity
    this.millis = performance.now()
  }

  isEmpty () {
    const now = performance.now()
    const gained = (now - this.millis) / 1000 * this.unitsPerSecond
    this.units = Math.min(this.capacity, this.units + gained)
    this.millis = now
    return this.units <= 0
  }
}

class Table {
  constructor (ceilings) {
    this.used = { read: 0, write: 0 }
    this.ceiling = {}
    this.partitions = {}
    for (const kind of ['read', 'write']) {
      this.ceiling[kind] = new Bucket(ceilings[kind], BURST_SECONDS)
      this.partitions[kind] =
        Array.from({ length: PARTITIONS }, () => new Bucket(PARTITION_LIMITS[kind], 1))
    }
  }

  // why a request must wait, as DynamoDB names it; null if it need not
  refusal (kind, partition) {
    const operation = kind === 'read' ? 'TableRead' : 'TableWrite'
    if (this.ceiling[kind].isEmpty()) return operation + 'MaxOnDemandThroughputExceeded'
    const limited = partition !== null && this.partitions[kind][partition].isEmpty()
    return limited ? operation + 'KeyRangeThroughputExceeded' : null
  }

  pay (kind, partitions, units) {
    this.used[kind] += units
    this.ceiling[kind].units -= units
    for (const partition of partitions) {
      if (partition !== null) this.partitions[kind][partition].units -= units / partitions.length
    }
  }
}

class Throughput {
  // ceilings: of each table that has limits, by its name, { read, write } in units a second
  constructor (ceilings) {
    this.tables = new Map(Object.entries(ceilings).map(([name, its]) => [name, new Table(its)]))
  }

  // to be called before dynalite is loaded, which keeps the actions that it finds then
  install () {
    const limited = Object.entries(ACTIONS).map(([name, kind]) => {
      const path = require.resolve('dynalite/actions/' + name)
      const action = require(path)
      return [path, name.startsWith('batch') ? this.batch(kind, action) : this.single(kind, action)]
    })
    // not before all are loaded: a batch calls dynalite's own actions on one item
    limited.forEach(([path, action]) => { require.cache[path].exports = action })
  }

  // units used so far, by table
  used () {
    return Object.fromEntries([...this.tables].map(([name, table]) => [name, table.used]))
  }

  single (kind, action) {
    return (store, data, done) => {
      const table = this.tables.get(data.TableName)
      if (!table) return action(store, data, done)
      store.getTable(data.TableName, (error, description) => {
        if (error) return done(error)
        const partition = partitionOf(data, description)
        const refusal = table.refusal(kind, partition)
        if (refusal) return done(throttled(data.TableName, refusal))
        const asked = data.ReturnConsumedCapacity
        data.ReturnConsumedCapacity = 'TOTAL'
        action(store, data, (error, answer) => {
          table.pay(kind, [partition], error ? 1 : answer.ConsumedCapacity.CapacityUnits)
          if (!error && !isAsked(asked)) delete answer.ConsumedCapacity
          done(error, answer)
        })
      })
    }
  }

  batch (kind, action) {
    return (store, data, done) => {
      const names = Object.keys(data.RequestItems)
      if (!names.some(name => this.tables.has(name))) return action(store, data, done)
      const described = names.map(name => new Promise((resolve, reject) =>
        store.getTable(name, (error, it) => error ? reject(error) : resolve(it))))
      Promise.all(described).then(descriptions => {
        const taken = {}
        const left = {}
        let refused
        descriptions.forEach(description => {
          const name = description.TableName
          const request = data.RequestItems[name]
          const entries = kind === 'read' ? request.Keys : request
          const [taking, leaving, refusal] = this.parted(kind, name, entries, description)
          const withEntries = its => kind === 'read' ? { ...request, Keys: its } : its
          if (taking.length) taken[name] = withEntries(taking)
          if (leaving.length) left[name] = withEntries(leaving)
          refused = refused || (refusal && throttled(name, refusal))
        })
        if (!Object.keys(taken).length) return done(refused)
        const request = { ...data, RequestItems: taken, ReturnConsumedCapacity: 'TOTAL' }
        action(store, request, (error, answer) => {
          if (error) return done(error)
          for (const { TableName, CapacityUnits } of answer.ConsumedCapacity) {
            const description = descriptions.find(it => it.TableName === TableName)
            const entries = kind === 'read' ? taken[TableName].Keys : taken[TableName]
            const partitions = entries.map(it => partitionOfEntry(it, description))
            this.tables.get(TableName)?.pay(kind, partitions, CapacityUnits)
          }
          if (!isAsked(data.ReturnConsumedCapacity)) delete answer.ConsumedCapacity
          addLeft(kind === 'read' ? answer.UnprocessedKeys : answer.UnprocessedItems, left, kind)
          done(null, answer)
        })
      }).catch(done)
    }
  }

  // the entries that may be done, those that may not, and why not
  parted (kind, name, entries, description) {
    const table = this.tables.get(name)
    if (!table) return [entries, [], null]
    const refusals = entries.map(it => table.refusal(kind, partitionOfEntry(it, description)))
    return [
      entries.filter((_, i) => !refusals[i]),
      entries.filter((_, i) => refusals[i]),
      refusals.find(it => it)
    ]
  }
}

function isAsked (returnConsumedCapacity) {
  return ['TOTAL', 'INDEXES'].includes(returnConsumedCapacity)
}

function addLeft (unprocessed, left, kind) {
  for (const [name, request] of Object.entries(left)) {
    const before = unprocessed[name]
    if (!before) unprocessed[name] = request
    else if (kind === 'read') before.Keys.push(...request.Keys)
    else before.push(...request)
  }
}

// null for a scan, which reads all of them
function partitionOf (data, description) {
  const name = description.KeySchema[0].AttributeName
  const condition = data.KeyConditions?.[name]
  const key = data.Key?.[name] || data.Item?.[name] || condition?.AttributeValueList[0]
  return key ? partition(key) : null
}

function partitionOfEntry (entry, description) {
  const item = entry.PutRequest?.Item || entry.DeleteRequest?.Key || entry
  return partition(item[description.KeySchema[0].AttributeName])
}

function partition (key) {
  return createHash('md5').update(Object.values(key)[0]).digest()[0] % PARTITIONS
}

function throttled (table, reason) {
  const error = db.validationError(reason.includes('KeyRange')
    ? 'Throughput exceeds the current capacity of a partition of the table'
    : 'Throughput exceeds the maximum on-demand throughput configured on the table')
  error.body.__type = 'com.amazon.coral.availability#ThrottlingException'
  error.body.throttlingReasons =
    [{ reason, resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/' + table }]
  return error
}

module.exports = Throughput
