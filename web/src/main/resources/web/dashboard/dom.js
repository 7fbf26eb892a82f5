// Elements out of names, attributes and children. Texts become text nodes, never markup.

const set = (element, attributes, children) => {
  // Else it would send the form that it stands in
  if (element.localName == 'button') element.type = 'button'
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name.startsWith('--')) element.style.setProperty(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value != null) element.setAttribute(name, value)
  }
  element.append(...children.flat().filter(child => child != null && child !== false))
  return element
}

export const h = (name, attributes = {}, ...children) =>
  set(document.createElement(name), attributes, children)

// The page has an image of this kind, and so the name of its namespace
const SVG = document.querySelector('svg').namespaceURI

export const svg = (name, attributes = {}, ...children) =>
  set(document.createElementNS(SVG, name), attributes, children)

export const icon = name =>
  svg('svg', { class: 'icon', 'aria-hidden': 'true' }, svg('use', { href: '#i-' + name }))

export const byId = id => document.getElementById(id)

// What a visitor's browser sent: it may run from right to left, and be of any length.
export const foreign = text => h('bdi', { class: 'x', title: text }, text)

// New children, and the keyboard's focus stays on the one that means the same.
export const replace = (parent, ...children) => {
  const key = parent.contains(document.activeElement) && document.activeElement.dataset.key
  parent.replaceChildren(...children.flat().filter(child => child != null && child !== false))
  if (key) [...parent.querySelectorAll('[data-key]')].find(e => e.dataset.key === key)?.focus()
}

// What the browser keeps for this page: with a value it is set, with null removed. Storage may be
// switched off, and then nothing is kept.
export const kept = (storage, name, value) => {
  try {
    if (value === undefined) return window[storage].getItem('visitorCount.' + name)
    if (value === null) window[storage].removeItem('visitorCount.' + name)
    else window[storage].setItem('visitorCount.' + name, value)
  } catch {}
  return null
}
