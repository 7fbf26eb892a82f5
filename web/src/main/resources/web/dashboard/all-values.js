// All values of a panel's table: searched, page by page, or saved.
import { correct, go, link } from './address.js'
import { askBreakdown, askedOrder, askWhole, headOf, isEngaged, otherRow, rowsOf, titleOfAll } from './breakdown.js'
import { PAUSE_MILLIS, showDialog } from './dialog.js'
import { h, replace } from './dom.js'
import { count, hasData } from './format.js'
import { t } from './language.js'
import { isFileLong, saveList } from './save.js'

const PAGE_ROWS = 50

let opened = null

const closeAll = () => {
  const { dialog } = opened || {}
  opened = null
  dialog?.close()
}

const openAll = state => {
  const property = state.tabs[state.all]
  const search = h('input', {
    type: 'search', class: 'search', placeholder: t('Search'), 'aria-label': t('Search'),
    value: state.search, maxlength: 200, autofocus: true
  })
  const head = h('thead')
  const body = h('tbody')
  const status = h('p', { role: 'status', class: 'hint' })
  const pager = h('nav', { class: 'pager', 'aria-label': t('Table') })
  let pause
  let current = state
  let rows = 0
  let asked

  const render = async next => {
    current = next
    if (search.value != next.search && document.activeElement != search) search.value = next.search
    const mine = asked = {}
    replace(head, headOf(property, next, true))
    try {
      const order = askedOrder(property, next)
      const [{ results, total, other, comparison }, whole] = await Promise.all([
        askBreakdown(property, next, { limit: PAGE_ROWS, page: next.page, search: next.search, order }),
        askWhole(property, next)])
      if (asked != mine) return
      const all = rows = total ?? results.length
      const state = { ...next, whole, engaged: isEngaged(results), comparing: next.comparing && hasData(comparison) }
      const pages = Math.max(1, Math.ceil(all / PAGE_ROWS))
      replace(head, headOf(property, state, true))
      replace(body, rowsOf(property, results, state, true),
        other && next.page >= pages && otherRow(property, other, state))
      status.textContent = all ? '' : t('Nothing found')
      const turn = (page, text) => page > 0 && page <= pages
        ? h('a', { class: 'btn small', 'data-key': text,
          href: link({ page: page > 1 ? page : null }) }, t(text))
        : h('span', { class: 'btn small off' }, t(text))
      replace(pager, pages > 1 && [
        turn(next.page - 1, 'Back'),
        h('span', {}, t('Page {0} of {1}', count(next.page), count(pages))),
        turn(next.page + 1, 'Next')])
    } catch {
      if (asked == mine) status.textContent = t('The numbers could not be loaded.')
    }
  }
  search.oninput = () => {
    clearTimeout(pause)
    pause = setTimeout(() => {
      correct({ search: search.value || null, page: null })
      render({ ...current, search: search.value, page: 1 })
    }, PAUSE_MILLIS)
  }
  const dialog = showDialog(titleOfAll(property), {
    wide: true,
    onclose: () => {
      clearTimeout(pause)
      asked = null
      // Closed by the reader, and not because the address has changed
      if (opened?.dialog != dialog) return
      opened = null
      go(link({ all: null, search: null, page: null }))
    }
  },
  h('p', { class: 'tools' }, search, h('button', {
    class: 'btn', onclick: async event => {
      const button = event.target
      button.disabled = true
      try {
        await saveList(current, property, rows, done => {
          status.textContent = isFileLong(rows)
            ? t('Saving {0} of {1} …', count(done), count(rows)) : ''
        })
        status.textContent = ''
      } catch {
        status.textContent = t('The numbers could not be loaded.')
      }
      button.disabled = false
    }
  }, t('Save as CSV'))),
  h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': titleOfAll(property) },
    h('table', { class: 't' }, head, body)),
  h('div', { class: 'tools' }, status, h('span', { class: 'sp' }), pager))
  opened = { dialog, render, what: property }
  render(state)
}

export const showAllValues = state => {
  if (!state.all) return closeAll()
  if (opened?.what == state.tabs[state.all]) return opened.render(state)
  closeAll()
  openAll(state)
}
