'use strict'

const counter = document.querySelector('visitor-count')
const heading = document.getElementById('route')
const links = [...document.querySelectorAll('[data-route]')]

function show () {
  for (const link of links) {
    const here = link.pathname === location.pathname
    link.toggleAttribute('aria-current', here)
    if (here) heading.textContent = link.textContent
  }
  counter.setAttribute('page', location.href)
}

for (const link of links) {
  link.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    history.pushState(null, '', link.href)
    show()
    heading.focus()
  })
}
addEventListener('popstate', show)
show()
