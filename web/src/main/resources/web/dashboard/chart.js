// A line over time, as SVG: a slider for the keyboard, and its points are read aloud.
import { h, replace, svg } from './dom.js'
import { t } from './language.js'

// points: { label, short, before, value, compared, lack }, a value is null where there is none (yet),
// lack says what it lacks to be whole; whole: there are no halves of it; seconds: it is a time;
// fromStart: whether the first point has a label rather than the last; name, format, axis: of the
// metric
export const chart = box => {
  let series = { points: [] }
  let chosen = 0
  let place = () => {}

  const show = (index, on = true) => {
    chosen = Math.max(0, Math.min(series.points.length - 1, index))
    box.classList.toggle('on', on)
    place()
  }

  const draw = () => {
    const { points, name, format, axis, comparing, whole, seconds, fromStart } = series
    const width = box.clientWidth
    const height = box.clientHeight
    if (!points.length || !width) return
    const end = points.length - 1
    const top = 12
    const bottom = height - 28
    const most = Math.max(1, ...points.flatMap(({ value, compared }) => [value || 0, compared || 0]))
    const step = seconds ? niceSeconds(most) : Math.max(niceStep(most), whole ? 1 : 0)
    const steps = Math.ceil(most / step)
    const left = Math.max(axis(step * steps).length, axis(step).length) * 7 + 14
    const right = width - 10
    const x = index => end ? left + (right - left) * index / end : (left + right) / 2
    const y = value => bottom - (bottom - top) * value / (step * steps)

    const lines = []
    for (let k = 0; k <= steps; k++) {
      const at = Math.round(y(step * k)) + 0.5
      lines.push(
        svg('line', { x1: left, x2: right, y1: at, y2: at, class: k ? 'grid' : 'grid base' }),
        svg('text', { x: left - 10, y: at + 4, class: 'tick', 'text-anchor': 'end' }, axis(step * k)))
    }
    const every = Math.ceil((end + 1) / Math.max(2, Math.floor((right - left) / 84)))
    for (let k = fromStart ? end - end % every : end; k >= 0; k -= every) {
      if (x(k) - left < 18 && k) continue
      const anchor = !end ? 'middle' : k == end ? 'end' : k ? 'middle' : 'start'
      lines.push(svg('text', { x: x(k), y: height - 8, class: 'tick', 'text-anchor': anchor },
        points[k].short))
    }

    const spots = key => points
      .map((point, index) => [x(index), y(point[key])])
      .filter((spot, k) => points[k][key] != null)
    const values = spots('value')
    // What leads to a value that is not whole is dashed
    const lacks = points.filter(({ value }) => value != null).map(({ lack }) => !!lack)
    const isDashed = k => lacks[k] || lacks[k - 1]
    if (values.length > 1) {
      const edge = 'V' + bottom + 'H' + values[0][0] + 'Z'
      lines.push(svg('path', { d: lineThrough(values) + edge, class: 'area' }))
    }
    if (comparing) lines.push(svg('path', { d: lineThrough(spots('compared')), class: 'prev' }))
    lines.push(svg('path', { d: lineThrough(values, k => !isDashed(k)), class: 'line' }))
    if (lacks.some(Boolean) && values.length > 1) {
      lines.push(svg('path', { d: lineThrough(values, isDashed), class: 'line part' }))
    }
    // A single value has no line
    if (values.length == 1) {
      lines.push(svg('circle', { cx: values[0][0], cy: values[0][1], r: 4, class: 'single' }))
    }

    const hair = svg('line', { y1: top, y2: bottom, class: 'hair' })
    const before = svg('circle', { r: 4, class: 'dot2' })
    const dot = svg('circle', { r: 5, class: 'dot' })
    const tip = h('div', { class: 'tip', 'aria-hidden': 'true' })
    const shade = svg('linearGradient', { id: 'shade', x1: 0, y1: 0, x2: 0, y2: 1 },
      svg('stop', { offset: 0, class: 'g0' }), svg('stop', { offset: 1, class: 'g1' }))
    replace(box,
      svg('svg', { viewBox: [0, 0, width, height], height, 'aria-hidden': 'true' },
        svg('defs', {}, shade), lines, hair, before, dot),
      tip)

    const setDot = (circle, value) => {
      circle.setAttribute('cx', x(chosen))
      circle.setAttribute('cy', y(value || 0))
      circle.classList.toggle('none', value == null)
    }
    place = () => {
      const point = points[chosen]
      hair.setAttribute('x1', x(chosen))
      hair.setAttribute('x2', x(chosen))
      setDot(dot, point.value)
      setDot(before, comparing ? point.compared : null)
      replace(tip,
        h('strong', {}, point.label + (point.lack ? ' · ' + point.lack : '')),
        h('div', {}, h('span', {}, name), h('b', {}, format(point.value))),
        comparing && point.before &&
          h('div', { class: 'k2' }, h('span', {}, point.before), h('b', {}, format(point.compared))),
        point.change && h('div', { class: 'k2' }, h('span', {}, t('Change')), h('b', {}, point.change)))
      const tipX = x(chosen) + tip.offsetWidth + 18 > width
        ? Math.max(0, x(chosen) - tip.offsetWidth - 14) : x(chosen) + 14
      const tipY = Math.max(4, Math.min(y(point.value || 0) - 30, height - 110))
      tip.style.setProperty('transform', 'translate(' + tipX + 'px,' + tipY + 'px)')
      box.setAttribute('aria-valuenow', chosen)
      box.setAttribute('aria-valuetext', point.label + ': ' + format(point.value) + ' ' + name +
        (comparing ? ', ' + t('before: {0}', format(point.compared)) : '') +
        (point.lack ? ', ' + point.lack : ''))
    }
    box.setAttribute('aria-valuemax', end)
    show(chosen, box.classList.contains('on'))
    box.onpointermove = event => {
      const at = event.clientX - box.getBoundingClientRect().left
      show(end ? Math.round((at - left) / (right - left) * end) : 0)
    }
  }

  box.onpointerleave = () => document.activeElement == box || show(chosen, false)
  box.onfocus = () => box.matches(':focus-visible') && show(chosen)
  box.onblur = () => show(chosen, false)
  box.onkeydown = event => {
    const far = series.points.length
    const by = {
      ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1,
      PageUp: 7, PageDown: -7, Home: -far, End: far
    }[event.key]
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    show(chosen + by)
  }
  new ResizeObserver(draw).observe(box)

  return {
    set: next => {
      const moved = next.points.length != series.points.length ||
        next.points[0].label != series.points[0].label
      series = next
      if (moved) chosen = Math.max(0, next.points.findLastIndex(point => point.value != null))
      draw()
    }
  }
}

const niceStep = max => {
  const rough = max / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const nice = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(step => step >= rough)
  return max > 8 ? Math.ceil(nice) : nice
}

const SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800]
const niceSeconds = max => SECONDS.find(step => step >= max / 4) || 3600 * Math.ceil(niceStep(max / 3600))

const round = values => values.map(value => Math.round(value * 10) / 10)

// Straight from value to value: a curve would show some that never were. Of it, only the pieces are
// drawn that lead to the spots which are wanted.
const lineThrough = (spots, isWanted = () => true) =>
  spots.map((spot, k) => (k && isWanted(k) ? 'L' : 'M') + round(spot)).join('')
