import type { Fetcher, FetcherParams } from '@graphiql/toolkit'
import { Kind, parse } from 'graphql'

/** The GraphQL address beside the page: a server under a prefix (`/fz/playground`) is asked at `/fz/graphql`. */
export function endpoint(pageURL: string): string {
  return new URL('graphql', pageURL).href
}

/**
 * Returns a fetcher that posts each operation as JSON to url and gives back the answer as it stands, errors included.
 * It never rejects for what the server says: an answer that is no JSON, or none at all, comes back as a GraphQL error
 * with a Chinese sentence, for the response pane shows it to a reader.
 */
export function newFetcher(url: string, request: typeof fetch = (...args) => fetch(...args)): Fetcher {
  return async (params, options) => {
    let response: Response
    try {
      response = await request(url, {
        method: 'POST',
        headers: { accept: 'application/json', ...options?.headers, 'content-type': 'application/json' },
        body: JSON.stringify(withoutStaleName(params)),
      })
    } catch {
      return problem('连不上服务。检查 fangzhi serve 是否还在运行。')
    }
    const text = await response.text()
    try {
      return JSON.parse(text)
    } catch {
      return problem(`服务的回答不是 JSON（HTTP ${response.status}）。`)
    }
  }
}

/**
 * For a tenth of a second after a change of tabs GraphiQL still sends the former tab's operation name. A query with
 * one operation needs none: a name that it does not have is left out.
 */
function withoutStaleName(params: FetcherParams): FetcherParams {
  if (!params.operationName) return params
  let names: (string | undefined)[]
  try {
    const operations = parse(params.query).definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)
    names = operations.map((d) => d.name?.value)
  } catch {
    return params // the server says where the syntax is wrong
  }
  if (names.length !== 1 || names[0] === params.operationName) return params
  const { operationName: _, ...rest } = params
  return rest
}

function problem(message: string) {
  return { errors: [{ message }] } as never // GraphiQL prints whatever it is given; its type asks for GraphQLError objects
}
