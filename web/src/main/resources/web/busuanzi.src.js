// VisitorCount for pages that show numbers by busuanzi's or vercount's names, to be read.
// busuanzi.js is the same without comments and needless blanks.
//
//   <script async src="https://…/busuanzi.js?api=https://…"></script>
//
// Counts a view of the page once, and fills in what the page has of busuanzi_value_site_pv,
// busuanzi_value_site_uv, busuanzi_value_page_pv and busuanzi_value_page_uv, as ids or classes.
(() => {
  const { src } = document.currentScript
  let asked, counted, seen

  const all = name =>
    document.querySelectorAll('#busuanzi_N,.busuanzi_N,#vercount_N,.vercount_N'.replace(/N/g, name))

  const ask = async query => {
    // The page's own number has this view
    await counted
    return (await fetch(new URL('./?' + query, src), { credentials: 'omit' })).json()
  }

  const put = async (name, query, member) => {
    const elements = [...all('value_' + name), ...all(name)]
    const now = asked
    const number = elements[0] && (await (now[query] ??= ask(query).catch(() => {})))?.[member]
    if (number == null || now != asked) return
    // Only what is new, or the observer would call for ever
    for (const element of elements) if (element.textContent != number + '') element.textContent = number
    for (const element of all('container_' + name)) element.style.display = 'inline'
  }

  const show = () => {
    if (!asked) return
    const site = 'site=' + location.host
    const page = 'page=' + encodeURIComponent(location.host + seen)
    put('site_pv', site, 'views')
    put('site_uv', site, 'visitors')
    put('page_pv', page, 'count')
    put('page_uv', page + '&period=all', 'visitors')
  }

  const view = () => {
    // Not while it is only prerendered, either
    if (document.visibilityState != 'visible' || location.pathname == seen) return
    const body = JSON.stringify({
      url: location.href.split('#')[0],
      referrer: seen ? location.origin : document.referrer,
      id: Math.random() + '',
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone
    })
    seen = location.pathname
    asked = {}
    try {
      // The tracker counts by itself
      counted = localStorage.visitorCount == 'off' || self != top ||
        document.querySelector('[data-api]') ||
        fetch(new URL(new URL(src).searchParams.get('api') || 'v', src),
          { method: 'POST', body, keepalive: true, credentials: 'omit' }).catch(() => {})
    } catch {}
    show()
  }

  const { pushState } = history
  history.pushState = (...args) => {
    pushState.apply(history, args)
    view()
  }
  addEventListener('popstate', view)
  document.addEventListener('visibilitychange', view)
  // Themes that load pages in place put new elements for the same numbers there
  new MutationObserver(show).observe(document, { childList: true, subtree: true })
  view()
})()
