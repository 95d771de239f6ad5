/** The Pythons that settings, the Python extensions and PATH name. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { type Candidate, onPath } from './interpreter';
import { interpreterSetting, isInside } from './settings';

const PYTHON = 'ms-python.python';
const ENVIRONMENTS = 'ms-python.vscode-python-envs';

/** What is used of the Python extension's API. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri: vscode.Uri | undefined } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** What is used of the API of the Python Environments extension. */
interface EnvironmentsApi {
  getEnvironment(scope: vscode.Uri | undefined): Promise<
    | { readonly execInfo?: { readonly run: { readonly executable: string; readonly args?: string[] } } }
    | undefined
  >;
  readonly onDidChangeEnvironment: vscode.Event<unknown>;
}

interface Apis {
  readonly [PYTHON]: PythonApi;
  readonly [ENVIRONMENTS]: EnvironmentsApi;
}

/** The Pythons to try, best first. The setting stands alone: what it names is meant. */
export async function candidates(log: vscode.LogOutputChannel): Promise<Candidate[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const value = vscode.workspace.getConfiguration('mmupgrade').get('interpreter');
  const set = interpreterSetting(value, { home: homedir(), folders });
  if (set !== undefined) {
    return [{ command: set, args: [], origin: 'setting' }];
  }
  const found = [
    ...(await asked(ENVIRONMENTS, fromEnvironments, log)),
    ...(await asked(PYTHON, fromPython, log)),
    ...onPath(process.env, process.platform),
  ];
  // What a folder holds that isn't trusted is not run.
  return vscode.workspace.isTrusted ? found : found.filter(({ command }) => !isInside(command, folders));
}

async function asked<Id extends keyof Apis>(
  id: Id,
  ask: (api: Apis[Id]) => Promise<Candidate | undefined>,
  log: vscode.LogOutputChannel,
): Promise<Candidate[]> {
  try {
    const api = await apiOf(id);
    const candidate = api === undefined ? undefined : await ask(api);
    return candidate === undefined ? [] : [candidate];
  } catch (error) {
    log.warn(`${id} gives no interpreter: ${String(error)}`);
    return [];
  }
}

async function apiOf<Id extends keyof Apis>(id: Id): Promise<Apis[Id] | undefined> {
  return vscode.extensions.getExtension<Apis[Id] | undefined>(id)?.activate();
}

async function fromPython({ environments }: PythonApi): Promise<Candidate | undefined> {
  const active = environments.getActiveEnvironmentPath(firstFolder());
  const command = (await environments.resolveEnvironment(active))?.executable.uri?.fsPath;
  return command === undefined ? undefined : { command, args: [], origin: 'extension' };
}

async function fromEnvironments(api: EnvironmentsApi): Promise<Candidate | undefined> {
  const run = (await api.getEnvironment(firstFolder()))?.execInfo?.run;
  return run && { command: run.executable, args: run.args ?? [], origin: 'extension' };
}

function firstFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}

/** Lets the user choose a Python: in the Python extension, or as a file for the setting. */
export async function selectInterpreter(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('mmupgrade');
  const isSet = settings.get<string>('interpreter', '').trim() !== '';
  if (!isSet && vscode.extensions.getExtension(PYTHON) !== undefined) {
    await vscode.commands.executeCommand('python.setInterpreter');
    return;
  }
  const title = vscode.l10n.t('Python 3.10 or newer for mmupgrade');
  const [file] = (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  if (file !== undefined) {
    const inWorkspace = settings.inspect('interpreter')?.workspaceValue !== undefined;
    await settings.update('interpreter', file.fsPath, !inWorkspace);
  }
}

/** Calls `changed` whenever another Python may have become the best. */
export function watchEnvironments(changed: () => void, log: vscode.LogOutputChannel): vscode.Disposable {
  const watched = new Map<string, vscode.Disposable>();
  const on = async <Id extends keyof Apis>(
    id: Id,
    listen: (api: Apis[Id]) => vscode.Disposable,
  ): Promise<void> => {
    try {
      const api = watched.has(id) ? undefined : await apiOf(id);
      if (api !== undefined && !watched.has(id)) {
        watched.set(id, listen(api));
      }
    } catch (error) {
      log.warn(`${id} can't be watched: ${String(error)}`);
    }
  };
  const watch = async (): Promise<void> => {
    await on(ENVIRONMENTS, (api) => api.onDidChangeEnvironment(changed));
    await on(PYTHON, (api) => api.environments.onDidChangeActiveEnvironmentPath(changed));
  };
  void watch();
  const installed = vscode.extensions.onDidChange(() => void watch().then(changed));
  return new vscode.Disposable(() => {
    installed.dispose();
    watched.forEach((listener) => void listener.dispose());
  });
}
