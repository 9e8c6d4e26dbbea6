/**
 * `electron <folder>` is itself an app inside Electron (resources/default_app.asar), which the fallback archive lacks. This writes
 * a small one. electron-builder removes it when it packs.
 *
 * An asar is: a pickle of the header's size, a pickle of the header (JSON), then the files one after the other.
 */
import { writeFileSync } from 'node:fs';

const MAIN = `
const { app } = require('electron')
const path = require('path')
const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
const folder = path.resolve(given || '.')
const manifest = require(path.join(folder, 'package.json'))
app.setName(manifest.productName || manifest.name)
app.setVersion(manifest.version)
app.setAppPath(folder)
require(path.join(folder, manifest.main))
`;

/** @param {string} file */
export function writeDefaultApp(file) {
  const contents = {
    'package.json': JSON.stringify({ name: 'default-app', main: 'main.js' }),
    'main.js': MAIN,
  };
  const bodies = Object.values(contents).map((text) => Buffer.from(text));
  /** @type {Record<string, { size: number, offset: string }>} */
  const files = {};
  let offset = 0;
  Object.keys(contents).forEach((name, index) => {
    const size = bodies[index]?.length ?? 0;
    files[name] = { size, offset: String(offset) };
    offset += size;
  });
  const header = Buffer.from(JSON.stringify({ files }));
  const padded = Math.ceil(header.length / 4) * 4;
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(8 + padded, 4);
  sizes.writeUInt32LE(4 + padded, 8);
  sizes.writeUInt32LE(header.length, 12);
  writeFileSync(file, Buffer.concat([sizes, header, Buffer.alloc(padded - header.length), ...bodies]));
}
