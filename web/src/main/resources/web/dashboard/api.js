// The statistics API: one answer for each question until the next refresh.
import { kept } from './dom.js'
import { shown } from './address.js'
import { apiFilters } from './filters.js'
import { utcOffset } from './format.js'

const PATIENCE_MILLIS = 30000

// In a frame of another page nobody acts as the owner.
const isFramed = !!shown().panel || self != top
let token = isFramed ? null : kept('sessionStorage', 'token') || kept('localStorage', 'token')
let answers = new Map
// UTC days of which the server could not read everything
let incompleteDays = new Set
export const incomplete = () => [...incompleteDays].sort()

// the answer that leaves out most days, of which only totals are known
let mostLeftOut = null
export const leftOut = () => mostLeftOut

// What the server took for a time zone that it does not know; null where it knows it
let zoneInstead = null
export const usedInstead = () => zoneInstead

export class Refusal extends Error {
  constructor(status, { type, detail, title }) {
    super(detail || title || '')
    this.status = status
    this.type = String(type).split(':').pop()
  }
}

// keep: beyond this tab
export const signIn = (value, keep) => {
  token = value
  kept('sessionStorage', 'token', value)
  kept('localStorage', 'token', keep ? value : null)
  refresh()
}
export const isSignedIn = () => !!token

export const refresh = () => {
  answers = new Map
  incompleteDays = new Set
  mostLeftOut = null
}

const address = (path, parameters) => {
  const url = new URL('../api/v1/' + path, location.href)
  for (const [name, value] of Object.entries(parameters)) {
    if (value != null && value !== '') url.searchParams.set(name, value)
  }
  // In place of a zone that is newer than the server
  if (parameters.timezone) url.searchParams.set('utc_offset', utcOffset(new Date))
  const { share, only } = shown()
  if (share) url.searchParams.set('share', share)
  if (only.length) url.searchParams.set('share_filters', apiFilters(only))
  return url
}

const ask = async (url, method = 'GET') => {
  const response = await fetch(url, {
    method,
    headers: token ? { authorization: 'Bearer ' + token } : {},
    signal: AbortSignal.timeout(PATIENCE_MILLIS)
  })
  if (response.ok) return response
  const problem = await response.json().catch(() => ({}))
  throw new Refusal(response.status, problem)
}

export const get = (path, parameters = {}) => {
  const url = address(path, parameters)
  const known = answers
  if (!known.has(url.href)) {
    const answer = ask(url).then(response => response.json())
    answer.then(({ timezone, incomplete_days: days = [], left_out: without }) => {
      if (timezone) zoneInstead = timezone
      if (known != answers) return
      days.forEach(day => incompleteDays.add(day))
      if (without && !(without.days <= mostLeftOut?.days)) mostLeftOut = without
    }, () => {})
    answer.catch(() => known.delete(url.href))
    known.set(url.href, answer)
  }
  return known.get(url.href)
}

// What is known of it no longer holds
export const forget = async (path, parameters) => {
  await ask(address(path, parameters), 'DELETE')
  refresh()
}

export const download = async (path, parameters) =>
  (await ask(address(path, { ...parameters, format: 'csv' }))).blob()
