// Who is there now: the last five minutes, and the views of the last thirty by minute.
import { filterLink } from './address.js'
import { get } from './api.js'
import { openLink } from './breakdown.js'
import { readable } from './cells.js'
import { byId, foreign, h, replace } from './dom.js'
import { count } from './format.js'
import { exactly } from './filters.js'
import { t } from './language.js'

const MINUTES = 30

export const buildOnline = () => {
  const cells = Array.from({ length: MINUTES }, () => h('td', {}, h('i')))
  const set = readable(byId('minutes'), [cells], byId('minute-now'))
  byId('minutes').append(h('caption', { class: 'sr' }, t('Page views per minute')), h('tbody', {}, h('tr', {}, cells)))
  return {
    ask: ({ site }) => get('stats/realtime', { site_id: site }),
    show: ({ visitors, views_by_minute: views, pages }, { site }) => {
      byId('visitors-now').textContent = count(visitors)
      const most = Math.max(1, ...views)
      views.slice(-MINUTES).forEach((value, k) => {
        cells[k].style.setProperty('--h', value / most)
        const text = t('{0} min ago: {1}', MINUTES - 1 - k, count(value))
        set(cells[k], text, text)
      })
      byId('pages-now').parentNode.hidden = !pages.length
      const first = pages[0]?.visitors
      replace(byId('pages-now'), pages.map(page => h('tr', {},
        h('td', {}, h('a', {
          class: 'row', 'data-key': page.page,
          '--w': page.visitors / first * 100 + '%', href: filterLink(exactly('page', page.page))
        }, foreign(page.page)), openLink('page', page.page, site)),
        h('td', {}, count(page.visitors)))))
    }
  }
}
