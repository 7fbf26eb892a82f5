// When visitors come: the hours of the period, folded by weekday and hour.
import { get } from './api.js'
import { readable } from './cells.js'
import { byId, h, replace } from './dom.js'
import { count, span, weekdayName } from './format.js'
import { locale, t } from './language.js'
import { daysAfter, daysBetween, today } from './period.js'

// Fewer weeks would be about single days, more take too long to read
const FEWEST_DAYS = 28
const MAX_DAYS = 60
// A Monday
const MONDAY = '2024-01-01'
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

// 1 is Monday, 7 Sunday
const firstWeekday = () => {
  const tag = new Intl.Locale(locale)
  return (tag.getWeekInfo?.() || tag.weekInfo || { firstDay: 1 }).firstDay
}

const rangeOfHours = range => {
  const to = range ? range.to : today()
  const days = range ? daysBetween(range.from, to) + 1 : MAX_DAYS
  return { from: daysAfter(to, 1 - Math.min(MAX_DAYS, Math.max(FEWEST_DAYS, days))), to }
}

export const buildBusyHours = () => {
  const days = Array.from({ length: 7 }, (_, k) => (firstWeekday() - 1 + k) % 7)
  const cells = days.map(() => HOURS.map(() => h('td')))
  const set = readable(byId('hours-grid'), cells, byId('hours-now'))
  replace(byId('hours-grid'), h('caption', { class: 'sr' }, t('Busy hours')),
    h('thead', {}, h('tr', {}, h('td'), HOURS.map((hour, k) =>
      h('th', { scope: 'col' }, h('span', { class: k % 6 ? 'sr' : '' }, hour))))),
    h('tbody', {}, days.map((day, k) =>
      h('tr', {}, h('th', { scope: 'row' }, weekdayName(daysAfter(MONDAY, day))), cells[k]))))

  return {
    ask: ({ question, range, site, zone }) => {
      const { from, to } = rangeOfHours(range)
      return get('stats/timeseries', {
        site_id: site, timezone: zone, filters: question.filters,
        period: 'custom', date: from + ',' + to, interval: 'hour', metrics: 'visitors'
      })
    },
    show: ({ results }, { range }) => {
      const sums = days.map(() => HOURS.map(() => 0))
      for (const { date, visitors } of results) {
        const weekday = (daysBetween(MONDAY, date.slice(0, 10)) % 7 + 7) % 7
        sums[days.indexOf(weekday)][+date.slice(11, 13)] += visitors
      }
      const most = Math.max(1, ...sums.flat())
      sums.forEach((row, day) => row.forEach((sum, hour) => {
        const cell = cells[day][hour]
        cell.style.setProperty('--h', Math.round(sum / most * 100))
        set(cell, nameOfHour(days[day], hour) + ': ' + count(sum), count(sum))
      }))
      byId('hours-range').textContent = span(rangeOfHours(range))
    }
  }
}

const nameOfHour = (weekday, hour) =>
  weekdayName(daysAfter(MONDAY, weekday)) + ' ' + HOURS[hour] + ':00'
