// VisitorCount's counter element, to be read. visitor-count.js is the same without comments and
// needless blanks.
//
//   <script defer src="https://…/visitor-count.js"></script>
//   <visitor-count page="example.com/blog">many</visitor-count>
//
// Shows how often a page was viewed: the one that it names, or else the one that it stands on. Its
// content stays until the number is there. With count it has the tracker count a view of it first.
(() => {
  const { src, dataset } = document.currentScript
  const waiting = []

  const ask = async elements => {
    try {
      const query = new URLSearchParams
      for (const element of elements) {
        query.append('page', element.page)
        await (element.counted ??= element.attributes.count && window.visitorCount?.(element.page))
      }
      const url = new URL('./?' + query, dataset.api || src)
      const answer = await fetch(url, { credentials: 'omit' })
      const json = await answer.text()
      // Numbers become texts: JavaScript's are exact up to 2^53 only
      const { count, counts = { [query.get('page')]: count } } =
        JSON.parse(json.replace(/([^\\]":)(\d+)/g, '$1"$2"'))
      for (const element of elements) try {
        const lang = element.closest('[lang]')?.lang.replace('_', '-') || undefined
        element.textContent = new Intl.NumberFormat(lang).format(BigInt(counts[element.page]))
      } catch {}
    } catch {}
  }

  // Once the page is seen, all that are on it ask together; fifty pages fit into an address
  const flush = () => {
    while (waiting[0] && document.visibilityState == 'visible') ask(waiting.splice(0, 50))
  }
  document.addEventListener('visibilitychange', flush)

  customElements.get('visitor-count') ||
    customElements.define('visitor-count', class extends HTMLElement {
      static observedAttributes = ['page']
      get page() {
        return this.getAttribute('page') || location.href.split('#')[0]
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
