// The metrics' cards, and the chart of the one that is chosen.
import { go, link } from './address.js'
import { get } from './api.js'
import { chart } from './chart.js'
import { byId, h, replace } from './dom.js'
import { change, changeText, clock, count, fullDay, hasData, monthName, point, short, span, tick } from './format.js'
import { t } from './language.js'
import { METRICS, metricsOf } from './metrics.js'
import { now } from './period.js'

const all = converting => metricsOf(converting).map(metric => metric.key).join()
const STEPS = { hour: 'Hour', date: 'Day', week: 'Week', month: 'Month' }
const MANY = 1e7

const card = ({ key, text, onclick }) => h(key ? 'button' : 'div',
  { class: 'kpi', 'data-key': key, 'aria-pressed': key && 'false', onclick },
  h('span', { class: 'l' }, t(text)),
  h('span', { class: 'v' }, h('i', { class: 'sk' })),
  h('span', { class: 'c' }))

export const askTotals = ({ question, converting }) =>
  get('stats/aggregate', { ...question, metrics: all(converting) })

export const buildOverview = () => {
  const cards = Object.fromEntries(METRICS.map(({ key, text }) => [key, card({
    key, text, onclick: () => go(link({ metric: key == 'visitors' ? null : key }))
  })]))
  const allTime = card({ text: 'All-time views' })
  let shown = null
  const drawing = chart(byId('chart'))
  byId('table').onclick = () => toggleTable()
  const fill = (element, value, title, below, hint = '') => {
    element.children[1].replaceChildren(value)
    element.children[1].title = title
    element.children[2].replaceChildren(...below)
    element.children[2].title = hint
  }

  return {
    askTotals,
    showTotals: ({ results, comparison }, { converting }) => {
      const hint = !comparison ? '' : !hasData(comparison)
        ? t('No data before {0}', fullDay(comparison.data_since))
        : t('Compared with {0}', span(comparison) +
          (comparison.until ? ', ' + clock(new Date(comparison.until)) : ''))
      for (const metric of metricsOf(converting)) {
        const { value, change: by, comparison_value: before } = results[metric.key]
        const written = metric.format(value)
        fill(cards[metric.key], value >= MANY ? short(value) : written, written,
          by == null ? [] : [change(by, metric), h('span', {}, t('from {0}', metric.format(before)))], hint)
      }
    },

    // By months: their sum, and the first month with a view
    askAllTime: ({ site, zone }) => get('stats/timeseries',
      { site_id: site, timezone: zone, period: 'all', interval: 'month', metrics: 'pageviews' }),
    showAllTime: ({ results }) => {
      const views = sumOf(results)
      const first = results.find(month => month.pageviews)
      fill(allTime, views >= MANY ? short(views) : count(views), count(views),
        first ? [t('since {0}', monthName(first.date))] : [])
    },

    // With all of what is compared: how it went on is seen beside what is still to come
    askChart: ({ question, interval, converting }) =>
      get('stats/timeseries',
        { ...question, to_date: question.compare && 'false', interval, metrics: all(converting) }),
    showChart: (answer, state) => showSeries(drawing, answer, state),

    // What needs no answer
    mark: state => {
      if (shown != state.converting) {
        shown = state.converting
        byId('cards').replaceChildren(...metricsOf(shown).map(({ key }) => cards[key]), allTime)
      }
      // Its place, before the first numbers; from then on it says what the chart shows
      if (state.range && !byId('legend').firstChild) {
        showLegend(state.range)
        if (state.compare != 'off') {
          byId('legend').append(h('span', { class: 'leg off' }, span(state.range)))
        }
      }
      // These two do not follow the filters
      const isFiltered = state.filters.length > 0
      byId('scope').hidden = !isFiltered
      allTime.firstChild.textContent = t('All-time views') + (isFiltered ? ' · ' + t('whole site') : '')
      for (const [key, element] of Object.entries(cards)) {
        element.setAttribute('aria-pressed', key == state.metric)
      }
      byId('table').setAttribute('aria-pressed', state.table)
      byId('chart').hidden = state.table
      byId('points').hidden = !state.table
      replace(byId('steps'), Object.keys(STEPS).filter(step => state.steps.includes(step)).map(step => h('button', {
        'data-key': step, 'aria-pressed': step == state.interval ? 'true' : 'false',
        onclick: () => go(link({ interval: step }))
      }, t(STEPS[step]))))
    }
  }
}

// Whether anything was counted
export const hasAny = ({ visitors, pageviews, events }) => !!(visitors.value || (pageviews || events).value)

export const sumOf = results => results.reduce((sum, { pageviews }) => sum + pageviews, 0)

export const toggleTable = () =>
  go(link({ view: byId('table').getAttribute('aria-pressed') == 'true' ? null : 'table' }))

const showLegend = (range, comparison) => replace(byId('legend'),
  h('span', { class: 'leg' }, span(range)),
  comparison && (hasData(comparison)
    ? h('span', { class: 'leg then' }, span(comparison))
    : h('span', {}, t('No data before {0}', fullDay(comparison.data_since)))))

// What a point lacks: it is still growing, or the period or the data begin or end within it
const lackOf = (result, interval, isNow) =>
  !result.partial ? '' : isNow ? t('so far') : t(interval == 'month' ? 'part of the month'
    : interval == 'week' ? 'part of the week' : 'partial')

const showSeries = (drawing, answer, { metric: key, period, range, interval }) => {
  const { results, comparison, data_since: since } = answer
  const metric = METRICS.find(each => each.key == key)
  const time = now()
  const compared = hasData(comparison) ? comparison : null
  const withinADay = period.name == 'day' && interval == 'hour'
  const last = results.findLastIndex(result => result.date <= time)
  // There is nothing before there is data, and nothing yet of what is still to come
  const isKnown = (result, k) =>
    k <= last && !(since && (results[k + 1]?.date || time).slice(0, 10) <= since)
  const points = results.map((result, k) => ({
    label: point(result.date, interval),
    short: tick(result.date, interval, withinADay),
    before: result.comparison && point(result.comparison.date, interval),
    value: isKnown(result, k) ? result[key] : null,
    compared: result.comparison?.[key],
    // What is still growing is not less for it
    change: isKnown(result, k) && !lackOf(result, interval, k == last) && changeText(result[key], result.comparison?.[key], metric),
    lack: lackOf(result, interval, k == last)
  }))
  const name = t(metric.text)
  drawing.set({
    points, name, format: metric.format, comparing: !!compared,
    axis: metric.seconds || metric.points ? metric.format : short,
    whole: metric.format == count,
    seconds: metric.seconds,
    fromStart: withinADay
  })
  byId('chart').setAttribute('aria-label', t('{0} ({1}). Arrow keys move through it.', name,
    t(STEPS[interval])))
  const ends = range || { from: results[0].date.slice(0, 10), to: time.slice(0, 10) }
  showLegend(ends, comparison)
  const highest = points.reduce((best, each) => each.value > best.value ? each : best, points[0])
  byId('summary').textContent = name + ', ' + span(ends) + '. ' +
    t('Highest: {0}, {1}.', highest.label, metric.format(highest.value))
  const labelOf = ({ label, lack }) => lack ? label + ' (' + lack + ')' : label
  replace(byId('points'), h('table', {},
    h('thead', {}, h('tr', {},
      h('th', { scope: 'col' }, t('Time')), h('th', { scope: 'col' }, name),
      compared && h('th', { scope: 'col' }, t('Before')))),
    h('tbody', {}, points.filter(each => each.value != null || each.compared != null).map(each =>
      h('tr', {},
        h('th', { scope: 'row' }, labelOf(each)), h('td', {}, metric.format(each.value)),
        compared && h('td', {}, metric.format(each.compared)))).reverse())))
}
