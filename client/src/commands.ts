/** The commands of the palette, and those that the server puts on lenses and in lists of actions. */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { type Page, pageOf } from './pages';
import type { Previews } from './preview';
import { type Extent, migrate, migrateWorkspace } from './requests';
import type { Session } from './session';

/** What the server's commands do here, where their answer is something to show. */
export function shownCommands(pages: readonly Page[], previews: () => Previews): Middleware {
  return {
    executeCommand: async (command, args: unknown[], next) => {
      const [first, second] = args;
      const page = command === 'mmupgrade.explain' ? pageOf(String(first), pages) : undefined;
      if (page !== undefined) {
        await openPage(page);
      } else if (command === 'mmupgrade.preview') {
        const extent = { family: false, unsafe: false, ...(second as Partial<Extent> | undefined) };
        await previews().show(vscode.Uri.parse(String(first)), extent);
      } else {
        return next(command, args) as unknown;
      }
      return undefined;
    },
  };
}

export function registerCommands(
  session: Session,
  previews: Previews,
  pages: readonly Page[],
): vscode.Disposable {
  const commands: Record<string, () => unknown> = {
    migrateConfig: () => migrateActive(session, false),
    migrateFamily: () => migrateActive(session, true),
    previewMigration: () => {
      const document = activeDocument();
      return document && previews.show(document.uri, { family: false, unsafe: false });
    },
    migrateWorkspaceFiles: () => migrateAll(session),
    explainField: () => explain(pages),
    restart: () => session.restart(),
    showLog: () => {
      session.log.show();
    },
  };
  const made = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`mmupgrade.${name}`, run),
  );
  return vscode.Disposable.from(...made);
}

function activeDocument(): vscode.TextDocument | undefined {
  return vscode.window.activeTextEditor?.document;
}

async function migrateActive(session: Session, family: boolean): Promise<void> {
  const document = activeDocument();
  const client = document && (await session.client());
  if (client === undefined) {
    return;
  }
  const { files } = await migrate(client, String(document?.uri), { family, unsafe: false });
  if (files.length === 0) {
    sayNothingToDo();
  }
}

/** Counts first; then the server's edit comes, which can be looked through and undone. */
async function migrateAll(session: Session): Promise<void> {
  const client = await session.client();
  if (client === undefined) {
    return;
  }
  const { Notification, Window } = vscode.ProgressLocation;
  const looking = { location: Notification, title: vscode.l10n.t('Looking for 0.x configs'), cancellable: true };
  const { changed } = await vscode.window.withProgress(looking, (progress, token) =>
    migrateWorkspace(client, true, progress, token),
  );
  if (changed.length === 0) {
    sayNothingToDo();
  } else if (await confirmed(changed.length)) {
    // In the status bar: a notification would hide the buttons of the refactor preview.
    const migrating = { location: Window, title: vscode.l10n.t('Migrating configs') };
    await vscode.window.withProgress(migrating, (progress, token) =>
      migrateWorkspace(client, false, progress, token),
    );
  }
}

async function confirmed(count: number): Promise<boolean> {
  const question = vscode.l10n.t('Files that would change: {0}. Migrate them?', count);
  const detail = vscode.l10n.t('One undo takes it back.');
  const yes = vscode.l10n.t('Migrate');
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
}

/** Opens the page on the finding at the cursor, or lets the user pick one. */
async function explain(pages: readonly Page[]): Promise<void> {
  const page = pageAtCursor(pages) ?? (await pickPage(pages));
  if (page !== undefined) {
    await openPage(page);
  }
}

function pageAtCursor(pages: readonly Page[]): Page | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const found = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source, range }) => source === 'mmupgrade' && range.contains(editor.selection.active));
  const code = found[0]?.code;
  return pageOf(String(typeof code === 'object' ? code.value : code), pages);
}

async function pickPage(pages: readonly Page[]): Promise<Page | undefined> {
  const items = pages.map((page) => ({ label: page.name, description: page.id, detail: page.title, page }));
  const options = { placeHolder: vscode.l10n.t('A field of 0.x'), matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.page;
}

async function openPage(page: Page): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(page.file));
}

function sayNothingToDo(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Nothing here that mmupgrade can migrate.'));
}
