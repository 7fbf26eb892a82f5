// Filters: a property, is or is not, a value. In the address f=country:DE or f=-country:DE.
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
  device: 'Size'
}

export const apiName = property => (property == 'page' ? 'event:' : 'visit:') + property

const isPage = property => property.endsWith('page')

export const parseFilter = text => {
  const [, not, property, value] = /^(-?)([a-z_]+):([^]+)$/.exec(text) || []
  return Object.hasOwn(PROPERTIES, property) ? { property, not: not == '-', value } : null
}

export const filterText = ({ property, not, value }) => (not ? '-' : '') + property + ':' + value

// Stars in pages stand for anything; those of a page itself do not.
export const exactly = (property, value) =>
  filterText({ property, value: isPage(property) ? value.replace(/[\\*]/g, '\\$&') : value })

// Values of one property are alternatives; different properties are true at once.
export const groups = filters => {
  const found = new Map
  for (const filter of filters) {
    const key = filter.property + filter.not
    found.set(key, [...found.get(key) || [], filter])
  }
  return [...found.values()]
}

const escaped = ({ property, value }) => value.replace(isPage(property) ? /[|;]/g : /[\\|;]/g, '\\$&')

export const apiFilters = filters => groups(filters)
  .map(([first, ...more]) =>
    apiName(first.property) + (first.not ? '!=' : '==') + [first, ...more].map(escaped).join('|'))
  .join(';')

const plain = ({ property, value }) => isPage(property) ? value.replace(/\\(.)/g, '$1') : value

export const valuesText = group =>
  group.map(filter => nameOf(filter.property, plain(filter))).join(' ' + t('or') + ' ')
