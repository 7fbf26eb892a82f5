// Numbers, dates and names as the reader writes them.
import { locale, t } from './language.js'
import { h } from './dom.js'

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

// Of a moment in the reader's zone, as -03:00
export const utcOffset = date => {
  const minutes = -date.getTimezoneOffset()
  const two = number => String(Math.trunc(number)).padStart(2, '0')
  return (minutes < 0 ? '-' : '+') + two(Math.abs(minutes) / 60) + ':' + two(Math.abs(minutes) % 60)
}

const formats = new Map()
const number = (value, options) => {
  const key = JSON.stringify(options)
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(locale, options))
  return formats.get(key).format(value)
}

const known = format => value => value == null ? '–' : format(value)

export const count = known(value => number(value, {}))
export const ratio = known(value => number(value, { maximumFractionDigits: 2 }))
export const percent = known(value => number(value / 100, { style: 'percent' }))
export const rate = known(value => number(value / 100, { style: 'percent', maximumFractionDigits: 1 }))
export const share = part => number(part, { style: 'percent', maximumFractionDigits: part < 0.0995 ? 1 : 0 })
export const short = value =>
  value < 10000 ? ratio(value) : number(value, { notation: 'compact', maximumFractionDigits: 1 })

const unit = (value, name) => number(value, { style: 'unit', unit: name, unitDisplay: 'narrow' })
export const duration = known(seconds => {
  const whole = Math.round(seconds)
  if (whole < 60) return unit(whole, 'second')
  const parts = [unit(Math.floor(whole / 60), 'minute')]
  if (whole % 60) parts.push(unit(whole % 60, 'second'))
  return parts.join(' ')
})

const plurals = new Intl.PluralRules(locale)
// Percentage points, such as 1 pt and 2 pts
const pointsText = (value, signDisplay = 'auto') => {
  const written = number(value, { signDisplay, maximumFractionDigits: 1 })
  return t(plurals.select(Math.abs(value)) == 'one' ? '{0} pt' : '{0} pts', written)
}

// Better or worse by so many percent (or points): by sign, word and colour
export const change = (value, { points = false, lowerIsBetter = false } = {}) => {
  if (value == null) return h('span', {}, t('new'))
  const up = value > 0
  const kind = value == 0 ? '' : up != lowerIsBetter ? 'up' : 'down'
  const amount = points ? pointsText(Math.abs(value)) : percent(Math.abs(value))
  if (value == 0) return h('span', {}, amount)
  return h('span', { class: kind },
    h('span', { 'aria-hidden': 'true' }, up ? '▲' : '▼'),
    h('span', { class: 'sr' }, up ? t('up') : t('down')), ' ' + amount)
}

// The same as a plain text, from two numbers; empty where there is nothing to compare with
export const changeText = (now, before, { points } = {}) =>
  now == null || before == null || !points && !before ? ''
  : points ? pointsText(now - before, 'exceptZero')
  : number(now / before - 1, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 })

// A date of the API, 2026-11-24 or 2026-11-24 13:00:00, is a local one: here it is taken for UTC's,
// since no zone's gaps are in that.
export const utc = text => new Date(text.replace(' ', 'T') + (text.length > 10 ? 'Z' : 'T00:00Z'))

const dates = new Map()
const date = options => {
  const key = JSON.stringify(options)
  if (!dates.has(key)) {
    dates.set(key, new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }))
  }
  return dates.get(key)
}

const SHORT_DAY = { day: 'numeric', month: 'short' }
const DAY = { weekday: 'short', ...SHORT_DAY }
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const MONTH = { month: 'short', year: 'numeric' }

export const monthName = text => date(MONTH).format(utc(text))
export const weekdayName = text => date({ weekday: 'short' }).format(utc(text))
export const fullDay = text => date({ ...SHORT_DAY, year: 'numeric' }).format(utc(text))

export const point = (text, interval) =>
  interval == 'month' ? monthName(text)
  : interval == 'week' ? t('Week of {0}', date(SHORT_DAY).format(utc(text)))
  : interval == 'hour' ? date({ ...DAY, ...TIME }).format(utc(text))
  : date(DAY).format(utc(text))

export const tick = (text, interval, withinADay) =>
  date(interval == 'month' ? MONTH : withinADay ? TIME : SHORT_DAY).format(utc(text))

export const span = ({ from, to }) => {
  const year = from.slice(0, 4) == new Date().getFullYear() && from.slice(0, 4) == to.slice(0, 4)
  return date(year ? SHORT_DAY : { ...SHORT_DAY, year: 'numeric' }).formatRange(utc(from), utc(to))
}

// Whether there was data in any of the days that were compared
export const hasData = comparison => !(comparison?.data_since > comparison?.to)

export const clock = instant => new Intl.DateTimeFormat(locale, TIME).format(instant)

const regions = new Intl.DisplayNames(locale, { type: 'region' })

// What a value of a property is called. It may be any text.
export const nameOf = (property, value) => {
  if (property == 'country' && /^[A-Z]{2}$/.test(value)) return regions.of(value)
  const names = { device: SIZES, channel: CHANNELS }[property] || ['Direct / None', '(none)']
  return value == 'Unknown' || names.includes(value) ? t(value) : value
}
const SIZES = ['Mobile', 'Tablet', 'Laptop', 'Desktop', 'TV']
const CHANNELS = [
  'Direct', 'Organic Search', 'Paid Search', 'Organic Social', 'Paid Social', 'Organic Video', 'Paid Video',
  'Organic Shopping', 'Paid Shopping', 'Paid Other', 'Cross-network', 'Display', 'Email', 'AI Assistants', 'Affiliates',
  'Audio', 'SMS', 'Mobile Push Notifications', 'Referral'
]
