// What is measured, and how it is written.
import { count, duration, percent, ratio } from './format.js'

export const METRICS = [
  { key: 'visitors', text: 'Visitors', format: count },
  { key: 'pageviews', text: 'Page views', format: count },
  { key: 'views_per_visit', text: 'Views per visit', format: ratio },
  { key: 'bounce_rate', text: 'Bounce rate', format: percent, points: true, lowerIsBetter: true },
  { key: 'visit_duration', text: 'Visit duration', format: duration }
]
