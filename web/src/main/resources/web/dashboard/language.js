// English, or a language that is loaded: that of ?lang=, the one that was chosen, or else the
// browser's wish. An English text is its own key.
import { byId, h, kept } from './dom.js'

const LANGUAGES = { en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français', pt: 'Português' }
const WISHES = [new URLSearchParams(location.search).get('lang'), kept('localStorage', 'language'),
  ...navigator.languages]

export const locale = WISHES.find(tag => /^[a-z]{2}(-[A-Za-z]{2})?$/.test(tag) &&
  Object.hasOwn(LANGUAGES, tag.slice(0, 2))) || 'en'

const language = locale.slice(0, 2)
// Their names stand in the page, where they have the hashes of their contents
const file = document.documentElement.dataset[language]
const texts = file ? (await import('./' + file).catch(() => ({ TEXTS: {} }))).TEXTS : {}

// The text in the reader's language, with values in the places of {0}, {1} …
export const t = (text, ...values) =>
  (texts[text] || text).replace(/\{(\d)\}/g, (all, index) => values[index])

// The texts that stand in the page already
export const translatePage = () => {
  document.documentElement.lang = locale
  byId('languages').append(...Object.entries(LANGUAGES).map(([tag, name]) => h('button', {
    lang: tag, 'aria-pressed': tag == language ? 'true' : 'false', onclick: () => {
      kept('localStorage', 'language', tag)
      const address = new URL(location.href)
      address.searchParams.delete('lang')
      location.replace(address)
      if (address.href == location.href) location.reload()
    }
  }, name)))
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(element.textContent.trim().replace(/\s+/g, ' '))
  }
  for (const name of ['aria-label', 'placeholder']) {
    for (const element of document.querySelectorAll('[' + name + ']')) {
      element.setAttribute(name, t(element.getAttribute(name)))
    }
  }
}
