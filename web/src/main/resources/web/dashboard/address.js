// What is shown stands in the address, all of it: the way back works, and the address can be shared.
import { parseFilter } from './filters.js'
import { isDay, matchesWeekdays, PERIODS } from './period.js'
import { METRICS } from './metrics.js'

const query = () => new URLSearchParams(location.search)
const oneOf = (value, values) => values.includes(value) ? value : values[0]

// What can be shown in a frame
export const WHOLE = 'dashboard'
export const PANELS = {
  dashboard: 'Whole dashboard', chart: 'Chart', pages: 'Pages', sources: 'Sources', countries: 'Countries',
  devices: 'Devices', goals: 'Goals', hours: 'Busy hours'
}

const filtersIn = texts => [...new Set(texts)].map(parseFilter).filter(Boolean)

export const tabs = {
  pages: ['page', 'entry_page', 'exit_page'],
  sources: ['source', 'channel', 'referrer', 'utm_campaign', 'utm_source', 'utm_medium', 'utm_term', 'utm_content'],
  countries: ['country'],
  devices: ['browser', 'os', 'device'],
  goals: ['goal', 'outbound', 'download', 'missing']
}

// The columns that lists are ordered by, and which way the first click does
const ORDERED = { value: 'asc', visitors: 'desc', pageviews: 'desc', events: 'desc', conversion_rate: 'desc',
  time_on_page: 'desc', scroll_depth: 'desc', change: 'desc' }
const USUAL_ORDER = 'visitors:desc'

export const orderOf = (panel, { orders }) => orders[panel] || USUAL_ORDER

// With a list ordered by a column, and the other way round where it is already
export const orderLink = (panel, column, state) => {
  const [by, way] = orderOf(panel, state).split(':')
  const order = column + ':' + (by != column ? ORDERED[column] : way == 'asc' ? 'desc' : 'asc')
  const orders = { ...state.orders, [panel]: order == USUAL_ORDER ? null : order }
  return link({
    page: null,
    order: Object.entries(orders).filter(each => each[1]).map(each => each.join(':'))
  })
}

export const shown = () => {
  const q = query()
  const day = name => isDay(q.get(name)) ? q.get(name) : null
  const names = ['30d', '91d', 'custom', ...PERIODS.filter(Boolean).map(each => each.name)]
  const period = { name: oneOf(q.get('period'), names), date: day('date') }
  if (period.name == 'custom') {
    Object.assign(period, { date: null, from: day('from'), to: day('to') })
    if (!period.from || !period.to || period.from > period.to) period.name = '30d'
  }
  const days = (q.get('before') || '').split(',')
  const before = days.length == 2 && days.every(isDay) && days[0] <= days[1]
    ? { from: days[0], to: days[1] } : null
  const filters = filtersIn(q.getAll('f'))
  // Values of a property are those of the goal that is asked for
  const isProperty = value => value?.startsWith('prop:') && filters.some(filter => filter.property == 'goal')
  return {
    site: q.get('site'),
    share: q.get('share'),
    period,
    // Two days by which a comparison of one's own is known
    before,
    compare: oneOf(q.get('compare'), ['previous', 'year', ...(before ? ['custom'] : []), 'off']),
    match: oneOf(q.get('match'), matchesWeekdays(period) ? ['on', 'off'] : ['off', 'on']),
    metric: oneOf(q.get('metric'), METRICS.map(metric => metric.key)),
    interval: q.get('interval'),
    table: q.get('view') == 'table',
    filters,
    // Those that a shared link is limited to
    only: q.get('share') ? filtersIn(q.getAll('only')) : [],
    panel: q.has('panel') ? oneOf(q.get('panel'), Object.keys(PANELS)) : null,
    tabs: Object.fromEntries(
      Object.entries(tabs).map(([panel, properties]) => [panel,
        panel == 'goals' && isProperty(q.get(panel)) ? q.get(panel) : oneOf(q.get(panel), properties)])),
    all: Object.hasOwn(tabs, q.get('all')) ? q.get('all') : null,
    // By panel: a column, and desc or asc
    orders: Object.fromEntries(q.getAll('order').map(text => /^(\w+):(\w+:(?:asc|desc))$/.exec(text))
      .filter(found => found && Object.hasOwn(tabs, found[1]) && Object.hasOwn(ORDERED, found[2].split(':')[0]))
      .map(([, panel, order]) => [panel, order])),
    search: q.get('search') || '',
    page: Math.max(1, Math.trunc(q.get('page')) || 1)
  }
}

// The address with some of it changed; null takes a part away.
export const link = changes => {
  const q = query()
  for (const [name, value] of Object.entries(changes)) {
    q.delete(name)
    for (const each of [value].flat()) each != null && each !== '' && q.append(name, each)
  }
  return '?' + q
}

export const periodLink = ({ name, date, from, to }) =>
  link({ period: name, date: date || null, from: from || null, to: to || null, interval: null })

// With the filters where one is not there yet, without them where all are
export const filterLink = (...texts) => {
  const filters = query().getAll('f')
  const others = filters.filter(each => !texts.includes(each))
  return link({
    all: null, search: null, page: null,
    f: filters.length - others.length == texts.length ? others : [...others, ...texts]
  })
}

let changed = () => {}
export const onChange = listener => {
  changed = listener
  addEventListener('popstate', listener)
}

export const go = href => {
  history.pushState(null, '', href)
  changed()
}

export const correct = changes => history.replaceState(null, '', link(changes))

// A link within the page; its way in a new tab stays the browser's.
export const follow = event => {
  const a = event.target.closest('a[href^="?"]')
  if (!a || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
  event.preventDefault()
  go(a.getAttribute('href'))
}
