'use strict'

const { increment, read } = document.body.dataset
const byId = id => document.getElementById(id)

async function show (request) {
  try {
    const response = await request
    const answer = await response.text()
    if (!response.ok) throw new Error(JSON.parse(answer).detail || `status ${response.status}`)
    // as text: JavaScript's own numbers are exact up to 2^53 only
    const [, count] = answer.match(/"count":(\d+)/)
    byId('count').textContent = new Intl.NumberFormat('en').format(BigInt(count))
    byId('problem').textContent = ''
    const badge = document.querySelector('img[src*="badge.svg"]')
    badge.src = badge.src.split('&')[0] + '&n=' + count
  } catch (error) {
    byId('problem').textContent = `That did not work: ${error.message}`
  }
}

for (const button of document.querySelectorAll('[data-copies]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(byId(button.dataset.copies).textContent)
    byId('copied').textContent = 'Copied.'
  })
}

const snippets = [...document.querySelectorAll('[data-snippet]')].map(code => [code, code.textContent])
const fields = document.querySelectorAll('[data-fills]')

for (const field of fields) {
  field.addEventListener('input', () => {
    for (const [code, text] of snippets) {
      code.textContent = [...fields].reduce(
        (made, { dataset, value }) => made.replaceAll(dataset.fills, value.trim() || dataset.fills), text)
    }
  })
}

if (byId('view')) {
  byId('view').addEventListener('click', () => show(fetch(increment, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ page: 'main_page' })
  })))
  show(fetch(`${read}?page=main_page`))
}
