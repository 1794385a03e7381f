// A plugin for prettier that lays out JSON with comments, for the variables and the headers.
import { applyEdits, format } from 'jsonc-parser'

type Text = { text: string }

export const parsers = {
  jsonc: {
    astFormat: 'fangzhi-jsonc',
    parse: (text: string): Text => ({ text: layOut(text) }),
    locStart: () => 0,
    locEnd: (node: Text) => node.text.length,
  },
}

export const printers = {
  'fangzhi-jsonc': { print: (path: { node: Text }) => path.node.text },
}

/** Indents by two spaces and keeps comments; text that is no JSON comes back as far as it can be understood. */
export function layOut(text: string): string {
  return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }))
}
