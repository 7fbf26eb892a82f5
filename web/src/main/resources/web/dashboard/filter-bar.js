// The filters that are set, and the dialog that adds one.
import { go, link } from './address.js'
import { askBreakdown } from './breakdown.js'
import { buttons, closeDialog, field, form, PAUSE_MILLIS, showDialog } from './dialog.js'
import { byId, foreign, h, icon, replace } from './dom.js'
import { conditionOf, CONDITIONS, conditionsOf, filterText, groups, PROPERTIES, valuesText } from './filters.js'
import { nameOf } from './format.js'
import { t } from './language.js'

const SUGGESTIONS = 50

export const showFilters = ({ filters, only }) => {
  const all = filters.map(filterText)
  const bar = byId('filters')
  bar.hidden = !all.length && !only.length
  const lasting = groups(only).map(group => h('li', { class: 'chip lasting' },
    h('span', {}, t(PROPERTIES[group[0].property]) + ' ' + t(conditionOf(group[0])) + ' '), h('b', {}, foreign(valuesText(group)))))
  replace(bar, lasting, groups(filters).map(group => {
    const texts = group.map(filterText)
    const what = t(PROPERTIES[group[0].property])
    const is = t(conditionOf(group[0]))
    const values = valuesText(group)
    return h('li', { class: 'chip' },
      h('span', {}, what + ' ' + is + ' '), h('b', {}, foreign(values)),
      h('a', {
        'data-key': texts[0],
        href: link({ f: all.filter(each => !texts.includes(each)), page: null }),
        'aria-label': t('Remove the filter: {0}', what + ' ' + is + ' ' + values)
      }, icon('x')))
  }), all.length > 0 && h('li', {}, h('a', {
    class: 'btn ghost small', 'data-key': 'clear', href: link({ f: null, page: null })
  }, t('Clear filters'))))
}

// One condition of the dialog: what, how, and a value with suggestions
const conditionRow = (state, number) => {
  const property = h('select', { name: 'property', autofocus: true },
    Object.entries(PROPERTIES).map(([value, text]) => h('option', { value }, t(text))))
  const condition = h('select', { name: 'not' })
  const id = 'suggestions-' + number
  const value = h('input', {
    name: 'value', required: number == 0, autocomplete: 'off', list: id, maxlength: 600
  })
  const hint = h('p', { class: 'hint' })
  const list = h('datalist', { id })
  let codes = {}
  let pause
  let ready

  const suggest = async () => {
    const name = property.value
    hint.textContent = condition.value.includes('~') ? ''
      : name.endsWith('page') ? t('Use ** for anything, e.g. /blog**')
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
  const chooseProperty = () => {
    replace(condition, conditionsOf(property.value).map(each =>
      h('option', { value: each }, t(CONDITIONS[each]))))
    condition.disabled = condition.options.length < 2
    value.value = ''
    ready = suggest()
  }
  property.onchange = chooseProperty
  condition.onchange = suggest
  value.oninput = () => {
    clearTimeout(pause)
    pause = setTimeout(suggest, PAUSE_MILLIS)
  }
  chooseProperty()

  return {
    box: h('fieldset', { class: 'condition', 'aria-label': t('Condition') },
      field(t('What'), property), field(t('Condition'), condition), field(t('Value'), value), list, hint),
    stop: () => clearTimeout(pause),
    // Its filter; null where nothing is typed
    filter: async () => {
      const typed = value.value.trim()
      if (!typed) return null
      // A name is known by its code when the suggestions have come
      await ready
      const part = condition.value.includes('~')
      const code = !part && codes[typed.toLowerCase()]
      return filterText({
        property: property.value, not: condition.value.startsWith('-'), part,
        value: code || (property.value == 'country' ? typed.toUpperCase() : typed)
      })
    }
  }
}

export const askFilter = state => {
  const rows = [conditionRow(state, 0)]
  const place = h('div', {}, rows[0].box)
  const another = h('button', {
    class: 'btn small', onclick: () => {
      rows.push(conditionRow(state, rows.length))
      place.append(rows.at(-1).box)
      rows.at(-1).box.querySelector('select').focus()
    }
  }, t('Another condition'))
  const submit = async () => {
    const filters = (await Promise.all(rows.map(row => row.filter()))).filter(Boolean)
    if (!filters.length) return
    closeDialog()
    const all = [...new Set([...state.filters.map(filterText), ...filters])]
    go(link({ f: all, all: null, search: null, page: null }))
  }
  showDialog(t('Add a filter'), { onclose: () => rows.forEach(row => row.stop()) },
    form(submit, place, h('p', { class: 'buttons' }, another), buttons(t('Add a filter'))))
}
