// The playground: GraphiQL over this server's own GraphQL address, everything from the binary.
import { createRoot } from 'react-dom/client'
import { GraphiQL } from 'graphiql'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import 'graphiql/graphiql.css'
import './playground.css'
import './workers'
import { endpoint, newFetcher } from './fetcher'
import { examples } from './examples'

const root = document.getElementById('playground')
if (!root) throw new Error('playground.html has no element #playground')

createRoot(root).render(
  <GraphiQL
    fetcher={newFetcher(endpoint(document.baseURI))}
    defaultTabs={examples.map(({ query }) => ({ query }))}
    // Headers may hold an editor's token: it stays in the page's memory and never in its storage.
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  >
    <GraphiQL.Logo>
      <a className="graphiql-logo-link" href="./">
        <span className="seal" aria-hidden="true">志</span>方志 · 接口调试台
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
)
