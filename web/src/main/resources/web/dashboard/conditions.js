// When things are not as usual: nothing counted yet, nothing found, not loaded, not signed in.
import { buttons, closeDialog, field, form, isDialogOpen, showDialog } from './dialog.js'
import { link } from './address.js'
import { byId, h, replace } from './dom.js'
import { fullDay } from './format.js'
import { t } from './language.js'

const MOST_DAYS_NAMED = 5

// The tag that counts: this page comes from the same origin as the script.
const snippet = collector => [
  '<' + 'script defer src="' + new URL('../v.js', location.href.split('?')[0]) + '"',
  '        data-api="' + (collector || t('the URL of your increment function')) + '"></script' + '>'
].join('\n')

export const showEmpty = (empty, site, collector) => {
  const box = byId('empty')
  byId('numbers').hidden = empty
  if (box.hidden == !empty) return
  box.hidden = !empty
  if (!empty) return replace(box)
  const text = snippet(collector)
  const copied = h('span', { role: 'status', class: 'sr' })
  replace(box,
    h('h2', {}, t('Waiting for the first visit')),
    h('p', {}, t('Put this into the head of your pages. The first view shows up here after about two minutes.')),
    h('pre', { tabindex: 0, role: 'region', 'aria-label': t('Copy the snippet') }, text),
    h('p', {}, h('button', {
      class: 'btn pri', onclick: async event => {
        await navigator.clipboard.writeText(text)
        event.target.textContent = copied.textContent = t('Copied')
      }
    }, t('Copy the snippet')), copied),
    h('p', { class: 'listening', role: 'status' }, h('span', { class: 'pulse' }),
      t('Listening …'), ' ', h('b', {}, site || '')))
}

export const showNothing = nothing => {
  const box = byId('nothing')
  if (box.hidden == !nothing) return
  box.hidden = !nothing
  replace(box, nothing && [
    h('span', {}, t('No views match the filters.')), ' ',
    h('a', { class: 'btn small', href: link({ f: null }) }, t('Clear filters'))])
}

// days: those of which something stored cannot be read; leftOut: of which only totals are known, null if none
export const showIncomplete = (days, leftOut) => {
  const box = byId('incomplete')
  const named = days.slice(0, MOST_DAYS_NAMED).map(fullDay).join(', ') +
    (days.length > MOST_DAYS_NAMED ? ', …' : '')
  const text = [
    named && t('Some stored data cannot be read. Numbers are too low for: {0}', named),
    leftOut && t('Some numbers leave out days for which only totals are stored ({0} days, {1} to {2}).',
      leftOut.days, fullDay(leftOut.first), fullDay(leftOut.last))
  ].filter(Boolean).join(' ')
  if (box.textContent != text) box.textContent = text
  box.hidden = !text
}

// of: which days are still shown, and since when; null: none are
export const showTrouble = trouble => {
  const box = byId('trouble')
  if (!trouble) {
    if (!box.hidden) replace(box)
    box.hidden = true
    return
  }
  const { of, reason, retry } = trouble
  replace(box,
    h('span', { role: 'alert' }, h('b', {}, t('The numbers could not be loaded.')), ' ',
      [reason, of && t('Showing {0}, as of {1}.', ...of)].filter(Boolean).join(' ')),
    h('span', { id: 'countdown' }),
    h('button', { class: 'btn small', 'data-key': 'retry', onclick: retry },
      t('Try now')))
  box.hidden = false
}

export const showCountdown = seconds => {
  const place = byId('countdown')
  if (place) place.textContent = t('Trying again in {0} s.', seconds)
}

// shared: by a link that is no longer right, which no token mends
export const askToken = (wrong, shared, done) => {
  if (isDialogOpen()) closeDialog()
  if (shared) {
    showDialog(t('This link is not valid'), { locked: true },
      h('p', {}, t('Ask whoever sent it for a new one.')))
    return
  }
  const input = h('input', {
    name: 'token', type: 'password', required: true, autocomplete: 'current-password',
    autofocus: true,
    'aria-describedby': 'wrong', 'aria-invalid': wrong && 'true'
  })
  const fault = h('p', { id: 'wrong', role: 'alert', class: 'wrong' },
    wrong && t('This token is wrong.'))
  showDialog(t('Sign in'), { locked: true }, form(({ token, keep }) => {
    const value = token.value.trim()
    // What cannot stand in a header is no token
    if (!/^[!-~]+$/.test(value)) {
      fault.textContent = t('This token is wrong.')
      return
    }
    closeDialog()
    done(value, keep.checked)
  },
  h('p', {}, t('Enter your access token to see these statistics.')),
  // By this name password managers keep the token
  h('input', { autocomplete: 'username', value: 'VisitorCount', hidden: true }),
  field(t('Token'), input), fault,
  h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'keep' }), t('Keep me signed in on this device')),
  h('p', { class: 'hint' }, t('The token is the one whose hash you set as StatisticsTokenSha256.')), buttons(t('Sign in'))))
}
