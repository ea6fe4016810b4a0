import { readFile } from 'node:fs/promises';
import { defineConfig } from 'vite';

// Vite lists the licences of the packages it bundles, but sees neither what
// Monaco copied into itself nor a package that only a worker uses.
const furtherNotices = [
  'monaco-editor/ThirdPartyNotices.txt',
  'picomatch-browser/LICENSE',
];

const notices = {
  name: 'further-notices',
  async generateBundle() {
    const texts = furtherNotices.map(async (name) => {
      const text = await readFile(new URL(`node_modules/${name}`, import.meta.url), 'utf8');
      return `==== ${name} ====\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
    });
    this.emitFile({
      type: 'asset',
      fileName: 'notices.txt',
      source: (await Promise.all(texts)).join('\n'),
    });
  },
};

export default defineConfig({
  // Relative addresses, so that the page also works below a path prefix.
  base: './',
  plugins: [notices],
  // `npm run dev` bundles packages beforehand, and that step cannot load the
  // workers, which this one imports with `?worker`.
  optimizeDeps: { exclude: ['graphiql/setup-workers/vite'] },
  server: {
    // `npm run dev` talks to a server running beside it, for subscriptions over
    // a WebSocket.
    proxy: {
      '/graphql': {
        target: process.env.CIVIGRAPH_URL ?? 'http://127.0.0.1:8000',
        ws: true,
      },
    },
  },
  build: {
    // Files rather than data: URIs: a strict content security policy then has
    // one rule ('self') for everything the page loads.
    assetsInlineLimit: 0,
    // Source maps would triple the size of the server's binary.
    sourcemap: false,
    // Every browser that can run Monaco knows modulepreload.
    modulePreload: { polyfill: false },
    // The licences of what is bundled travel with the bundle.
    license: { fileName: 'licences.txt' },
    // Monaco is one large chunk by nature; it is loaded lazily.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      onLog(level, log, handle) {
        // Libraries mark modules for server rendering ("use client"), which a
        // bundle for browsers drops: hundreds of warnings with nothing to do.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
      // GraphiQL names its icons after its components, for screen readers and
      // tooltips: with shortened names they would all read "eb icon".
      output: { keepNames: true },
    },
    // Sizes are measured by scripts/compress.mjs, once.
    reportCompressedSize: false,
  },
});
