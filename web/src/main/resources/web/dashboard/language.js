// English, or German: by ?lang=, or else the browser's wish. An English text is its own key.
import { GERMAN } from './german.js'

const WISHES = [new URLSearchParams(location.search).get('lang'), ...navigator.languages]

export const locale = WISHES.find(tag => /^(en|de)(-[A-Za-z]{2})?$/.test(tag)) || 'en'

const texts = locale.startsWith('de') ? GERMAN : {}

// The text in the reader's language, with values in the places of {0}, {1} …
export const t = (text, ...values) =>
  (texts[text] || text).replace(/\{(\d)\}/g, (all, index) => values[index])

// The texts that stand in the page already
export const translatePage = () => {
  document.documentElement.lang = locale
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(element.textContent.trim().replace(/\s+/g, ' '))
  }
  for (const name of ['aria-label', 'placeholder']) {
    for (const element of document.querySelectorAll('[' + name + ']')) {
      element.setAttribute(name, t(element.getAttribute(name)))
    }
  }
}
