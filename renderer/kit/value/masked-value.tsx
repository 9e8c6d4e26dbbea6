import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { AnyField } from '../../../shared/core/field/field.ts';
import { maskValue, showValue } from '../../../shared/core/format.ts';
import { useWords } from '../words.ts';

interface MaskedValueProps {
  readonly field: AnyField;
  readonly value: unknown;
  /** Offers to show the whole value; without it the value stays masked. */
  readonly reveal: boolean;
}

/** Identity and telephone numbers are covered at a shared desk until somebody asks for them. */
export function MaskedValue({ field, value, reveal }: MaskedValueProps) {
  const { language, say, t } = useWords();
  const [isShown, setShown] = useState(false);
  const text = isShown ? showValue(field, value, language) : maskValue(field, value);
  if (!reveal || text === '') return <>{text}</>;
  const what = say(field.label);
  return (
    <span className="kit-nowrap">
      {text}
      <Button
        type="text"
        size="small"
        icon={isShown ? <EyeInvisibleOutlined /> : <EyeOutlined />}
        aria-label={isShown ? t('common.hideOf', { what }) : t('common.revealOf', { what })}
        onClick={() => setShown(!isShown)}
      />
    </span>
  );
}
