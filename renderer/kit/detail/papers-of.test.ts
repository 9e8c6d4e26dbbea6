import { expect, test } from 'vitest';
import { registry } from '../../../shared/modules/index.ts';
import { leak } from '../../../shared/testing/leak.ts';
import type { DocumentDeclaration } from '../../../shared/core/document.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { papersOf } from './papers-of.ts';

const { documents = {} } = registry.entities.get('mediation')!;
const record = {
  values: { ...leak.registration, ...leak.acceptance, agreementForm: 'written', stage: 'agreed_written' },
} as unknown as RecordState;

test('what belongs to the case comes first, everything else is still there, each in the order of the dossier', () => {
  const papers = papersOf(documents, record);
  expect(papers.applying).toContain('agreement');
  expect(papers.others).toContain('oralAgreement');
  const order = Object.keys(documents);
  for (const names of [papers.applying, papers.others]) {
    expect(names).toEqual(order.filter((name) => names.includes(name)));
  }
  expect([...papers.applying, ...papers.others].sort()).toEqual([...order].sort());
});

test('a paper that does not say when it applies always does', () => {
  const plain: DocumentDeclaration = {
    label: { zh: '登记表', en: 'Form' },
    build: () => ({ name: '登记表', blocks: [] }),
  };
  expect(papersOf({ plain }, record)).toEqual({ applying: ['plain'], others: [] });
});
