// What an owner of several sites sees first: each with its visitors, their course, and who is there.
import { correct, link } from './address.js'
import { get } from './api.js'
import { PAUSE_MILLIS } from './dialog.js'
import { byId, foreign, h, replace, svg } from './dom.js'
import { change, count } from './format.js'
import { t } from './language.js'

// As many as the API puts into one answer
const PAGE_SITES = 50
const FEWEST_TO_SEARCH = 7
const WIDTH = 100
const HEIGHT = 30

const sparkLine = points => {
  const most = Math.max(1, ...points)
  const end = Math.max(1, points.length - 1)
  const spots = (points.length > 1 ? points : [0, 0]).map((value, k) =>
    [Math.round(k / end * WIDTH * 10) / 10, Math.round((HEIGHT - 2 - value / most * (HEIGHT - 4)) * 10) / 10])
  return svg('svg', { class: 'spark', viewBox: [0, 0, WIDTH, HEIGHT], preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('path', { d: 'M0 ' + HEIGHT + 'L' + spots.join(' ') + 'V' + HEIGHT + 'Z', class: 'area' }),
    svg('path', { d: 'M' + spots.join('L'), class: 'line' }))
}

const siteCard = ({ site_id: site, visitors, change: by, online, points }, { comparing }) =>
  h('li', {}, h('a', {
    class: 'card site', 'data-key': site,
    href: link({ site, f: null, all: null, search: null, page: null })
  },
  h('span', { class: 'name' }, foreign(site),
    online > 0 && h('span', { class: 'live' }, h('span', { class: 'pulse' }), t('{0} online', count(online)))),
  h('span', { class: 'v' }, count(visitors), h('span', { class: 'sr' }, ' ' + t('Visitors'))),
  h('span', { class: 'c' }, comparing && by != null ? change(by) : '\u00a0'),
  sparkLine(points)))

export const buildAllSites = () => {
  const box = byId('all-sites')
  const list = h('ul', { class: 'sites' })
  const status = h('p', { role: 'status', class: 'hint' })
  const pager = h('nav', { class: 'pager', 'aria-label': t('Sites') })
  const search = h('input', {
    type: 'search', class: 'search', placeholder: t('Search'), 'aria-label': t('Search'), maxlength: 200
  })
  const tools = h('p', { class: 'tools', hidden: true }, search)
  box.append(tools, list, status, pager)

  const load = async (state, isWanted) => {
    const { results, total } = await get('sites/overview',
      { ...state.question, site_id: null, filters: null, search: state.search, limit: PAGE_SITES, page: state.page })
    if (!isWanted()) return
    if (document.activeElement != search) search.value = state.search
    tools.hidden = total < FEWEST_TO_SEARCH && !state.search
    const sites = total > results.length ? results : [...results].sort((a, b) => b.visitors - a.visitors)
    replace(list, sites.map(site => siteCard(site, state)))
    status.textContent = total ? '' : t('Nothing found')
    const pages = Math.max(1, Math.ceil(total / PAGE_SITES))
    const turn = (page, text) => page > 0 && page <= pages
      ? h('a', { class: 'btn small', 'data-key': text, href: link({ page: page > 1 ? page : null }) }, t(text))
      : h('span', { class: 'btn small off' }, t(text))
    replace(pager, pages > 1 && [
      turn(state.page - 1, 'Back'),
      h('span', {}, t('Page {0} of {1}', count(state.page), count(pages))),
      turn(state.page + 1, 'Next')])
  }

  let pause
  return {
    listen: changed => {
      search.oninput = () => {
        clearTimeout(pause)
        pause = setTimeout(() => {
          correct({ search: search.value || null, page: null })
          changed()
        }, PAUSE_MILLIS)
      }
    },
    hide: () => {
      box.hidden = true
    },
    show: async (state, isWanted) => {
      box.hidden = false
      byId('empty').hidden = byId('numbers').hidden = true
      await load(state, isWanted)
    }
  }
}
