/** What the user is told when the server doesn't run. Nothing here needs VS Code. */
import type { Rejected, Version } from './interpreter';

/** Gives a text in the user's language; `{0}` stands for the first argument. */
export type Translate = (message: string, ...args: string[]) => string;

/** Why the server doesn't run. */
export type Problem =
  | { readonly kind: 'interpreter'; readonly rejected: readonly Rejected[] }
  | { readonly kind: 'stopped'; readonly times: number };

export function problemText(problem: Problem, t: Translate): string {
  if (problem.kind === 'stopped') {
    return t('The mmupgrade server stopped {0} times and is not started again. The log says why.', String(problem.times));
  }
  const set = problem.rejected.find(({ candidate }) => candidate.origin === 'setting');
  if (set?.version !== undefined) {
    return t('mmupgrade needs Python 3.10 or newer. The setting mmupgrade.interpreter names Python {0}: {1}', versionText(set.version), set.candidate.command);
  }
  if (set !== undefined) {
    return t('mmupgrade needs Python 3.10 or newer. What the setting mmupgrade.interpreter names can\'t be run: {0}', set.candidate.command);
  }
  const old = problem.rejected.find(({ version }) => version !== undefined);
  if (old?.version !== undefined) {
    return t('mmupgrade needs Python 3.10 or newer, to run itself and not your configs. It found Python {0}: {1}', versionText(old.version), old.candidate.command);
  }
  return t('mmupgrade needs Python 3.10 or newer, to run itself and not your configs. It found none.');
}

/** A line of the log for a candidate that wasn't taken. */
export function rejectedText({ candidate, version, error }: Rejected): string {
  const command = [candidate.command, ...candidate.args].join(' ');
  return version === undefined
    ? `${command} (${candidate.origin}) can't be run: ${error ?? ''}`
    : `${command} (${candidate.origin}) is Python ${versionText(version)}, which is too old`;
}

export function versionText(version: Version): string {
  return version.join('.');
}
