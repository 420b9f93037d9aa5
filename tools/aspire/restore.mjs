// Installs the Aspire CLI's npm package and extracts the orchestrator (DCP) and the dashboard from it into .home/bundle.
// The build runs it when .home/restored.lock.json differs from package-lock.json; a person may run it: node tools/aspire/restore.mjs
//   --home DIR    where to extract, instead of .home beside this file
//   --optional    a failure is a note, not an error: another bundle was found
// A problem is one line in MSBuild's format, so that the build reports it with its code.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: { home: { type: 'string' }, optional: { type: 'boolean' } } });
const folder = dirname(fileURLToPath(import.meta.url));
const home = resolve(options.home ?? join(folder, '.home'));
const lockFile = join(folder, 'package-lock.json');
const stamp = join(home, 'restored.lock.json');
const guard = join(home, 'restore.pid');
const executable = process.platform === 'win32' ? '.exe' : '';
const platform = `${process.platform}-${process.arch}`;
const waitLimitMs = 10 * 60 * 1000;
const signOfLifeMs = 20 * 1000;

class Problem extends Error {
  constructor(code, summary, fix) {
    super(`error ${code}: ${summary} fix ${fix}   see docs/errors.md#${code.toLowerCase()}`);
    this.summary = summary;
  }
}

const restored = () =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(lockFile, 'utf8') && bundleIsWhole();

const bundleIsWhole = () =>
  existsSync(join(home, 'bundle', 'dcp', `dcp${executable}`)) && existsSync(join(home, 'bundle', 'managed', `aspire-managed${executable}`));

/// `dotnet run` hides what a build says, so the terminal is told directly, where there is one.
function tell(line) {
  console.log(line);
  if (process.stdout.isTTY) {
    return;
  }
  try {
    const terminal = openSync(process.platform === 'win32' ? '\\\\.\\CONOUT$' : '/dev/tty', 'w');
    writeSync(terminal, `${line}\n`);
    closeSync(terminal);
  } catch {
    // no terminal
  }
}

async function run(command, args, environment, missing) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a .cmd file there
    shell: process.platform === 'win32' && command === 'npm',
  });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  const started = Date.now();
  const signOfLife = setInterval(() => tell(`  … ${Math.round((Date.now() - started) / 1000)} s`), signOfLifeMs);
  try {
    const exitCode = await new Promise((done, failed) => child.on('error', failed).on('close', done));
    return { exitCode, output };
  } catch (error) {
    throw error.code === 'ENOENT' ? missing : error;
  } finally {
    clearInterval(signOfLife);
  }
}

const lastLine = (output, pattern) =>
  output.split('\n').map((line) => line.trim()).filter((line) => pattern.test(line)).at(-1) ?? '';

/// Only one process restores at a time; the others wait for it, then find everything done.
async function alone(action) {
  mkdirSync(home, { recursive: true });
  const deadline = Date.now() + waitLimitMs;
  for (let told = false; ; await delay(250)) {
    try {
      writeFileSync(guard, `${process.pid}`, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    const owner = readOwner();
    if (owner !== undefined && !lives(owner)) {
      // Renaming is atomic: of several waiters only one takes the dead owner's file away.
      const dead = `${guard}.${process.pid}`;
      try {
        renameSync(guard, dead);
        rmSync(dead);
      } catch {
        // another waiter was faster
      }
      continue;
    }
    if (Date.now() > deadline) {
      throw new Problem('HST226', `Process ${owner} has been restoring the Aspire bundle for more than ten minutes.`,
        `End it, or delete ${guard}, and build again.`);
    }
    if (!told) {
      tell(`Waiting for process ${owner}, which is restoring the Aspire bundle …`);
      told = true;
    }
  }
  try {
    return await action();
  } finally {
    rmSync(guard, { force: true });
  }
}

function readOwner() {
  try {
    const owner = Number.parseInt(readFileSync(guard, 'utf8'), 10);
    return Number.isNaN(owner) ? undefined : owner;
  } catch {
    return undefined;
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function install() {
  const { exitCode, output } = await run('npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=http'], {},
    new Problem('HST221', 'npm was not found; it restores the Aspire orchestrator and dashboard.', 'Install npm, which comes with Node.js, and build again.'));
  if (exitCode !== 0 && /EUSAGE/.test(output)) {
    throw new Problem('HST227', `${lockFile} does not fit package.json beside it.`, 'Restore both files from version control.');
  }
  const installed = installedPackage();
  if (exitCode === 0 && installed !== undefined) {
    return installed;
  }
  if (exitCode === 0 && !supported()) {
    throw new Problem('HST223', `There is no Aspire orchestrator and dashboard for ${platform}.`,
      'Build with -p:PlatformRestoreBundle=false; publishing and deploying work without the bundle.');
  }
  // npm passes over an optional package that it cannot download, and ends with 0.
  const reason = lastLine(output, /failed with|npm error (?!A complete log)/).replace(/^npm (http|error) (fetch )?/, '');
  throw new Problem('HST222', `The Aspire orchestrator and dashboard could not be downloaded${reason === '' ? '' : ` (npm: ${reason})`}.`,
    'Connect to the npm registry and build again, or set ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH to a bundle that you have.');
}

function supported() {
  const packages = Object.values(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
  return packages.some((entry) => entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch));
}

function installedPackage() {
  const scope = join(folder, 'node_modules', '@microsoft');
  const name = existsSync(scope) ? readdirSync(scope).find((entry) => entry.startsWith('aspire-cli-')) : undefined;
  if (name === undefined) {
    return undefined;
  }
  const { version } = JSON.parse(readFileSync(join(scope, name, 'package.json'), 'utf8'));
  return { aspire: join(scope, name, 'bin', `aspire${executable}`), version };
}

async function extract({ aspire, version }) {
  // With only one of ASPIRE_HOME and --install-path the CLI extracts a second time, beside itself or under the user's home.
  const environment = { ASPIRE_HOME: home, ASPIRE_CLI_TELEMETRY_OPTOUT: 'true', NO_COLOR: '1' };
  const setup = ['setup', '--install-path', home, '--nologo', '--non-interactive'];
  const missing = new Problem('HST224', `${aspire} cannot be started.`, `Delete ${join(folder, 'node_modules')} and build again.`);
  let { output } = await run(aspire, setup, environment, missing);
  if (!bundleIsWhole()) {
    ({ output } = await run(aspire, [...setup, '--force'], environment, missing));
  }
  if (!bundleIsWhole()) {
    throw new Problem('HST224', `The Aspire bundle could not be extracted to ${home} (${lastLine(output, /\w/)}).`,
      'Make room for 300 MB there, or delete that folder, and build again.');
  }
  const marker = join(home, '.aspire-bundle-version');
  const extracted = existsSync(marker) ? readFileSync(marker, 'utf8').split(/[|+]/)[0] : 'unknown';
  if (extracted !== version) {
    throw new Problem('HST225', `The Aspire bundle in ${home} is of version ${extracted}, the build asks for ${version}.`,
      'Delete that folder and build again.');
  }
  return version;
}

async function restore() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Problem('HST220', `Node.js ${process.versions.node} is too old.`, 'Install Node.js 20 or newer and build again.');
  }
  if (!existsSync(lockFile)) {
    throw new Problem('HST227', `${lockFile} is missing.`, 'Restore it from version control.');
  }
  await alone(async () => {
    if (restored()) {
      return;
    }
    const started = Date.now();
    tell('Restoring the Aspire orchestrator and dashboard (122 MB to download, 300 MB on disk; once) …');
    rmSync(stamp, { force: true });
    const version = await extract(await install());
    writeFileSync(stamp, readFileSync(lockFile));
    tell(`Restored the Aspire orchestrator and dashboard ${version} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  });
}

try {
  await restore();
} catch (error) {
  if (!(error instanceof Problem)) {
    throw error;
  }
  if (options.optional) {
    console.log(`The pinned Aspire bundle was not restored; another one will be used. ${error.summary}`);
  } else {
    console.log(`${join(folder, 'package.json')} : ${error.message}`);
    process.exitCode = 4;
  }
}
