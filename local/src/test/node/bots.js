// Prints the marks of programs that lambda-increment looks for in user agents (its bots.txt): those
// of the npm package isbot, less what hits people, and those that isbot lacks.
//
// A line is a text that has to be there, and after a tab the whole pattern where that says more.
// Both are for user agents in lower case.
const { list } = require('isbot')

// Each hits people, or would.
const LEFT_OUT = {
  '\\b\\w+/1\\.0;': 'Bada, webOS, televisions with HbbTV',
  '\\(\\)': 'televisions and apps that leave a bracket empty',
  '\\|': 'Alipay and other apps',
  ';\\s\\w+;$': 'Instagram, UC Browser',
  '\\.com\\b': 'apps that tell their id: [air.com.example/1.0]',
  '(?:^|[^g])news(?!sapphire)': 'Apple News and other readers',
  '(?<! channel/|google/)google(?!(?:wv|app|/google| pixel))': 'Google Earth and other apps',
  '(?<! cu)bots?(?:\\b|_)': 'phones by Cubot',
  '(?<!cam)scan': 'apps that scan documents and codes',
  '24x7': 'any app with this in its name',
  catch: 'televisions by Hisense',
  chromeframe: 'Internet Explorer with Chrome Frame',
  download: 'QQ',
  firephp: 'Firefox with an extension',
  'java(?!;)': 'phones with Java',
  library: 'apps of libraries',
  proxy: 'Superhuman, a mail program',
  radar: 'a phone by HTC',
  server: 'Windows and Alpha servers',
  sogou: 'the browser of this name',
  tools: 'WeChat',
  torrent: 'browsers that can load torrents'
}

const OWN = [
  '-google',
  '-user/\\d',
  '(?<!cu)bots?(?![a-z])',
  '(?<!qq)download',
  '\\.com\\b(?!\\.)',
  '\\bdevin/',
  '\\bylt\\b',
  // what scans documents, or runs on a phone, is a person's
  '^(?!.*(?:android|iphone|ipad)).*?(?<!(?:cam|card|code|doc|document|pdf|photo|qr)[ _-]?)scan',
  'applitools',
  'assetnote',
  'catchpoint',
  'checkly',
  'curl/',
  'datadog',
  'debugbear',
  'devtools',
  'dynatrace',
  'externalagent',
  'externalhit',
  'favicon',
  'fetcher',
  'gemini-deep-research',
  'google search console',
  'google-',
  'google_partner_monitoring',
  'googleagent',
  'googleother',
  'googleweblight',
  'gtmetrix',
  'hetrixtools',
  'jsdom',
  'lighthouse',
  'mediapartners',
  'miniature\\.io',
  'novaact',
  'okhttp',
  'onetrust',
  'percy/',
  'prerender',
  'puppeteer',
  'python',
  'screaming frog',
  'site24x7',
  'siteimprove',
  'sitespeed',
  'slurp',
  'uptime',
  'webdriver',
  'wkhtmlto',
  'zabbix'
]

// The longest text that is in all that the pattern matches; empty where none is.
const required = pattern => {
  if (/^[^(]*\|/.test(pattern)) return ''
  const runs = ['']
  const end = () => runs.push('')
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]
    if (char == '\\') {
      const escaped = pattern[++at]
      if (/\w/.test(escaped)) end()
      else runs[runs.length - 1] += escaped
    } else if (char == '(' || char == '[') {
      end()
      at = close(pattern, at)
    } else if ('?*{'.includes(char)) {
      runs[runs.length - 1] = runs[runs.length - 1].slice(0, -1)
      end()
      if (char == '{') at = pattern.indexOf('}', at)
    } else if ('+^$.'.includes(char)) end()
    else runs[runs.length - 1] += char
  }
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest))
}

// Where what is opened at a place ends.
const close = (pattern, from) => {
  let depth = 0
  for (let at = from; at < pattern.length; at++) {
    if (pattern[at] == '\\') at++
    else if (pattern[from] == '[') {
      if (pattern[at] == ']') return at
    } else if (pattern[at] == '[') at = close(pattern, at)
    else if (pattern[at] == '(') depth++
    else if (pattern[at] == ')' && --depth == 0) return at
  }
  throw new Error(`not closed: ${pattern}`)
}

const line = pattern => {
  const text = required(pattern)
  return pattern.replace(/\\(\W)/g, '$1') == text ? text : `${text}\t${pattern}`
}

const unknown = Object.keys(LEFT_OUT).filter(pattern => !list.includes(pattern))
if (unknown.length > 0) throw new Error(`isbot does not have ${unknown.join(' ')}`)

// Where a user agent begins otherwise than a browser's, it is not looked at any further.
const kept = list.filter(
  pattern => !(pattern in LEFT_OUT) && (!pattern.startsWith('^') || pattern.startsWith('^mozilla'))
)
console.log(
  [
    `# Made by local/src/test/node/bots.js from isbot ${require('isbot/package.json').version} (Unlicense).`,
    ...kept.concat(OWN).map(line).sort()
  ].join('\n')
)
