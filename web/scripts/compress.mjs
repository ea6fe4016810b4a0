// Replaces the compressible files of a build by their gzipped form, which is
// what the repository and the server's binary hold: a third of the size.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const COMPRESSIBLE = new Set([
  '.js', '.css', '.json', '.txt', '.ttf', '.woff', '.woff2', '.wasm',
]);

// Plain files below a folder, as sorted relative paths with forward slashes.
export async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => path.relative(folder, file).split(path.sep).join('/'))
    .sort();
}

function gzip(bytes) {
  // Node writes no time and no file name into the header. The tenth byte names
  // the operating system; 255 ("unknown") makes it the same on all of them.
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 255;
  return packed;
}

export async function compress(folder) {
  const total = { files: 0, before: 0, after: 0 };
  for (const name of await listFiles(folder)) {
    const file = path.join(folder, name);
    const bytes = await readFile(file);
    let stored = bytes;
    if (COMPRESSIBLE.has(path.extname(name))) {
      stored = gzip(bytes);
      await writeFile(`${file}.gz`, stored);
      await rm(file);
    }
    total.files += 1;
    total.before += bytes.length;
    total.after += stored.length;
  }
  return total;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) {
    console.error('usage: node scripts/compress.mjs FOLDER');
    process.exit(2);
  }
  const { files, before, after } = await compress(folder);
  const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
  console.log(`${files} files: ${kilobytes(before)}, stored as ${kilobytes(after)}`);
}
