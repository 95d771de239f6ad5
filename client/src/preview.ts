/** What a migration would make, beside the text as it is, in VS Code's diff editor. */
import * as vscode from 'vscode';
import { type Extent, preview } from './requests';
import type { Session } from './session';

const SCHEME = 'mmupgrade-preview';
const DELAY_MS = 300;

/** What a virtual document shows: the file of its path, where the migration begins at `root`. */
interface Shown extends Extent {
  readonly root: string;
  readonly file: string;
}

export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly session: Session) {
    this.#disposables = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === 'python' && document.uri.scheme !== SCHEME) {
          this.#refreshSoon();
        }
      }),
    );
  }

  /** Opens the preview; says so where there is nothing to migrate. */
  async show(root: vscode.Uri, extent: Extent): Promise<void> {
    const client = await this.session.client();
    if (client === undefined) {
      return;
    }
    const { files } = await preview(client, String(root), extent);
    const [first, ...others] = files.map(({ uri }) => pair(root, vscode.Uri.parse(uri), extent));
    if (first === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing here that mmupgrade can migrate.'));
    } else if (others.length === 0) {
      await vscode.commands.executeCommand('vscode.diff', ...first, title(first[0]), { preview: true });
    } else {
      const resources = [first, ...others].map(([before, after]) => [before, before, after]);
      await vscode.commands.executeCommand('vscode.changes', title(root), resources);
    }
  }

  /** The migrated text; the text as it is where nothing is to be migrated any more. */
  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const { root, file, family, unsafe } = JSON.parse(uri.query) as Shown;
    const client = await this.session.client();
    const made = client && (await preview(client, root, { family, unsafe }));
    const text = made?.files.find((one) => one.uri === file)?.text;
    if (text !== undefined || token.isCancellationRequested) {
      return text ?? '';
    }
    return (await vscode.workspace.openTextDocument(vscode.Uri.parse(file))).getText();
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
      open.forEach(({ uri }) => {
        this.#changed.fire(uri);
      });
    }, DELAY_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposables.dispose();
  }
}

function pair(root: vscode.Uri, file: vscode.Uri, extent: Extent): [vscode.Uri, vscode.Uri] {
  const shown: Shown = { root: String(root), file: String(file), ...extent };
  const query = JSON.stringify(shown);
  return [file, vscode.Uri.from({ scheme: SCHEME, path: file.path, query })];
}

function title(file: vscode.Uri): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return vscode.l10n.t('{0} (0.x ↔ 1.x)', name);
}
