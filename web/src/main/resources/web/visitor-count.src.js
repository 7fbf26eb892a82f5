// VisitorCount's counter element, to be read. visitor-count.js is the same without comments and
// needless blanks.
//
//   <script defer src="https://…/visitor-count.js"></script>
//   <visitor-count page="example.com/blog">many</visitor-count>
//
// Shows how often a page was viewed: the one that it names, or else the one that it stands on. With
// site it shows the number of a site, with period that of some days, with show="visitors" visitors.
// Its content stays until the number is there. With count it has the tracker count a view first.
(() => {
  const { src, dataset } = document.currentScript
  const waiting = []

  // All of them ask for the same period, and for the same site if for one
  const ask = async elements => {
    try {
      const [{ site, period }] = elements
      const query = new URLSearchParams(period && { period })
      site && query.append('site', site)
      for (const element of elements) {
        site || query.append('page', element.page)
        await (element.counted ??= element.attributes.count && window.visitorCount?.(element.page))
      }
      const url = new URL('./?' + query, dataset.api || src)
      const answer = await fetch(url, { credentials: 'omit' })
      // One that may not be asked for must not spoil the others
      if (/40[01]/.test(answer.status) && elements[1]) return elements.map(element => ask([element]))
      const json = await answer.text()
      // Numbers become texts: JavaScript's are exact up to 2^53 only
      const all = JSON.parse(json.replace(/([^\\]":)(\d+)/g, '$1"$2"'))
      for (const element of elements) try {
        const found = all.counts?.[element.page] ?? all
        const count = BigInt(found[element.show] ?? found.count ?? found)
        const lang = element.closest('[lang]')?.lang.replace('_', '-') || undefined
        const options = element.attributes.compact &&
          { notation: 'compact', maximumFractionDigits: 1, roundingMode: 'trunc' }
        const text = new Intl.NumberFormat(lang, options || {}).format(count)
        if (element.textContent == text) continue
        element.textContent = text
        element.dispatchEvent(new CustomEvent('change', { bubbles: true, detail: count }))
      } catch {}
    } catch {}
  }

  // Once the page is seen, all that are on it ask together; fifty pages fit into an address
  const flush = () => {
    while (waiting[0] && document.visibilityState == 'visible') {
      const [{ key }] = waiting
      const group = waiting.filter(element => element.key == key).slice(0, 50)
      for (const element of group) waiting.splice(waiting.indexOf(element), 1)
      ask(group)
    }
  }
  document.addEventListener('visibilitychange', flush)

  customElements.get('visitor-count') ||
    customElements.define('visitor-count', class extends HTMLElement {
      static observedAttributes = ['page', 'site', 'period', 'show', 'compact']
      get page() {
        return this.getAttribute('page') || location.href.split('#')[0]
      }
      get site() {
        return this.getAttribute('site')
      }
      get show() {
        return this.getAttribute('show') == 'visitors' ? 'visitors' : 'views'
      }
      get period() {
        return this.getAttribute('period') || (this.show == 'visitors' ? 'all' : '')
      }
      get key() {
        return this.period + ' ' + this.site
      }
      connectedCallback() {
        waiting.includes(this) || waiting.push(this)
        setTimeout(flush)
      }
      attributeChangedCallback() {
        this.connectedCallback()
      }
    })
})()
