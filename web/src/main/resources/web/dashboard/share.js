// Links that open one site to others, all of it or what matches filters; and the same in a frame.
import { link, PANELS, WHOLE } from './address.js'
import { forget, get, isSignedIn } from './api.js'
import { field, showDialog } from './dialog.js'
import { h } from './dom.js'
import { apiFilters, filterText, isLimiting } from './filters.js'
import { t } from './language.js'

// Who is not signed in passes on what they came with: a key, or none where everybody may look.
const askKey = async ({ site, share: key }, filters) =>
  isSignedIn() ? (await get('sites/share', { site_id: site, share_filters: apiFilters(filters) })).share : key

// A whole dashboard, or one panel of it
const HEIGHTS = { [WHOLE]: 2100, chart: 460, pages: 420, sources: 420, countries: 350, devices: 350, goals: 420, hours: 330 }

const frameOf = (address, panel, site) => {
  const url = new URL(address)
  url.searchParams.set('panel', panel)
  return '<' + 'iframe src="' + url.href.replaceAll('&', '&amp;') + '" width="100%" height="' + HEIGHTS[panel] +
    '" style="border:0" loading="lazy" title="' + t('Statistics of {0}', site) + '"></iframe' + '>'
}

export const shareSite = async state => {
  const { site, filters } = state
  const limit = filters.filter(isLimiting)
  const only = h('input', { type: 'checkbox', onchange: () => refresh() })
  const address = h('input', { readonly: true, onfocus: event => event.target.select() })
  const panel = h('select', { onchange: () => show() }, Object.entries(PANELS).map(([value, text]) => h('option', { value }, t(text))))
  const frame = h('textarea', { readonly: true, rows: 3, onfocus: event => event.target.select() })
  const status = h('p', { role: 'status', class: 'hint' })

  const show = () => {
    frame.value = frameOf(address.value, panel.value, site)
  }
  const refresh = async () => {
    const limited = [...state.only, ...only.checked ? limit : []]
    const key = await askKey(state, limited)
    const changes = { share: key, only: limited.map(filterText), all: null, search: null, page: null, panel: null }
    if (only.checked) changes.f = filters.filter(each => !isLimiting(each)).map(filterText)
    address.value = new URL(link(changes), location.href).href
    show()
  }
  const copy = async text => {
    await navigator.clipboard.writeText(text)
    status.textContent = t('Copied')
  }
  // Asked twice, since there is no way back
  const revoke = h('button', {
    class: 'btn', onclick: async () => {
      if (revoke.dataset.sure) {
        await forget('sites/share', { site_id: site })
        await refresh()
        revoke.textContent = t('Revoke all links to this site')
        delete revoke.dataset.sure
        status.textContent = t('All earlier links to {0} are revoked. This is a new one.', site)
      } else {
        revoke.dataset.sure = 'yes'
        revoke.textContent = t('Revoke now: all earlier links stop working')
      }
    }
  }, t('Revoke all links to this site'))

  try {
    await refresh()
  } catch (error) {
    if (error.status != 404) throw error
    return showDialog(t('Share'), {}, h('p', {}, t('Sharing is off: set StatisticsShareSecret.')))
  }
  showDialog(t('Share'), { wide: true },
    h('p', {}, t('Anyone with this link can see the statistics of {0}, but of no other site.', site)),
    isSignedIn() && limit.length > 0 && h('label', { class: 'check' }, only, t('Only what matches the filters')),
    field(t('Link'), address),
    h('p', { class: 'tools buttons' }, h('button', { class: 'btn pri', autofocus: true, onclick: () => copy(address.value) }, t('Copy the link'))),
    field(t('Embed in a page'), panel), field(t('Embed code'), frame),
    h('p', { class: 'tools buttons' }, h('button', { class: 'btn', onclick: () => copy(frame.value) }, t('Copy the code'))),
    status,
    isSignedIn() && h('p', { class: 'tools buttons' }, revoke))
  // Where the browser does not allow it, the button is there
  await copy(address.value).catch(() => {})
}
