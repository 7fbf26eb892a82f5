// The owner's own views: the site is opened with an order to its tracker, which keeps it in this browser.
import { h, kept } from './dom.js'
import { t } from './language.js'

const SITE_HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/

// Whether it was switched off from here is what this page knows; the site's own storage is not its to read
export const dontCount = site => {
  if (!SITE_HOST.test(site) || !/[.:]/.test(site)) return null
  const isOff = kept('localStorage', 'off ' + site) == 'yes'
  const isLocal = /^(localhost|[\d.]+)(:|$)/.test(site)
  return h('a', {
    href: [isLocal ? 'http:' : 'https:', '', site, '#visitorcount-' + (isOff ? 'on' : 'off')].join('/'),
    target: '_blank', rel: 'noopener noreferrer',
    title: t('Opens {0}, which remembers it in this browser', site),
    onclick: () => setTimeout(() => kept('localStorage', 'off ' + site, isOff ? null : 'yes'))
  }, t(isOff ? 'Count my visits again' : 'Do not count my visits'))
}
