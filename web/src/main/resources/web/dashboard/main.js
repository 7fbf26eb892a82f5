// Puts the page together, and loads its numbers: when the address changes, and each minute.
import { correct, follow, onChange, shown, WHOLE } from './address.js'
import { buildAllSites } from './all-sites.js'
import { showAllValues } from './all-values.js'
import { get, incomplete, isSignedIn, leftOut, refresh, signIn, usedInstead } from './api.js'
import { buildBreakdown } from './breakdown.js'
import { buildBusyHours } from './busy-hours.js'
import { askToken, showCountdown, showEmpty, showIncomplete, showNothing, showTrouble } from './conditions.js'
import { byId } from './dom.js'
import { askFilter, showFilters } from './filter-bar.js'
import { apiFilters } from './filters.js'
import { clock, span, zone } from './format.js'
import { buildHeader, move, toggleCompare } from './header.js'
import { askBaseline, askRange, clearFilters, listenToKeys, showHelp } from './keys.js'
import { t, translatePage } from './language.js'
import { buildOnline } from './online.js'
import { metricsOf } from './metrics.js'
import { buildOverview, hasAny, sumOf, toggleTable } from './overview.js'
import { asked, rangeOf, stepsOf, titleOf } from './period.js'
import { shareSite } from './share.js'
import { saveChart, saveEverything } from './save.js'

const MINUTE_MILLIS = 60000
const LISTEN_MILLIS = 5000
// Kinds of problems that readers can mend
const EXPLAINED = ['invalid-query', 'too-many-requests']
const API_COMPARISONS = { previous: 'previous_period', year: 'year_over_year', custom: 'custom' }
const RETRY_SECONDS = [5, 10, 20, 40, 60]

translatePage()

let state = null
// Of the numbers on the page
let loadedAt = null
let loadedRange = null
let failures = 0
let timer = 0
let run = 0

// What the address says, and what follows from it
const read = () => {
  const address = shown()
  const range = rangeOf(address.period)
  const steps = stepsOf(address.period, range)
  const comparing = !!range && address.compare != 'off'
  const converting = address.filters.some(filter => filter.property == 'goal')
  const [first, ...others] = metricsOf(converting).map(metric => metric.key)
  return {
    ...address,
    fail,
    converting,
    metric: others.includes(address.metric) ? address.metric : first,
    range,
    zone,
    comparing,
    steps,
    interval: steps.includes(address.interval) ? address.interval : steps[0],
    question: {
      site_id: address.site,
      timezone: zone,
      ...asked(address.period),
      filters: apiFilters(address.filters),
      compare: comparing ? API_COMPARISONS[address.compare] : null,
      compare_date: address.compare == 'custom' && comparing ? address.before.from + ',' + address.before.to : null,
      match_day_of_week: comparing && address.compare != 'custom' && address.match == 'on' || null
    }
  }
}

const actions = {
  custom: () => askRange(state),
  baseline: () => askBaseline(state),
  help: showHelp,
  filter: () => state.site && askFilter(state),
  compare: () => toggleCompare(state),
  table: toggleTable,
  clear: () => clearFilters(state),
  move: direction => move(state, direction),
  share: () => shareSite(state).catch(fail),
  saveChart: () => saveChart(state).catch(fail),
  saveEverything: () => saveEverything(state).catch(fail)
}

const header = buildHeader(actions)
const overview = buildOverview()
const allSites = buildAllSites()
const online = buildOnline()
const breakdowns = ['pages', 'sources', 'countries', 'devices', 'goals'].map(buildBreakdown)
const busyHours = buildBusyHours()

const again = (millis, what) => {
  clearTimeout(timer)
  timer = setTimeout(what, millis)
}

// Shows what the address says; what is known already needs no request.
const show = async () => {
  const mine = ++run
  state = read()
  mark()
  byId('numbers').setAttribute('aria-busy', 'true')
  try {
    const sites = get('sites', { site_id: state.share && state.site })
    sites.catch(() => {})
    if (!state.site) {
      const [first, ...others] = (await sites).sites
      if (mine != run) return
      if (others.length) {
        showNothing(false)
        await allSites.show(state, () => mine == run)
      } else if (first) {
        correct({ site: first.site_id })
        state = read()
        mark()
      }
    }
    if (state.site) {
      allSites.hide()
      byId('numbers').hidden = !byId('empty').hidden
      await loadNumbers(mine, sites)
    }
    const known = await sites
    if (mine != run) return
    header.showSites(known.sites, state)
    if (!state.site && !known.sites.length) {
      byId('site').textContent = t('No site yet')
      showEmpty(true, null, known.collector)
    }
    succeed()
  } catch (error) {
    if (mine == run) fail(error)
  }
}

const mark = () => {
  const name = state.site || t('All sites')
  document.body.dataset.panel = state.panel || ''
  byId('online').hidden = state.only.length > 0
  document.title = [name, titleOf(state.period), 'VisitorCount'].join(' · ')
  byId('title').textContent = name + ', ' + titleOf(state.period)
  header.mark(state)
  overview.mark(state)
  breakdowns.forEach(panel => panel.mark(state))
  showFilters(state)
}

const loadNumbers = async (mine, sites) => {
  const totals = overview.askTotals(state)
  const allTime = overview.askAllTime(state)
  // Told of a whole site only
  const asking = state
  const whoIsThere = () => asking.only.length ? { views_by_minute: [] } : online.ask(asking)
  const isShown = panel => !state.panel || state.panel == WHOLE || state.panel == panel
  // A site without any view has a page of its own; any other shows its numbers as they come
  const isEmpty = totals.then(async ({ results }) => {
    if (hasAny(results)) return false
    const { results: months } = await allTime
    const { views_by_minute: minutes } = await whoIsThere()
    return !sumOf(months) && !minutes.some(Boolean)
  })
  // What fails is seen where it is waited for
  isEmpty.catch(() => {})
  const then = async (answer, put) => {
    const value = await answer
    if (!await isEmpty && mine == run) {
      showEmpty(false)
      put(value, state)
    }
  }
  const parts = [
    then(totals, overview.showTotals),
    isShown('chart') && then(overview.askChart(state), overview.showChart),
    then(allTime, overview.showAllTime),
    isShown('online') && !state.only.length && then(whoIsThere(), online.show),
    ...breakdowns.map(panel => isShown(panel.id) && then(panel.ask(state), panel.show)),
    isShown('hours') && then(busyHours.ask(state), busyHours.show)
  ]
  const complete = Promise.all(parts)
  // Whatever fails is seen below, and by then others may have failed as well
  complete.catch(() => {})
  const { results } = await totals
  const empty = await isEmpty
  if (mine != run) return
  if (empty) showEmpty(true, state.site, (await sites).collector)
  showNothing(!empty && state.filters.length > 0 && !hasAny(results))
  showAllValues(state)
  await complete
}

const showZone = () => {
  const used = usedInstead()
  byId('zone').textContent = used
    ? t('The server does not know the time zone {0} yet. Times in {1}.', zone, used.replace(/^(?=[+-])/, 'UTC'))
    : t('Times in {0}', zone)
}

const succeed = () => {
  showZone()
  failures = 0
  loadedAt = new Date
  loadedRange = state.range
  document.body.classList.add('loaded')
  byId('numbers').setAttribute('aria-busy', 'false')
  byId('updated').textContent = t('Updated {0}', clock(loadedAt))
  showTrouble(null)
  showIncomplete(incomplete(), leftOut())
  again(byId('empty').hidden ? MINUTE_MILLIS : LISTEN_MILLIS, look)
}

// The API explains itself in English only; another language has a text for the kind of problem.
const reasonOf = ({ type, message }) => t(type) == type ? message : t(type)

const fail = error => {
  byId('numbers').setAttribute('aria-busy', 'false')
  if (error.status == 401) {
    const wrong = isSignedIn()
    signIn(null)
    clearTimeout(timer)
    return askToken(wrong, state.share || state.panel, (token, keep) => {
      signIn(token, keep)
      show()
    })
  }
  showTrouble({
    of: loadedAt && [loadedRange ? span(loadedRange) : t('All time'), clock(loadedAt)],
    reason: EXPLAINED.includes(error.type) ? reasonOf(error) : '',
    retry: reload
  })
  countDown(RETRY_SECONDS[Math.min(failures++, RETRY_SECONDS.length - 1)])
}

const countDown = seconds => {
  showCountdown(seconds)
  if (seconds > 0) again(1000, () => countDown(seconds - 1))
  else reload()
}

const reload = () => {
  clearTimeout(timer)
  refresh()
  show()
}

// Each minute, while somebody looks
const look = () => document.visibilityState == 'visible' && reload()

document.addEventListener('visibilitychange', () => {
  if (loadedAt && Date.now() - loadedAt >= (byId('empty').hidden ? MINUTE_MILLIS : LISTEN_MILLIS)) look()
})
document.addEventListener('click', follow)
onChange(show)
allSites.listen(show)
listenToKeys(actions)
showZone()
show()
