import { useTexts } from '../../texts/use-texts.ts';

/** Large and in groups: it is read aloud from a paper, group by group. */
interface FingerprintProps {
  readonly text: string;
  readonly hint: string;
}

export function Fingerprint({ text, hint }: FingerprintProps) {
  const { t } = useTexts();
  return (
    <div>
      <p className="door-label">{t('door.fileFingerprint')}</p>
      <p className="door-groups">
        {text.split(/[\s-]+/).map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      <p className="door-hint">{hint}</p>
    </div>
  );
}
