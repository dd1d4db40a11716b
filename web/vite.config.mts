import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { trustedDocuments } from './trusted-documents.mjs';

const out = join(import.meta.dirname, '../dist/web');
const COMPRESSED_FROM_BYTES = 256;

/** What many pages use, but the first one does not. Charts, maps and live updates load with the few pages that have them. */
const shared = /web\/(?:api\/(?!live-client)|ui\/(?!chart|csv|grid-map|logged-out))/;

/** Writes each text file a second and third time, compressed as small as can be, so that the server never compresses. */
const compressed = (): Plugin => ({
  name: 'compressed',
  closeBundle: async () => {
    const files = await readdir(out, { recursive: true });
    await Promise.all(
      files
        .filter((file) => /\.(?:js|css|html|svg|json)$/.test(file))
        .map(async (file) => {
          const content = await readFile(join(out, file));
          if (content.length < COMPRESSED_FROM_BYTES) return;
          const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
          await writeFile(join(out, `${file}.br`), await promisify(brotliCompress)(content, quality));
          await writeFile(join(out, `${file}.gz`), await promisify(gzip)(content, { level: 9 }));
        }),
    );
  },
});

// eslint-disable-next-line no-restricted-syntax -- Vite reads the default export.
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    // A small file as a data URL would need a weaker content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // Libraries mark modules for servers that render React; there are none here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      output: {
        codeSplitting: {
          groups: [
            // Two files for the first page compress better than many small ones. Its libraries stay in the browser over a release.
            { name: 'libraries', tags: ['$initial'], test: /node_modules\// },
            { name: 'frame', tags: ['$initial'] },
            { name: 'shared', test: shared },
          ],
        },
      },
    },
  },
  plugins: [trustedDocuments(import.meta.dirname, join(out, '../trusted-documents.json')), compressed()],
  server: { proxy: { '/graphql': { target: 'http://localhost:4000', ws: true } } },
});
