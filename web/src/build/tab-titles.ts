import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const target = '@graphiql/react/dist/utility/tabs.js'
const edits: [string, string, number][] = [
  // what to find, what to put in its place, how often it must be found
  ['title: operationName || DEFAULT_TITLE', 'title: titleOf(query) || operationName || DEFAULT_TITLE', 2],
  ['title: newTab.operationName || (', 'title: titleOf(newTab.query) || newTab.operationName || (', 1],
  ['"<untitled>"', '"未命名"', 1],
]

/**
 * Lets GraphiQL name a tab by the comment in its first line. GraphiQL names tabs by their operation alone, has no
 * setting for it, and names anew on every key; so three lines of it are changed while it is bundled. A release of
 * GraphiQL that has other lines stops the build.
 */
export function tabTitles(): Plugin {
  return {
    name: 'fangzhi:tab-titles',
    transform(code, id) {
      if (!id.split('?')[0]!.endsWith(target)) return null
      for (const [from, to, want] of edits) {
        const got = code.split(from).length - 1
        if (got !== want) this.error(`${target}: found ${JSON.stringify(from)} ${got} times, expected ${want}`)
        code = code.replaceAll(from, to)
      }
      const title = fileURLToPath(new URL('../playground/title.ts', import.meta.url))
      return { code: `import { titleOf } from ${JSON.stringify(title)};\n${code}`, map: null }
    },
  }
}
