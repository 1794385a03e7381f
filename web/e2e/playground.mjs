// Opens a running server's pages in a real browser, as a reader without internet would, and asks every example of the
// playground. It fails on a request to any other host, on an error in the console, on anything that the content
// security policy had to stop, and on an answer with errors.
//
//   node e2e/playground.mjs http://127.0.0.1:8080/ [FOLDER FOR SCREENSHOTS]
//
// CHROMIUM names the browser; without it, Debian's /usr/bin/chromium.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [address, screenshots] = process.argv.slice(2)
if (!address || !URL.canParse(address)) {
  console.error('usage: node e2e/playground.mjs URL [FOLDER FOR SCREENSHOTS]')
  process.exit(2)
}
const base = new URL(address.endsWith('/') ? address : address + '/')

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${base.hostname}`, // also what no page asks for and no route sees
]

const profile = await mkdtemp(join(tmpdir(), 'fangzhi-e2e-'))
const faults = [] // whatever must not happen, in the order in which it did
let browser
try {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  })
  console.log(`playground: ok, ${await walk(browser)} queries`)
} catch (error) {
  console.error(error)
  for (const fault of faults) console.error(`before that: ${fault}`)
  console.log('playground: failed')
  process.exitCode = 1
} finally {
  await browser?.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
}

/** Walks from the start page through every example, and returns how many operations were answered. */
async function walk(context) {
  await guard(context)
  const page = await context.newPage()

  const start = await page.goto(base.href)
  mustForbidOthers(start)
  await shoot(page, 'start')
  const answer = await page.request.get(await page.getByRole('link', { name: '回答' }).evaluate((a) => a.href))
  const { data, errors } = await answer.json()
  assert.ok(data && !errors, `the start page's own query: ${JSON.stringify(errors)}`)
  await page.getByRole('link', { name: '接口调试台' }).click()
  await page.waitForURL(new URL('playground', base).href)
  mustForbidOthers(await page.request.get(page.url()))

  await page.locator('.graphiql-query-editor .view-line', { hasText: '官员时间线与任职' }).first().waitFor()
  await page.locator('.graphiql-doc-explorer, .graphiql-sidebar').first().waitFor()

  let answered = 1
  for (const { title, text } of await examples()) {
    await page.locator('.graphiql-tab-button', { hasText: title }).click()
    await page.locator('.graphiql-query-editor .view-line', { hasText: title }).first().waitFor()
    const answer = await run(page)
    assert.equal(answer.sent.query.trim(), text.trim(), `${title}: the page sent another query than the file's`)
    assert.equal(answer.errors, undefined, `${title}: ${JSON.stringify(answer.errors)}`)
    assert.ok(answer.data && Object.values(answer.data).some((v) => v !== null), `${title}: no data`)
    await page.locator('.graphiql-response .view-line', { hasText: '"data"' }).first().waitFor()
    if (answered === 1) await shoot(page, 'playground')
    await page.locator('.graphiql-tab-active', { hasText: title }).waitFor() // still its title after the run
    answered++
  }

  // Laying out the query loads prettier, and a wrong field is underlined by the worker: both must work under the policy.
  await page.locator('.graphiql-tab-add').click()
  await page.locator('.graphiql-query-editor .monaco-editor').click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('{ publications { title noSuchField } }')
  await page.locator('.graphiql-query-editor .squiggly-error').first().waitFor()
  await page.getByRole('button', { name: /^Prettify/ }).click()
  await page.locator('.graphiql-query-editor .view-line', { hasText: /^\s*noSuchField\s*$/ }).first().waitFor()
  assert.ok(page.workers().length > 0, 'no worker runs: the editor fell back to the main thread')

  // The tabs are kept over a reload.
  await page.waitForTimeout(700) // GraphiQL writes them half a second after the last key
  await page.reload()
  await page.locator('.graphiql-tab-button', { hasText: '统计' }).waitFor()
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'noSuchField' }).first().waitFor()

  assert.deepEqual(faults, [])
  return answered
}

/** Cuts the context off from every other host, and collects what goes wrong in any of its pages in faults. */
async function guard(context) {
  await context.route('**/*', (route) => {
    const url = route.request().url()
    if (new URL(url).origin === base.origin || url.startsWith('data:')) return route.continue()
    faults.push(`request to another origin: ${url}`)
    return route.abort()
  })
  await context.exposeFunction('fangzhiViolation', (what) => void faults.push(`content security policy: ${what}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => {
      window.fangzhiViolation(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber}`)
    })
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => faults.push(`script error: ${error.stack ?? error}`))
    page.on('response', (r) => r.status() >= 400 && faults.push(`${r.status()} ${r.url()}`))
    page.on('console', (message) => {
      const [type, text] = [message.type(), message.text()]
      if (type === 'error' || (type === 'warning' && /worker|content security/i.test(text))) faults.push(`console ${type}: ${text}`)
    })
  })
}

/** Runs the tab that is open. Returns the answer, and as `sent` what the page had posted. */
async function run(page) {
  const answer = page.waitForResponse((r) => {
    if (r.url() !== new URL('graphql', base).href || r.request().method() !== 'POST') return false
    return r.request().postDataJSON().operationName !== 'IntrospectionQuery'
  })
  await page.locator('.graphiql-execute-button').click()
  const response = await answer
  return { ...(await response.json()), sent: response.request().postDataJSON() }
}

/** A policy that is not there stops nothing, and a walk without one would prove nothing. */
function mustForbidOthers(response) {
  assert.equal(response.status(), 200, response.url())
  const policy = response.headers()['content-security-policy'] ?? ''
  assert.match(policy, /default-src 'none'/, `${response.url()}: content security policy ${JSON.stringify(policy)}`)
  assert.doesNotMatch(policy, /https?:|\*|blob:|unsafe-eval/, `${response.url()}: the policy lets others in`)
}

async function examples() {
  const folder = new URL('../examples/', import.meta.url)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort()
  assert.ok(names.length >= 6, 'examples are missing')
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { text, title: text.split('\n')[0].replace(/^#\s*/, '') }
    }),
  )
}

async function shoot(page, name) {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: name === 'start' })
}
