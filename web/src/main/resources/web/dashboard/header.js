// The line at the top: site, filter, period, comparison, colours, and more.
import { go, link, periodLink } from './address.js'
import { isSignedIn, signIn } from './api.js'
import { byId, h, kept, replace } from './dom.js'
import { dontCount } from './dont-count.js'
import { span } from './format.js'
import { t } from './language.js'
import { dateOf, isNamed, neighbour, PERIODS, rangeOf, titleOf } from './period.js'

// More of them are found by the search in the list of all
const MOST_SITES = 100
const COMPARISONS = { previous: 'previous period', year: 'year before', off: 'No comparison' }

const choice = (text, href, chosen, key) => h('a', {
  href, 'data-key': text, 'aria-current': chosen && 'true'
}, h('span', {}, text), key && h('kbd', {}, key))

export const periodOf = key => {
  const found = PERIODS.find(each => each?.key == key)
  return found && { name: found.name, date: dateOf(found) }
}

export const move = (state, direction) => {
  const period = neighbour(state.period, direction)
  if (period) go(periodLink(period))
}

export const toggleCompare = state =>
  go(link({ compare: state.compare == 'off' ? null : 'off' }))

export const closeMenus = except => {
  let closed = false
  for (const menu of document.querySelectorAll('details[open]')) {
    if (menu == except) continue
    const focused = menu.contains(document.activeElement)
    menu.open = false
    if (focused) menu.querySelector('summary').focus()
    closed = true
  }
  return closed
}

// As in menus of the system, one press opens a menu, moves to an entry and lets go of it there
let isPressed = false
const listenToPresses = menu => {
  const summary = menu.querySelector('summary')
  summary.addEventListener('pointerdown', event => {
    isPressed = event.pointerType == 'mouse' && !event.button && !menu.open
    if (isPressed) menu.open = true
  })
  // It would be closed again
  summary.addEventListener('click', event => isPressed && event.preventDefault())
  menu.addEventListener('pointerup', event => {
    if (isPressed) event.target.closest('.menu a, .menu button')?.click()
  })
}

const isDark = () => {
  const { theme } = document.documentElement.dataset
  return theme ? theme == 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

const switchTheme = () => {
  const next = isDark() ? 'light' : 'dark'
  document.documentElement.dataset.theme = next
  kept('localStorage', 'theme', next)
}

export const buildHeader = actions => {
  const theme = kept('localStorage', 'theme')
  if (theme == 'light' || theme == 'dark') document.documentElement.dataset.theme = theme
  byId('theme').onclick = switchTheme
  byId('filter').onclick = actions.filter
  byId('earlier').onclick = () => actions.move(-1)
  byId('later').onclick = () => actions.move(1)
  for (const menu of document.querySelectorAll('details')) {
    listenToPresses(menu)
    menu.addEventListener('toggle', () => menu.open && closeMenus(menu))
    menu.addEventListener('keydown', event => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (!by || !menu.open) return
      event.preventDefault()
      const items = [...menu.querySelectorAll('summary, .menu a, .menu button')]
      items.at((items.indexOf(document.activeElement) + by) % items.length).focus()
    })
    menu.addEventListener('focusout', event => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false
    })
  }
  document.addEventListener('pointerup', () => setTimeout(() => {
    isPressed = false
  }))
  document.addEventListener('click', event => {
    const inside = event.target.closest('details')
    closeMenus(event.target.closest('.menu a, .menu button') ? null : inside)
  })

  return {
    showSites: (sites, state) => {
      const of = site => link({ site, f: null, all: null, search: null, page: null })
      replace(byId('site-list'),
        sites.length > 1 && [choice(t('All sites'), of(null), !state.site), h('hr')],
        sites.slice(0, MOST_SITES).map(({ site_id: site }) => choice(site, of(site), site == state.site)))
      byId('sites').classList.toggle('one', sites.length < 2)
    },

    mark: state => {
      const { period, range, compare } = state
      byId('site').textContent = state.site || t('All sites')
      byId('filter').hidden = !state.site
      byId('period').textContent = titleOf(period)
      byId('range').textContent = isNamed(period) && period.name != 'day' && range ? span(range) : ''
      replace(byId('period-list'), PERIODS.map(each => {
        if (!each) return h('hr')
        const target = { name: each.name, date: dateOf(each) }
        const same = period.name == each.name &&
          JSON.stringify(rangeOf(target)) == JSON.stringify(range)
        return choice(t(each.text), periodLink(target), same, each.key)
      }), h('hr'), h('button', { 'data-key': 'custom', onclick: actions.custom,
        'aria-current': period.name == 'custom' && 'true' },
      h('span', {}, t('Custom range …')), h('kbd', {}, 'C')))
      const steps = [['earlier', -1, 'Earlier'], ['later', 1, 'Later']]
      byId('period-list').append(...steps.map(([id, direction, text]) => neighbour(period, direction) &&
        h('button', { class: 'narrow-only', 'data-key': id, onclick: () => actions.move(direction) }, t(text))).filter(Boolean))
      for (const [id, direction, text] of steps) {
        const other = neighbour(period, direction)
        byId(id).disabled = !other
        byId(id).setAttribute('aria-label', other
          ? t('{0}: {1}', t(text), span(rangeOf(other))) : t(text))
      }
      const { comparing, match } = state
      byId('comparison').textContent = !comparing ? t(COMPARISONS.off)
        : compare == 'custom' ? span(state.before) : t(COMPARISONS[compare])
      byId('versus').hidden = !comparing
      replace(byId('compare-list'), Object.entries(COMPARISONS).map(([value, text]) =>
        choice(t(text), link({ compare: value == 'previous' ? null : value, before: null }), value == compare,
          value == 'off' && 'X')),
      range && h('button', { 'data-key': 'baseline', onclick: actions.baseline,
        'aria-current': compare == 'custom' && 'true' }, t('Custom range …')),
      comparing && compare != 'custom' && [h('hr'), choice(t('Match days of the week'),
        link({ match: match == 'on' ? 'off' : 'on' }), match == 'on')])
      replace(byId('more-list'),
        state.site && [!state.panel && h('button', { onclick: actions.share }, t('Share …')),
          h('button', { onclick: actions.saveChart }, t('Save the chart as CSV')),
          h('button', { onclick: actions.saveEverything }, t('Save everything as ZIP'))],
        h('button', { onclick: () => print() }, t('Print')),
        state.site && !state.share && !state.panel && dontCount(state.site),
        h('button', { class: 'narrow-only', onclick: switchTheme }, t('Switch between light and dark')),
        h('button', { onclick: actions.help },
          h('span', {}, t('Keyboard shortcuts')), h('kbd', {}, '?')),
        isSignedIn() && h('button', { onclick: () => {
          signIn(null)
          location.reload()
        } }, t('Sign out')))
    }
  }
}
