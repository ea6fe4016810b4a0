// Tells whether the committed dist/ is what the sources build: rebuilds into a
// temporary folder and compares. What is compared, byte for byte, is what a
// browser receives, hence the unpacked files: two versions of zlib may pack the
// same bytes differently, and that is no reason to call the bundle stale.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { build } from 'vite';
import { compress, listFiles } from './compress.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = path.join(root, 'dist');
const fresh = await mkdtemp(path.join(tmpdir(), 'civigraph-explorer-'));

const content = async (folder, name) => {
  const bytes = await readFile(path.join(folder, name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};

try {
  await build({ root, logLevel: 'warn', build: { outDir: fresh, emptyOutDir: true } });
  await compress(fresh);

  const have = new Set(await listFiles(committed).catch(() => []));
  const want = new Set(await listFiles(fresh));
  const differences = [];
  for (const name of want) {
    if (!have.has(name)) {
      differences.push(`missing from dist:  ${name}`);
      continue;
    }
    const [ours, theirs] = await Promise.all([
      content(committed, name).catch(() => undefined), // a damaged .gz
      content(fresh, name),
    ]);
    if (!ours?.equals(theirs)) differences.push(`differs:            ${name}`);
  }
  for (const name of have) {
    if (!want.has(name)) differences.push(`no longer built:    ${name}`);
  }

  if (differences.length > 0) {
    console.error('web/dist is not what web/src builds:');
    for (const line of differences) console.error(`  ${line}`);
    console.error('Run `npm ci && npm run build` in web/ and commit web/dist.');
    process.exitCode = 1;
  } else {
    console.log(`web/dist is up to date: ${want.size} files compared`);
  }
} finally {
  await rm(fresh, { recursive: true, force: true });
}
