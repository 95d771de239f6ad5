/** The server's life: started where a Python is found, never in a loop, one message if it can't be. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from 'vscode-languageclient/node';
import type { LanguageClientOptions, Middleware } from 'vscode-languageclient/node';
import { candidates, selectInterpreter } from './environments';
import { choose, type Interpreter, probe, sameInterpreter, serverArguments } from './interpreter';
import { type Problem, problemText, rejectedText, versionText } from './messages';
import { Restarts } from './restarts';
import { SaveAll } from './saves';
import { SELECTOR, type Status } from './status';

const STOP_TIMEOUT_MS = 2_000;

/** A client that leaves it to the session what is shown to the user; it only logs. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Session implements vscode.Disposable {
  readonly #restarts = new Restarts(3, 180_000);
  #client: LanguageClient | undefined;
  #interpreter: Interpreter | undefined;
  #problem: Problem | undefined;
  #told = '';
  #queue = Promise.resolve();

  constructor(
    readonly entry: string,
    readonly middleware: Middleware,
    readonly log: vscode.LogOutputChannel,
    readonly status: Status,
  ) {}

  /** The running server's client, once it has started. Without one the user is told why. */
  async client(): Promise<LanguageClient | undefined> {
    await this.#queue;
    const client = this.#client;
    if (client === undefined && this.#problem !== undefined) {
      this.#tell(this.#problem, true);
    } else if (client === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('mmupgrade is off: see the setting mmupgrade.enable.'));
    }
    return client;
  }

  /** Starts, stops or restarts the server, as settings and Pythons now are. */
  update(): Promise<void> {
    return this.#enqueue(() => this.#settle());
  }

  /** Starts the server anew, also after it has stopped too often. */
  restart(): Promise<void> {
    this.#restarts.reset();
    return this.#enqueue(async () => {
      await this.#stop();
      this.#interpreter = undefined;
      this.#told = '';
      await this.#settle();
    });
  }

  dispose(): Promise<void> {
    return this.#enqueue(() => this.#stop());
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.log.error(String(error));
    });
    return this.#queue;
  }

  async #settle(): Promise<void> {
    if (!vscode.workspace.getConfiguration('mmupgrade').get<boolean>('enable', true)) {
      await this.#stop();
      this.#interpreter = this.#problem = undefined;
      this.status.off();
      return;
    }
    const { interpreter, rejected } = await choose(await candidates(this.log), probe);
    rejected.forEach((one) => {
      this.log.warn(rejectedText(one));
    });
    if (interpreter === undefined) {
      await this.#stop();
      this.#interpreter = undefined;
      this.#fail({ kind: 'interpreter', rejected });
    } else if (this.#interpreter === undefined || !sameInterpreter(interpreter, this.#interpreter)) {
      await this.#stop();
      await this.#start(interpreter);
    }
  }

  async #start(interpreter: Interpreter): Promise<void> {
    this.#interpreter = interpreter;
    this.status.starting(interpreter);
    const args = serverArguments(interpreter, this.entry);
    this.log.info(`Python ${versionText(interpreter.version)}: ${[interpreter.command, ...args].join(' ')}`);
    const run = { command: interpreter.command, args, options: { cwd: homedir() } };
    const client = new QuietClient('mmupgrade', 'mmupgrade', run, this.#options());
    client.registerFeature(new SaveAll(client));
    try {
      await client.start();
      this.#client = client;
      this.#problem = undefined;
      this.#told = '';
      this.status.running(client.initializeResult?.serverInfo?.version ?? '', interpreter);
    } catch (error) {
      this.log.error(`The server didn't start: ${String(error)}`);
      await client.dispose(STOP_TIMEOUT_MS).catch(() => undefined);
      this.#stopped();
    }
  }

  #options(): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      middleware: this.middleware,
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          if (this.#client !== undefined) {
            this.#client = undefined;
            this.#stopped();
          }
          return { action: CloseAction.DoNotRestart, handled: true, message: 'The server has stopped.' };
        },
      },
    };
  }

  /** The server has stopped by itself. */
  #stopped(): void {
    if (this.#restarts.allow(Date.now())) {
      this.#interpreter = undefined;
      void this.update();
    } else {
      this.#fail({ kind: 'stopped', times: this.#restarts.limit + 1 });
    }
  }

  #fail(problem: Problem): void {
    this.#problem = problem;
    const text = problemText(problem, vscode.l10n.t);
    this.status.failed(text);
    this.#tell(problem, false);
  }

  #tell(problem: Problem, again: boolean): void {
    const text = problemText(problem, vscode.l10n.t);
    if (text === this.#told && !again) {
      return;
    }
    this.#told = text;
    const select = vscode.l10n.t('Select Interpreter');
    const log = vscode.l10n.t('Show Log');
    void vscode.window.showErrorMessage(text, select, log).then(async (answer) => {
      if (answer === select) {
        await selectInterpreter();
      } else if (answer === log) {
        this.log.show();
      }
    });
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose(STOP_TIMEOUT_MS).catch((error: unknown) => {
      this.log.warn(String(error));
    });
  }
}
