'use strict'

const PAGE = 'main_page'

const byId = id => document.getElementById(id)

async function show (request) {
  try {
    const response = await request
    const answer = await response.json()
    if (!response.ok) throw new Error(answer.detail || answer.title || `status ${response.status}`)
    byId('count').textContent = new Intl.NumberFormat('en').format(BigInt(answer.count))
    byId('problem').textContent = ''
  } catch (error) {
    byId('problem').textContent = `That did not work: ${error.message}`
  }
}

async function start () {
  const functions = await (await fetch('/functions.json')).json()
  byId('count-command').textContent = `curl -d '{"page":"${PAGE}"}' ${functions.increment}`
  byId('read-command').textContent = `curl '${functions.read}?page=${PAGE}'`

  byId('view').addEventListener('click', () => show(fetch(functions.increment, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ page: PAGE })
  })))
  for (const button of document.querySelectorAll('[data-copies]')) {
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(byId(button.dataset.copies).textContent)
      byId('copied').textContent = 'Copied.'
    })
  }
  await show(fetch(`${functions.read}?page=${PAGE}`))
}

start()
