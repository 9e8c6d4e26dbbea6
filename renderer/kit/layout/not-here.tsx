import { Button, Empty } from 'antd';
import { useNavigate } from 'react-router';
import { useWords } from '../words.ts';
import { Surface } from './surface.tsx';

/** The page of something that is not there, with a way back. */
export function NotHere({ title, hint }: { readonly title: string; readonly hint?: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <Surface className="kit-page kit-centre">
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={
          <>
            <h1>{title}</h1>
            {hint !== undefined && <p className="kit-muted">{hint}</p>}
          </>
        }
      >
        <Button onClick={() => void navigate(-1)}>{t('common.back')}</Button>
      </Empty>
    </Surface>
  );
}
