// When visitors come: the hours of the period, folded by weekday and hour.
import { get } from './api.js'
import { byId, h } from './dom.js'
import { count, weekdayName } from './format.js'
import { locale, t } from './language.js'
import { daysAfter, daysBetween, today } from './period.js'

const MAX_DAYS = 60
// A Monday
const MONDAY = '2024-01-01'
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

// 1 is Monday, 7 Sunday
const firstWeekday = () => {
  const tag = new Intl.Locale(locale)
  return (tag.getWeekInfo?.() || tag.weekInfo || { firstDay: 1 }).firstDay
}

export const buildBusyHours = () => {
  const box = byId('hours-grid')
  const days = Array.from({ length: 7 }, (_, k) => (firstWeekday() - 1 + k) % 7)
  const cells = days.map(() => HOURS.map(() => h('i')))
  box.append(h('span'), ...HOURS.map((hour, k) => h('span', { class: 'hh' }, k % 6 ? '' : hour)),
    ...days.flatMap((day, k) => [h('span', {}, weekdayName(daysAfter(MONDAY, day))), ...cells[k]]))

  return {
    ask: ({ question, range, site, zone }) => {
      const to = range ? range.to : today()
      const from = range && daysBetween(range.from, to) < MAX_DAYS
        ? range.from : daysAfter(to, 1 - MAX_DAYS)
      return get('stats/timeseries', {
        site_id: site, timezone: zone, filters: question.filters,
        period: 'custom', date: from + ',' + to, interval: 'hour', metrics: 'visitors'
      })
    },
    show: ({ results }) => {
      const sums = days.map(() => HOURS.map(() => 0))
      for (const { date, visitors } of results) {
        const weekday = (daysBetween(MONDAY, date.slice(0, 10)) % 7 + 7) % 7
        sums[days.indexOf(weekday)][+date.slice(11, 13)] += visitors
      }
      const most = Math.max(1, ...sums.flat())
      let best = [0, 0]
      sums.forEach((row, day) => row.forEach((sum, hour) => {
        if (sum > sums[best[0]][best[1]]) best = [day, hour]
        const cell = cells[day][hour]
        cell.style.setProperty('--h', Math.round(sum / most * 100))
        cell.title = nameOfHour(days[day], hour) + ': ' + count(sum)
      }))
      const [day, hour] = best
      box.setAttribute('aria-label',
        t('Highest: {0}, {1}.', nameOfHour(days[day], hour), count(sums[day][hour])))
    }
  }
}

const nameOfHour = (weekday, hour) =>
  weekdayName(daysAfter(MONDAY, weekday)) + ' ' + HOURS[hour] + ':00'
