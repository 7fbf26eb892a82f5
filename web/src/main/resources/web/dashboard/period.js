// Which days: periods by name, as first and last day, earlier and later. A day is 2026-11-24.
import { t } from './language.js'
import { monthName, span, utc } from './format.js'

export const PERIODS = [
  { name: 'day', text: 'Today', key: 'D' },
  { name: 'day', text: 'Yesterday', key: 'E', back: 1 },
  null,
  { name: '7d', text: 'Last 7 days', key: 'W' },
  { name: '28d', text: 'Last 28 days' },
  { name: '30d', text: 'Last 30 days', key: 'M' },
  { name: '90d', text: 'Last 90 days', key: 'Q' },
  null,
  { name: 'month', text: 'This month', key: 'N' },
  { name: 'month', text: 'Last month', key: 'P', monthsBack: 1 },
  { name: '12mo', text: 'Last 12 months', key: 'L' },
  { name: 'all', text: 'All time', key: 'A' }
]

const DAYS = { day: 1, '7d': 7, '28d': 28, '30d': 30, '90d': 90, '91d': 91 }
const MILLIS_OF_A_DAY = 864e5
const iso = date => date.toISOString().slice(0, 10)

export const isDay = text => /^\d{4}-\d\d-\d\d$/.test(text) && utc(text) > 0 && iso(utc(text)) == text
export const daysAfter = (day, days) => iso(new Date(+utc(day) + days * MILLIS_OF_A_DAY))
export const daysBetween = (from, to) => Math.round((utc(to) - utc(from)) / MILLIS_OF_A_DAY)

// The first day of the month so many months after a day's
const monthStart = (day, months = 0) => {
  const date = utc(day)
  return iso(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months)))
}
const monthEnd = day => daysAfter(monthStart(day, 1), -1)
const earlier = (a, b) => a < b ? a : b

export const now = () => {
  const date = new Date
  const local = new Date(date - date.getTimezoneOffset() * 60000).toISOString()
  return local.slice(0, 10) + ' ' + local.slice(11, 19)
}
export const today = () => now().slice(0, 10)

// First and last day; null: all there are. A period ends today, or with the day of its date.
export const rangeOf = ({ name, date, from, to }) => {
  const last = date || today()
  const days = DAYS[name]
  if (days) return { from: daysAfter(last, 1 - days), to: last }
  if (name == 'month') return { from: monthStart(last), to: earlier(monthEnd(last), today()) }
  if (name == '12mo') return { from: monthStart(last, -11), to: earlier(monthEnd(last), today()) }
  return name == 'custom' ? { from, to } : null
}

export const lengthOf = range => daysBetween(range.from, range.to) + 1

export const dateOf = choice =>
  choice.back ? daysAfter(today(), -choice.back)
  : choice.monthsBack ? monthStart(today(), -choice.monthsBack)
  : null

// The period before (-1) or after (1) this one; null where there is none.
export const neighbour = (period, direction) => {
  const range = rangeOf(period)
  if (!range || direction > 0 && range.to >= today()) return null
  if (period.name == 'custom') {
    const days = lengthOf(range) * direction
    const to = earlier(daysAfter(range.to, days), today())
    return { name: 'custom', from: daysAfter(range.from, days), to }
  }
  const months = { month: 1, '12mo': 12 }[period.name]
  const date = months
    ? monthStart(period.date || today(), months * direction)
    : daysAfter(range.to, lengthOf(range) * direction)
  return { name: period.name, date: (months ? monthEnd(date) : date) >= today() ? null : date }
}

// The parameters by which the API knows it
export const asked = ({ name, date, from, to }) =>
  ({ period: name, date: name == 'custom' ? from + ',' + to : date })

// Mondays beside Mondays, where it is weeks that people look at
export const matchesWeekdays = ({ name }) => name != 'day' && name in DAYS

// The steps that a chart of it can have, the usual one first. A month is drawn to its end.
export const stepsOf = ({ name }, range) => {
  const days = !range ? Infinity : name == 'month' ? 31 : lengthOf(range)
  if (days == 1) return ['hour']
  if (days <= 13) return ['date', 'hour']
  if (days <= 60) return ['date', 'hour', 'week']
  if (days <= 120) return ['date', 'week', 'month']
  return days <= 1500 ? ['month', 'date', 'week'] : ['month', 'week']
}

export const isNamed = period =>
  PERIODS.find(each => each && each.name == period.name && isSame(dateOf(each), period))

export const titleOf = period => {
  const named = isNamed(period)
  if (named) return t(named.text)
  return period.name == 'month' ? monthName(period.date) : span(rangeOf(period))
}
const isSame = (date, period) =>
  date == null ? !period.date || period.date == today()
  : period.date != null && rangeOf({ ...period, date }).from == rangeOf(period).from
