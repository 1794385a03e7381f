import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const ours = (name: string) => fileURLToPath(new URL(`../playground/${name}`, import.meta.url))

/** What is bundled, who asks for it, what takes its place. */
const swaps: { source: string; importer: string; with: string }[] = [
  { source: './editor.all.js', importer: 'vs/editor/edcore.main.js', with: ours('editor-parts.ts') },
  { source: 'prettier/parser-babel', importer: '@graphiql/react/dist/utility/jsonc.js', with: ours('jsonc.ts') },
  { source: 'prettier/plugins/estree', importer: '@graphiql/react/dist/utility/jsonc.js', with: ours('jsonc.ts') },
]

/**
 * Puts small parts of ours in the place of large ones that GraphiQL brings: the list of Monaco's abilities, and a whole
 * JavaScript parser that only lays out the JSON of the variables. Together they take 0.8 MB of 6.3 (Vite 8.3.8). A swap
 * that finds nothing to swap stops the build.
 */
export function slim(): Plugin {
  const done = new Set<string>()
  return {
    name: 'fangzhi:slim',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      const swap = swaps.find((s) => s.source === source && importer?.split('?')[0]!.endsWith(s.importer))
      if (!swap) return null
      done.add(swap.source)
      return swap.with
    },
    buildEnd(error) {
      if (error) return
      const left = swaps.filter((s) => !done.has(s.source)).map((s) => s.source)
      if (left.length > 0) this.error(`nothing imports ${left.join(', ')} any more: look at src/build/slim.ts`)
    },
  }
}
