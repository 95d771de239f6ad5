/** The item in the language status: what the server does, and which Python runs it. */
import * as vscode from 'vscode';
import { type Interpreter } from './interpreter';
import { versionText } from './messages';

export const SELECTOR = [
  { scheme: 'file', language: 'python' },
  { scheme: 'untitled', language: 'python' },
];

export class Status implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('mmupgrade', SELECTOR);

  constructor() {
    this.#item.name = 'mmupgrade';
    this.#item.command = { command: 'mmupgrade.showLog', title: vscode.l10n.t('Show Log') };
    this.off();
  }

  off(): void {
    this.#show(vscode.l10n.t('mmupgrade is off'));
  }

  starting(interpreter: Interpreter): void {
    this.#show(vscode.l10n.t('mmupgrade is starting'), interpreter);
    this.#item.busy = true;
  }

  running(version: string, interpreter: Interpreter): void {
    this.#show(`mmupgrade ${version}`, interpreter);
  }

  failed(detail: string): void {
    this.#show(vscode.l10n.t('mmupgrade is not running'));
    this.#item.detail = detail;
    this.#item.severity = vscode.LanguageStatusSeverity.Error;
  }

  #show(text: string, interpreter?: Interpreter): void {
    this.#item.text = text;
    this.#item.detail = interpreter ? `Python ${versionText(interpreter.version)}: ${interpreter.command}` : '';
    this.#item.severity = vscode.LanguageStatusSeverity.Information;
    this.#item.busy = false;
  }

  dispose(): void {
    this.#item.dispose();
  }
}
