import * as vscode from 'vscode';
import { registerCommands, shownCommands } from './commands';
import { watchEnvironments } from './environments';
import { readPages } from './pages';
import { Previews } from './preview';
import { Session } from './session';
import { Status } from './status';

let session: Session | undefined;

/** Starts the server and hands out the commands. What is asked comes when the server is there. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('mmupgrade', { log: true });
  const status = new Status();
  const pages = readPages(context.asAbsolutePath('docs/rules'));
  const middleware = shownCommands(pages, () => previews);
  const started = new Session(context.asAbsolutePath('bundled/server.py'), middleware, log, status);
  const previews = new Previews(started);
  const update = (): void => void started.update();
  session = started;
  context.subscriptions.push(
    log,
    status,
    previews,
    registerCommands(started, previews, pages),
    watchEnvironments(update, log),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mmupgrade.enable') || event.affectsConfiguration('mmupgrade.interpreter')) {
        update();
      }
    }),
  );
  update();
}

export async function deactivate(): Promise<void> {
  await session?.dispose();
}
