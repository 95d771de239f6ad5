/** The pages of the rules, which the extension carries as Markdown. Nothing here needs VS Code. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

export interface Page {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly file: string;
}

/** The pages that the index in `folder` lists. */
export function readPages(folder: string): Page[] {
  const index = readFileSync(path.join(folder, 'README.md'), 'utf8');
  const lines = index.matchAll(/^- \[(.+?)\]\((.+?)\) \((\w+)\): (.+)$/gm);
  return [...lines].map(([, name = '', file = '', id = '', title = '']) => ({
    id,
    name,
    title: title.replaceAll('`', ''),
    file: path.join(folder, file),
  }));
}

/** The page of a rule, by its id or its field. */
export function pageOf(rule: string, pages: readonly Page[]): Page | undefined {
  return pages.find(({ id }) => id === rule) ?? pages.find(({ name }) => name === rule);
}
