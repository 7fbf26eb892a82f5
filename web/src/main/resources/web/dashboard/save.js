// Files: a list or the chart as CSV, and everything of a period as one archive.
import { tabs } from './address.js'
import { download, get } from './api.js'
import { h } from './dom.js'
import { apiName, askedFor, isOfGoals, measured } from './filters.js'
import { archive } from './zip.js'

// As many as the API puts into one answer
const FILE_ROWS = 1000
const MOST_CHARS_OF_FILTERS = 80

const saveAs = (file, name) => {
  const url = URL.createObjectURL(file)
  h('a', { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60000)
}

// What it is of stands in the name: a saved file has no address
const nameOfFile = ({ site, range, question }, what, type) => {
  const filters = question.filters.replace(/[^\p{L}\p{N}.!=~]+/gu, '-').slice(0, MOST_CHARS_OF_FILTERS)
  return [site, what, range?.from, range?.to, filters].filter(Boolean).join('_') + '.' + type
}

// All values, in as many answers as it takes
const listOf = async ({ question, converting, search }, property, rows, progress) => {
  const parts = []
  for (let page = 1; page == 1 || (page - 1) * FILE_ROWS < rows; page++) {
    progress?.(Math.min(rows, page * FILE_ROWS))
    const part = await download('stats/breakdown', {
      ...askedFor(property, question), compare: null, metrics: measured(property, converting),
      // Spreadsheets know the encoding by the mark at the beginning
      search, limit: FILE_ROWS, page, bom: page == 1 || null
    })
    // The names of the columns stand once
    parts.push(page == 1 ? part : part.slice((await part.text()).indexOf('\n') + 1))
  }
  return new Blob(parts, { type: 'text/csv' })
}

export const isFileLong = rows => rows > FILE_ROWS

export const saveList = async (state, property, rows, progress) =>
  saveAs(await listOf(state, property, rows, progress), nameOfFile(state, property, 'csv'))

const METRICS_OF_FILE = 'visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration'

const chartOf = ({ question, interval }) => download('stats/timeseries',
  { ...question, compare: null, interval, metrics: METRICS_OF_FILE, bom: true })

export const saveChart = async state =>
  saveAs(await chartOf(state), nameOfFile(state, 'chart', 'csv'))

// One file for each list that has values, the chart, and the totals
export const saveEverything = async state => {
  const all = { ...state, search: '' }
  const { question } = state
  const lists = Object.values(tabs).flat()
  const plain = lists.filter(each => !isOfGoals(each))
  const answers = await get('stats/breakdown',
    { ...question, compare: null, property: plain.map(apiName).join(), limit: 1 })
  const files = {
    'totals.csv': await download('stats/aggregate', { ...question, compare: null, metrics: METRICS_OF_FILE, bom: true }),
    'chart.csv': await chartOf(state)
  }
  for (const property of lists) {
    const { total } = isOfGoals(property)
      ? await get('stats/breakdown', { ...askedFor(property, question), compare: null, limit: 1 })
      : answers[property]
    if (total) files[property + '.csv'] = await listOf(all, property, total)
  }
  const contents = await Promise.all(Object.entries(files).map(async ([name, file]) =>
    [name, new Uint8Array(await file.arrayBuffer())]))
  saveAs(new Blob(archive(contents, new Date), { type: 'application/zip' }), nameOfFile(state, 'everything', 'zip'))
}
