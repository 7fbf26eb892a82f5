// A ZIP archive of files as they are, without compression (APPNOTE.TXT of PKWARE, 4.3).
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? value >>> 1 ^ 0xedb88320 : value >>> 1
  return value
})

const crc32 = bytes => {
  let value = -1
  for (const byte of bytes) value = value >>> 8 ^ CRC[(value ^ byte) & 255]
  return ~value >>> 0
}

// Fields of two or four bytes, low byte first
const record = fields => {
  const bytes = []
  for (const [value, length] of fields) {
    for (let k = 0; k < length; k++) bytes.push(value >>> 8 * k & 255)
  }
  return new Uint8Array(bytes)
}

const VERSION = 20
const NAMES_IN_UTF8 = 0x0800

// files: pairs of a name and bytes, each below 4 GB
export const archive = (files, now) => {
  const time = now.getHours() << 11 | now.getMinutes() << 5 | now.getSeconds() >> 1
  const date = now.getFullYear() - 1980 << 9 | now.getMonth() + 1 << 5 | now.getDate()
  const parts = []
  const directory = []
  let at = 0
  const add = (list, ...pieces) => {
    list.push(...pieces)
    return pieces.reduce((sum, piece) => sum + piece.length, 0)
  }
  let size = 0
  for (const [text, bytes] of files) {
    const name = new TextEncoder().encode(text)
    const common = [[VERSION, 2], [NAMES_IN_UTF8, 2], [0, 2], [time, 2], [date, 2], [crc32(bytes), 4],
      [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]]
    size += add(directory, record([[0x02014b50, 4], [VERSION, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), name)
    at += add(parts, record([[0x04034b50, 4], ...common]), name, bytes)
  }
  return [...parts, ...directory, record([[0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2],
    [size, 4], [at, 4], [0, 2]])]
}
