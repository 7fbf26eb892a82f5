
  // v.events.js is v.js with what follows, within the same function.

  // What happens on a page: a name, and up to five properties. It is told like a view.
  const happened = count.event = (event, props) => count(0, { event, props })

  // What happens by itself, on a page whose views are not counted, is not either
  const excluded = () => tag.exclude?.match(/\S+/g)?.some(path => route().startsWith(path))

  const fileTypes = tag.downloads ||
    'pdf doc docx odt xls xlsx ods csv ppt pptx odp key txt rtf epub zip rar 7z gz tar dmg pkg exe msi apk iso ' +
    'mp3 m4a wav flac mp4 mov avi mkv webm'

  const linkClicked = ({ host, pathname, protocol, download }) => {
    const props = { url: host + pathname }
    if (!/^http/.test(protocol)) return
    if ('downloads' in tag &&
      (download || fileTypes.split(' ').includes(pathname.split('.').pop().toLowerCase())))
      return happened('File Download', props)
    if ('outbound' in tag && host != location.host) happened('Outbound Link: Click', props)
  }

  // The page goes its way whatever happens here: the request outlives it, and nothing waits for it.
  // First of all listeners, since others may stop the event.
  const listen = (type, isOurs, otherwise) => document.addEventListener(type, ({ target, button }) => {
    // The right button opens a menu
    if (button > 1 || excluded()) return
    const named = target.closest?.('[data-visitorcount-event]')
    if (!named || !isOurs(named)) return otherwise(target)
    const props = {}
    for (const { name, value } of named.attributes)
      if (/^data-visitorcount-event-/.test(name)) props[name.slice(24)] = value
    happened(named.dataset.visitorcountEvent, props)
  }, true)

  // A form happens when it is sent, all else when it is clicked
  const isForm = element => element.matches('form')
  for (const type of ['click', 'auxclick'])
    listen(type, element => !isForm(element), target => {
      const link = target.closest?.('a[href],area[href]')
      link?.host && linkClicked(link)
    })
  listen('submit', isForm, () =>
    'forms' in tag && happened('Form: Submission', { path: location.pathname }))

  if ('404' in tag && !excluded() &&
    performance.getEntriesByType('navigation')[0]?.responseStatus == 404)
    happened('404', { path: location.pathname })
