/** Saving the files that were changed together, once the user has said so. */
import * as vscode from 'vscode';
import { type LanguageClient, NotificationType } from 'vscode-languageclient/node';

interface Changed {
  readonly uris: readonly string[];
}

const SaveAll = new NotificationType<Changed>('mmupgrade/saveAll');

export function saveWhenAsked(client: LanguageClient): void {
  client.onNotification(SaveAll, async ({ uris }) => {
    const wanted = new Set(uris.map((uri) => String(vscode.Uri.parse(uri))));
    const documents = vscode.workspace.textDocuments.filter(({ uri }) => wanted.has(String(uri)));
    await Promise.all(documents.map((document) => document.save()));
  });
}
