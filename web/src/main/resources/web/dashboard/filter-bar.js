// The filters that are set, and the dialog that adds one.
import { filterLink, go, link } from './address.js'
import { askBreakdown } from './breakdown.js'
import { buttons, closeDialog, field, form, PAUSE_MILLIS, showDialog } from './dialog.js'
import { byId, foreign, h, icon, replace } from './dom.js'
import { filterText, groups, PROPERTIES, valuesText } from './filters.js'
import { nameOf } from './format.js'
import { t } from './language.js'

const SUGGESTIONS = 50

export const showFilters = ({ filters }) => {
  const all = filters.map(filterText)
  const bar = byId('filters')
  bar.hidden = !all.length
  replace(bar, groups(filters).map(group => {
    const texts = group.map(filterText)
    const what = t(PROPERTIES[group[0].property])
    const is = t(group[0].not ? 'is not' : 'is')
    const values = valuesText(group)
    return h('li', { class: 'chip' },
      h('span', {}, what + ' ' + is + ' '), h('b', {}, foreign(values)),
      h('a', {
        'data-key': texts[0],
        href: link({ f: all.filter(each => !texts.includes(each)), page: null }),
        'aria-label': t('Remove the filter: {0}', what + ' ' + is + ' ' + values)
      }, icon('x')))
  }), h('li', {}, h('a', {
    class: 'btn ghost small', 'data-key': 'clear', href: link({ f: null, page: null })
  }, t('Clear filters'))))
}

export const askFilter = state => {
  const property = h('select', { name: 'property', autofocus: true },
    Object.entries(PROPERTIES).map(([value, text]) => h('option', { value }, t(text))))
  const value = h('input', {
    name: 'value', required: true, autocomplete: 'off', list: 'suggestions', maxlength: 600
  })
  const hint = h('p', { class: 'hint' })
  const list = h('datalist', { id: 'suggestions' })
  let codes = {}
  let pause
  let ready

  const condition = h('select', { name: 'not' },
    h('option', { value: '' }, t('is')), h('option', { value: 'not' }, t('is not')))

  const suggest = async () => {
    const name = property.value
    condition.disabled = name == 'goal'
    hint.textContent = name.endsWith('page') ? t('Use ** for anything, e.g. /blog**')
      : name == 'goal' ? t('The name of an event, or a page: Visit /thanks')
      : name == 'prop' ? t('Name and value, e.g. plan=pro') : ''
    if (name == 'prop') return replace(list)
    const search = name == 'country' ? '' : value.value
    try {
      const { results } = await askBreakdown(name, { question: { ...state.question, compare: null } },
        { limit: name == 'country' ? 300 : SUGGESTIONS, search })
      if (name != property.value) return
      codes = {}
      replace(list, results.map(result => {
        const code = String(result[name])
        const text = nameOf(name, code)
        codes[text.toLowerCase()] = code
        return h('option', { value: text })
      }))
    } catch {
      // There are no suggestions then, and any value can be typed
    }
  }
  property.onchange = () => {
    value.value = ''
    ready = suggest()
  }
  value.oninput = () => {
    clearTimeout(pause)
    pause = setTimeout(suggest, PAUSE_MILLIS)
  }

  const submit = async ({ property, not, value }) => {
    const typed = value.value.trim()
    if (!typed) return
    // A name is known by its code when the suggestions have come
    await ready
    const filter = filterText({
      property: property.value, not: property.value != 'goal' && not.value == 'not',
      value: codes[typed.toLowerCase()] || (property.value == 'country' ? typed.toUpperCase() : typed)
    })
    closeDialog()
    if (!state.filters.map(filterText).includes(filter)) go(filterLink(filter))
  }
  showDialog(t('Add a filter'), { onclose: () => clearTimeout(pause) }, form(submit,
    field(t('What'), property),
    field(t('Condition'), condition),
    field(t('Value'), value), list, hint, buttons(t('Add a filter'))))
  ready = suggest()
}
