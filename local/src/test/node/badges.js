// Prints how wide badge-maker, the renderer of shields.io, draws some badges: one number a line for
// each line of the standard input, which is a JSON object with label, message and style.
const { createInterface } = require('node:readline')

async function main() {
  const { makeBadge } = await import('badge-maker')
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(/ width="([0-9.]+)"/.exec(makeBadge(JSON.parse(line)))[1])
  }
}

main()
