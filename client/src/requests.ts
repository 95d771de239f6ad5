/** What the client asks of the server. */
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { ExecuteCommandRequest, type LanguageClient, WorkDoneProgress } from 'vscode-languageclient/node';

/** How far a migration goes: with the file's base files, with fixes that need a look. */
export interface Extent {
  readonly family: boolean;
  readonly unsafe: boolean;
}

export interface Preview {
  readonly files: readonly { readonly uri: string; readonly text: string }[];
}

export interface Migrated {
  readonly files: readonly string[];
}

export interface Workspace {
  readonly files: number;
  readonly findings: number;
  readonly changed: readonly string[];
}

export type Report = vscode.Progress<{ message?: string; increment?: number }>;

export function preview(client: LanguageClient, uri: string, extent: Extent): Promise<Preview> {
  return execute(client, 'mmupgrade.preview', [uri, extent]);
}

export function migrate(client: LanguageClient, uri: string, extent: Extent): Promise<Migrated> {
  return execute(client, 'mmupgrade.migrate', [uri, extent]);
}

/** Migrates all files, or with `dryRun` counts them; says how far it is. */
export async function migrateWorkspace(
  client: LanguageClient,
  dryRun: boolean,
  report: Report,
  token: vscode.CancellationToken,
): Promise<Workspace> {
  const workDoneToken = randomUUID();
  let done = 0;
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    const percentage = 'percentage' in value ? (value.percentage ?? done) : done;
    report.report({ message: value.message ?? '', increment: percentage - done });
    done = percentage;
  });
  try {
    const args = [{ dryRun, unsafe: false }];
    return await execute(client, 'mmupgrade.migrateWorkspace', args, token, workDoneToken);
  } finally {
    listener.dispose();
  }
}

async function execute<Result>(
  client: LanguageClient,
  command: string,
  args: unknown[],
  token?: vscode.CancellationToken,
  workDoneToken?: string,
): Promise<Result> {
  const params = { command, arguments: args, ...(workDoneToken && { workDoneToken }) };
  return (await client.sendRequest(ExecuteCommandRequest.type, params, token)) as Result;
}
