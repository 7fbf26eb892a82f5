// What dynalite lacks, added around its store: streams and time to live.
//
// Every write of an item, whichever call asked for it, ends in a put or a del of the table's items,
// under dynalite's lock on the key and after its conditions. There the item that was is read once
// more, so that a record has both images, whatever the client asked to get back, and whether or not
// it ever gets it. A write that changes nothing leaves no record, as in DynamoDB.
//
// With data on disk a record goes to the disk in one batch with its item, and stays until it is
// dropped: a process that is killed loses no record of a write that it has kept.
'use strict'

const db = require('dynalite/db')

const RECORDS = 'stream~'
const AFTER_ALL_KEYS = '\xff'
const SETS = ['SS', 'NS', 'BS']
const SEQUENCE_STEPS_PER_MILLI = 100000000n

function sorted (value) {
  const [type, content] = Object.entries(value)[0]
  if (SETS.includes(type)) return [type, [...content].sort()]
  if (type === 'L') return [type, content.map(sorted)]
  return [type, type === 'M' ? sortedAttributes(content) : content]
}

function sortedAttributes (attributes) {
  return Object.keys(attributes).sort().map(name => [name, sorted(attributes[name])])
}

function equal (one, other) {
  if (!one || !other) return !one && !other
  return JSON.stringify(sortedAttributes(one)) === JSON.stringify(sortedAttributes(other))
}

function callback (resolve, reject) {
  return (error, value) => error && error.name !== 'NotFoundError' ? reject(error) : resolve(value)
}

class Tap {
  // streamed: names of tables; kept: whether the data is on disk
  constructor (streamed, kept) {
    this.streamed = new Set(streamed)
    this.kept = kept
    this.turn = Promise.resolve()
    // grows over restarts too
    this.sequence = BigInt(Date.now()) * SEQUENCE_STEPS_PER_MILLI
    this.untold = []
    this.tell = record => this.untold.push(record)
  }

  // to be called before dynalite() makes its store
  install () {
    const create = db.create
    db.create = options => {
      this.store = create(options)
      closeIterators(this.store.db)
      const getItemDb = this.store.getItemDb
      this.store.getItemDb = name => this.tapped(name, getItemDb(name))
      return this.store
    }
  }

  tapped (table, items) {
    if (this.streamed.has(table) && !items.isTapped) {
      items.isTapped = true
      items.put = (key, item, done) => this.write(table, items, key, item, false, done)
      items.del = (key, done, expired) => this.write(table, items, key, undefined, !!expired, done)
    }
    return items
  }

  write (table, items, key, after, expired, done) {
    // One after the other, so that records are told in the order of their numbers.
    this.turn = this.turn.then(async () => {
      const before = await new Promise((resolve, reject) => items.get(key, callback(resolve, reject)))
      const path = itemsOf(table) + key
      const change = after ? { type: 'put', key: path, value: after } : { type: 'del', key: path }
      if (equal(before, after)) return this.batch([change])
      const sequence = String(++this.sequence).padStart(21, '0')
      const record = { table, sequence, atMillis: Date.now(), before, after, expired }
      const entry = { type: 'put', key: RECORDS + sequence, value: record }
      await this.batch(this.kept ? [change, entry] : [change])
      this.tell(record)
    }).then(() => setImmediate(done, null), error => setImmediate(done, error))
  }

  batch (changes) {
    return new Promise((resolve, reject) => this.store.db.batch(changes, callback(resolve, reject)))
  }

  // reads what an earlier run has left on the disk
  async open () {
    if (!this.kept) return
    const left = this.store.db.values({ gte: RECORDS, lt: RECORDS + AFTER_ALL_KEYS })
    for await (const record of left) this.untold.push(record)
  }

  // tells of every record: of those so far at once, of the others when they come
  start (tell) {
    this.untold.forEach(tell)
    this.untold = []
    this.tell = tell
  }

  drop (sequences) {
    return this.kept ? this.batch(sequences.map(it => ({ type: 'del', key: RECORDS + it }))) : null
  }

  // deletes the items whose time, a number of seconds in this attribute, is before now
  async expire (table, attribute, nowSeconds) {
    const path = itemsOf(table)
    const items = this.store.getItemDb(table)
    const isOver = item => item?.[attribute]?.N !== undefined && Number(item[attribute].N) < nowSeconds
    const range = { gte: path, lt: path + AFTER_ALL_KEYS }
    for await (const [key, item] of this.store.db.iterator(range)) {
      if (isOver(item)) await this.expireItem(items, key.slice(path.length), isOver)
    }
  }

  // It may have got another time by now.
  expireItem (items, key, isOver) {
    return new Promise((resolve, reject) => items.lock(key, release => {
      const done = release(callback(resolve, reject))
      items.get(key, (error, item) => {
        if (error || !isOver(item)) return done(error)
        items.del(key, done, true)
      })
    }))
  }
}

// dynalite ends an iterator by a return() that those of its database do not have: each would be kept
// for ever, with its memory and with every file that there was when it was made.
function closeIterators (database) {
  for (const kind of ['keys', 'values']) {
    const open = database[kind].bind(database)
    database[kind] = options => {
      const iterator = open(options)
      iterator.return = () => iterator.close()
      return iterator
    }
  }
}

// the place of a table's items among dynalite's keys
function itemsOf (table) {
  return `item-${table}~`
}

module.exports = Tap
