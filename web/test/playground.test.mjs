import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse, Kind } from 'graphql'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const load = async (name) =>
  (await runnerImport(`${root}src/playground/${name}`, { root, configFile: false, logLevel: 'error' })).module

const { endpoint, newFetcher } = await load('fetcher.ts')
const { titleOf } = await load('title.ts')
const { layOut, parsers, printers } = await load('jsonc.ts')
const { examples } = await load('examples.ts')

test('the endpoint stands beside the page, under a prefix too', () => {
  assert.equal(endpoint('http://127.0.0.1:8080/playground'), 'http://127.0.0.1:8080/graphql')
  assert.equal(endpoint('http://box/fz/playground?x=1#y'), 'http://box/fz/graphql')
})

test('a query is titled by the comment in its first line', () => {
  for (const [query, want] of [
    ['# 检索\n{ a }', '检索'],
    ['#检索\r\n{ a }', '检索'],
    ['## 一年的大事记（编年顺序） \n', '一年的大事记（编年顺序）'],
    ['#\n# 检索', ''],
    ['{ a } # 检索', ''],
    ['\n# 检索', ''],
    ['', ''],
    [null, ''],
  ]) {
    assert.equal(titleOf(query), want, JSON.stringify(query))
  }
})

test('every example is one operation that needs no variables', () => {
  const files = readdirSync(`${root}examples`).sort()
  assert.deepEqual(examples.map((e) => e.name + '.graphql'), files)
  for (const { name, title, query } of examples) {
    assert.match(title, /^\p{Script=Han}/u, name)
    const { definitions } = parse(query)
    assert.equal(definitions.length, 1, name)
    assert.equal(definitions[0].operation, 'query', name)
    for (const v of definitions[0].variableDefinitions) {
      assert.ok(v.defaultValue || v.type.kind !== Kind.NON_NULL_TYPE, `${name}: $${v.variable.name.value} has no default`)
    }
  }
})

/** A fetcher over an answer; posted holds what it sent. */
function newTestFetcher(answer) {
  const posted = []
  const fetcher = newFetcher('http://box/graphql', async (url, init) => {
    posted.push({ url, ...init, body: JSON.parse(init.body) })
    return answer()
  })
  return { fetcher, posted }
}

test('the fetcher posts JSON and gives the answer back as it stands', async () => {
  const { fetcher, posted } = newTestFetcher(() => Response.json({ data: null, errors: [{ message: 'no' }] }, { status: 400 }))
  const answer = await fetcher({ query: '{ a }', variables: { x: 1 } }, { headers: { authorization: 'Bearer t' } })
  assert.deepEqual(answer, { data: null, errors: [{ message: 'no' }] })
  assert.deepEqual(posted, [
    {
      url: 'http://box/graphql',
      method: 'POST',
      headers: { accept: 'application/json', authorization: 'Bearer t', 'content-type': 'application/json' },
      body: { query: '{ a }', variables: { x: 1 } },
    },
  ])
})

test('an answer that is none is a sentence for the reader', async () => {
  const proxy = newTestFetcher(() => new Response('<h1>Bad Gateway</h1>', { status: 502 }))
  assert.deepEqual(await proxy.fetcher({ query: '{ a }' }), { errors: [{ message: '服务的回答不是 JSON（HTTP 502）。' }] })
  const gone = newTestFetcher(() => Promise.reject(new TypeError('Failed to fetch')))
  assert.match((await gone.fetcher({ query: '{ a }' })).errors[0].message, /^连不上服务/)
})

test("another tab's operation name is not sent", async () => {
  for (const [query, operationName, want] of [
    ['query A { a }', 'A', 'A'],
    ['query A { a }', 'B', undefined],
    ['{ a }', 'B', undefined],
    ['query A { a } query B { b }', 'B', 'B'],
    ['query A { a } query B { b }', 'C', 'C'], // which of the two: the server says what is wrong
    ['query A {', 'B', 'B'],
  ]) {
    const { fetcher, posted } = newTestFetcher(() => Response.json({}))
    await fetcher({ query, operationName })
    assert.equal(posted[0].body.operationName, want, `${query} as ${operationName}`)
  }
})

test('variables are laid out with their comments, and what is no JSON is kept', () => {
  assert.equal(layOut('{"a":1, // 一\n"b":[2]}'), '{\n  "a": 1, // 一\n  "b": [\n    2\n  ]\n}')
  assert.equal(layOut(''), '')
  assert.equal(layOut('{"a":'), '{\n  "a":')
  const node = parsers.jsonc.parse('{"a":1}')
  assert.equal(printers[parsers.jsonc.astFormat].print({ node }), '{\n  "a": 1\n}')
})

test('the lock file names no host that packages come from', () => {
  const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
  for (const [name, entry] of Object.entries(lock.packages)) {
    if (name === '') continue
    assert.equal(entry.resolved, undefined, name)
    assert.ok(entry.integrity || entry.inBundle, `${name}: no integrity`)
  }
})

test('every version in package.json is exact', () => {
  const { dependencies = {}, devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name)
  }
})
