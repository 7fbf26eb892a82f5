// Dialogs: one at a time, in front of everything, closed by Esc, by a button or by a click beside.
import { h, icon } from './dom.js'
import { t } from './language.js'

// Typing has paused: what was typed can be asked for
export const PAUSE_MILLIS = 250

let open = null

export const isDialogOpen = () => !!open?.open
export const closeDialog = () => open?.close()

// onclose: once it is closed, however that came; locked: only its own buttons close it
export const showDialog = (title, { onclose, locked, wide }, ...children) => {
  closeDialog()
  const close = h('button', {
    class: 'btn ic ghost', 'aria-label': t('Close'), onclick: () => dialog.close()
  }, icon('x'))
  const dialog = h('dialog', { 'aria-labelledby': 'dialog-h', class: wide && 'wide' },
    h('div', { class: 'ph' },
      h('h2', { id: 'dialog-h' }, title), h('span', { class: 'sp' }), !locked && close),
    children)
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (open == dialog) open = null
    onclose?.()
  })
  dialog.addEventListener('cancel', event => locked && event.preventDefault())
  dialog.addEventListener('pointerdown', event => {
    if (event.target != dialog || locked) return
    const box = dialog.getBoundingClientRect()
    const inside = event.clientX >= box.left && event.clientX <= box.right &&
      event.clientY >= box.top && event.clientY <= box.bottom
    if (!inside) dialog.close()
  })
  document.body.append(dialog)
  open = dialog
  dialog.showModal()
  return dialog
}

// A form whose submit does not leave the page
export const form = (onsubmit, ...children) => h('form', {
  onsubmit: event => {
    event.preventDefault()
    onsubmit(event.target.elements)
  }
}, children)

export const field = (label, control) => h('label', { class: 'field' }, h('span', {}, label), control)

export const buttons = text => h('p', { class: 'buttons' }, h('button', { type: 'submit', class: 'btn pri' }, text))
