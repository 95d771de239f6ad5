// Bundles the extension and its manual into dist/; with --tests its unit tests into build/client-tests.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const common = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };

/** The licences of the packages that a bundle holds, as one text. */
function licences(inputs) {
  const folders = Object.keys(inputs).map((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+\//.exec(file)?.[0]);
  return [...new Set(folders)].filter(Boolean).sort().map(licence).join('\n\n');
}

function licence(folder) {
  const { name, version } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) {
    throw new Error(`${name} has no licence file`);
  }
  return `${name} ${version}\n\n${readFileSync(folder + file, 'utf8').trim()}\n`;
}

/** VS Code shows no pictures that come with an extension in its manual. */
function withoutPictures(markdown) {
  return markdown.replace(/^!\[.*\n\n/gm, '');
}

if (process.argv.includes('--tests')) {
  const tests = readdirSync('client/test').filter((name) => name.endsWith('.test.ts'));
  const entryPoints = tests.map((name) => `client/test/${name}`);
  await build({ ...common, entryPoints, outdir: 'build/client-tests', sourcemap: 'inline' });
} else {
  const { metafile } = await build({
    ...common,
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    minify: process.argv.includes('--minify'),
    legalComments: 'none',
    metafile: true,
  });
  writeFileSync('dist/licences.txt', licences(metafile.inputs));
  writeFileSync('dist/readme.md', withoutPictures(readFileSync('docs/vscode.md', 'utf8')));
}
