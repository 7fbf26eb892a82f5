// A panel of values with their visitors: pages, sources, countries, devices.
import { filterLink, go, link, orderLink, orderOf, tabs } from './address.js'
import { get } from './api.js'
import { byId, foreign, h, icon, replace } from './dom.js'
import { change, count, duration, hasData, nameOf, percent, rate, share } from './format.js'
import { apiName, askedFor, filtersOf, isOfGoals, keyOf, measured, PROPERTIES, trackedAs } from './filters.js'
import { glyph } from './glyphs.js'
import { t } from './language.js'
import { askTotals } from './overview.js'
import { saveList } from './save.js'

// What the tabs of panels are called
const TABS = {
  page: 'Top',
  entry_page: 'Entry',
  exit_page: 'Exit',
  source: 'Sources',
  channel: 'Channels',
  referrer: 'Referrers',
  utm_campaign: 'Campaigns',
  browser: 'Browsers',
  os: 'Systems',
  device: 'Sizes',
  goal: 'All events',
  outbound: 'Outbound links',
  download: 'Downloads',
  missing: '404 pages'
}
const ROWS = { pages: 8, sources: 8, countries: 6, devices: 6, goals: 8 }
// It has room for no more than it shows
const FEWEST_GOALS = 2
const MOST_PROPERTIES = 8
const isCampaign = property => property.startsWith('utm_')

export const askBreakdown = (property, { question, converting }, more) => get('stats/breakdown',
  { ...askedFor(property, question), metrics: measured(property, converting), ...more })

const panelOf = property => Object.keys(tabs).find(panel => tabs[panel].includes(property)) || 'goals'

// What the API is told; nothing for the usual order, in which all panels are asked for at once, and
// for a column that another tab has
export const askedOrder = (property, { orders, converting }) => {
  const order = orders[panelOf(property)]
  return order && ['value', 'change', ...measured(property, converting).split(',')].includes(order.split(':')[0])
    ? order : null
}

// Of how many visitors the rows are shares; null where they are none
export const askWhole = async (property, state) =>
  isOfGoals(property) ? null : (await askTotals(state)).results.visitors.value

// One question for all panels but goals: what is stored is read once for them
const askTogether = (property, { question, converting, tabs: shown }) => {
  const all = Object.values(shown).filter(each => !isOfGoals(each))
  const limit = Math.max(...Object.values(ROWS))
  return get('stats/breakdown',
    { ...question, property: all.map(apiName).join(), metrics: measured('page', converting), limit })
    .then(answers => answers[property])
}

// The names of the properties of a goal, each event of which may have several
const askProperties = async ({ question }) => {
  const { results } = await get('stats/breakdown',
    { ...question, compare: null, property: 'event:props', limit: 100 })
  return [...new Set(results.flatMap(({ props }) => props.split('\n')))]
    .filter(name => name != '(none)' && !name.includes('=')).slice(0, MOST_PROPERTIES)
}

const labelOf = property => TABS[property] || keyOf(property)
export const titleOfAll = property => t(PROPERTIES[property] || labelOf(property))

// Whether any page of a list has engagement
export const isEngaged = results => results.some(result => result.time_on_page || result.scroll_depth)

// Its columns between value and change
const columnsOf = (property, { converting, comparing, whole, engaged }, wide) => {
  const visitors = {
    key: 'visitors', text: 'Visitors', kind: isOfGoals(property) ? 'n' : 'n shared',
    of: ({ visitors }) => [
      whole > 0 && h('span', { class: 'share' }, share(visitors / whole)), count(visitors)]
  }
  const converted = { key: 'conversion_rate', text: 'Rate', kind: 'n', of: result => rate(result.conversion_rate) }
  const total = isOfGoals(property)
    ? { key: 'events', text: 'Total', kind: 'n', of: result => count(result.events) }
    : { key: 'pageviews', text: 'Views', kind: 'n', of: result => count(result.pageviews) }
  const engagement = property == 'page' && engaged ? [
    { key: 'time_on_page', text: 'Duration', kind: 'n e', of: result => duration(result.time_on_page || null) },
    { key: 'scroll_depth', text: 'Scroll', kind: 'n e', of: result => percent(result.scroll_depth || null) }
  ] : []
  const isTotalShown = (wide || !comparing) && (isOfGoals(property) || !converting)
  return [visitors, isTotalShown && total, ...engagement, (isOfGoals(property) || converting) && converted]
    .filter(Boolean)
}

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/

// A page on its site; null where it is none. A percent sign in it begins an escape that stays.
const addressOf = (property, value, site) =>
  property.endsWith('page') && value.startsWith('/') && HOST.test(site)
    ? ['https:', '', site].join('/') + encodeURI(value).replace(/%25(?=[0-9A-F]{2})/gi, '%')
    : null

export const openLink = (property, value, site) => {
  const href = addressOf(property, value, site)
  return href && h('a', {
    class: 'open', href, target: '_blank', rel: 'noopener noreferrer',
    'aria-label': t('Open {0}', value), title: t('Open {0}', value)
  }, icon('open'))
}

// Rows of a table; more columns where there is room
export const rowsOf = (property, results, state, wide) => {
  const most = Math.max(1, ...results.map(result => result.visitors))
  const active = state.filters.filter(filter => !filter.not).map(filter => filter.property + ':' + filter.value)
  return results.map(result => {
    const value = String(result[keyOf(property)])
    const filters = filtersOf(property, value)
    const name = nameOf(property, value)
    const chosen = filters.every(each => active.includes(each))
    return h('tr', {},
      h('td', {}, h('a', {
        class: 'row', 'data-key': value, href: filterLink(...filters),
        '--w': result.visitors / most * 100 + '%', 'aria-current': chosen && 'true'
      }, glyph(property, value, name), foreign(name)), openLink(property, value, state.site)),
      columnsOf(property, state, wide).map(({ kind, of }) => h('td', { class: kind }, of(result))),
      state.comparing && h('td', { class: 'd' }, change(result.change)))
  })
}

// What the values amount to that are not named
export const otherRow = (property, other, state) => h('tr', {},
  h('td', {}, h('span', { class: 'row', '--w': '0' }, t('All other values'))),
  columnsOf(property, state, true).map(({ kind, of }) => h('td', { class: kind }, of(other))),
  state.comparing && h('td', { class: 'd' }))

export const headOf = (property, state, wide) => {
  const panel = panelOf(property)
  const [by, way] = orderOf(panel, state).split(':')
  const column = (key, text, kind) => h('th', {
    scope: 'col', class: kind, 'aria-sort': key == by && (way == 'asc' ? 'ascending' : 'descending')
  }, h('a', { 'data-key': 'by ' + key, href: orderLink(panel, key, state) }, text))
  return h('tr', {},
    column('value', titleOfAll(property)),
    columnsOf(property, state, wide).map(({ key, text, kind }) => column(key, t(text), kind)),
    state.comparing && column('change', t('Change'), 'd'))
}

export const buildBreakdown = id => {
  const panel = byId(id)
  const controls = h('span', { class: 'tabs' })
  const caption = h('caption', { class: 'sr' })
  const head = h('thead')
  const body = h('tbody')
  const nothing = h('p', { class: 'nothing', hidden: true })
  const more = h('div', { class: 'more' }, '\u00a0')
  const skeleton = Array.from({ length: ROWS[id] }, () =>
    h('tr', {}, h('td', {}, h('i', { class: 'sk row' })), h('td'), h('td')))
  // As of the last answer, so that the column does not come and go
  let canCompare = true
  let converting = false
  let engaged = false
  let properties = []
  // Tabs of events that there have been, by site
  const found = new Set
  body.append(...skeleton)
  panel.querySelector('.ph').append(controls)
  panel.append(
    h('div', { class: 'rows', '--rows': id == 'goals' ? FEWEST_GOALS : ROWS[id] },
      h('table', { class: 't' }, caption, head, body), nothing),
    more)

  const tab = (property, pressed, text) => h('button', {
    'data-key': property, 'aria-pressed': pressed ? 'true' : 'false',
    onclick: () => go(link({ [id]: property == tabs[id][0] ? null : property }))
  }, t(text))

  const controlsOf = state => {
    const property = state.tabs[id]
    const campaign = isCampaign(property)
    const plain = tabs[id].filter(each => isOfGoals(each)
      ? each == 'goal' || each == property || found.has(state.site + each)
      : each == 'utm_campaign' || !isCampaign(each))
      .concat(properties.map(name => 'prop:' + name))
    replace(controls,
      campaign && h('select', {
        class: 'pick', 'aria-label': t('Campaign'), 'data-key': 'part',
        onchange: event => go(link({ [id]: event.target.value }))
      }, tabs[id].filter(isCampaign).map(each =>
        h('option', { value: each, selected: each == property }, t(PROPERTIES[each])))),
      plain.length > 1 && h('span', { class: 'seg', role: 'group', 'aria-label': t('Show') },
        plain.map(each => tab(each, each == property || campaign && isCampaign(each), labelOf(each)))))
  }

  return {
    id,
    mark: state => {
      const property = state.tabs[id]
      if (!state.converting) properties = []
      controlsOf(state)
      caption.textContent = titleOfAll(property)
      replace(head, headOf(property, { ...state, converting, engaged, comparing: state.comparing && canCompare }))
    },
    ask: state => {
      const property = state.tabs[id]
      const order = askedOrder(property, state)
      const answer = isOfGoals(property) ? askBreakdown(property, state, { limit: 100, order })
        : order ? askBreakdown(property, state, { limit: ROWS[id], order })
        : askTogether(property, state)
      return Promise.all([answer, askWhole(property, state),
        id == 'goals' && state.converting ? askProperties(state) : []])
    },
    show: ([{ results, total, comparison }, whole, names], loaded) => {
      const property = loaded.tabs[id]
      properties = names
      if (isOfGoals(property)) {
        panel.hidden = !results.length && !loaded.converting && property == 'goal'
        results.map(({ goal }) => trackedAs(goal)).filter(Boolean)
          .forEach(each => found.add(loaded.site + each))
        controlsOf(loaded)
      }
      canCompare = hasData(comparison)
      converting = loaded.converting
      engaged = isEngaged(results)
      const state = { ...loaded, whole, engaged, comparing: loaded.comparing && canCompare }
      replace(head, headOf(property, state))
      replace(body, rowsOf(property, results.slice(0, ROWS[id]), state))
      nothing.hidden = results.length > 0
      nothing.textContent = t('Nothing found')
      const rows = total ?? results.length
      replace(more,
        rows > ROWS[id] && h('a', { 'data-key': 'all', href: link({ all: id }) }, t('View all {0}', count(rows))),
        rows > 0 && h('button', {
          class: 'csv', 'data-key': 'csv', 'aria-label': t('Save as CSV') + ': ' + titleOfAll(property),
          onclick: async event => {
            const button = event.currentTarget
            button.disabled = true
            await saveList({ ...loaded, search: '' }, property, rows).catch(loaded.fail)
            button.disabled = false
          }
        }, 'CSV'),
        !rows && '\u00a0')
    }
  }
}
