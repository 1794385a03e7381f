import { titleOf } from './title'

export type Example = { name: string; title: string; query: string }

const files = import.meta.glob<string>('../../examples/*.graphql', { query: '?raw', import: 'default', eager: true })

/** The queries of web/examples in the order of their file names: the tabs that a new reader finds open. */
export const examples: Example[] = Object.entries(files)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, query]) => {
    const name = path.replace(/^.*\/|\.graphql$/g, '')
    const title = titleOf(query)
    if (!title) throw new Error(`examples/${name}.graphql: the first line is no comment that could be its title`)
    return { name, title, query }
  })
