// Writes the dashboard's flags to standard output, made from those of country-flag-icons: one
// <symbol> for each country, with coordinates rounded to a five-hundredth of a flag's width.
// docs/contributing.md says how to run it.
const { readFileSync, readdirSync } = require('node:fs')
const { dirname, join } = require('node:path')

const home = dirname(require.resolve('country-flag-icons/package.json'))
const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
const licence = readFileSync(join(home, 'LICENSE'), 'utf8').trim()

// Numbers of a path may stand without anything between them: 12.8.5-3
const NUMBER = /-?(?:\d+\.\d*|\.\d+|\d+)/g

// The flags of an arc have one digit and no blank after them, so paths with arcs stay.
const rounded = path => /a/i.test(path) ? path : path.replace(/([a-z])([^a-z]*)/gi, (all, command, numbers) =>
  command + (numbers.match(NUMBER) || []).map(number => Math.round(number))
    .reduce((text, number) => text + (text && number >= 0 && !Object.is(number, -0) ? ' ' : '') + (number || 0), ''))

const symbol = code => {
  const text = readFileSync(join(home, '3x2', code + '.svg'), 'utf8')
  const [, viewBox, content] = /viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s.exec(text)
  if (/\bid=|<style|<script|href/.test(content)) throw new Error(code + ' refers to something')
  const isLarge = viewBox.split(' ')[2] > 500 && !content.includes('transform')
  return '<symbol id="' + code + '" viewBox="' + viewBox + '">' +
    (isLarge ? content.replace(/ d="([^"]+)"/g, (all, path) => ' d="' + rounded(path) + '"') : content) + '</symbol>'
}

const codes = readdirSync(join(home, '3x2')).map(name => name.slice(0, -4)).filter(code => /^[A-Z]{2}$/.test(code) && !/^X[ACO]$/.test(code))
process.stdout.write(['<svg xmlns="http://www.w3.org/2000/svg">',
  '<!-- The flags of country-flag-icons ' + version + ':', licence.replace(/--/g, '- -'), '-->',
  ...codes.sort().map(symbol), '</svg>', ''].join('\n'))
