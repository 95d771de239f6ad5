/** Which Python runs the server. Nothing here needs VS Code. */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

export type Version = readonly [major: number, minor: number, micro: number];

/** A way to run a Python, and who named it. */
export interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: 'setting' | 'extension' | 'path';
}

export interface Interpreter extends Candidate {
  readonly version: Version;
}

/** A candidate that can't be used: its version if it is too old, else what went wrong. */
export interface Rejected {
  readonly candidate: Candidate;
  readonly version?: Version;
  readonly error?: string;
}

export interface Choice {
  readonly interpreter?: Interpreter;
  readonly rejected: readonly Rejected[];
}

/** Gives the version of a candidate; rejects where it can't be run. */
export type Probe = (candidate: Candidate) => Promise<Version>;

const PROBE_TIMEOUT_MS = 10_000;

/** The first candidate that is Python 3.10 or newer. */
export async function choose(candidates: readonly Candidate[], probe: Probe): Promise<Choice> {
  const rejected: Rejected[] = [];
  for (const candidate of candidates) {
    try {
      const version = await probe(candidate);
      if (isRecent(version)) {
        return { interpreter: { ...candidate, version }, rejected };
      }
      rejected.push({ candidate, version });
    } catch (error) {
      rejected.push({ candidate, error: error instanceof Error ? error.message : String(error) });
    }
  }
  return { rejected };
}

function isRecent([major, minor]: Version): boolean {
  return major > 3 || (major === 3 && minor >= 10);
}

/** Asks a Python for its version. It loads nothing but itself. */
export function probe({ command, args }: Candidate): Promise<Version> {
  const script = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
  const options = { cwd: homedir(), timeout: PROBE_TIMEOUT_MS, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(command, [...args, '-I', '-S', '-c', script], options, (error, stdout, stderr) => {
      const version = /^(\d+)\.(\d+)\.(\d+)\s*$/.exec(stdout);
      if (error === null && version !== null) {
        resolve([Number(version[1]), Number(version[2]), Number(version[3])]);
      } else {
        reject(new Error(reason(error, stderr)));
      }
    });
  });
}

function reason(error: (Error & { killed?: boolean }) | null, stderr: string): string {
  if (error?.killed === true) {
    return `no answer in ${String(PROBE_TIMEOUT_MS / 1000)} s`;
  }
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.at(0) ?? error?.message ?? 'no version in its answer';
}

/** Every Python in the folders of `PATH`, in the order in which a terminal finds them. */
export function onPath(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  isFile: (file: string) => boolean = isAFile,
): Candidate[] {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const written = (env['PATH'] ?? env['Path'] ?? '').split(paths.delimiter);
  const folders = new Set(written.filter((folder) => paths.isAbsolute(folder)));
  const commands: [string, string[]][] =
    platform === 'win32'
      ? [['python3.exe', []], ['python.exe', []], ['py.exe', ['-3']]]
      : [['python3', []], ['python', []]];
  const found = commands.flatMap(([name, args]) =>
    [...folders].map((folder) => ({ command: paths.join(folder, name), args, origin: 'path' as const })),
  );
  return found.filter(({ command }) => isFile(command));
}

function isAFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** What the server is started with: Python without the user's packages, paths and variables. */
export function serverArguments(interpreter: Candidate, entry: string): string[] {
  return [...interpreter.args, '-I', '-S', '-X', 'utf8', entry];
}

export function sameInterpreter(one: Interpreter, other: Interpreter): boolean {
  const key = ({ command, args, version }: Interpreter): string =>
    JSON.stringify([command, args, version]);
  return key(one) === key(other);
}
