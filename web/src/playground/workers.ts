// Monaco's workers, built as files of our own: a content security policy without blob: allows no others.
//
// `graphiql/setup-workers/vite` says the same, but as a dependency it is bundled beforehand by the development
// server, which then cannot find `?worker`; in a file of ours both the server and the build can.
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker'
import JSONWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker'
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker'

self.MonacoEnvironment = {
  getWorker(_id, label) {
    switch (label) {
      case 'graphql':
        return new GraphQLWorker()
      case 'json':
        return new JSONWorker()
      default: // editorWorkerService: diffs, links, word completion
        return new EditorWorker()
    }
  },
}
