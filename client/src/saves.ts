/** Saving the files that were changed together, once the user has said so. */
import * as vscode from 'vscode';
import { type LanguageClient, NotificationType, type StaticFeature } from 'vscode-languageclient/node';
import type { ClientCapabilities } from 'vscode-languageclient/node';

const NOTIFICATION = new NotificationType<{ readonly uris: readonly string[] }>('mmupgrade/saveAll');

/** Tells the server that it may offer to save, and saves what it names. */
export class SaveAll implements StaticFeature {
  constructor(readonly client: LanguageClient) {}

  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { mmupgrade: { saveAll: true } };
  }

  initialize(): void {
    this.client.onNotification(NOTIFICATION, ({ uris }) => save(uris));
  }

  getState(): ReturnType<StaticFeature['getState']> {
    return { kind: 'static' };
  }

  clear(): void {
    // The handler goes with the connection.
  }
}

async function save(uris: readonly string[]): Promise<void> {
  const wanted = new Set(uris.map((uri) => String(vscode.Uri.parse(uri))));
  const documents = vscode.workspace.textDocuments.filter(({ uri }) => wanted.has(String(uri)));
  await Promise.all(documents.map((document) => document.save()));
}
