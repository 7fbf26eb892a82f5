// VisitorCount's tracker, to be read. v.js is the same without comments and needless blanks.
//
//   <script defer src="https://…/v.js" data-api="https://…"></script>
//
// Each view is one POST to data-api. No cookie, nothing is stored but an opt-out, and no error reaches the page.
(() => {
  const tag = document.currentScript.dataset
  // A function: an element with this id would be a property of the window too
  if (window.visitorCount?.call) return console.warn('VisitorCount twice')

  // Neither the query nor an anchor makes another page. Where an application that routes by hash
  // says so, its routes are paths: /app#/about is /app/about.
  const route = () =>
    (location.pathname + ('hash' in tag ? location.hash : '')).split('?')[0].replace(/[/#]+/g, '/')

  // A text without headers of its own needs no preflight, and without cookies the answer may be for
  // any origin. It may take its time: only a failure is tried again, after 0.5, 2 and 8 seconds and
  // with the same id.
  const send = async (body, wait) => {
    try {
      const answer =
        await fetch(tag.api, { method: 'POST', body, keepalive: true, credentials: 'omit' })
      // Unread, it would leave the request open for good, and no tool would see the page at rest
      await answer.text()
      if (answer.status < 429) return
    } catch {}
    wait < 9000 && setTimeout(send, wait, body, wait * 4)
  }

  // The site that the visitor came from is told once: browsers repeat it after a reload and on the
  // way back. From then on a view comes from this site.
  let referrer = performance.navigation?.type
    ? location.origin
    : document.referrer.split('/', 3).join('/')

  const count = window.visitorCount = (page, more) => {
    try {
      // An order in the address, #visitorcount-off or -on, stays in this browser
      if (location.hash.match('#visitorcount-')) localStorage.visitorCount = location.hash.slice(14)
      if (localStorage.visitorCount == 'off') return
    } catch {}
    if (
      navigator.webdriver || window.Cypress ||
      !('local' in tag) && /^$|^127\.0|^\[::1|\blocalhost$/.test(location.hostname) ||
      !('frames' in tag) && self != top ||
      'dnt' in tag && (navigator.doNotTrack == 1 || navigator.globalPrivacyControl)
    ) return
    const body = JSON.stringify({
      // A path that is called gets the site of the url; one of the tag has always had none
      page: page?.trim ? page : tag.page?.replace(/^[/]/, 'default/'),
      url: location.origin + route() + location.search.slice(0, 2000),
      ...more,
      referrer,
      id: '' + Math.random(),
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
      w: innerWidth >> 8
    })
    more || (referrer = location.origin)
    return send(body, 500)
  }

  // A page is viewed when it is seen: not in a background tab, not while it is only prerendered
  let seen
  const look = () => {
    if (document.visibilityState != 'visible' || document.prerendering || route() == seen) return
    seen = route()
    tag.exclude?.match(/\S+/g)?.some(path => seen.startsWith(path)) || count()
  }

  const { pushState, replaceState } = history
  history.pushState = (...args) => {
    pushState.apply(history, args)
    look()
  }
  // The same view under another address
  history.replaceState = (...args) => {
    const same = route() == seen
    replaceState.apply(history, args)
    if (same) seen = route()
  }

  document.addEventListener('visibilitychange', look)
  // On activation the page becomes visible while it still says that it is prerendering
  document.addEventListener('prerenderingchange', look)
  addEventListener('popstate', look)
  addEventListener('hashchange', look)
  // Persisted: back or forward to a page that the browser had kept, which is a new view of it
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) seen = 0
    look()
  })
  look()
})()
