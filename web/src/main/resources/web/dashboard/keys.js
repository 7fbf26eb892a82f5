// Single keys, which can be switched off, and the dialogs that they open.
import { go, link, periodLink } from './address.js'
import { buttons, closeDialog, field, form, isDialogOpen, showDialog } from './dialog.js'
import { h, kept } from './dom.js'
import { closeMenus, periodOf } from './header.js'
import { t } from './language.js'
import { daysAfter, daysBetween, PERIODS, rangeOf, today } from './period.js'

const HELP = [
  ...PERIODS.filter(each => each?.key),
  { key: 'C', text: 'Custom range' },
  { key: '[', text: 'Earlier' },
  { key: ']', text: 'Later' },
  { key: 'X', text: 'Compare' },
  { key: 'F', text: 'Add a filter' },
  { key: 'T', text: 'Table' },
  { key: 'Esc', text: 'Clear filters' }
]

const areOn = () => kept('localStorage', 'keys') != 'off'

export const showHelp = () => {
  const on = h('input', {
    type: 'checkbox', checked: areOn(),
    onchange: event => kept('localStorage', 'keys', event.target.checked ? null : 'off')
  })
  showDialog(t('Keyboard shortcuts'), {},
    h('dl', {}, HELP.map(({ key, text }) =>
      h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, t(text))))),
    h('label', { class: 'check' }, on, t('Use single-key shortcuts')))
}

const askDays = (title, range, done) => {
  const day = (name, value) => h('input', {
    type: 'date', name, value, max: today(), required: true, autofocus: name == 'from'
  })
  const fault = h('p', { role: 'alert', class: 'wrong' })
  showDialog(title, {}, form(({ from, to }) => {
    if (from.value > to.value) {
      fault.textContent = t('The first day is after the last.')
    } else {
      closeDialog()
      done(from.value, to.value)
    }
  }, field(t('First day'), day('from', range.from)), field(t('Last day'), day('to', range.to)), fault,
  buttons(t('Show'))))
}

export const askRange = state =>
  askDays(t('Custom range'), state.range || rangeOf({ name: '30d' }),
    (from, to) => go(periodLink({ name: 'custom', from, to })))

export const askBaseline = state => {
  const { from, to } = state.range
  const days = daysBetween(from, to) + 1
  askDays(t('Compare with'), state.before || { from: daysAfter(from, -days), to: daysAfter(to, -days) },
    (first, last) => go(link({ compare: 'custom', before: first + ',' + last })))
}

export const listenToKeys = actions => addEventListener('keydown', event => {
  const { key, target } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isDialogOpen()) return
  if (key == 'Escape') {
    if (!closeMenus()) actions.clear()
    return
  }
  if (target.closest('input, select, textarea') || !areOn() && key != '?') return
  const period = periodOf(key.toUpperCase())
  const action = period
    ? () => go(periodLink(period))
    : {
        '[': () => actions.move(-1), ']': () => actions.move(1),
        c: actions.custom, x: actions.compare, f: actions.filter, t: actions.table, '?': actions.help
      }[key.toLowerCase()]
  if (!action) return
  event.preventDefault()
  closeMenus()
  action()
})

export const clearFilters = state => state.filters.length && go(link({ f: null }))
