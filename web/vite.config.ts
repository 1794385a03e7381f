import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'
import { slim } from './src/build/slim.ts'
import { tabTitles } from './src/build/tab-titles.ts'

export default defineConfig({
  base: './', // pages work under any prefix
  plugins: [react(), slim(), tabTitles()],
  optimizeDeps: {
    // The development server bundles GraphiQL beforehand, and must be told what only a worker needs.
    rolldownOptions: { plugins: [tabTitles()] },
    include: ['graphql', 'graphql-language-service', 'monaco-graphql > nullthrows', 'monaco-graphql > picomatch-browser'],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: 'playground.html',
      checks: { moduleLevelDirective: false }, // "use no memo" speaks to React's compiler, which has run already
    },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000, // kB: Monaco is one piece
  },
  server: { proxy: { '/graphql': 'http://127.0.0.1:8080' } },
})
