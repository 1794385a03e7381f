// Writes LICENSES.md: every package of which a line is in dist/, with its version, licence and licence text.
//
// What is bundled is asked of the bundler itself, workers included, and not guessed from node_modules; --check writes
// nothing and fails where LICENSES.md is not what it would write.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = dirname(fileURLToPath(import.meta.url))
const folders = new Set()

/** Remembers the folder of each package that has code or style in a piece of the output. */
const collect = {
  name: 'fangzhi:licenses',
  generateBundle(_options, bundle) {
    for (const piece of Object.values(bundle)) {
      for (const id of piece.type === 'chunk' ? Object.keys(piece.modules) : (piece.originalFileNames ?? [])) {
        const folder = packageOf(id.startsWith('/') || id.startsWith('\0') ? id : join(root, id))
        if (folder) folders.add(folder)
      }
    }
  },
}

/** The folder of the package that holds the module id, or "" for a module of ours. */
function packageOf(id) {
  const match = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)
  return match && existsSync(join(match[1], 'package.json')) ? match[1] : ''
}

await build({
  root,
  logLevel: 'error',
  plugins: [collect],
  worker: { plugins: () => [collect] },
  build: { write: false },
})

const packages = [...folders]
  .map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (!name || !version || !license) throw new Error(`${folder}: name, version or licence is missing`)
    return { name, version, license, texts: textsOf(folder) }
  })
  .sort((a, b) => (a.name + '@' + a.version < b.name + '@' + b.version ? -1 : 1))
  .filter((p, i, all) => i === 0 || p.name !== all[i - 1].name || p.version !== all[i - 1].version)

function textsOf(folder) {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice|thirdpartynotices)/i.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8').replace(/\r\n?/g, '\n').trim() }))
}

const lines = [
  '# Licences of what is bundled into the pages',
  '',
  'Written by `npm run licenses` from the packages that the bundler put into `dist/`. monaco-editor brings the',
  'Codicon font (CC BY 4.0, Microsoft) and DOMPurify (Apache-2.0 or MPL-2.0, Cure53) with it.',
  '',
  '| package | version | licence |',
  '|---|---|---|',
  ...packages.map((p) => `| ${p.name} | ${p.version} | ${p.license} |`),
]
const seen = new Map() // text -> the heading under which it stands
for (const p of packages) {
  const heading = `${p.name} ${p.version}`
  lines.push('', `## ${heading}`, '')
  if (p.texts.length === 0) lines.push(`${p.license}; the package brings no licence text.`)
  for (const { name, text } of p.texts) {
    if (seen.has(text)) {
      lines.push(`${name}: as under ${seen.get(text)}.`)
      continue
    }
    seen.set(text, heading)
    lines.push(...text.split('\n').map((line) => ('    ' + line).trimEnd()), '')
  }
  while (lines.at(-1) === '') lines.pop()
}

const file = join(root, 'LICENSES.md')
const want = lines.join('\n') + '\n'
if (!process.argv.includes('--check')) {
  writeFileSync(file, want)
  console.log(`LICENSES.md: ${packages.length} packages`)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== want) {
  console.error('LICENSES.md is not what dist/ holds: run npm run licenses')
  process.exitCode = 1
}
