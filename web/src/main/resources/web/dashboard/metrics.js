// What is measured, and how it is written.
import { count, duration, percent, rate, ratio } from './format.js'

export const METRICS = [
  { key: 'visitors', text: 'Visitors', format: count },
  { key: 'visits', text: 'Visits', format: count, ofViews: true },
  { key: 'pageviews', text: 'Page views', format: count, ofViews: true },
  { key: 'views_per_visit', text: 'Views per visit', format: ratio, ofViews: true },
  { key: 'events', text: 'Conversions', format: count, ofGoals: true },
  { key: 'conversion_rate', text: 'Conversion rate', format: rate, points: true, ofGoals: true },
  { key: 'bounce_rate', text: 'Bounce rate', format: percent, points: true, lowerIsBetter: true },
  { key: 'visit_duration', text: 'Visit duration', format: duration, seconds: true }
]

// Those that are shown, with a filter by goal or without
export const metricsOf = converting =>
  METRICS.filter(metric => !(converting ? metric.ofViews : metric.ofGoals))
