/** Preview of a paper, then paper or PDF of the very same page. What is missing is said above; a draft may be printed all the same. */
import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { shanghaiDay } from '../../../shared/core/calendar/day.ts';
import type { DocumentDeclaration } from '../../../shared/core/document.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { useDesk, useShown } from '../../core/hooks.ts';
import { useRoom } from '../layout/use-room.ts';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { recordPath } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { titleOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { documentHtml } from './document-html.ts';

export function PrintPage({ id, document: name }: { readonly id: string; readonly document: string }) {
  const { t } = useWords();
  const { registry } = useDesk();
  const shown = useShown(id);
  const entity = shown && registry.entities.get(shown.record.entity);
  if (!shown || !entity) return <NotHere title={t('record.missing')} hint={t('record.missingHint')} />;
  const papers = (entity.documents ?? {}) as Readonly<Record<string, DocumentDeclaration>>;
  const paper = Object.hasOwn(papers, name) ? papers[name] : undefined;
  if (!paper) return <NotHere title={t('print.unknown')} />;
  return <Preview paper={paper} record={shown.record} title={titleOf(entity, shown.record.values)} />;
}

interface PreviewProps {
  readonly paper: DocumentDeclaration;
  readonly record: RecordState;
  readonly title: string;
}

function Preview({ paper, record, title }: PreviewProps) {
  const { language, say, t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { ref, room } = useRoom();
  const [busy, setBusy] = useState<'paper' | 'pdf'>();
  const missing = paper.missing?.(record) ?? [];
  const isDraft = missing.length > 0;
  const model = useMemo(
    () =>
      paper.build({
        record,
        areaName: kit.areaName,
        personName: kit.personName,
        today: shanghaiDay(desk.now()),
      }),
    [paper, record, kit, desk],
  );
  const draft = isDraft ? t('print.draft') : undefined;
  const html = useMemo(
    () => documentHtml(model, { nonce: windowNonce(), ...(draft !== undefined && { draft }) }),
    [model, draft],
  );
  const sheet = { html, title: model.name };

  const print = async (): Promise<void> => {
    setBusy('paper');
    await kit.print(sheet).catch(() => message.error(t('print.failed')));
    setBusy(undefined);
  };
  const save = async (): Promise<void> => {
    setBusy('pdf');
    try {
      const saved = await kit.savePdf(sheet);
      if (saved !== undefined) void message.success(t('print.saved', { name: saved }));
    } catch {
      void message.error(t('print.pdfFailed'));
    }
    setBusy(undefined);
  };
  return (
    <Surface className="kit-page kit-paper">
      <div className="kit-spread">
        <div>
          <nav className="kit-muted kit-small">
            <Link to={recordPath(record.id)}>{title}</Link>
          </nav>
          <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>
            {t('print.title', { what: say(paper.label) })}
          </h1>
        </div>
        <div className="kit-row">
          <Button
            type="primary"
            icon={<PrinterOutlined />}
            loading={busy === 'paper'}
            onClick={() => void print()}
          >
            {t('print.paper')}
          </Button>
          <Button icon={<FilePdfOutlined />} loading={busy === 'pdf'} onClick={() => void save()}>
            {t('print.pdf')}
          </Button>
          <Button onClick={() => void navigate(-1)}>{t('common.back')}</Button>
        </div>
      </div>
      {isDraft && (
        <Alert
          type="warning"
          showIcon
          title={t('print.missing', { what: missing.map(say).join(language === 'zh' ? '、' : ', ') })}
          description={t('print.missingHint')}
        />
      )}
      <div ref={ref} className="kit-paper-desk" style={{ height: room.height }}>
        <iframe title={t('print.preview', { what: say(paper.label) })} sandbox="" srcDoc={html} />
      </div>
    </Surface>
  );
}

const windowNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
