// Who is there now: the last five minutes, and the views of the last thirty by minute.
import { filterLink } from './address.js'
import { get } from './api.js'
import { openLink } from './breakdown.js'
import { byId, foreign, h, replace } from './dom.js'
import { count } from './format.js'
import { exactly } from './filters.js'
import { t } from './language.js'

export const buildOnline = () => {
  byId('minutes').append(...Array.from({ length: 30 }, () => h('i')))
  return {
    ask: ({ site }) => get('stats/realtime', { site_id: site }),
    show: ({ visitors, views_by_minute: views, pages }, { site }) => {
      byId('visitors-now').textContent = count(visitors)
      const most = Math.max(1, ...views)
      views.slice(-30).forEach((value, k) =>
        byId('minutes').children[k].style.setProperty('height', value / most * 100 + '%'))
      byId('minutes').setAttribute('aria-label',
        t('Page views per minute, last 30 minutes: at most {0}', count(Math.max(...views))))
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
