// Filters: a property, a condition, a value. In the address f=country:DE, f=-country:DE, and with a part
// of the value f=~source:goo or f=-~source:goo.
import { nameOf } from './format.js'
import { t } from './language.js'

export const PROPERTIES = {
  page: 'Page',
  entry_page: 'Entry page',
  exit_page: 'Exit page',
  referrer: 'Referrer',
  source: 'Source',
  channel: 'Channel',
  utm_source: 'Campaign source',
  utm_medium: 'Campaign medium',
  utm_campaign: 'Campaign',
  utm_term: 'Campaign term',
  utm_content: 'Campaign content',
  country: 'Country',
  browser: 'Browser',
  os: 'System',
  device: 'Size',
  goal: 'Goal',
  prop: 'Event property'
}

// Events that trackers send by themselves, and the property of each that a tab lists
const TRACKED = {
  outbound: ['Outbound Link: Click', 'url'],
  download: ['File Download', 'url'],
  missing: ['404', 'path']
}
export const trackedAs = name => Object.keys(TRACKED).find(tab => TRACKED[tab][0] == name)
// The list of the values of an event's property is prop:plan
const OWN = /^prop:/
export const isOfGoals = property =>
  property == 'goal' || OWN.test(property) || Object.hasOwn(TRACKED, property)

export const apiName = property => OWN.test(property) ? property.replace(OWN, 'event:props:')
  : (property == 'page' || property == 'goal' ? 'event:' : 'visit:') + property

// What is asked for a property, and by which name the answer has it
export const askedFor = (property, question) => {
  const [goal, name] = TRACKED[property] || []
  return goal
    ? { ...question, property: 'event:props:' + name, filters: [question.filters, 'event:goal==' + goal].filter(Boolean).join(';') }
    : { ...question, property: apiName(property) }
}
// The metrics of its list
export const measured = (property, converting) =>
  isOfGoals(property) ? 'visitors,events,conversion_rate'
  : 'visitors,pageviews' + (converting ? ',conversion_rate' : property == 'page' ? ',time_on_page,scroll_depth' : '')

export const keyOf = property => TRACKED[property]?.[1] ?? property.replace(OWN, '')

// A goal may be a page, as in Visit /thanks
const isPage = ({ property, value }) =>
  property.endsWith('page') || property == 'goal' && value.startsWith('Visit /')

export const parseFilter = text => {
  const [, not, part, property, value] = /^(-?)(~?)([a-z_]+):([^]+)$/.exec(text) || []
  const makesSense = property == 'goal' ? !not && !part : property != 'prop' || /^[^=]+=./.test(value)
  return Object.hasOwn(PROPERTIES, property) && makesSense
    ? { property, not: not == '-', part: part == '~', value } : null
}

export const filterText = ({ property, not, part, value }) =>
  (not ? '-' : '') + (part ? '~' : '') + property + ':' + value

export const CONDITIONS = { '': 'is', '-': 'is not', '~': 'contains', '-~': 'does not contain' }
export const conditionOf = ({ not, part }) => CONDITIONS[(not ? '-' : '') + (part ? '~' : '')]

// Countries are known by codes, of which nobody knows a part; a goal is reached or not
export const conditionsOf = property => Object.keys(CONDITIONS).filter(condition =>
  property == 'goal' ? !condition : property == 'country' || property == 'device' ? !condition.includes('~') : true)

// Stars in pages stand for anything; those of a page itself do not.
export const exactly = (property, value) =>
  filterText({ property, value: isPage({ property, value }) ? value.replace(/[\\*]/g, '\\$&') : value })

// The filters of a row: that of a link or a download says also what kind of event it is
export const filtersOf = (property, value) => TRACKED[property]
  ? [exactly('goal', TRACKED[property][0]), exactly('prop', keyOf(property) + '=' + value)]
  : [OWN.test(property) ? exactly('prop', keyOf(property) + '=' + value) : exactly(property, value)]

// Of an event's property the name stands before its value
const nameInApi = ({ property, value }) =>
  property == 'prop' ? 'event:props:' + value.slice(0, value.indexOf('=')) : apiName(property)
const valueInApi = ({ property, value }) =>
  property == 'prop' ? value.slice(value.indexOf('=') + 1) : value

// Values of one property are alternatives; different properties are true at once.
export const groups = filters => {
  const found = new Map
  for (const filter of filters) {
    const key = nameInApi(filter) + conditionOf(filter)
    found.set(key, [...found.get(key) || [], filter])
  }
  return [...found.values()]
}

const escaped = filter => valueInApi(filter).replace(isPage(filter) && !filter.part ? /[|;]/g : /[\\|;]/g, '\\$&')

// A link can be limited to what visits are, not to what was done in them.
export const isLimiting = ({ property }) => property != 'goal' && property != 'prop'

export const apiFilters = filters => groups(filters)
  .map(([first, ...more]) =>
    nameInApi(first) + (first.part ? first.not ? '!~' : '~' : first.not ? '!=' : '==') + [first, ...more].map(escaped).join('|'))
  .join(';')

const plain = filter => isPage(filter) && !filter.part ? filter.value.replace(/\\(.)/g, '$1') : filter.value

export const valuesText = group =>
  group.map(filter => filter.part ? filter.value : nameOf(filter.property, plain(filter))).join(' ' + t('or') + ' ')
