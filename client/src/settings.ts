/** What the settings say, as far as it is for the client. Nothing here needs VS Code. */
import * as path from 'node:path';

export interface Places {
  readonly home: string;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
}

/**
 * The interpreter that a setting names, or undefined if it names none.
 * `~` is the home folder; `${workspaceFolder}` the first folder of the workspace, from which
 * a path with a slash counts. A bare name is looked up on PATH.
 */
export function interpreterSetting(value: unknown, { home, folders }: Places): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') {
    return undefined;
  }
  const folder = folders[0] ?? home;
  const written = value.trim().replaceAll('${workspaceFolder}', folder).replace(/^~(?=$|[\\/])/, home);
  return /[\\/]/.test(written) ? path.resolve(folder, written) : written;
}

/** Whether a file lies in one of the folders. */
export function isInside(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = path.relative(folder, file);
    return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
  });
}
