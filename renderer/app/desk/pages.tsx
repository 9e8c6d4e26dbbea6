/** Which page lives where. The paths are spelled in kit/paths.ts; these are their patterns. */
import { Button, Result } from 'antd';
import { lazy, Suspense } from 'react';
import { Route, Routes, useNavigate, useParams } from 'react-router';
import { RecordPage } from '../../kit/detail/record-page.tsx';
import { ComparePage } from '../../kit/duplicates/compare-page.tsx';
import { CorrectPage } from '../../kit/form/correct-page.tsx';
import { EditPage } from '../../kit/form/edit-page.tsx';
import { NewPage } from '../../kit/form/new-page.tsx';
import { ListPage } from '../../kit/list/list-page.tsx';
import { homePath } from '../../kit/paths.ts';
import { PrintPage } from '../../kit/print/print-page.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { HomePage } from '../home/home-page.tsx';
import { ReviewPage } from '../review/review-page.tsx';
import { TakeOverPage } from '../review/take-over-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { TrayPage } from '../tray/tray-page.tsx';
import type { DeskWindowProps } from './window-props.ts';

// Few people keep accounts: the others' windows open without these pages.
const AdministrationPage = lazy(async () => ({
  default: (await import('../administration/administration-page.tsx')).AdministrationPage,
}));

export function Pages(given: Omit<DeskWindowProps, 'desk'>) {
  return (
    <Routes>
      <Route index element={<HomePage />} />
      <Route path="/list/:entity" element={<ListOf />} />
      <Route path="/record/:id" element={<RecordOf />} />
      <Route path="/new/:entity" element={<NewOf />} />
      <Route path="/edit/:id" element={<EditOf />} />
      <Route path="/correct/:operation" element={<CorrectOf />} />
      <Route path="/print/:id/:document" element={<PrintOf />} />
      <Route path="/compare/:one/:other" element={<CompareOf />} />
      <Route path="/tray" element={<TrayPage />} />
      <Route path="/review" element={<ReviewPage />} />
      <Route path="/review/:operation" element={<TakeOverPage />} />
      <Route
        path="/administration/:part?"
        element={
          <Suspense>
            <AdministrationPage />
          </Suspense>
        }
      />
      <Route path="/settings" element={<SettingsPage {...given} />} />
      <Route path="*" element={<NoSuchPage />} />
    </Routes>
  );
}

// Keys by what is shown: another record is another page, with nothing left over from the one before.
function ListOf() {
  const { entity = '' } = useParams();
  return <ListPage key={entity} entity={entity} />;
}
function RecordOf() {
  const { id = '' } = useParams();
  return <RecordPage key={id} id={id} />;
}
function NewOf() {
  const { entity = '' } = useParams();
  return <NewPage key={entity} entity={entity} />;
}
function EditOf() {
  const { id = '' } = useParams();
  return <EditPage key={id} id={id} />;
}
function CorrectOf() {
  const { operation = '' } = useParams();
  return <CorrectPage key={operation} operation={operation} />;
}
function PrintOf() {
  const { id = '', document = '' } = useParams();
  return <PrintPage key={`${id} ${document}`} id={id} document={document} />;
}

function CompareOf() {
  const { one = '', other = '' } = useParams();
  return <ComparePage key={`${one} ${other}`} one={one} other={other} />;
}

function NoSuchPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  return (
    <Result
      title={<h1 className="frame-message">{t('frame.notFound')}</h1>}
      subTitle={t('frame.notFoundHint')}
      extra={<Button onClick={() => void navigate(homePath)}>{t('frame.toHome')}</Button>}
    />
  );
}
