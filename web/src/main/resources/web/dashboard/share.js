// A link that opens one site to others.
import { link } from './address.js'
import { get, isSignedIn } from './api.js'
import { field, showDialog } from './dialog.js'
import { h } from './dom.js'
import { t } from './language.js'

// Who is not signed in passes on what they came with: a key, or none where everybody may look.
const askKey = async ({ site, share: key }) =>
  isSignedIn() ? (await get('sites/share', { site_id: site })).share : key

export const shareSite = async state => {
  let key
  try {
    key = await askKey(state)
  } catch (error) {
    if (error.status != 404) throw error
    return showDialog(t('Share'), {}, h('p', {}, t('There are no share keys: set StatisticsShareSecret.')))
  }
  const address = new URL(link({ share: key, all: null, search: null, page: null }), location.href).href
  const status = h('span', { role: 'status', class: 'hint' })
  const copy = async () => {
    await navigator.clipboard.writeText(address)
    status.textContent = t('Copied')
  }
  showDialog(t('Share'), { wide: true },
    h('p', {}, t('Anyone with this link can see the statistics of {0}, and of no other site.', state.site)),
    field(t('Link'), h('input', { readonly: true, value: address, onfocus: event => event.target.select() })),
    h('p', { class: 'tools buttons' }, h('button', { class: 'btn pri', autofocus: true, onclick: copy }, t('Copy the link')), status))
  // Where the browser does not allow it, the button is there
  await copy().catch(() => {})
}
