
  // v.full.js is v.events.js with what follows, within the same function.

  // For how long a view was visible, and how far it was scrolled. It is told whenever that may be
  // all of it, and again with larger numbers if it was not.
  if ('engagement' in tag) {
    let view, url, since, visible, told, bottom

    const begin = () => {
      view = seen
      url = seen && !excluded() && location.origin + route()
      since = performance.now()
      visible = bottom = 0
      // The first message is worth its price however short the view was
      told = -1000
    }
    const scrolled = () => bottom = Math.max(bottom, scrollY + innerHeight)
    const tell = () => {
      const now = performance.now()
      visible += now - since
      since = now
      scrolled()
      if (!url || visible - told < 1000) return
      told = visible
      count(0, {
        url,
        engaged: Math.round(visible),
        scroll: Math.min(100, Math.round(bottom / document.documentElement.scrollHeight * 100))
      })
    }
    // Wherever the tracker looks for another view
    const move = () => {
      if (view == seen) return
      tell()
      begin()
    }

    const { pushState, replaceState } = history
    history.pushState = (...args) => {
      pushState(...args)
      move()
    }
    history.replaceState = (...args) => {
      replaceState(...args)
      view = seen
    }
    addEventListener('scroll', scrolled, { passive: true })
    addEventListener('popstate', move)
    addEventListener('hashchange', move)
    document.addEventListener('prerenderingchange', move)
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return tell()
      since = performance.now()
      move()
    })
    addEventListener('pageshow', event => event.persisted ? begin() : move())
    begin()
  }
