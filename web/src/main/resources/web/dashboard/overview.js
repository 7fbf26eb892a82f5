// The metrics' cards, and the chart of the one that is chosen.
import { go, link } from './address.js'
import { get } from './api.js'
import { chart } from './chart.js'
import { byId, h, replace } from './dom.js'
import { change, count, monthName, point, short, span, tick } from './format.js'
import { t } from './language.js'
import { METRICS } from './metrics.js'
import { comparedTo, now, stepsOf, today } from './period.js'

const ALL = METRICS.map(metric => metric.key).join()
const STEPS = { hour: 'Hour', date: 'Day', week: 'Week', month: 'Month' }
const MANY = 1e7

const card = ({ key, text, onclick }) => h(key ? 'button' : 'div',
  { class: 'kpi', 'data-key': key, 'aria-pressed': key && 'false', onclick },
  h('span', { class: 'l' }, t(text)),
  h('span', { class: 'v' }, h('i', { class: 'sk' })),
  h('span', { class: 'c' }))

export const buildOverview = () => {
  const cards = Object.fromEntries(METRICS.map(({ key, text }) => [key, card({
    key, text, onclick: () => go(link({ metric: key == 'visitors' ? null : key }))
  })]))
  const allTime = card({ text: 'All-time views' })
  byId('cards').append(...Object.values(cards), allTime)
  const drawing = chart(byId('chart'))
  byId('table').onclick = () => toggleTable()
  const fill = (element, value, title, below, hint = '') => {
    element.children[1].replaceChildren(value)
    element.children[1].title = title
    element.children[2].replaceChildren(...below)
    element.children[2].title = hint
  }

  return {
    askTotals: ({ question }) => get('stats/aggregate', { ...question, metrics: ALL }),
    showTotals: ({ results }, { range }) => {
      const until = range?.to == today() ? t('until the same time of day') : ''
      for (const metric of METRICS) {
        const { value, change: by, comparison_value: before } = results[metric.key]
        const written = metric.format(value)
        fill(cards[metric.key], value >= MANY ? short(value) : written, written,
          by == null ? [] : [change(by, metric), ' ' + t('from {0}', metric.format(before))], until)
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
    askChart: ({ question, interval }) =>
      get('stats/timeseries', { ...question, to_date: null, interval, metrics: ALL }),
    showChart: (answer, state) => showSeries(drawing, answer.results, state),

    // What needs no answer
    mark: state => {
      // Its place, before the first numbers; from then on it says what the chart shows
      if (state.range && !byId('legend').firstChild) {
        showLegend(state.range, comparedTo(state.range, state.compare))
      }
      for (const [key, element] of Object.entries(cards)) {
        element.setAttribute('aria-pressed', key == state.metric)
      }
      byId('table').setAttribute('aria-pressed', state.table)
      byId('chart').hidden = state.table
      byId('points').hidden = !state.table
      const steps = stepsOf(state.range)
      replace(byId('steps'), Object.keys(STEPS).filter(step => steps.includes(step)).map(step => h('button', {
        'data-key': step, 'aria-pressed': step == state.interval ? 'true' : 'false',
        onclick: () => go(link({ interval: step }))
      }, t(STEPS[step]))))
    }
  }
}

export const sumOf = results => results.reduce((sum, { pageviews }) => sum + pageviews, 0)

export const toggleTable = () =>
  go(link({ view: byId('table').getAttribute('aria-pressed') == 'true' ? null : 'table' }))

const showLegend = (range, compared) => replace(byId('legend'),
  h('span', { class: 'leg' }, span(range)),
  compared && h('span', { class: 'leg then' }, span(compared)))

const showSeries = (drawing, results, { metric: key, range, interval, compare }) => {
  const metric = METRICS.find(each => each.key == key)
  const time = now()
  const until = range ? range.to : time.slice(0, 10)
  const compared = comparedTo(range, compare)
  const withinADay = range?.from == range?.to && interval == 'hour'
  const points = results.map(result => ({
    label: point(result.date, interval),
    short: tick(result.date, interval, withinADay),
    before: result.comparison && point(result.comparison.date, interval),
    value: result.date > time ? null : result[key],
    compared: result.comparison?.[key]
  }))
  const name = t(metric.text)
  drawing.set({
    points, name, format: metric.format, comparing: !!compared,
    axis: metric.key == 'visit_duration' || metric.points ? metric.format : short,
    partial: until >= time.slice(0, 10),
    whole: metric.format == count
  })
  byId('chart').setAttribute('aria-label', t('{0} ({1}). Arrow keys move through it.', name,
    t(STEPS[interval])))
  const reached = results.filter(result => result.date <= time)
  const ends = range || { from: reached[0].date.slice(0, 10), to: until }
  showLegend(ends, compared)
  const highest = points.reduce((best, each) => each.value > best.value ? each : best, points[0])
  byId('summary').textContent = name + ', ' + span(ends) + '. ' +
    t('Highest: {0}, {1}.', highest.label, metric.format(highest.value))
  replace(byId('points'), h('table', {},
    h('thead', {}, h('tr', {},
      h('th', { scope: 'col' }, t('Time')), h('th', { scope: 'col' }, name),
      compared && h('th', { scope: 'col' }, t('Before')))),
    h('tbody', {}, points.filter(each => each.value != null || each.compared != null).map(each =>
      h('tr', {},
        h('th', { scope: 'row' }, each.label), h('td', {}, metric.format(each.value)),
        compared && h('td', {}, metric.format(each.compared)))).reverse())))
}
