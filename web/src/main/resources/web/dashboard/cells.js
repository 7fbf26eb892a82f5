// Cells that stand for numbers: a table to screen readers, arrow keys move through it, and whoever
// points, touches or moves to one reads it below.
import { h } from './dom.js'

const BY_KEY = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }

// rows: of cells in a table of the role grid; readout: shows the text of the chosen one.
// Returns what gives a cell its text.
export const readable = (table, rows, readout) => {
  const texts = new Map
  let chosen = [0, rows[0].length - 1]
  const choose = (y, x) => {
    const before = rows[chosen[0]][chosen[1]]
    const cell = rows[y][x]
    chosen = [y, x]
    before.classList.remove('on')
    cell.classList.add('on')
    table.setAttribute('aria-activedescendant', cell.id)
    readout.textContent = texts.get(cell) || '\u00a0'
  }
  const leave = () => {
    rows[chosen[0]][chosen[1]].classList.remove('on')
    readout.textContent = '\u00a0'
  }
  rows.forEach((row, y) => row.forEach((cell, x) => {
    cell.id = [table.id, y, x].join('-')
    cell.append(h('span', { class: 'sr' }))
    cell.onpointerenter = cell.onclick = () => choose(y, x)
  }))
  table.tabIndex = 0
  table.onpointerleave = () => document.activeElement == table || leave()
  table.onfocus = () => table.matches(':focus-visible') && choose(...chosen)
  table.onblur = leave
  table.onkeydown = event => {
    const [down, right] = BY_KEY[event.key] || []
    if (right == null || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const [y, x] = [chosen[0] + down, chosen[1] + right]
    if (rows[y]?.[x]) choose(y, x)
  }
  leave()
  return (cell, text, value) => {
    texts.set(cell, text)
    cell.lastChild.textContent = value
    if (cell.classList.contains('on')) readout.textContent = text
  }
}
