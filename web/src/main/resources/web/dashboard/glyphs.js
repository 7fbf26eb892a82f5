// Signs beside values: a flag, a device, what kind of thing a name stands for, or else its letter.
// Signs of our own, since most owners of trade marks forbid these as decoration.
import { h, icon, svg } from './dom.js'

const names = text => text.split('|')

// The kinds of sources, browsers and systems that have a sign, by the names that the API has
const SEARCH = names('Ask|Baidu|Bing|Brave|Daum|DuckDuckGo|Ecosia|Google|Kagi|MetaGer|Mojeek|Naver|NAVER|Qwant|' +
  'Seznam|Sogou|Startpage|Swisscows|Yahoo|Yandex')
const KINDS = {
  source: {
    direct: ['Direct / None'],
    search: SEARCH,
    people: names('Bluesky|Facebook|Instagram|LinkedIn|Mastodon|Pinterest|Quora|Reddit|Threads|Tumblr|VK|Weibo|X|XING'),
    chat: names('Discord|KakaoTalk|LINE|Microsoft Teams|Skype|Slack|Snapchat|Telegram|WeChat|WhatsApp'),
    play: names('Bilibili|Dailymotion|Odysee|Rumble|TikTok|Twitch|Vimeo|YouTube'),
    mail: names('Fastmail|GMX|Gmail|Outlook|Proton Mail|WEB.DE|Yahoo Mail|Zoho Mail'),
    spark: names('ChatGPT|Claude|Copilot|DeepSeek|Gemini|Grok|Le Chat|Meta AI|Perplexity|Qwen'),
    cart: names('AliExpress|Amazon|eBay|Etsy|Google Shopping|Idealo|Shopify|Zalando'),
    code: names('Dev.to|GitHub|GitLab|Stack Exchange|Stack Overflow'),
    news: names('Feedly|Flipboard|Google News|Hacker News|Inoreader|Lobsters|Medium|Pocket|SmartNews|Substack|Yahoo News')
  },
  channel: {
    direct: ['Direct'],
    search: names('Organic Search|Paid Search'),
    people: names('Organic Social|Paid Social'),
    play: names('Organic Video|Paid Video'),
    cart: names('Organic Shopping|Paid Shopping'),
    coin: ['Paid Other'],
    network: ['Cross-network'],
    picture: ['Display'],
    mail: ['Email'],
    spark: ['AI Assistants'],
    link: names('Affiliates|Referral'),
    sound: ['Audio'],
    chat: ['SMS'],
    bell: ['Mobile Push Notifications']
  },
  browser: {
    globe: names('Chrome|Edge|Firefox|Internet Explorer|Opera|Safari|UC Browser|Vivaldi|Whale'),
    phone: names('Android Browser|Huawei Browser|MIUI Browser|Samsung Internet|Vivo Browser'),
    people: names('Facebook|Instagram|LinkedIn|Pinterest|Threads|X'),
    chat: names('KakaoTalk|Line|QQ|Snapchat|WeChat'),
    play: ['TikTok'],
    search: SEARCH
  },
  os: {
    window: ['Windows'],
    laptop: names('ChromeOS|macOS'),
    phone: names('Android|HarmonyOS|iOS|KaiOS|Windows Phone'),
    terminal: names('FreeBSD|Linux'),
    tv: names('Tizen|webOS'),
    game: names('Nintendo Switch|PlayStation|Xbox')
  },
  device: { phone: ['Mobile'], tablet: ['Tablet'], laptop: ['Laptop'], desktop: ['Desktop'], tv: ['TV'] }
}

const kindOf = (property, value) =>
  Object.entries(KINDS[property] || {}).find(([, values]) => values.includes(value))?.[0]

// One colour for a name, wherever it is seen
const hueOf = name => [...name].reduce((hue, letter) => (hue * 31 + letter.codePointAt()) % 360, 0)

// All flags are one file, which stands in the page by the hash of its content
const flag = code => svg('svg', { class: 'flag', 'aria-hidden': 'true' },
  svg('use', { href: document.documentElement.dataset.flags + '#' + code }))

// name: what the value is called; a country without one is not known
export const glyph = (property, value, name) => {
  if (property == 'country') {
    return /^[A-Z]{2}$/.test(value) && name != value ? flag(value)
      : h('span', { class: 'cc', 'aria-hidden': 'true' }, value.length == 2 ? value : '?')
  }
  const kind = kindOf(property, value)
  if (property == 'device') return icon(kind || 'laptop')
  return ['source', 'referrer', 'channel', 'browser', 'os'].includes(property)
    ? h('span', { class: 'fav', 'aria-hidden': 'true', '--hue': hueOf(name) }, kind ? icon(kind) : [...name][0].toUpperCase())
    : null
}
